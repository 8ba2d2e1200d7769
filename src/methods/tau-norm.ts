import { crossEntropy } from './cross-entropy.ts';
import type { HeadNumbers, Method, Rescaling } from './method.ts';

/**
 * Tau-normalisation of a net trained with cross-entropy: the classifier vectors are brought nearer to one length, since
 * frequent classes have grown the longer ones. Costs no training of its own.
 *
 *   z_c = W_c h / |W_c|^tau,  without the bias (as Kang et al.)
 */
export const tauNorm: Method = {
  ...crossEntropy,
  name: 'tau-norm',
  source: 'Kang et al. 2020',
  trainsAs: 'cross-entropy',
  extra: true,
  settings: {
    tau: {
      default: 'auto',
      must: 'auto or a number from 0 to 2',
      fits: (text) => text === 'auto' || (text.trim() !== '' && Number(text) >= 0 && Number(text) <= 2),
      about:
        '0 leaves the lengths as they are, 1 makes all the same; auto: the best of 0, 0.1, ..., 1 on validation rows',
    },
  },
  afterwards: (head, { tau }) => (tau === 'auto' ? TAUS : [Number(tau)]).map((each) => normalised(head, each)),
};

const TAUS = Array.from({ length: 11 }, (_, i) => i / 10);

/** A zero vector stays one. */
function normalised({ lengths, bias }: HeadNumbers, tau: number): Rescaling {
  const scale = lengths.map((length) => Math.max(length, 1e-12) ** -tau);
  return { scale, shift: scale.map((s, c) => -s * bias[c]) };
}
