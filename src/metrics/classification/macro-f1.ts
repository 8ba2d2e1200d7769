import { tally } from '../confusion.ts';
import { macroMetric } from '../macro.ts';
import { NO_ITEM } from '../metric.ts';

/** Macro F1: mean over classes with items of 2 TP / (2 TP + FP + FN); 0 for a class with items and no hit. */
export const macroF1 = macroMetric({
  name: 'macro-f1',
  ofClass: { name: 'f1' },
  needs: 'predictions',
  prepare: tally,
  one({ items, predicted, hits }, c) {
    return items[c] === 0 ? { value: null, reason: NO_ITEM } : { value: (2 * hits[c]) / (items[c] + predicted[c]) };
  },
});
