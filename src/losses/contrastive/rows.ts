import { normaliseRows } from '../../graph/functions.ts';
import { clip, mul, withGradient } from '../../graph/ops/index.ts';
import type { Tensor } from '../../graph/tensor.ts';

/** Squares of numbers within this, summed over any width, are far from the largest float32 (3.4e38). */
const LARGEST = 1e15;

/** x held within +-limit, so that nothing overflows later on; the derivative is that of x itself. */
export function bounded(x: Tensor, limit = LARGEST): Tensor {
  return withGradient(clip(x, -limit, limit), [x], (g) => [g]);
}

/** Rows of x [N, D] scaled to `length` (see `normaliseRows`), whatever their numbers. */
export function unitRows(x: Tensor, length = 1): Tensor {
  const unit = normaliseRows(bounded(x));
  return length === 1 ? unit : mul(unit, length);
}
