import { checkItems, type Evaluated } from './metric.ts';

/**
 * Confusion matrix: entry [true class * C + predicted class] is the number of items.
 *
 * @returns [C * C]
 * @throws RangeError where the input's shapes or classes do not fit
 */
export function confusion(input: Evaluated): Float64Array {
  checkItems('confusion', input);
  const { classes, labels, predictions } = input;
  const matrix = new Float64Array(classes * classes);
  for (let i = 0; i < labels.length; i++) matrix[labels[i] * classes + predictions[i]]++;
  return matrix;
}

/** The margins of the confusion matrix and its diagonal, each [C]. */
export interface Tally {
  /** Items: TP + FN. */
  readonly items: Float64Array;
  /** Predictions: TP + FP. */
  readonly predicted: Float64Array;
  /** True positives. */
  readonly hits: Float64Array;
}

/** Counts without the C x C matrix, so that a thousand classes cost nothing. Expects a checked input. */
export function tally({ classes, labels, predictions }: Evaluated): Tally {
  const items = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  const hits = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) {
    items[labels[i]]++;
    predicted[predictions[i]]++;
    if (labels[i] === predictions[i]) hits[labels[i]]++;
  }
  return { items, predicted, hits };
}
