import { add, mul, sub } from '../graph/ops/index.ts';
import { ldam } from '../losses/ldam.ts';
import { meanOverRows } from '../losses/loss.ts';
import { cosineHead } from '../nn/head.ts';
import { effectiveNumber } from './class-weighted.ts';
import { type Method, plain } from './method.ts';

/**
 * Margins m_c ~ n_c^(-1/4) (the largest 0.5) on a cosine head of scale s; in the last fifth of training effective-number
 * weights (beta 0.9999) as well.
 */
export const ldamDrw: Method = {
  ...plain,
  name: 'ldam-drw',
  source: 'Cao et al. 2019',
  settings: {
    scale: { default: 30, min: 1, max: 100, about: 's, of the cosine head' },
    margin: { default: 0.5, min: 0, max: 1, about: 'the largest margin' },
    beta: { default: 0.9999, min: 0, max: 0.9999999, about: 'of the effective number' },
    from: { default: 0.8, min: 0, max: 1, about: 'share of the training after which weights come in' },
  },
  facts: (counts, { scale, margin, beta }) => {
    const raw = counts.map((n) => Math.max(n, 1) ** -0.25);
    const largest = Math.max(...raw);
    return {
      margins: raw.map((m) => (Number(scale) * Number(margin) * m) / largest),
      weights: effectiveNumber(counts, Number(beta)),
    };
  },
  scalars: (r, { from }) => ({ deferred: r >= Number(from) ? 1 : 0 }),
  head: (embedding, classes, { scale }) => cosineHead(embedding, classes, Number(scale)),
  objective: ({ embeddings, target, head, scope, fact, scalar }) => {
    const deferred = scalar('deferred');
    const weights = add(mul(fact('weights'), deferred), sub(1, deferred));
    const logits = head.logits(embeddings, scope);
    return { classification: meanOverRows(ldam.build({ logits, target, margins: fact('margins'), weights })) };
  },
};
