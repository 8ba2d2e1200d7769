import { crossEntropy } from './cross-entropy.ts';
import type { Method } from './method.ts';

/** Class-balanced batches (rare rows drawn again and again) with plain cross-entropy. */
export const oversampling: Method = {
  ...crossEntropy,
  name: 'oversampling',
  source: 'class-balanced batches',
  sampling: () => ({ kind: 'class-mix', share: () => 0 }),
};
