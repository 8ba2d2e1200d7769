import { InputError } from '../array/errors.ts';
import type { SessionOptions } from '../runtime/session.ts';
import { type Centred, leaveOneOut } from './leave-one-out.ts';
import { ABSENT, type Probe, presentClasses, rowsOf } from './probe.ts';
import { fitScaling } from './standardise.ts';

export interface RidgeOptions extends SessionOptions {
  /** Penalties to choose from. Default: ten from 1e-3 to 1e3, evenly in their logarithm. */
  readonly alphas?: readonly number[];
  /** Divide each feature by its standard deviation over the training rows first. Default true. */
  readonly standardise?: boolean;
}

/** Plain data: scores = x . weights + intercept. */
export interface FittedRidge {
  readonly width: number;
  readonly classes: number;
  /** Classes that the training rows hold, ascending: one target each, or, of two, a single one (+1 for the second). */
  readonly present: readonly number[];
  /** For features as they come, one row a target: [targets, width]. */
  readonly weights: Float64Array;
  readonly intercepts: Float64Array;
  /** The penalty chosen. */
  readonly alpha: number;
  /** Mean squared leave-one-out error of each penalty, over rows and targets; infinite where it was too small to solve. */
  readonly trials: readonly { readonly alpha: number; readonly error: number }[];
}

export const ALPHAS: readonly number[] = Array.from({ length: 10 }, (_, i) => 10 ** ((2 * i - 9) / 3));

/**
 * Ridge classifier: least squares of targets +1 (the class) and -1 (another) with penalty alpha |w|^2 and a free
 * intercept, alpha by leave-one-out. As scikit-learn's RidgeClassifierCV; with `standardise`, after its StandardScaler.
 *
 * A class without training rows scores -1e9; of two classes one score is the other's negative.
 */
export const ridge: Probe<RidgeOptions, FittedRidge> = {
  name: 'ridge',
  async fit(x, width, labels, classes, { alphas = ALPHAS, standardise = true, ...session } = {}) {
    const present = presentClasses('ridge', x, width, labels, classes);
    if (alphas.length === 0 || alphas.some((alpha) => !(alpha > 0 && Number.isFinite(alpha))))
      throw new RangeError(`ridge: alphas must be > 0, got [${alphas}]`);
    const centred = centre(x, width, standardise);
    const targets = targetsOf(labels, present);
    const trials = await leaveOneOut(
      centred,
      targets.map(({ y }) => y),
      alphas,
      session,
    );
    const best = trials.reduce((a, b) => (b.error < a.error ? b : a));
    if (!Number.isFinite(best.error))
      throw new InputError(
        `ridge: the features are too far apart in scale for penalties up to ${Math.max(...alphas)}; standardise them`,
      );
    const weights = new Float64Array(targets.length * width);
    const intercepts = Float64Array.from(targets, ({ mean }) => mean);
    best.weights().forEach((w, t) => {
      for (let j = 0; j < width; j++) {
        const value = w[j] * centred.scale[j];
        weights[t * width + j] = value;
        intercepts[t] -= value * centred.mean[j];
      }
    });
    const { alpha } = best;
    const errors = trials.map((trial) => ({ alpha: trial.alpha, error: trial.error }));
    return { width, classes, present, weights, intercepts, alpha, trials: errors };
  },
  async scores({ width, classes, present, weights, intercepts }, x) {
    const rows = rowsOf('ridge', x, width);
    const result = new Float32Array(rows * classes).fill(ABSENT);
    for (let i = 0; i < rows; i++)
      intercepts.forEach((intercept, t) => {
        let score = intercept;
        for (let j = 0; j < width; j++) score += x[i * width + j] * weights[t * width + j];
        if (present.length > 2) result[i * classes + present[t]] = score;
        else
          present.forEach((label, k) => {
            result[i * classes + label] = k === 0 ? -score : score;
          });
      });
    return result;
  },
};

function centre(x: Float32Array, width: number, standardise: boolean): Centred {
  const { mean, inverse } = fitScaling(x, width);
  const scale = standardise ? inverse : new Float64Array(width).fill(1);
  return {
    rows: x.length / width,
    width,
    mean,
    scale,
    part([top, bottom], [left, right]) {
      const values = new Float64Array((bottom - top) * (right - left));
      let next = 0;
      for (let i = top; i < bottom; i++)
        for (let j = left; j < right; j++) values[next++] = (x[i * width + j] - mean[j]) * scale[j];
      return values;
    },
  };
}

/** +1 and -1 for each class against the rest, less their mean; of two classes the second alone. */
function targetsOf(labels: Int32Array, present: readonly number[]): { mean: number; y: Float64Array }[] {
  const named = present.length === 2 ? present.slice(1) : present;
  return named.map((label) => {
    const signs = Float64Array.from(labels, (l) => (l === label ? 1 : -1));
    const mean = signs.reduce((a, b) => a + b, 0) / signs.length;
    return { mean, y: signs.map((sign) => sign - mean) };
  });
}
