import { twoSidedZ } from './distributions.ts';
import type { Grouping } from './few-groups.ts';
import { grouping, groupQuantile, squares } from './few-groups.ts';
import type { Bounds, Sample } from './sample.ts';
import { itemCount, itemMeans, mean, unitSizes, unitTotals } from './sample.ts';

/** Pseudo-items on either side: 1.5 at +1, 1.5 at -1. */
export const PSEUDO = 1.5;

/**
 * Formula I2: paired difference in recall of one class (or in accuracy, all items taken as one class), with 1.5
 * pseudo-items at +1 and 1.5 at -1, so that few items, or no changed item, give an honest width. A pseudo-item weighs
 * b items:
 *
 *   D_i = m_iB - m_iA,  T_g = sum_{i in g} D_i,  d = mean D_i,  nb = n/G,  N = n + 3 b,  e = d n/N
 *   V(b) = [sum_g (T_g - e n_g)^2 + 1.5 b^2 ((1-e)^2 + (1+e)^2)]/N^2 * N/(N-nb)
 *   [l, u] = the narrower of  e -+ t sqrt V(b), b = (S + 4 sqrt m)/(S + 4), S = sum D_i^2 / rho  (changes seen)
 *                       and   e -+ z sqrt V(nb)  (pseudo-groups: groups that change all at once)
 *
 * m, rho (residuals D_i - d) and t are those of few-groups.ts; without groups both are the same, with N/(N-nb) =
 * (n+3)/(n+2). Without seed noise: repeats.ts adds it. d is the estimate; the interval is centred on e and not clipped to
 * [-1, 1].
 *
 * @param sample differences of correctness [R][n], each -1, 0 or 1
 * @returns value d; units: items or groups; centre e, variance V and pseudo b of the first; grouping; bounds
 * @throws RangeError when there is no repeat or no item, or lengths differ
 */
export function recallDifference(sample: Sample): {
  value: number;
  units: number;
  centre: number;
  variance: number;
  pseudo: number;
  grouping: Grouping;
  bounds: Bounds;
} {
  const n = itemCount('recallDifference', sample);
  const differences = itemMeans(sample.values);
  const d = mean(differences);
  const totals = unitTotals(differences, sample.groups);
  const sizes = unitSizes(n, sample.groups);
  const G = totals.length;
  const nb = n / G;
  const weighing = (b: number) => {
    const N = n + 2 * PSEUDO * b;
    const e = (d * n) / N;
    let sum = PSEUDO * b * b * ((1 - e) ** 2 + (1 + e) ** 2);
    for (let g = 0; g < G; g++) sum += (totals[g] - e * sizes[g]) ** 2;
    return { centre: e, variance: ((sum / N ** 2) * N) / (N - nb) };
  };
  const deviations = differences.map((x) => x - d);
  const group = grouping(deviations, sample.groups);
  const seen = squares(differences) / group.ratio;
  const pseudo = G > 1 ? (seen + 4 * Math.sqrt(group.size)) / (seen + 4) : nb;
  const own = weighing(pseudo);
  const whole = weighing(nb);
  const bounds: Bounds = (alpha) => {
    const narrow = groupQuantile(group, alpha) * Math.sqrt(own.variance);
    const wide = twoSidedZ(alpha) * Math.sqrt(whole.variance);
    const [centre, half] = narrow < wide ? [own.centre, narrow] : [whole.centre, wide];
    return [centre - half, centre + half];
  };
  return { value: d, units: G, ...own, pseudo, grouping: group, bounds };
}
