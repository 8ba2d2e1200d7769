import { tally } from '../confusion.ts';
import { macroMetric } from '../macro.ts';
import { NO_ITEM } from '../metric.ts';

/** Macro precision: mean of TP / (TP + FP) over classes that have items and were predicted at least once. */
export const macroPrecision = macroMetric({
  name: 'macro-precision',
  ofClass: { name: 'precision' },
  needs: 'predictions',
  prepare: tally,
  one({ items, predicted, hits }, c) {
    if (items[c] === 0) return { value: null, reason: NO_ITEM };
    if (predicted[c] === 0) return { value: null, reason: 'never predicted' };
    return { value: hits[c] / predicted[c] };
  },
});
