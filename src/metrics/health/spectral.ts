import type { Measured } from '../metric.ts';

/** Of the numbers on a spectrum: why there are none; undefined where there are. */
function none(values: Float64Array): Measured | undefined {
  if (values.length === 0) return { value: null, reason: 'no item' };
  if (!(values[0] > 0)) return { value: null, reason: 'all rows are equal' };
  return undefined;
}

/**
 * Effective rank (Roy, Vetterli 2007; RankMe, Garrido et al. 2023): exp(-sum_k p_k log p_k), p_k = sigma_k / sum sigma,
 * in [1, min(N, D)]. Of the centred rows, where RankMe takes them as they are: a constant added to every row is no
 * direction that is used.
 *
 * @param sigma singular values, descending
 */
export function effectiveRank(sigma: Float64Array): Measured {
  const total = sigma.reduce((sum, s) => sum + s, 0);
  return (
    none(sigma) ?? {
      value: Math.exp(sigma.reduce((sum, s) => (s > 0 ? sum - (s / total) * Math.log(s / total) : sum), 0)),
    }
  );
}

/**
 * NESum (He, Ozay 2022): sum_k lambda_k / lambda_1 of the covariance's eigenvalues, in [1, D]; near 1 one direction
 * carries everything.
 *
 * @param sigma singular values of the centred rows, descending
 */
export function nesum(sigma: Float64Array): Measured {
  return none(sigma) ?? { value: sigma.reduce((sum, s) => sum + (s / sigma[0]) ** 2, 0) };
}

/**
 * Share of the variance along the largest eigenvector, in (0, 1]: 1 / NESum.
 * @param sigma singular values of the centred rows, descending
 */
export function largestShare(sigma: Float64Array): Measured {
  const { value, reason } = nesum(sigma);
  return value === null ? { value, reason } : { value: 1 / value };
}

/** Eigenvalues below this share of the largest are rounding of 32-bit embeddings. */
const NOISE = 1e-12;

/**
 * alpha-ReQ (Agrawal et al. 2022): the alpha of lambda_k ~ k^-alpha, the slope of log lambda_k against log k with weights
 * 1/k (Stringer et al. 2019), over all eigenvalues above 1e-12 of the largest. About 1 is called healthy; much larger is
 * collapse, much smaller is noise. Null with fewer than two eigenvalues.
 *
 * @param sigma singular values of the centred rows, descending
 */
export function alphaReq(sigma: Float64Array): Measured {
  const nothing = none(sigma);
  if (nothing) return nothing;
  const logs = Array.from(
    sigma.filter((s) => (s / sigma[0]) ** 2 > NOISE),
    (s) => 2 * Math.log(s),
  );
  if (logs.length < 2) return { value: null, reason: 'one eigenvalue only' };
  let [weights, meanX, meanY] = [0, 0, 0];
  logs.forEach((y, i) => {
    weights += 1 / (i + 1);
    meanX += Math.log(i + 1) / (i + 1);
    meanY += y / (i + 1);
  });
  meanX /= weights;
  meanY /= weights;
  let [products, squares] = [0, 0];
  logs.forEach((y, i) => {
    const dx = Math.log(i + 1) - meanX;
    products += (dx * (y - meanY)) / (i + 1);
    squares += (dx * dx) / (i + 1);
  });
  return { value: -products / squares };
}
