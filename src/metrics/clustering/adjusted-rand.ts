import type { Measured } from '../metric.ts';
import { contingency, leftOut, nothingToAgreeWith, type Pairing } from './contingency.ts';

/**
 * Adjusted Rand index (Hubert, Arabie 1985) of clusters against labels, over pairs of rows: (index - expected) /
 * (maximum - expected), at most 1, near 0 for chance; a single cluster is 0. With one label, or with nothing but
 * single-row classes, it is null.
 *
 * @throws RangeError where lengths differ or a number is out of range
 */
export function adjustedRand(pairing: Pairing): Measured {
  const counted = contingency('adjusted-rand', pairing);
  const reason = nothingToAgreeWith(counted);
  if (reason) return { value: null, reason };
  const pairs = (n: number) => (n * (n - 1)) / 2;
  const within = (counts: Float64Array) => counts.reduce((sum, n) => sum + pairs(n), 0);
  const [ofClass, ofCluster] = [within(counted.ofClass), within(counted.ofCluster)];
  const expected = (ofClass * ofCluster) / pairs(counted.items);
  const value = (within(counted.table) - expected) / ((ofClass + ofCluster) / 2 - expected);
  return { value, ...leftOut(counted) };
}
