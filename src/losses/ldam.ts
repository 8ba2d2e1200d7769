import { mul, sub } from '../graph/ops/index.ts';
import { classWeighted } from './class-weighted.ts';
import type { Loss } from './loss.ts';

/**
 * Label-distribution-aware margin: cross-entropy on s (cos(W_c, h) - 1[c = y] m_c), weighted by class.
 * logits s cos [B, C], target one-hot [B, C], margins s m_c [C], weights [C]; one value a row, >= 0.
 * @see Cao et al. 2019, equation 13
 */
export const ldam: Loss<'logits' | 'target' | 'margins' | 'weights'> = {
  name: 'ldam',
  per: 'row',
  inputs: { logits: 'BC', target: 'B1hot', margins: 'C', weights: 'C' },
  build: ({ logits, target, margins, weights }) =>
    classWeighted.build({ logits: sub(logits, mul(target, margins)), target, weights }),
};
