import { exp, log, logSoftmax, maximum, mul, neg, sub, sum } from '../graph/ops/index.ts';
import type { Loss } from './loss.ts';

/**
 * Focal loss: l_i = (1 - p)^gamma (-log p), p = softmax(z_i)_{y_i}. Certain rows count less.
 * logits [B, C], target one-hot [B, C]; one value a row, >= 0. 1 - p is held above 1e-12, so its power has a derivative.
 * @param gamma > 0  @throws RangeError otherwise
 * @see Lin et al. 2017, equation 4
 */
export function focal(gamma = 2): Loss<'logits' | 'target'> {
  if (!(gamma > 0)) throw new RangeError(`focal: gamma must be > 0, got ${gamma}`);
  return {
    name: 'focal',
    per: 'row',
    inputs: { logits: 'BC', target: 'B1hot' },
    build: ({ logits, target }) => {
      const logP = sum(mul(logSoftmax(logits), target), { axes: [1] });
      const rest = maximum(sub(1, exp(logP)), 1e-12);
      return neg(mul(exp(mul(log(rest), gamma)), logP));
    },
  };
}
