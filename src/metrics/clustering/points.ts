import { checkMatrix, checkSize } from '../collapse/check.ts';

/** Embeddings as rows. */
export interface Points {
  /** [N * D], row by row. */
  readonly embeddings: Float32Array | Float64Array;
  /** Width D of a row. */
  readonly width: number;
}

/** How the large matrix products run. */
export interface Computing {
  /** Threads within one product; default 1. The same numbers for any. */
  readonly threads?: number;
}

/**
 * Number of rows N.
 * @param place who asks, for the message
 * @throws RangeError when the width does not divide the numbers or one is not finite, naming row and column
 */
export function checkPoints(place: string, { embeddings, width }: Points): number {
  const rows = rowsOf(place, embeddings, width);
  if (!allFinite(embeddings)) checkMatrix(place, 'embeddings', embeddings, rows, width);
  return rows;
}

/** Number of rows. @throws RangeError when the width does not divide the numbers */
export function rowsOf(place: string, embeddings: Points['embeddings'], width: number): number {
  checkSize(place, 'width', width);
  if (embeddings.length % width !== 0)
    throw new RangeError(`${place}: ${embeddings.length} numbers are no rows of width ${width}`);
  return embeddings.length / width;
}

/** Several times faster than looking at each number: x 0 is 0 but for a number that is not finite. */
function allFinite(values: Float32Array | Float64Array): boolean {
  let [a, b] = [0, 0];
  const even = values.length - (values.length % 2);
  for (let i = 0; i < even; i += 2) {
    a += values[i] * 0;
    b += values[i + 1] * 0;
  }
  if (even < values.length) a += values[even] * 0;
  return a + b === 0;
}

/**
 * Checks a number for every row.
 * @param least smallest number allowed: 0, or -1 where that stands for "none"
 * @throws RangeError when there is not one a row or one is not least..count-1
 */
export function checkNumbers(
  place: string,
  what: string,
  numbers: Int32Array,
  rows: number,
  count: number,
  least: 0 | -1 = 0,
): void {
  checkSize(place, `number of ${what}`, count);
  if (numbers.length !== rows) throw new RangeError(`${place}: ${numbers.length} ${what} for ${rows} rows`);
  for (let i = 0; i < rows; i++)
    if (numbers[i] < least || numbers[i] >= count)
      throw new RangeError(`${place}: ${what}[${i}] is ${numbers[i]}, must be ${least}..${count - 1}`);
}

/**
 * The rows less their mean, in float64 [N * D]. Distances do not change, but |x|^2 + |y|^2 - 2 x.y then loses no more
 * digits than the data's own spread asks for. A constant column becomes 0 exactly.
 */
export function centred({ embeddings, width }: Points): Float64Array {
  const x = new Float64Array(embeddings);
  const rows = x.length / width;
  // From the first row on, so that a constant column has mean 0 without rounding.
  const first = x.slice(0, width);
  const mean = new Float64Array(width);
  for (let at = 0; at < x.length; at += width) for (let j = 0; j < width; j++) mean[j] += x[at + j] -= first[j];
  for (let j = 0; j < width; j++) mean[j] /= rows;
  for (let at = 0; at < x.length; at += width) for (let j = 0; j < width; j++) x[at + j] -= mean[j];
  return x;
}

/** |x_i|^2 of every row [N]. */
export function squaredLengths(x: Float64Array, width: number): Float64Array {
  const squares = new Float64Array(x.length / width);
  for (let i = 0, at = 0; i < squares.length; i++) {
    let sum = 0;
    for (const end = at + width; at < end; at++) sum += x[at] * x[at];
    squares[i] = sum;
  }
  return squares;
}

/** Rows ready for distances. */
export interface Rows {
  /** [N * width], float64 */
  readonly x: Float64Array;
  readonly width: number;
  /** |x_i|^2 [N]. */
  readonly squares: Float64Array;
}

/** |a - b|^2 of row i of a and row j of b, term by term. */
export function squaredDistance(
  a: Float32Array | Float64Array,
  i: number,
  b: Float32Array | Float64Array,
  j: number,
  width: number,
): number {
  // Two sums, so that one need not wait for the other.
  let [even, odd] = [0, 0];
  let [p, q] = [i * width, j * width];
  for (const end = p + width - 1; p < end; p += 2, q += 2) {
    const first = a[p] - b[q];
    const second = a[p + 1] - b[q + 1];
    even += first * first;
    odd += second * second;
  }
  if (width % 2 === 1) even += (a[p] - b[q]) ** 2;
  return even + odd;
}

/** Rows `chosen` of x [.. * width], in that order. */
export function takeRows(x: Float64Array, chosen: ArrayLike<number>, width: number): Float64Array {
  const taken = new Float64Array(chosen.length * width);
  for (let i = 0; i < chosen.length; i++) taken.set(x.subarray(chosen[i] * width, (chosen[i] + 1) * width), i * width);
  return taken;
}
