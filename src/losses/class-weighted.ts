import { mul, sum } from '../graph/ops/index.ts';
import { crossEntropy } from './cross-entropy.ts';
import type { Loss } from './loss.ts';

/**
 * Class-weighted cross-entropy: l_i = w_{y_i} (-log softmax(z_i)_{y_i}).
 * logits [B, C], target one-hot [B, C], weights [C] > 0; one value a row.
 */
export const classWeighted: Loss<'logits' | 'target' | 'weights'> = {
  name: 'class-weighted',
  per: 'row',
  inputs: { logits: 'BC', target: 'B1hot', weights: 'C' },
  build: ({ logits, target, weights }) =>
    mul(crossEntropy.build({ logits, target }), sum(mul(target, weights), { axes: [1] })),
};
