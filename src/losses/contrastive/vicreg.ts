import { centreRows, meanOfRows } from '../../graph/functions.ts';
import { add, matmul, maximum, mean, mul, sqrt, sub, sum, withGradient } from '../../graph/ops/index.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { contrastiveLoss } from './loss.ts';
import { bounded } from './rows.ts';
import { layoutOf, matrix, otherView } from './windows.ts';

/** Fourth powers of numbers within this, summed over D^2, fit float32. */
const LARGEST = 1e8;

/**
 * Variance, invariance, covariance: two views are drawn together while every column keeps its spread and no two columns
 * say the same. No negatives.
 *
 *   invariance = mean_ik (z_ik - z'_ik)^2
 *   variance   = mean over both views and columns k of max(0, 1 - sqrt(Var(z_k) + 1e-4))
 *   covariance = sum over both views of (1/D) sum_{k != m} Cov(z_k, z_m)^2
 *   l = 25 invariance + 25 variance + covariance
 *
 * Var and Cov with N - 1. Two views of each window [N, D] (see `Windows.other`). No [N, N] matrix; two [D, D].
 */
export const vicreg = contrastiveLoss({
  name: 'vicreg',
  source: "Bardes, Ponce, LeCun 2022, equation 6; the variance is the mean of both views, as in the authors' code",
  views: 2,
  parameters: {
    invariance: { default: 25, min: 0, max: 1000, about: 'weight of the distance between the views' },
    variance: { default: 25, min: 0, max: 1000, about: 'weight of the spread of each column' },
    covariance: { default: 1, min: 0, max: 1000, about: 'weight of the correlation between columns' },
  },
  parts: (windows, weights) => {
    layoutOf('vicreg', windows);
    const first = bounded(windows.z, LARGEST);
    const second = bounded(otherView('vicreg', windows), LARGEST);
    const gap = sub(first, second);
    const views = [first, second].map(centreRows);
    const both = (part: (centred: Tensor) => Tensor) => views.map(part).reduce((a, b) => add(a, b));
    return {
      invariance: mul(mean(mul(gap, gap), { axes: [0, 1] }), weights.invariance),
      variance: mul(both(narrowness), weights.variance / 2),
      covariance: mul(both(squaredCovariances), weights.covariance),
    };
  },
});

/** Mean over the columns of max(0, 1 - standard deviation). x [N, D], centred. */
function narrowness(x: Tensor): Tensor {
  const rows = Number(x.shape[0]);
  const variance = mul(meanOfRows(mul(x, x)), rows / (rows - 1));
  return mean(maximum(sub(1, sqrt(add(variance, 1e-4))), 0), { axes: [0, 1] });
}

/** (1/D) sum_{k != m} C_km^2, C = x^T x / (N - 1); dx = 4 x C (off the diagonal) / (D (N - 1)). x [N, D], centred. */
function squaredCovariances(x: Tensor): Tensor {
  const [rows, width] = x.shape as readonly number[];
  const others = matrix(x.dtype, [width, width], (k, m) => (k === m ? 0 : 1 / (rows - 1)));
  const crossed = mul(matmul(x, x, { transposeA: true }), others);
  const value = mul(sum(mul(crossed, crossed), { axes: [0, 1] }), 1 / width);
  return withGradient(value, [x], (g) => [mul(matmul(x, crossed), mul(g, 4 / (width * (rows - 1))))]);
}
