import { priorShift } from '../evaluate/decide.ts';
import type { ArmOutcome, Items } from './outcomes.ts';
import type { Estimate } from './result.ts';
import { averagePrecisionOf, type Contest } from './statistics/average-precision.ts';
import { weightedMean } from './statistics/macro.ts';
import { itemsByClass } from './statistics/predictions.ts';

/** Classes looked at together: of more the lists would not fit into memory. */
const BLOCK = 32;

/**
 * Average precision of every class, and their mean over the classes that have items (intervals I6, I3).
 *
 * The score of class c is log softmax(z + offset log pi)_c, so the operating point that the training aims at: no chosen
 * gamma enters. Only scores that reach the lowest of the class's own items are kept, which are few of many classes.
 */
export function rankings(
  { trials, offset }: ArmOutcome,
  { labels, itemOf }: Items,
  repeats: number,
  classes: number,
): { perClass: Estimate[]; macro: Estimate } {
  const n = labels.length;
  const parts: (Part | undefined)[] = [];
  const read = trials.map(({ trial, outcome }): Read => {
    const shift = Float64Array.from(priorShift(outcome.trainCounts, offset));
    const { testLogits: logits } = outcome;
    const { repeat, test } = trial.fold;
    return { repeat, logits, shift, totals: logSums(logits, shift), places: test.map((row) => itemOf[row]) };
  });
  const items = itemsByClass({ classes, labels, repeats: [] });
  const own = ownScores(read, labels, repeats, classes);
  const lowest = own.map((scores) => {
    const least = new Float64Array(classes).fill(Number.POSITIVE_INFINITY);
    for (let i = 0; i < n; i++) if (scores[i] < least[labels[i]]) least[labels[i]] = scores[i];
    return least;
  });
  const lists = Array.from({ length: BLOCK * repeats }, () => new List(n));
  for (let first = 0; first < classes; first += BLOCK) {
    const width = Math.min(BLOCK, classes - first);
    for (const list of lists) list.length = 0;
    for (const one of read)
      collect(one, labels, classes, first, width, lowest[one.repeat], lists.slice(one.repeat * BLOCK));
    for (let k = 0; k < width; k++) {
      const places = items[first + k];
      const contests = own.map((scores, r): Contest => {
        const list = lists[r * BLOCK + k];
        return {
          own: Float64Array.from(places, (i) => scores[i]),
          rivals: list.places.subarray(0, list.length),
          scores: list.scores.subarray(0, list.length),
        };
      });
      parts.push(places.length > 0 ? averagePrecisionOf(n, places, contests) : undefined);
    }
  }
  return { perClass: parts.map(ofClass), macro: meanOf(parts, n) };
}

/** One trial's logits z [N * C] and what makes scores of them: z_c + shift_c - total, in this order to the bit. */
interface Read {
  readonly repeat: number;
  readonly logits: Float32Array;
  readonly shift: Float64Array;
  readonly totals: Float64Array;
  /** Item of each row of the logits. */
  readonly places: Int32Array;
}

/** Items and their scores, of which `length` count. */
class List {
  length = 0;
  readonly places: Int32Array;
  readonly scores: Float64Array;
  constructor(most: number) {
    this.places = new Int32Array(most);
    this.scores = new Float64Array(most);
  }
}

/** Score of every item for its true class, one [n] a repeat. */
function ownScores(read: readonly Read[], labels: Int32Array, repeats: number, classes: number): Float64Array[] {
  const scores = Array.from({ length: repeats }, () => new Float64Array(labels.length));
  for (const { repeat, logits, shift, totals, places } of read)
    for (let i = 0; i < places.length; i++) {
      const c = labels[places[i]];
      scores[repeat][places[i]] = logits[i * classes + c] + shift[c] - totals[i];
    }
  return scores;
}

/** Adds to the lists of `width` classes from `first` on the items of other classes that score at least `lowest`. */
function collect(
  { logits, shift, totals, places }: Read,
  labels: Int32Array,
  classes: number,
  first: number,
  width: number,
  lowest: Float64Array,
  lists: readonly List[],
): void {
  for (let i = 0; i < places.length; i++) {
    const total = totals[i];
    const place = places[i];
    const own = labels[place];
    for (let c = first, at = i * classes + first; c < first + width; c++, at++) {
      const score = logits[at] + shift[c] - total;
      if (score < lowest[c] || c === own) continue;
      const list = lists[c - first];
      list.places[list.length] = place;
      list.scores[list.length++] = score;
    }
  }
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
    for (let c = 0; c < classes; c++) sum += exponential(z[c] - most);
    sums[i] = most + Math.log(sum);
  }
  return sums;
}

/** e^(-k / STEPS), k = 0.. as far as it is not 0. */
const STEPS = 32;
const powers = Float64Array.from({ length: 746 * STEPS }, (_, k) => Math.exp(-k / STEPS));

/** e^x for x <= 0 to 2e-12 of its value, in a third of the time of `Math.exp`: the rest of x by a series. */
function exponential(x: number): number {
  if (!(x > -745)) return 0;
  const k = (x * -STEPS) | 0;
  const r = x + k / STEPS;
  return powers[k] * (1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r / 120)))));
}

type Part = ReturnType<typeof averagePrecisionOf>;

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
