import {
  add,
  concat,
  exp,
  logSoftmax,
  matmul,
  mul,
  reshape,
  slice,
  sub,
  sum,
  transpose,
  withGradient,
} from '../../graph/ops/index.ts';
import { staticShape, type Tensor } from '../../graph/tensor.ts';
import { elements, matrix, numbers } from './windows.ts';

/** tau as a parameter of a loss. */
export const temperatureOf = (usual: number) => ({
  default: usual,
  min: 0.01,
  max: 100,
  about: 'tau: the smaller, the harder the nearest negatives count',
});

/** What row i shall be told to belong to: row j of its block, with weight w. The weights of a row sum to 1. */
export type Positive = readonly [i: number, j: number, w: number];

/** Far below every product of two rows (1e15^2 a column), yet finite. */
const MASKED = -1e37;

/**
 * Cross-entropy of every row's choice among the other rows of its block:
 *
 *   l = (1/N) sum_i -sum_j w_ij log p_ij,   p_ij = exp(u_i . u_j) / sum_{k != i} exp(u_i . u_k)
 *
 * with the largest product taken out before the exponential, so that it is finite for any u.
 *
 * dS = (P - W) / N and du = (dS + dS^T) u. Passes over the [N, R] products: 2 forward, 4 backward, and one matrix product
 * each way.
 * @param u rows [N, D], N = blocks of R rows  @param block R  @param positives i in 0..N-1, j in 0..R-1
 */
export function softmaxContrast(u: Tensor, block: number, positives: readonly Positive[]): Tensor {
  const [rows] = staticShape(u, 'softmaxContrast');
  const shape = [rows, block] as const;
  const own = matrix(u.dtype, shape, (i, j) => (i % block === j ? MASKED : 0));
  const products = byBlock(rows / block, (at) => {
    const part = slice(u, { axis: 0, start: at * block, end: (at + 1) * block });
    return matmul(part, part, { transposeB: true });
  });
  const logP = logSoftmax(add(products, own));
  const at = positives.map(([i, j]) => i * block + j);
  const weights = Float64Array.from(positives, ([, , w]) => w);
  const chosen = mul(elements(logP, at), numbers(u.dtype, [at.length], weights));
  const value = mul(sum(chosen, { axes: [0] }), -1 / rows);

  return withGradient(value, [u], (g) => {
    const dense = new Float64Array(rows * block);
    for (const [k, place] of at.entries()) dense[place] += weights[k];
    const dS = reshape(sub(exp(logP), numbers(u.dtype, shape, dense)), [rows / block, block, block]);
    const both = reshape(add(dS, transpose(dS, [0, 2, 1])), shape);
    const du = byBlock(rows / block, (b) => {
      const range = { axis: 0, start: b * block, end: (b + 1) * block };
      return matmul(slice(both, range), slice(u, range));
    });
    return [mul(du, mul(g, 1 / rows))];
  });
}

function byBlock(blocks: number, part: (at: number) => Tensor): Tensor {
  return concat(
    Array.from({ length: blocks }, (_, at) => part(at)),
    0,
  );
}
