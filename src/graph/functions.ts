import { div, full, matmul, maximum, mul, sqrt, sub, sum } from './ops/index.ts';
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
