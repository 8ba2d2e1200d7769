import { div, maximum, mean, mul, sqrt, sub, sum } from './ops/index.ts';
import type { Tensor } from './tensor.ts';

/** Rows of x [N, D] scaled to length 1; a zero row stays zero and passes no gradient. */
export function normaliseRows(x: Tensor): Tensor {
  return div(x, sqrt(maximum(sum(mul(x, x), { axes: [1], keep: true }), 1e-24)));
}

/** Rows of x [N, D] less their mean. */
export function centreRows(x: Tensor): Tensor {
  return sub(x, mean(x, { axes: [0], keep: true }));
}
