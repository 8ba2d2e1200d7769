import { array, type NdArray } from '../array/array.ts';
import { add, input, matmul } from '../graph/ops/index.ts';
import { compile, feed, read, type SessionOptions } from '../runtime/session.ts';

/** Columns or rows that one product takes at a time. */
const BLOCK = 1024;

/** The part [from, to) of a matrix along the axis that is summed over, in a new array. */
export type Part = (from: number, to: number) => Float64Array;

const float64 = (shape: readonly number[], data: Float64Array): NdArray<'float64'> => array('float64', shape, data);

/**
 * A A^T [rows, rows] in double precision on the engine, for A [rows, columns] that never stands whole in memory.
 * (Single precision loses the small eigenvalues: of a Gram matrix the condition is the square of the matrix's.)
 * @param columns gives A's columns from..to as [rows, to - from]
 */
export async function gram(rows: number, columns: number, part: Part, options: SessionOptions = {}) {
  return accumulate(rows, columns, part, (width) => [rows, width], 'transposeB', options);
}

/**
 * A^T A [columns, columns] in double precision on the engine.
 * @param part gives A's rows from..to as [to - from, columns]
 */
export async function covariance(rows: number, columns: number, part: Part, options: SessionOptions = {}) {
  return accumulate(columns, rows, part, (height) => [height, columns], 'transposeA', options);
}

async function accumulate(
  side: number,
  along: number,
  part: Part,
  shapeOf: (block: number) => readonly number[],
  transposed: 'transposeA' | 'transposeB',
  options: SessionOptions,
): Promise<Float64Array> {
  let sum = feed(float64([side, side], new Float64Array(side * side)));
  const shape = shapeOf(0).map((n) => (n === 0 ? 'block' : n));
  const block = input('block', shape, 'float64');
  const next = add(input('sum', [side, side], 'float64'), matmul(block, block, { [transposed]: true }));
  const program = await compile({ next }, options);
  for (let from = 0; from < along; from += BLOCK) {
    const to = Math.min(from + BLOCK, along);
    const values = float64(shapeOf(to - from), part(from, to));
    sum = (await program.run({ sum, block: feed(values) })).next;
  }
  await program.release();
  return read(sum, 'float64');
}

/** B A^T for a square B [n, n] and `count` rows A [count, n]: [n, count], in double precision on the engine. */
export async function timesTransposed(
  b: Float64Array,
  a: Float64Array,
  n: number,
  options: SessionOptions = {},
): Promise<Float64Array> {
  const count = a.length / n;
  const product = matmul(input('b', [n, n], 'float64'), input('a', [count, n], 'float64'), { transposeB: true });
  const program = await compile({ product }, options);
  const result = await program.run({ b: feed(float64([n, n], b)), a: feed(float64([count, n], a)) });
  await program.release();
  return read(result.product, 'float64');
}
