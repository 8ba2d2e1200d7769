import type { Measured } from '../metric.ts';
import { centresOf, degenerate, grouped } from './groups.ts';
import { type Points, squaredDistance, squaredLengths } from './points.ts';

/** Centres nearer to each other than this share of their distance from the middle differ by rounding. */
const ROUNDING = 1e-12;

/**
 * Davies-Bouldin index (1979): mean over clusters i of max_{j != i} (s_i + s_j) / d_ij, s the mean Euclidean distance of
 * a cluster's rows to its centre, d_ij the distance of two centres; >= 0, lower is better. `perClass` has each cluster's
 * maximum. Where two centres coincide there is no finite index: null, never 0.
 *
 * @param labels cluster or class of every row [N], 0..clusters-1
 * @throws RangeError where shapes do not fit or a number is not finite
 */
export function daviesBouldin(points: Points, labels: Int32Array, clusters: number): Measured {
  const { width } = points;
  const place = 'davies-bouldin';
  const groups = grouped(place, points, labels, clusters);
  const reason = degenerate(groups);
  if (reason) return { value: null, reason };
  const { centres, squares } = centresOf(place, points, labels, groups);
  const spread = new Float64Array(clusters);
  for (let i = 0; i < labels.length; i++) spread[labels[i]] += Math.sqrt(squares[i]) / groups.counts[labels[i]];
  const lengths = squaredLengths(centres, width).map(Math.sqrt);
  const perClass = new Array<number | null>(clusters).fill(null);
  let sum = 0;
  for (const i of groups.present) {
    let worst = 0;
    for (const j of groups.present) {
      if (i === j) continue;
      const apart = Math.sqrt(squaredDistance(centres, i, centres, j, width));
      const together = spread[i] + spread[j];
      if (apart <= ROUNDING * Math.max(together, lengths[i]))
        return { value: null, reason: `the centres of clusters ${Math.min(i, j)} and ${Math.max(i, j)} coincide` };
      worst = Math.max(worst, together / apart);
    }
    perClass[i] = worst;
    sum += worst;
  }
  return { value: sum / groups.present.length, perClass };
}
