import { centred, checkPoints, type Points } from '../clustering/points.ts';
import type { Measured } from '../metric.ts';

/** A dimension whose standard deviation is at most this share of the largest one's says nothing. */
const DEAD = 1e-4;

/**
 * Share of dead dimensions, in [0, 1]: those whose standard deviation over the rows is at most 1e-4 of the largest
 * dimension's. All rows equal: 1.
 *
 * @throws RangeError where shapes do not fit or a number is not finite
 */
export function deadDimensions(points: Points): Measured {
  const { width } = points;
  if (checkPoints('dead dimensions', points) === 0) return { value: null, reason: 'no item' };
  const x = centred(points);
  const squares = new Float64Array(width);
  for (let at = 0; at < x.length; at += width) for (let j = 0; j < width; j++) squares[j] += x[at + j] ** 2;
  const most = squares.reduce((a, b) => Math.max(a, b), 0);
  return { value: squares.filter((s) => s <= DEAD ** 2 * most).length / width };
}
