import { add, mul, sub } from '../graph/ops/index.ts';
import type { Optimiser } from './optimiser.ts';

/** Gradient descent with momentum, as PyTorch counts it: b <- momentum b + g + wd w; w <- w - lr b. */
export function sgd({ momentum = 0.9, weightDecay = 0 } = {}): Optimiser {
  return {
    name: 'sgd',
    moments: 1,
    scalars: (_, lr) => ({ lr }),
    update(weights, gradient, [velocity], scalar) {
      const pull = weightDecay > 0 ? add(gradient, mul(weights, weightDecay)) : gradient;
      const next = add(mul(velocity, momentum), pull);
      return { weights: sub(weights, mul(next, scalar('lr'))), moments: [next] };
    },
  };
}
