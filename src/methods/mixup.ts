import { crossEntropy } from './cross-entropy.ts';
import type { Method } from './method.ts';

/** Each row is mixed with the next one of the batch, its label likewise, by a share from Beta(alpha, alpha) a step. */
export const mixup: Method = {
  ...crossEntropy,
  name: 'mixup',
  source: 'Zhang et al. 2018',
  extra: true,
  settings: {
    alpha: { default: 0.2, min: 0.05, max: 2, about: 'of Beta(alpha, alpha): small values mix most batches hardly' },
  },
  mix: ({ alpha }) => Number(alpha),
};
