import { compile, read, type SessionOptions } from '../runtime/session.ts';
import { type LbfgsOptions, lbfgs, type Minimum } from './lbfgs.ts';
import { blocks, type LogisticLoss, logisticLoss, logitsOf, rowsFeed, unscaled } from './logistic-loss.ts';
import { ABSENT, type Probe, presentClasses, rowsOf } from './probe.ts';
import { fitScaling, type Scaling } from './standardise.ts';

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
const WIDEST = 1024;

/** Steps in single precision, after which those in double take over. */
const ROUGH_STEPS = 100;

/** Gradients of columns with mean 0 and standard deviation 1 are good to this in single precision. */
const ROUGH = 1e-6;

/**
 * Linear probe: multinomial logistic regression on standardised columns,
 *
 *   minimise  (1/N) sum_i w_i cross-entropy(W^T x_i + b, y_i) + strength / 2 |W|^2      w_i = 1, or N / (C n_{y_i})
 *
 * (scikit-learn's C is 1 / (N strength)), to convergence by L-BFGS on the engine: in float32 as far as that goes, then
 * in float64. The strengths are gone through from the largest to the smallest, each starting where the last one ended;
 * the best on validation rows is chosen, of equally good ones the largest. A class without training rows scores -1e9.
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
    const rows = { x, width, scaling, labels: own, classes: present.length, weights };
    const loss = await logisticLoss(rows, { threads });
    const scorer = await scorerOf(width, present, classes, { threads });
    const trials: LogisticTrial[] = [];
    let best: FittedLogistic | undefined;
    // Rows are not standardised in memory, so far from 0 they leave fewer digits.
    const offsets = scaling.mean.map((mean, j) => Math.abs(mean * scaling.inverse[j]));
    const rough = ROUGH * (1 + offsets.reduce((most, offset) => Math.max(most, offset)));
    let at: Float64Array = new Float64Array((width + 1) * present.length);
    try {
      for (const strength of strengths) {
        const precondition = width <= WIDEST ? await loss.curvature(strength) : undefined;
        const end = await minimise(loss, strength, at, { tolerance, steps, precondition, rough });
        at = end.x;
        const { value: objective, gradientNorm, converged, steps: taken } = end;
        const trial = { strength, objective, gradientNorm, converged, steps: taken, score: null };
        const fitted = { width, classes, present, scaling, weights: at, chosen: trial, trials, threads };
        if (!validation) {
          trials.push(trial);
          best = fitted;
          continue;
        }
        const answers = await scorer.of(fitted, validation.x);
        const reached = score
          ? score(answers, validation.labels)
          : -logLoss(answers, validation.labels, classes, numbers, weights);
        const scored = { ...trial, score: reached };
        trials.push(scored);
        if (!best || best.chosen.score === null || reached > best.chosen.score) best = { ...fitted, chosen: scored };
      }
    } finally {
      await loss.release();
      await scorer.release();
    }
    if (!best) throw new RangeError('logistic: needs a strength, got none');
    return best;
  },
  async scores(fitted, x) {
    const { width, present, classes, threads } = fitted;
    rowsOf('logistic', x, width);
    const scorer = await scorerOf(width, present, classes, { threads });
    try {
      return await scorer.of(fitted, x);
    } finally {
      await scorer.release();
    }
  },
};

interface Search extends LbfgsOptions {
  /** Gradient down to which single precision will do. */
  readonly rough: number;
}

/** Least loss: in single precision as far as that goes, then in double. */
async function minimise(loss: LogisticLoss, strength: number, start: Float64Array, search: Search): Promise<Minimum> {
  const { tolerance, steps, rough } = search;
  const begun = await lbfgs((w) => loss.at(w, strength, 'float32'), start, {
    ...search,
    tolerance: Math.max(0.8 * tolerance, rough),
    steps: Math.min(steps, ROUGH_STEPS),
    rounding: 1e-7,
  });
  const left = { ...search, steps: steps - begun.steps };
  const end = await lbfgs((w) => loss.at(w, strength, 'float64'), begun.x, left);
  return { ...end, steps: begun.steps + end.steps };
}

/** Compiled scores of rows, as `Probe.scores` gives them. */
async function scorerOf(width: number, present: readonly number[], classes: number, session: SessionOptions) {
  const { logits } = logitsOf(width, present.length, 'float64');
  const program = await compile({ logits }, session);
  return {
    async of({ weights: w, scaling }: Pick<FittedLogistic, 'weights' | 'scaling'>, x: Float32Array) {
      const given = unscaled(w, present.length, scaling, 'float64');
      const rows = x.length / width;
      const scores = new Float32Array(rows * classes).fill(ABSENT);
      for (const [from, block] of blocks(rows, (i, end) => [i, rowsFeed('float32', x, width, i, end)] as const)) {
        const found = read((await program.run({ rows: block, ...given })).logits, 'float64');
        for (let i = from, at = 0; at < found.length; i++)
          for (const label of present) scores[i * classes + label] = found[at++];
      }
      return scores;
    },
    release: () => program.release(),
  };
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
