import { array, type DType, int32 } from '../../array/array.ts';
import { constant, gather, mul, reshape, slice, stopGradient, sub, sum } from '../../graph/ops/index.ts';
import { staticShape, type Tensor } from '../../graph/tensor.ts';
import type { Windows } from './loss.ts';
import { unitRows } from './rows.ts';

export interface Layout {
  /** S. */
  readonly sequences: number;
  /** T. */
  readonly steps: number;
  /** N = S T. */
  readonly rows: number;
  /** D. */
  readonly width: number;
}

/** @throws RangeError when the rows are no whole number of sequences of at least 2 steps */
export function layoutOf(place: string, { z, steps }: Windows): Layout {
  const [rows, width, ...rest] = staticShape(z, place);
  const sequences = rows / steps;
  if (width === undefined || rest.length > 0) throw new RangeError(`${place}: z must be [N, D], got [${z.shape}]`);
  if (!Number.isInteger(steps) || steps < 2 || !Number.isInteger(sequences))
    throw new RangeError(`${place}: ${rows} rows are no whole number of sequences of ${steps} steps (at least 2)`);
  return { sequences, steps, rows, width };
}

/** The second view. @throws TypeError when there is none  @throws RangeError when it is not of z's shape */
export function otherView(place: string, { z, other }: Windows): Tensor {
  if (!other) throw new TypeError(`${place}: needs a second view, "other"`);
  if (other.shape.join() !== z.shape.join())
    throw new RangeError(`${place}: the views differ in shape: [${z.shape}] and [${other.shape}]`);
  return other;
}

/** Directions of the input features, without derivative. @throws TypeError when they are not given */
export function inputDirections(place: string, { z, features }: Windows): Tensor {
  if (!features) throw new TypeError(`${place}: compares neighbours by their input and needs "features"`);
  if (features.shape.length !== 2 || features.shape[0] !== z.shape[0])
    throw new RangeError(`${place}: features must be [${z.shape[0]}, F], got [${features.shape}]`);
  return unitRows(stopGradient(features));
}

/** Sum over k of a_k b_k for each row a and the next row b of its sequence: rows [N, D] to [S, T - 1]. */
export function neighbourProducts(rows: Tensor, layout: Layout): Tensor {
  const [first, second] = neighbourRows(rows, layout);
  return sum(mul(first, second), { axes: [2] });
}

/** Each row less the next of its sequence: rows [N, D] to [S, T - 1, D]. */
export function neighbourDifferences(rows: Tensor, layout: Layout): Tensor {
  const [first, second] = neighbourRows(rows, layout);
  return sub(first, second);
}

function neighbourRows(rows: Tensor, { sequences, steps }: Layout): [Tensor, Tensor] {
  const apart = reshape(rows, [sequences, steps, rows.shape[1]]);
  return [slice(apart, { axis: 1, start: 0, end: steps - 1 }), slice(apart, { axis: 1, start: 1, end: steps })];
}

/** Are rows i and j neither the same nor neighbours? */
export function apart(i: number, j: number, steps: number): boolean {
  return Math.abs(i - j) > 1 || (i !== j && Math.floor(i / steps) !== Math.floor(j / steps));
}

/** A fixed matrix [rows, columns] from a rule for its elements. */
export function matrix(
  dtype: DType,
  [rows, columns]: readonly [number, number],
  rule: (i: number, j: number) => number,
): Tensor {
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) values[i * columns + j] = rule(i, j);
  return numbers(dtype, [rows, columns], values);
}

/** Fixed numbers as float64 or float32. */
export function numbers(dtype: DType, shape: readonly number[], values: Float64Array): Tensor {
  return constant(
    dtype === 'float64' ? array(dtype, shape, values) : array('float32', shape, Float32Array.from(values)),
  );
}

/** Elements of a matrix by their number, row-major. */
export function elements(x: Tensor, indices: readonly number[]): Tensor {
  const [rows, columns] = staticShape(x, 'elements');
  return gather(reshape(x, [rows * columns]), constant(int32([indices.length], indices)));
}
