import { priorShift } from '../evaluate/decide.ts';
import type { ArmOutcome, Items } from './outcomes.ts';
import type { Estimate } from './result.ts';
import { averagePrecision } from './statistics/average-precision.ts';
import { weightedMean } from './statistics/macro.ts';

/** Classes whose scores are gathered at a time: a thousand classes of all items would not fit into memory. */
const BLOCK = 16;

/**
 * Average precision of every class, and their mean over the classes that have items (intervals I6, I3).
 *
 * The score of class c is log softmax(z + offset log pi)_c, so the operating point that the training aims at: no chosen
 * gamma enters.
 */
export function rankings(
  outcome: ArmOutcome,
  { labels, itemOf }: Items,
  repeats: number,
  classes: number,
): { perClass: Estimate[]; macro: Estimate } {
  const n = labels.length;
  const shifts = outcome.trials.map((trial) =>
    Float64Array.from(priorShift(trial.outcome.trainCounts, outcome.offset)),
  );
  const totals = outcome.trials.map((trial, t) => logSums(trial.outcome.testLogits, shifts[t]));
  const parts: (ReturnType<typeof averagePrecision> | undefined)[] = [];
  const columns = Array.from({ length: BLOCK }, () => Array.from({ length: repeats }, () => new Float64Array(n)));
  for (let first = 0; first < classes; first += BLOCK) {
    const block = columns.slice(0, classes - first);
    for (const [t, { trial, outcome: own }] of outcome.trials.entries()) {
      const { repeat, test } = trial.fold;
      for (const [k, column] of block.entries()) {
        const into = column[repeat];
        const shift = shifts[t][first + k];
        for (let i = 0; i < test.length; i++)
          into[itemOf[test[i]]] = Math.max(own.testLogits[i * classes + first + k] + shift - totals[t][i], -1e4);
      }
    }
    for (const [k, column] of block.entries()) {
      const positive = labels.map((label) => (label === first + k ? 1 : 0));
      parts.push(positive.includes(1) ? averagePrecision(column, positive) : undefined);
    }
  }
  return { perClass: parts.map(ofClass), macro: meanOf(parts, n) };
}

/** log sum_c exp(z_c + shift_c) of every item [N]. */
function logSums(logits: Float32Array, shift: Float64Array): Float64Array {
  const classes = shift.length;
  const sums = new Float64Array(logits.length / classes);
  const z = new Float64Array(classes);
  for (let i = 0; i < sums.length; i++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) {
      z[c] = logits[i * classes + c] + shift[c];
      if (z[c] > most) most = z[c];
    }
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(z[c] - most);
    sums[i] = most + Math.log(sum);
  }
  return sums;
}

type Part = ReturnType<typeof averagePrecision>;

function ofClass(part: Part | undefined): Estimate {
  if (!part) return { value: null, interval: null, count: 0, reason: 'no evaluated items of this class' };
  const [l, u] = part.bounds(0.05);
  const few = part.positives < 10 ? { reason: `average precision of ${part.positives} items is biased upwards` } : {};
  return { value: part.value, interval: [l, u], count: part.positives, ...few };
}

function meanOf(parts: readonly (Part | undefined)[], items: number): Estimate {
  const present = parts.filter((part) => part !== undefined);
  const { value, bounds } = weightedMean(
    present.map((part) => ({ weight: 1 / present.length, value: part.value, bounds: part.bounds })),
  );
  const [l, u] = bounds(0.05);
  const out = parts.length - present.length;
  return {
    value,
    interval: [Math.max(0, l), Math.min(1, u)],
    count: items,
    reason: `seed noise is not in this interval${out > 0 ? `; ${out} classes without items are left out` : ''}`,
  };
}
