import { exp, log, matmul, maximum, mul, sum } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';
import { type Head, linearHead } from '../nn/head.ts';
import { crossEntropy } from './cross-entropy.ts';
import type { Method } from './method.ts';

/**
 * Tau-normalisation: trained with cross-entropy to the same numbers; in use the classifier vectors are brought nearer to one
 * length, since frequent classes have grown the longer ones.
 *
 *   z_c = W_c h / |W_c|^tau,  without the bias (as Kang et al.)
 */
export const tauNorm: Method = {
  ...crossEntropy,
  name: 'tau-norm',
  source: 'Kang et al. 2020',
  extra: true,
  settings: { tau: { default: 1, min: 0, max: 2, about: '0 leaves the lengths as they are, 1 makes all the same' } },
  head: (embedding, classes, { tau }) => tauNormalised(linearHead(embedding, classes), Number(tau)),
};

function tauNormalised(head: Head, tau: number): Head {
  return {
    ...head,
    logits: (h, scope) =>
      scope.training ? head.logits(h, scope) : matmul(h, shortened(scope.read(head.weight), tau), { transposeB: true }),
  };
}

/** W_c / |W_c|^tau; a zero vector stays one. weight [C, D] */
function shortened(weight: Tensor, tau: number): Tensor {
  const square = maximum(sum(mul(weight, weight), { axes: [1], keep: true }), 1e-24);
  return mul(weight, exp(mul(log(square), -tau / 2)));
}
