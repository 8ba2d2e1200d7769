import type { Measured } from '../metric.ts';
import { type Contingency, contingency, leftOut, nothingToAgreeWith, type Pairing } from './contingency.ts';

/**
 * Normalised mutual information of clusters and labels: I / ((H_labels + H_clusters) / 2), in [0, 1]. With one label it
 * is null.
 *
 * @throws RangeError where lengths differ or a number is out of range
 */
export function normalisedMutualInformation(pairing: Pairing): Measured {
  const counted = contingency('normalised-mutual-information', pairing);
  const reason = nothingToAgreeWith(counted);
  if (reason) return { value: null, reason };
  return { value: Math.min(1, mutual(counted) / meanEntropy(counted)), ...leftOut(counted) };
}

/**
 * Adjusted mutual information (Vinh, Epps, Bailey 2010): (I - E) / ((H_labels + H_clusters) / 2 - E), E the mean of I
 * over all pairings with the same margins; near 0 for chance, 1 for the same grouping. With one label it is null.
 *
 * @throws RangeError where lengths differ or a number is out of range
 */
export function adjustedMutualInformation(pairing: Pairing): Measured {
  const counted = contingency('adjusted-mutual-information', pairing);
  const reason = nothingToAgreeWith(counted);
  if (reason) return { value: null, reason };
  const expected = expectedMutual(counted);
  return { value: (mutual(counted) - expected) / (meanEntropy(counted) - expected), ...leftOut(counted) };
}

/** I = sum n_ck / N log(N n_ck / (a_c b_k)), natural logarithm. */
function mutual({ items, table, ofClass, ofCluster }: Contingency): number {
  let sum = 0;
  ofClass.forEach((a, c) => {
    ofCluster.forEach((b, k) => {
      const n = table[c * ofCluster.length + k];
      if (n > 0) sum += (n / items) * Math.log((items * n) / (a * b));
    });
  });
  return Math.max(0, sum);
}

function meanEntropy({ items, ofClass, ofCluster }: Contingency): number {
  const entropy = (counts: Float64Array) =>
    counts.reduce((sum, n) => (n > 0 ? sum - (n / items) * Math.log(n / items) : sum), 0);
  return (entropy(ofClass) + entropy(ofCluster)) / 2;
}

/** Mean of I when the table is drawn from the hypergeometric distribution with its margins. */
function expectedMutual({ items, ofClass, ofCluster }: Contingency): number {
  const logFactorial = new Float64Array(items + 1);
  for (let n = 2; n <= items; n++) logFactorial[n] = logFactorial[n - 1] + Math.log(n);
  const f = (n: number) => logFactorial[n];
  let sum = 0;
  for (const a of ofClass)
    for (const b of ofCluster) {
      const margins = f(a) + f(b) + f(items - a) + f(items - b) - f(items);
      for (let n = Math.max(1, a + b - items); n <= Math.min(a, b); n++) {
        const chance = Math.exp(margins - f(n) - f(a - n) - f(b - n) - f(items - a - b + n));
        sum += (n / items) * Math.log((items * n) / (a * b)) * chance;
      }
    }
  return sum;
}
