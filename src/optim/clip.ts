import { add, clip, div, minimum, mul, sqrt, sum } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';

/**
 * The gradient of all parameters [P], scaled down where its 2-norm is above `limit`: g min(1, limit / (norm + 1e-6)),
 * as PyTorch's clip_grad_norm_ does. A gradient that is no number stays none.
 * @throws RangeError when the limit is not > 0
 * @see Pascanu, Mikolov, Bengio 2013
 */
export function clipByNorm(gradient: Tensor, limit: number): Tensor {
  const norm = sqrt(sum(mul(gradient, gradient), { axes: [0] }));
  return mul(gradient, minimum(div(positive(limit), add(norm, 1e-6)), 1));
}

/** Each element of the gradient held within -limit and limit. @throws RangeError when the limit is not > 0 */
export function clipByValue(gradient: Tensor, limit: number): Tensor {
  return clip(gradient, -positive(limit), limit);
}

function positive(limit: number): number {
  if (!(limit > 0)) throw new RangeError(`clip: the limit must be > 0, got ${limit}`);
  return limit;
}
