import { twoSidedZ } from './distributions.ts';
import type { Bounds, Sample } from './sample.ts';
import { itemCount, itemMeans, mean, unitSizes, unitTotals } from './sample.ts';

/** Pseudo-items on either side: 1.5 at +1, 1.5 at -1. */
export const PSEUDO = 1.5;

/**
 * Formula I2: paired difference in recall of one class (or in accuracy, all items taken as one class), with 1.5
 * pseudo-items at +1 and 1.5 at -1, so that few items, or no changed item, give an honest width.
 *
 *   D_i = m_iB - m_iA,  T_g = sum_{i in g} D_i,  d = mean D_i,  nb = n/G,  N = n + 3 nb,  e = d n/N
 *   V = [sum_g (T_g - e n_g)^2 + 1.5 nb^2 ((1-e)^2 + (1+e)^2)] / N^2 * (G+3)/(G+2)
 *   [l, u] = e -+ z sqrt V
 *
 * Without seed noise: repeats.ts adds it. d is the estimate; the interval is centred on e and not clipped to [-1, 1].
 *
 * @param sample differences of correctness [R][n], each -1, 0 or 1
 * @returns value d; units: items or groups; centre e; variance V; bounds
 * @throws RangeError when there is no repeat or no item, or lengths differ
 */
export function recallDifference(sample: Sample): {
  value: number;
  units: number;
  centre: number;
  variance: number;
  bounds: Bounds;
} {
  const n = itemCount('recallDifference', sample);
  const differences = itemMeans(sample.values);
  const d = mean(differences);
  const totals = unitTotals(differences, sample.groups);
  const sizes = unitSizes(n, sample.groups);
  const G = totals.length;
  const nb = n / G;
  const N = n + 2 * PSEUDO * nb;
  const e = (d * n) / N;
  let squares = PSEUDO * nb * nb * ((1 - e) ** 2 + (1 + e) ** 2);
  for (let g = 0; g < G; g++) squares += (totals[g] - e * sizes[g]) ** 2;
  const variance = ((squares / N ** 2) * (G + 3)) / (G + 2);
  const bounds: Bounds = (alpha) => {
    const half = twoSidedZ(alpha) * Math.sqrt(variance);
    return [e - half, e + half];
  };
  return { value: d, units: G, centre: e, variance, bounds };
}
