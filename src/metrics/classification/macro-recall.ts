import { tally } from '../confusion.ts';
import { macroMetric } from '../macro.ts';
import { NO_ITEM } from '../metric.ts';

/** Macro recall: mean over classes with items of TP / (TP + FN). */
export const macroRecall = macroMetric({
  name: 'macro-recall',
  title: { en: 'Macro recall', ja: 'マクロ平均再現率' },
  ofClass: { name: 'recall', title: { en: 'Recall', ja: '再現率' } },
  needs: 'predictions',
  prepare: tally,
  one({ items, hits }, c) {
    return items[c] === 0 ? { value: null, reason: NO_ITEM } : { value: hits[c] / items[c] };
  },
});
