import { tally } from '../confusion.ts';
import { checkItems, type Metric, NO_ITEM } from '../metric.ts';

/**
 * Matthews correlation for any number of classes (Gorodkin 2004, R_K). With s items, c right answers, t_k items and p_k
 * predictions of class k:
 *
 *   (c s - sum t_k p_k) / sqrt((s^2 - sum p_k^2) (s^2 - sum t_k^2))
 *
 * Undefined (null) when all items or all answers are of one class.
 */
export const matthews: Metric = {
  name: 'matthews',
  direction: 'higher',
  needs: 'predictions',
  range: [-1, 1],
  compute(input) {
    checkItems('matthews', input);
    const total = input.labels.length;
    if (total === 0) return { value: null, reason: NO_ITEM };
    const { items, predicted, hits } = tally(input);
    let [right, both, itemSpread, answerSpread] = [0, 0, total * total, total * total];
    for (let c = 0; c < input.classes; c++) {
      right += hits[c];
      both += items[c] * predicted[c];
      itemSpread -= items[c] ** 2;
      answerSpread -= predicted[c] ** 2;
    }
    if (itemSpread === 0) return { value: null, reason: 'all items are of one class' };
    if (answerSpread === 0) return { value: null, reason: 'only one class was predicted' };
    return { value: (right * total - both) / Math.sqrt(itemSpread * answerSpread) };
  },
};
