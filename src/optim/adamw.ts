import { add, div, mul, sqrt, sub } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Optimiser } from './optimiser.ts';

/**
 * AdamW (Loshchilov, Hutter 2019): m <- b1 m + (1 - b1) g; v <- b2 v + (1 - b2) g^2;
 * w <- w - lr wd w - lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps), t = 1, 2, ...
 *
 * Kept are the sums M = m / (1 - b1) and V = v / (1 - b2), and the constant factors go into two numbers of the step:
 *   M <- b1 M + g;  V <- b2 V + g^2;  w <- decay w - step M / (sqrt(V) + floor),
 * which is the same with three passes over all weights less.
 */
export function adamw({ weightDecay = 1e-4, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = {}): Optimiser {
  return {
    name: 'adamw',
    moments: 2,
    scalars: (t, lr) => {
      const correction = Math.sqrt((1 - beta2 ** (t + 1)) / (1 - beta2));
      return {
        decay: 1 - lr * weightDecay,
        step: (lr * correction * (1 - beta1)) / (1 - beta1 ** (t + 1)),
        floor: epsilon * correction,
      };
    },
    update(weights, gradient, [m, v], scalar): { weights: Tensor; moments: Tensor[] } {
      const first = add(mul(m, beta1), gradient);
      const second = add(mul(v, beta2), mul(gradient, gradient));
      const step = mul(div(first, add(sqrt(second), scalar('floor'))), scalar('step'));
      return { weights: sub(mul(weights, scalar('decay')), step), moments: [first, second] };
    },
  };
}
