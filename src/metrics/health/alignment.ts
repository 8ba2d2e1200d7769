import { type Points, squaredDistance } from '../clustering/points.ts';
import type { Measured } from '../metric.ts';
import { directions, zerosSaid } from './directions.ts';
import { neighbours } from './neighbours.ts';

/**
 * Alignment (Wang, Isola 2020): mean of |u_i - u_j|^2 over positive pairs, here neighbouring windows of one recording,
 * u the rows scaled to length 1 (a zero row stays zero); in [0, 4], lower is better aligned.
 *
 * @param recordings recording of every row [N], rows of one recording together and in the order of time
 * @throws RangeError where shapes do not fit, a number is not finite or a recording's rows do not stand together
 */
export function alignment(points: Points, recordings: Int32Array): Measured {
  const { units, zeros, rows } = directions('alignment', points);
  const pairs = neighbours('alignment', recordings, rows);
  if (pairs.length === 0) return { value: null, reason: 'no recording has two rows' };
  let sum = 0;
  for (const i of pairs) sum += squaredDistance(units, i, units, i + 1, points.width);
  return { value: sum / pairs.length, ...zerosSaid(zeros) };
}
