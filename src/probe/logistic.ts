import { array } from '../array/array.ts';
import { input, matmul } from '../graph/ops/index.ts';
import { compile, feed, read, type SessionOptions } from '../runtime/session.ts';
import { lbfgs, type Minimum } from './lbfgs.ts';
import { type LogisticLoss, logisticLoss } from './logistic-loss.ts';
import { ABSENT, type Probe, presentClasses, rowsOf } from './probe.ts';
import { fitScaling, type Scaling, standardised } from './standardise.ts';

export interface LogisticOptions extends SessionOptions {
  /** Every class counts the same (weights N / (C n_c)) instead of every row; default false. */
  readonly balanced?: boolean;
  /** L2 strengths to choose from; default 1e-4, 1e-3, ..., 1e2. */
  readonly strengths?: readonly number[];
  /** Rows [M, width] on which the strength is chosen, with their classes; needed where there are several strengths. */
  readonly validation?: { readonly x: Float32Array; readonly labels: Int32Array };
  /**
   * What is to be large on the validation rows; default: minus the mean log loss, weighted as in training, over rows of
   * classes that training has.
   * @param scores [M, classes]
   */
  readonly score?: (scores: Float32Array, labels: Int32Array) => number;
  /** Converged when no entry of the gradient is larger; default 1e-6. */
  readonly tolerance?: number;
  /** Largest number of L-BFGS steps for each strength; default 1000. */
  readonly steps?: number;
}

/** One strength that was tried. */
export interface LogisticTrial {
  readonly strength: number;
  /** Mean loss on training rows, with the penalty. */
  readonly objective: number;
  /** Largest entry of the gradient where L-BFGS ended. */
  readonly gradientNorm: number;
  readonly converged: boolean;
  readonly steps: number;
  /** On validation rows; null without them. */
  readonly score: number | null;
}

/** Plain data: scores = standardised x . weights, the last row of weights the intercepts. */
export interface FittedLogistic {
  readonly width: number;
  readonly classes: number;
  /** Classes that the training rows hold, ascending. */
  readonly present: readonly number[];
  readonly scaling: Scaling;
  /** [width + 1, present classes]; 0 for a constant column. */
  readonly weights: Float64Array;
  /** The strength that was chosen. */
  readonly chosen: LogisticTrial;
  /** All strengths, from the largest to the smallest. */
  readonly trials: readonly LogisticTrial[];
  readonly threads?: number;
}

export const STRENGTHS: readonly number[] = [1e2, 1e1, 1, 1e-1, 1e-2, 1e-3, 1e-4];

/** Wider than this, a guess at the second derivative costs more than it saves. */
const WIDEST = 512;

/** Nor does it pay where the search ends within so many steps without it. */
const PLAIN_STEPS = 10;

/**
 * Linear probe: multinomial logistic regression on standardised columns,
 *
 *   minimise  (1/N) sum_i w_i cross-entropy(W^T x_i + b, y_i) + strength / 2 |W|^2      w_i = 1, or N / (C n_{y_i})
 *
 * (scikit-learn's C is 1 / (N strength)), to convergence by L-BFGS in float64, the products on the engine. The strengths are gone through from the largest to the smallest, each starting where the last one ended; the
 * best on validation rows is chosen, of equally good ones the largest. A class without training rows scores -1e9.
 */
export const logistic: Probe<LogisticOptions, FittedLogistic> = {
  name: 'logistic',
  async fit(x, width, labels, classes, options = {}) {
    const { balanced = false, validation, score, tolerance = 1e-6, steps = 1000, threads } = options;
    const strengths = checkedStrengths(options.strengths ?? STRENGTHS, validation !== undefined);
    const present = presentClasses('logistic', x, width, labels, classes);
    if (validation) checkValidation(validation, width, classes);
    const scaling = fitScaling(x, width);
    const weights = classWeights(labels, present, balanced);
    const numbers = new Map(present.map((label, k) => [label, k]));
    const own = labels.map((label) => numbers.get(label) ?? 0);
    const rows = { x: standardised(x, width, scaling), wide: width + 1, labels: own, classes: present.length, weights };
    const loss = await logisticLoss(rows, { threads });
    const trials: LogisticTrial[] = [];
    let best: FittedLogistic | undefined;
    let plain = width > WIDEST ? Number.POSITIVE_INFINITY : PLAIN_STEPS;
    let at: Float64Array = new Float64Array((width + 1) * present.length);
    try {
      for (const strength of strengths) {
        const end = await minimise(loss, strength, at, { tolerance, steps, plain });
        if (end.steps > plain) plain = 0; // and from here on with the guess at once
        at = end.x;
        const { value: objective, gradientNorm, converged, steps: taken } = end;
        const trial = { strength, objective, gradientNorm, converged, steps: taken, score: null };
        const fitted = { width, classes, present, scaling, weights: at, chosen: trial, trials, threads };
        if (!validation) {
          trials.push(trial);
          best = fitted;
          continue;
        }
        const answers = await logistic.scores(fitted, validation.x);
        const reached = score
          ? score(answers, validation.labels)
          : -logLoss(answers, validation.labels, classes, numbers, weights);
        const scored = { ...trial, score: reached };
        trials.push(scored);
        if (!best || best.chosen.score === null || reached > best.chosen.score) best = { ...fitted, chosen: scored };
      }
    } finally {
      await loss.release();
    }
    if (!best) throw new RangeError('logistic: needs a strength, got none');
    return best;
  },
  async scores({ width, classes, present, scaling, weights, threads }, x) {
    const rows = rowsOf('logistic', x, width);
    const wide = width + 1;
    const [a, w] = [input('x', ['rows', wide], 'float64'), input('w', [wide, present.length], 'float64')];
    const program = await compile({ logits: matmul(a, w) }, { threads });
    try {
      const { logits } = await program.run({
        x: feed(array('float64', [rows, wide], standardised(x, width, scaling))),
        w: feed(array('float64', [wide, present.length], weights)),
      });
      const found = read(logits, 'float64');
      const scores = new Float32Array(rows * classes).fill(ABSENT);
      for (let i = 0; i < rows; i++)
        present.forEach((label, k) => {
          scores[i * classes + label] = found[i * present.length + k];
        });
      return scores;
    } finally {
      await program.release();
    }
  },
};

interface Search {
  readonly tolerance: number;
  readonly steps: number;
  /** Steps without the guess at the second derivative. */
  readonly plain: number;
}

/** Least loss, plainly at first, then with a guess at the second derivative. */
async function minimise(loss: LogisticLoss, strength: number, start: Float64Array, search: Search): Promise<Minimum> {
  const { tolerance, steps, plain } = search;
  const evaluate = (w: Float64Array) => loss.at(w, strength);
  const begun = await lbfgs(evaluate, start, { tolerance, steps: Math.min(plain, steps) });
  if (begun.converged || begun.steps >= steps) return begun;
  const precondition = await loss.curvature(strength);
  const end = await lbfgs(evaluate, begun.x, { tolerance, steps: steps - begun.steps, precondition });
  return { ...end, steps: begun.steps + end.steps };
}

/** Strengths from the largest to the smallest. */
function checkedStrengths(strengths: readonly number[], validated: boolean): number[] {
  for (const strength of strengths)
    if (!(strength > 0 && Number.isFinite(strength)))
      throw new RangeError(`logistic: a strength must be > 0 and finite, got ${strength}`);
  if (strengths.length > 1 && !validated)
    throw new RangeError(`logistic: needs validation rows to choose among ${strengths.length} strengths`);
  return strengths.toSorted((a, b) => b - a);
}

function checkValidation({ x, labels }: { x: Float32Array; labels: Int32Array }, width: number, classes: number): void {
  const rows = rowsOf('logistic, validation', x, width);
  if (rows !== labels.length || rows === 0)
    throw new RangeError(`logistic, validation: ${labels.length} labels for ${rows} rows, needs at least one`);
  for (const label of labels)
    if (!(label >= 0 && label < classes))
      throw new RangeError(`logistic, validation: label ${label} is not in 0..${classes - 1}`);
}

/** Weight of a row of each present class: 1, or so that every class weighs the same and the mean is 1. */
function classWeights(labels: Int32Array, present: readonly number[], balanced: boolean): number[] {
  if (!balanced) return present.map(() => 1);
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return present.map((label) => labels.length / (present.length * (counts.get(label) ?? 1)));
}

/** Mean log loss weighted by class, over rows of classes that training has; infinite where there are none. */
function logLoss(
  scores: Float32Array,
  labels: Int32Array,
  classes: number,
  numbers: ReadonlyMap<number, number>,
  weights: readonly number[],
): number {
  let [total, mass] = [0, 0];
  labels.forEach((label, i) => {
    const number = numbers.get(label);
    if (number === undefined) return;
    const row = scores.subarray(i * classes, (i + 1) * classes);
    const most = row.reduce((a, b) => Math.max(a, b));
    const sum = row.reduce((all, z) => all + Math.exp(z - most), 0);
    total += weights[number] * (Math.log(sum) + most - row[label]);
    mass += weights[number];
  });
  return mass > 0 ? total / mass : Number.POSITIVE_INFINITY;
}
