import { crossEntropy } from './cross-entropy.ts';
import type { Method } from './method.ts';

/** Cross-entropy, then z - tau log pi when deciding: costs no training of its own. */
export const logitAdjustment: Method = {
  ...crossEntropy,
  name: 'logit-adjustment',
  source: 'Menon et al. 2021',
  trainsAs: 'cross-entropy',
  settings: { tau: { default: 1, min: 0, max: 10, about: 'how much of the log prior is taken off' } },
  decision: ({ tau }) => -Number(tau),
};
