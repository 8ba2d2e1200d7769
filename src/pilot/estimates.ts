import { confusion } from '../metrics/index.ts';
import type { Arm, ClassResult, Estimate } from './result.ts';
import type { Measurement } from './statistics/measurement.ts';
import { f1Intervals, precisionIntervals, recallIntervals } from './statistics/metrics.ts';
import { itemsByClass, type Predictions } from './statistics/predictions.ts';

/** A measurement as the result file has it. */
export function estimate({ value, interval, count, reason }: Measurement): Estimate {
  return { value, interval, count, ...(reason ? { reason } : {}) };
}

/** Each class's counts, recall, precision and F1. @param trials with the training items of each class */
export function classEstimates(
  p: Predictions,
  classes: readonly string[],
  trials: readonly { readonly trainCounts: readonly number[] }[],
): Omit<ClassResult, 'averagePrecision'>[] {
  const [recalls, precisions, f1s] = [recallIntervals(p), precisionIntervals(p), f1Intervals(p)];
  const evaluated = itemsByClass(p).map((items) => items.length);
  const trained = meanCounts(trials, classes.length);
  return classes.map((name, c) => ({
    name,
    trained: trained[c],
    evaluated: evaluated[c],
    recall: estimate(recalls[c]),
    precision: estimate(precisions[c]),
    f1: estimate(f1s[c]),
  }));
}

/** Training items of each class [C], mean over trials; 0 without trials. */
export function meanCounts(trials: readonly { readonly trainCounts: readonly number[] }[], classes: number): number[] {
  return Array.from({ length: classes }, (_, c) => mean(trials.map((t) => t.trainCounts[c])) ?? 0);
}

/**
 * Training items of each class [C], mean over folds: the same numbers before anything is trained.
 * @param labels class of every item, -1 for none
 */
export function meanFoldCounts(
  folds: readonly { readonly train: Int32Array }[],
  labels: Int32Array,
  classes: number,
): number[] {
  return meanCounts(
    folds.map(({ train }) => {
      const trainCounts = Array.from({ length: classes }, () => 0);
      for (const i of train) trainCounts[labels[i]]++;
      return { trainCounts };
    }),
    classes,
  );
}

/** Beyond so many classes the confusion matrix is not stored: a million numbers for a thousand classes, nearly all 0. */
const MOST_DENSE = 50;
/** Confusions stored in its place. */
const MOST_CONFUSIONS = 500;

/** Confusion of one arm as the result file has it: the matrix, or of many classes the most frequent confusions. */
export function confusionOf(p: Predictions): Pick<Arm, 'confusion' | 'confusions'> {
  return p.classes <= MOST_DENSE
    ? { confusion: meanConfusion(p) }
    : { confusion: [], confusions: mostConfused(p).slice(0, MOST_CONFUSIONS) };
}

/** Mean over repeats: [true class][answer], items. */
export function meanConfusion({ classes, labels, repeats }: Predictions): number[][] {
  const total = new Float64Array(classes * classes);
  for (const predictions of repeats)
    confusion({ classes, labels, predictions }).forEach((n, i) => {
      total[i] += n / repeats.length;
    });
  return Array.from({ length: classes }, (_, c) => [...total.subarray(c * classes, (c + 1) * classes)]);
}

/** Pairs of true class and wrong answer, the most frequent first, then by class. */
function mostConfused({ classes, labels, repeats }: Predictions): NonNullable<Arm['confusions']> {
  const counts = new Map<number, number>();
  for (const predictions of repeats)
    for (let i = 0; i < labels.length; i++) {
      const key = labels[i] * classes + predictions[i];
      if (labels[i] !== predictions[i]) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .map(([key, n]) => ({ true: Math.floor(key / classes), predicted: key % classes, items: n / repeats.length }));
}

/** Mean of what is there; null where nothing is. */
export function mean(values: readonly (number | null)[]): number | null {
  const present = values.filter((v) => v !== null);
  return present.length > 0 ? present.reduce((a, b) => a + b, 0) / present.length : null;
}
