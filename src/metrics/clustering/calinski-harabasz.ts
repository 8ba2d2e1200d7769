import type { Measured } from '../metric.ts';
import { centresOf, degenerate, grouped } from './groups.ts';
import { type Points, squaredLengths } from './points.ts';

/** Less spread within the clusters than this share of that between them is rounding. */
const ROUNDING = 1e-24;

/**
 * Calinski-Harabasz index (1974): [B / (K - 1)] / [W / (N - K)], B = sum_k n_k |c_k - c|^2 between and W = sum over rows
 * of |x - c_k|^2 within the K clusters that have rows; >= 0, higher is better. Without any spread within: null.
 *
 * @param labels cluster or class of every row [N], 0..clusters-1
 * @throws RangeError where shapes do not fit or a number is not finite
 */
export function calinskiHarabasz(points: Points, labels: Int32Array, clusters: number): Measured {
  const place = 'calinski-harabasz';
  const groups = grouped(place, points, labels, clusters);
  const reason = degenerate(groups);
  if (reason) return { value: null, reason };
  const { centres, squares } = centresOf(place, points, labels, groups);
  const { counts, present, rows } = groups;
  const between = squaredLengths(centres, points.width).reduce((sum, square, k) => sum + counts[k] * square, 0);
  const within = squares.reduce((sum, square) => sum + square, 0);
  if (within <= ROUNDING * between) return { value: null, reason: 'no spread within the clusters' };
  return { value: between / (present.length - 1) / (within / (rows - present.length)) };
}
