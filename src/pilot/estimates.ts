import { confusion } from '../metrics/index.ts';
import type { ClassResult, Estimate } from './result.ts';
import type { Measurement } from './statistics/measurement.ts';
import { f1Intervals, precisionIntervals, recallIntervals } from './statistics/metrics.ts';
import type { Predictions } from './statistics/predictions.ts';

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
  return classes.map((name, c) => ({
    name,
    trained: mean(trials.map((t) => t.trainCounts[c])) ?? 0,
    evaluated: p.labels.reduce((n, label) => n + (label === c ? 1 : 0), 0),
    recall: estimate(recalls[c]),
    precision: estimate(precisions[c]),
    f1: estimate(f1s[c]),
  }));
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

/** Mean of what is there; null where nothing is. */
export function mean(values: readonly (number | null)[]): number | null {
  const present = values.filter((v) => v !== null);
  return present.length > 0 ? present.reduce((a, b) => a + b, 0) / present.length : null;
}
