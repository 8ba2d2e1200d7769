import { add } from '../graph/ops/index.ts';
import { crossEntropy } from './cross-entropy.ts';
import type { Loss } from './loss.ts';

/**
 * Balanced softmax: cross-entropy on z + shift, shift_c = log(C pi_c), so that z itself aims at the balanced posterior.
 * (The constant log C changes neither value nor gradient; with it an even prior shifts nothing.)
 * logits [B, C], target one-hot [B, C], shift [C]; one value a row, >= 0.
 * @see Ren et al. 2020, equation 4
 */
export const balancedSoftmax: Loss<'logits' | 'target' | 'shift'> = {
  name: 'balanced-softmax',
  per: 'row',
  inputs: { logits: 'BC', target: 'B1hot', shift: 'C' },
  build: ({ logits, target, shift }) => crossEntropy.build({ logits: add(logits, shift), target }),
};
