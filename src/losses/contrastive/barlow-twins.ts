import { standardise } from '../../graph/normalise.ts';
import { matmul, mul, sub, sum } from '../../graph/ops/index.ts';
import { contrastiveLoss } from './loss.ts';
import { bounded } from './rows.ts';
import { layoutOf, matrix, otherView } from './windows.ts';

/**
 * Barlow twins: the correlations between the columns of two views are to be the identity. No negatives.
 *
 *   C = y^T y' / N,  y, y' = z, z' with columns standardised over the batch ((z - mean) / sqrt(Var + 1e-5))
 *   l = sum_k (1 - C_kk)^2 + redundancy sum_{k != m} C_km^2
 *
 * A constant column correlates with nothing: it costs 1. Two views of each window [N, D] (see `Windows.other`).
 * No [N, N] matrix; one [D, D].
 */
export const barlowTwins = contrastiveLoss({
  name: 'barlow-twins',
  source: 'Zbontar et al. 2021, equations 1 and 2',
  views: 2,
  parameters: {
    redundancy: {
      default: 0.0051,
      min: 0,
      max: 100,
      about: 'lambda: weight of the correlation between different columns',
    },
  },
  parts: (windows, { redundancy }) => {
    const { rows, width } = layoutOf('barlow-twins', windows);
    const [y, other] = [windows.z, otherView('barlow-twins', windows)].map((z) => standardise(bounded(z), [0]));
    const square = [width, width] as const;
    const identity = matrix(y.dtype, square, (k, m) => (k === m ? 1 : 0));
    const weights = matrix(y.dtype, square, (k, m) => (k === m ? 1 : redundancy));
    const gap = sub(mul(matmul(y, other, { transposeA: true }), 1 / rows), identity);
    return { 'barlow-twins': sum(mul(mul(gap, gap), weights), { axes: [0, 1] }) };
  },
});
