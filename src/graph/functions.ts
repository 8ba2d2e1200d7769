import { add, div, erf, full, matmul, maximum, mul, sigmoid, sqrt, sub, sum } from './ops/index.ts';
import { staticShape, type Tensor } from './tensor.ts';

/** Rows of x [N, D] scaled to length 1; a zero row stays zero and passes no gradient. */
export function normaliseRows(x: Tensor): Tensor {
  return div(x, sqrt(maximum(sum(mul(x, x), { axes: [1], keep: true }), 1e-24)));
}

/** Sum of the rows of x [N, D] as [1, D]: a product with ones, several times faster than a reduction over rows. */
export function sumOfRows(x: Tensor): Tensor {
  const [rows] = staticShape(x, 'sumOfRows');
  return matmul(full([1, rows], 1, x.dtype), x);
}

/** Mean of the rows of x [N, D] as [1, D]. */
export function meanOfRows(x: Tensor): Tensor {
  const [rows] = staticShape(x, 'meanOfRows');
  return matmul(full([1, rows], 1 / rows, x.dtype), x);
}

/** Rows of x [N, D] less their mean. */
export function centreRows(x: Tensor): Tensor {
  return sub(x, meanOfRows(x));
}

/** Gaussian error linear unit, exact form: x Phi(x) = x/2 (1 + erf(x / sqrt 2)) (Hendrycks, Gimpel 2016). */
export function gelu(x: Tensor): Tensor {
  return mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));
}

/** Sigmoid linear unit: x / (1 + exp(-x)). */
export function silu(x: Tensor): Tensor {
  return mul(x, sigmoid(x));
}

/** Cosine of each row of a with the same row of b: [N, D], [N, D] to [N]; 0 where a row is zero. */
export function cosineSimilarity(a: Tensor, b: Tensor): Tensor {
  return sum(mul(normaliseRows(a), normaliseRows(b)), { axes: [1] });
}

/** Cosine of every row of a [N, D] with every row of b [M, D]: [N, M]. */
export function cosineMatrix(a: Tensor, b: Tensor): Tensor {
  return matmul(normaliseRows(a), normaliseRows(b), { transposeB: true });
}

/**
 * x where the mask is 1, else 0, scaled up so that the mean stays (Srivastava et al. 2014).
 * The mask is fed: drawn outside from a seeded stream, so that the same seed gives the same bits.
 * @param keep 0 or 1, of x's shape or one that broadcasts to it  @param rate share that is dropped, in [0, 1)
 * @throws RangeError when the rate is not in [0, 1)
 */
export function dropout(x: Tensor, keep: Tensor, rate: number): Tensor {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout: the rate must be in [0, 1), got ${rate}`);
  return mul(x, mul(keep, 1 / (1 - rate)));
}
