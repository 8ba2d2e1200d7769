import { add, mul, sub } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';

/**
 * A moving average of a flat vector, one step on: value + keep (present - value) = keep present + (1 - keep) value.
 * @param present average so far [P]  @param value new weights [P]  @param keep scalar in [0, 1]
 */
export function average(present: Tensor, value: Tensor, keep: Tensor): Tensor {
  return add(value, mul(sub(present, value), keep));
}

/**
 * Share that the average keeps in step t = 0, 1, ...: min(decay, (t + 1) / (t + 10)). It rises from 0.1, so that the
 * first values soon count for little. With a decay of 0.99 the average spans the last 100 steps or so.
 * @throws RangeError when the decay is not in [0, 1)
 */
export function averageRate(decay: number, t: number): number {
  if (!(decay >= 0 && decay < 1)) throw new RangeError(`average: the decay must be in [0, 1), got ${decay}`);
  return Math.min(decay, (t + 1) / (t + 10));
}
