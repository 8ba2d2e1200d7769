import { add, div, mul, sqrt, sub } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Optimiser } from './optimiser.ts';

/**
 * AdamW (Loshchilov, Hutter 2019): m <- b1 m + (1 - b1) g; v <- b2 v + (1 - b2) g^2;
 * w <- w - lr wd w - lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps), t = 1, 2, ...
 */
export function adamw({ weightDecay = 1e-4, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = {}): Optimiser {
  return {
    name: 'adamw',
    moments: 2,
    // Both bias corrections as numbers of the step: step / (sqrt(v) + floor) is the m-hat / (sqrt(v-hat) + eps) above.
    scalars: (t, lr) => {
      const correction = Math.sqrt(1 - beta2 ** (t + 1));
      return {
        decay: 1 - lr * weightDecay,
        step: (lr * correction) / (1 - beta1 ** (t + 1)),
        floor: epsilon * correction,
      };
    },
    update(weights, gradient, [m, v], scalar): { weights: Tensor; moments: Tensor[] } {
      const first = add(mul(m, beta1), mul(gradient, 1 - beta1));
      const second = add(mul(v, beta2), mul(mul(gradient, gradient), 1 - beta2));
      const step = mul(div(first, add(sqrt(second), scalar('floor'))), scalar('step'));
      return { weights: sub(mul(weights, scalar('decay')), step), moments: [first, second] };
    },
  };
}
