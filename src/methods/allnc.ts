import { scaleGradient } from '../graph/functions.ts';
import { add, log, maximum, mul, sub, sum } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';
import { balancedSoftmax } from '../losses/balanced-softmax.ts';
import { hycon } from '../losses/hycon.ts';
import { meanOverClasses, meanOverRows, meanOverSeen } from '../losses/loss.ts';
import { p2pBlur, p2pDual, p2pEtf } from '../losses/p2p.ts';
import { linearHead } from '../nn/head.ts';
import { balancedSoftmax as balanced } from './balanced-softmax.ts';
import { type ClassMeans, classMeanMemory, updateClassMeans } from './class-means.ts';
import type { Batch, Method, Settings } from './method.ts';
import { predictiveLayers, predictiveMemory, predictiveRows } from './predictive.ts';

/**
 * AllNC (arXiv 2408.07253): all three parts of neural collapse kept healthy under imbalance. Our forms of its parts:
 *
 * - GBBN, gradual decoupling: a(r) = 1 - (1 - floor) r^2. Classes are drawn from p = a pi + (1 - a) / C, and
 *   L_cls = cross-entropy(W [a h + (1 - a) sg(h)] + b + log(C p), y). The log term takes the sampler's own prior away,
 *   so every step aims at the balanced posterior. floor 1 is balanced softmax to the bit.
 * - HyCon: features to class means. `hycon` is its weight, 0 leaves it out; `form` its form: `plain` pulls them together,
 *   `predictive` has a predictor say from each row where its class lies on average (see `predictiveRows`).
 * - P2P: class means to classifier vectors. `p2p` is its weight, 0 leaves it out; `kind` its form.
 *
 * L = L_cls + hycon L_H + p2p L_P.
 */
export const allnc: Method = {
  name: 'allnc',
  source: 'arXiv 2408.07253; the forms of its parts are ours',
  settings: {
    floor: { default: 0.5, min: 0, max: 1, about: 'GBBN: share of natural sampling at the end; 1 leaves GBBN out' },
    hycon: { default: 1, min: 0, max: 10, about: 'weight of HyCon; 0 leaves it out' },
    p2p: { default: 0.1, min: 0, max: 10, about: 'weight of P2P; 0 leaves it out' },
    kind: { default: 'dual', words: ['dual', 'etf', 'blur'], about: 'form of P2P' },
    form: { default: 'plain', words: ['plain', 'predictive'], about: 'form of HyCon' },
  },
  parts: { GBBN: { floor: 1 }, HyCon: { hycon: 0 }, P2P: { p2p: 0 } },
  sampling: (settings) =>
    decouples(settings) ? { kind: 'class-mix', share: (r) => share(r, settings) } : { kind: 'epochs' },
  facts: (counts, settings) => {
    if (!decouples(settings)) return balanced.facts(counts, settings);
    const rows = counts.reduce((a, b) => a + b, 0);
    const present = counts.filter((n) => n > 0).length;
    const scale = counts.length;
    return {
      natural: counts.map((n) => (scale * n) / rows),
      even: counts.map((n) => (n > 0 ? scale / present : 0)),
    };
  },
  scalars: (r, settings): Readonly<Record<string, number>> => ({
    ...(decouples(settings) ? { share: share(r, settings) } : {}),
    ...(settings.kind === 'etf' && Number(settings.p2p) > 0 ? { ramp: r * r } : {}),
  }),
  drawsClasses: ({ kind, p2p }) => kind === 'blur' && Number(p2p) > 0,
  head: linearHead,
  memory: (embedding, classes, settings) => [
    ...(usesMeans(settings) ? classMeanMemory(embedding, classes) : []),
    ...(predicts(settings) ? predictiveMemory(classes) : []),
  ],
  layers: (embedding, _, settings) => (predicts(settings) ? predictiveLayers(embedding) : []),
  objective: (batch, settings) => {
    const parts: Record<string, Tensor> = { classification: classification(batch, settings) };
    const { embeddings, target, scope, memory } = batch;
    if (predicts(settings)) {
      const rows = predictiveRows(batch, memory.slice(-2));
      parts.hycon = weighted(meanOverClasses(rows, target), settings.hycon);
    }
    if (!usesMeans(settings)) return parts;
    const state = updateClassMeans(embeddings, target, scope, memory);
    if (pulls(settings)) {
      const rows = hycon.build({ embeddings, target, directions: state.directions, centre: state.centre });
      parts.hycon = weighted(meanOverClasses(rows, target), settings.hycon);
    }
    if (Number(settings.p2p) > 0) parts.p2p = weighted(p2p(batch, state, settings), settings.p2p);
    return parts;
  },
};

const weighted = (part: Tensor, weight: Settings[string]) => (weight === 1 ? part : mul(part, Number(weight)));
const decouples = ({ floor }: Settings) => Number(floor) < 1;
const share = (r: number, { floor }: Settings) => 1 - (1 - Number(floor)) * r * r;
const pulls = ({ hycon, form }: Settings) => Number(hycon) > 0 && form === 'plain';
const predicts = ({ hycon, form }: Settings) => Number(hycon) > 0 && form === 'predictive';
const usesMeans = (settings: Settings) => pulls(settings) || Number(settings.p2p) > 0;

function classification({ embeddings, target, head, scope, fact, scalar }: Batch, settings: Settings): Tensor {
  if (!decouples(settings)) {
    const logits = head.logits(embeddings, scope);
    return meanOverRows(balancedSoftmax.build({ logits, target, shift: fact('shift') }));
  }
  const a = scalar('share');
  const rest = sub(1, a);
  // a h + (1 - a) sg(h): h itself, with a of its derivative.
  const mixed = scaleGradient(embeddings, a);
  const prior = add(mul(fact('natural'), a), mul(fact('even'), rest));
  const shift = log(maximum(prior, 1e-12));
  return meanOverRows(balancedSoftmax.build({ logits: head.logits(mixed, scope), target, shift }));
}

function p2p(batch: Batch, { means, directions, seen }: ClassMeans, { kind }: Settings): Tensor {
  const { embeddings, target, head, scope, scalar, drawnClasses } = batch;
  const weight = scope.read(head.weight);
  if (kind === 'etf') return mul(meanOverSeen(p2pEtf.build({ directions, weight }), seen), scalar('ramp'));
  const dual = meanOverSeen(p2pDual.build({ directions, weight }), seen);
  if (kind === 'dual') return dual;
  if (!head.bias) throw new TypeError('allnc: P2P of kind "blur" needs a head with a bias');
  // A drawn class that no batch has shown yet has no mean: the row's own class stands in.
  const known = mul(drawnClasses(), seen);
  const drawn = add(known, mul(target, sub(1, sum(known, { axes: [1], keep: true }))));
  const rows = p2pBlur.build({ embeddings, target, drawn, means, weight, bias: scope.read(head.bias) });
  return add(meanOverRows(rows), mul(dual, 0.33));
}
