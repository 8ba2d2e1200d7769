import { cast, clip, div, greater, maximum, mul, sqrt, sub, sum, withGradient } from '../../graph/ops/index.ts';
import type { Tensor } from '../../graph/tensor.ts';

/** Squares of numbers within this, summed over any width, are far from the largest float32 (3.4e38). */
const LARGEST = 1e15;

/** Shorter rows count as zero. */
const SHORTEST = 1e-12;

/** x held within +-limit, so that nothing overflows later on; the derivative is that of x itself. */
export function bounded(x: Tensor, limit = LARGEST): Tensor {
  return withGradient(clip(x, -limit, limit), [x], (g) => [g]);
}

/**
 * Rows of x [N, D] scaled to `length`: u_i = length x_i / |x_i|, dx_i = (length / |x_i|) (du_i - u_i (u_i . du_i) / length^2).
 * A zero row (shorter than 1e-12) stays zero and passes no gradient.
 */
export function unitRows(x: Tensor, length = 1): Tensor {
  const held = clip(x, -LARGEST, LARGEST);
  const square = sum(mul(held, held), { axes: [1], keep: true });
  const alive = mul(cast(greater(square, SHORTEST ** 2), x.dtype), length);
  const scale = div(alive, sqrt(maximum(square, SHORTEST ** 2)));
  const unit = mul(held, scale);
  return withGradient(unit, [x], (g) => {
    const along = mul(sum(mul(g, unit), { axes: [1], keep: true }), 1 / length ** 2);
    return [mul(sub(g, mul(unit, along)), scale)];
  });
}
