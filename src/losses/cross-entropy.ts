import { logSoftmax, mul, neg, sum } from '../graph/ops/index.ts';
import type { Loss } from './loss.ts';

/**
 * Cross-entropy: l_i = -log softmax(z_i)_{y_i}.
 * logits [B, C], target one-hot [B, C]; one value a row, >= 0.
 */
export const crossEntropy: Loss<'logits' | 'target'> = {
  name: 'cross-entropy',
  per: 'row',
  inputs: { logits: 'BC', target: 'B1hot' },
  build: ({ logits, target }) => neg(sum(mul(logSoftmax(logits), target), { axes: [1] })),
};
