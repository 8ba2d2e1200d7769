import { confusion } from '../metrics/index.ts';
import type { Estimate } from './result.ts';
import type { Measurement } from './statistics/measurement.ts';
import type { Predictions } from './statistics/predictions.ts';

/** A measurement as the result file has it. */
export function estimate({ value, interval, count, reason }: Measurement): Estimate {
  return { value, interval, count, ...(reason ? { reason } : {}) };
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
