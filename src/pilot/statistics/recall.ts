import type { Bounds, Sample } from './sample.ts';
import { itemCount, itemMeans } from './sample.ts';
import { share } from './share.ts';

/**
 * Formula I1: recall of one class, or accuracy when all items are taken as one class. Clopper-Pearson on a shrunk
 * effective number of items (formula in share.ts, with b_i = 1 and a_i = m_i, the item's mean over repeats). Identical
 * repeats, 0 %, 100 % and one item are no special cases: at 100 % l = (alpha/2)^(m^(2/3)/n), m = 1 without groups.
 * Without seed noise: repeats.ts adds it.
 *
 * @param sample 0/1 correctness [R][n], R >= 1, n >= 1
 * @returns value p; units: items or groups; bounds in [0, 1]
 * @throws RangeError when there is no repeat or no item, or lengths differ
 */
export function recall(sample: Sample): { value: number; units: number; bounds: Bounds } {
  const n = itemCount('recall', sample);
  return share(itemMeans(sample.values), new Float64Array(n).fill(1), sample.groups);
}
