import { array } from '../../array/array.ts';
import { input, matmul } from '../../graph/ops/index.ts';
import { compile, feed, read } from '../../runtime/session.ts';
import type { Computing } from './points.ts';

/** Products of rows with rows on the engine, in float64. */
export interface RowProducts {
  /** Every row of a [M * width] times every row of b [N * width]: [M * N]. */
  products(a: Float64Array, b: Float64Array): Promise<Float64Array>;
  release(): Promise<void>;
}

/** A compiled A B^T for rows of one width. */
export async function rowProducts(width: number, { threads }: Computing = {}): Promise<RowProducts> {
  const a = input('a', ['rows', width], 'float64');
  const b = input('b', ['others', width], 'float64');
  const program = await compile({ product: matmul(a, b, { transposeB: true }) }, { threads });
  const rowsOf = (x: Float64Array) => feed(array('float64', [x.length / width, width], x));
  return {
    async products(a, b) {
      const { product } = await program.run({ a: rowsOf(a), b: rowsOf(b) });
      return read(product, 'float64');
    },
    release: () => program.release(),
  };
}
