import { tally } from '../confusion.ts';
import { macroMetric } from '../macro.ts';
import { NO_ITEM } from '../metric.ts';

/** Macro recall: mean over classes with items of TP / (TP + FN). */
export const macroRecall = macroMetric({
  name: 'macro-recall',
  ofClass: { name: 'recall' },
  needs: 'predictions',
  prepare: tally,
  one({ items, hits }, c) {
    return items[c] === 0 ? { value: null, reason: NO_ITEM } : { value: hits[c] / items[c] };
  },
});
