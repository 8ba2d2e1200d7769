import type { SessionOptions } from '../runtime/session.ts';
import { covariance, gram, timesTransposed } from './products.ts';
import { shiftedInverse, tridiagonalise } from './tridiagonal.ts';

/** Features less their mean, made double precision part by part: wide ones are large. */
export interface Centred {
  readonly rows: number;
  readonly width: number;
  readonly mean: Float64Array;
  /** Factor of each feature; 0 for one that never changes, when standardised. */
  readonly scale: Float64Array;
  /** Values [from..to) of the rows and columns named, (x - mean) scale. */
  part(rows: readonly [number, number], columns: readonly [number, number]): Float64Array;
}

/** What one penalty gives. */
export interface Trial {
  readonly alpha: number;
  /** Mean squared leave-one-out error over rows and targets; infinite where the penalty is too small to solve. */
  readonly error: number;
  /** Of the centred features [width], one a target. */
  weights(): Float64Array[];
}

/**
 * Least squares with penalty alpha |w|^2 and a free intercept, for several penalties, with their leave-one-out errors.
 *
 * With centred features X [n, p] and targets y, the error on a row that is left out follows in closed form from one fit,
 *
 *   e_i = r_i / (1 - 1/n - h_i),   r = y - X w,   h_i = x_i^T (X^T X + alpha)^-1 x_i,
 *
 * for n <= p from the Gram matrix instead: r = alpha G^-1 y, 1 - h_i = alpha (G^-1)_ii, G = X X^T + alpha. Either matrix
 * is brought to tridiagonal form once, in double precision; each penalty then costs little.
 * @param targets centred [n] each
 * @see Rifkin, Lippert 2007, Notes on regularized least squares; Elden 1984 for the tridiagonal form
 */
export function leaveOneOut(
  x: Centred,
  targets: readonly Float64Array[],
  alphas: readonly number[],
  session: SessionOptions = {},
): Promise<Trial[]> {
  return x.rows <= x.width ? solveWide(x, targets, alphas, session) : solveLong(x, targets, alphas, session);
}

type Solve = (
  x: Centred,
  targets: readonly Float64Array[],
  alphas: readonly number[],
  session: SessionOptions,
) => Promise<Trial[]>;

const failed = (alpha: number): Trial => ({ alpha, error: Number.POSITIVE_INFINITY, weights: () => [] });

/** At least as many features as rows: from the Gram matrix X X^T [n, n]. */
const solveWide: Solve = async (x, targets, alphas, session) => {
  const n = x.rows;
  const matrix = await gram(n, x.width, (from, to) => x.part([0, n], [from, to]), session);
  // Centred rows leave the direction of ones at 0, where G^-1 is 1 / alpha and hides all else. It is lifted to the mean
  // eigenvalue, which changes nothing for centred targets, and its known share is taken off the diagonal.
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i];
  const lift = trace > 0 ? trace / n : 1;
  for (let i = 0; i < matrix.length; i++) matrix[i] += lift / n;
  const tridiagonal = tridiagonalise(matrix, n);
  return alphas.map((alpha) => {
    const inverse = shiftedInverse(tridiagonal, alpha);
    if (!inverse) return failed(alpha);
    const leverages = inverse.quadratic(tridiagonal.basis, n);
    const duals = targets.map(inverse.solve);
    const share = 1 / (n * (lift + alpha));
    const error = meanSquare(duals, (value, i) => value / (leverages[i] - share));
    return { alpha, error, weights: () => duals.map((dual) => transposedTimes(x, dual)) };
  });
};

/** More rows than features: from X^T X [p, p]. */
const solveLong: Solve = async (x, targets, alphas, session) => {
  const { rows: n, width: p } = x;
  const matrix = await covariance(n, p, (from, to) => x.part([from, to], [0, p]), session);
  const tridiagonal = tridiagonalise(matrix, p);
  const rotated = await timesTransposed(tridiagonal.basis, x.part([0, n], [0, p]), p, session);
  const moments = targets.map((y) => transposedTimes(x, y));
  return alphas.map((alpha) => {
    const inverse = shiftedInverse(tridiagonal, alpha);
    if (!inverse) return failed(alpha);
    const leverages = inverse.quadratic(rotated, n);
    const weights = moments.map(inverse.solve);
    const residuals = weights.map((w, t) => residualsOf(x, targets[t], w));
    const error = meanSquare(residuals, (value, i) => value / (1 - 1 / n - leverages[i]));
    return { alpha, error, weights: () => weights };
  });
};

function meanSquare(columns: readonly Float64Array[], change: (value: number, i: number) => number): number {
  let sum = 0;
  for (const column of columns)
    column.forEach((value, i) => {
      sum += change(value, i) ** 2;
    });
  const mean = sum / (columns.length * columns[0].length);
  return Number.isNaN(mean) ? Number.POSITIVE_INFINITY : mean;
}

/** X^T v [width]. */
function transposedTimes(x: Centred, v: Float64Array): Float64Array {
  const result = new Float64Array(x.width);
  for (let i = 0; i < x.rows; i++) {
    const row = x.part([i, i + 1], [0, x.width]);
    for (let j = 0; j < x.width; j++) result[j] += row[j] * v[i];
  }
  return result;
}

/** y - X w [rows]. */
function residualsOf(x: Centred, y: Float64Array, w: Float64Array): Float64Array {
  return y.map((value, i) => {
    const row = x.part([i, i + 1], [0, x.width]);
    let product = 0;
    for (let j = 0; j < x.width; j++) product += row[j] * w[j];
    return value - product;
  });
}
