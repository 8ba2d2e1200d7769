import { groupFactor, weightedMean } from './macro.ts';
import { macroF1Difference } from './macro-f1.ts';
import type { Measurement, Options } from './measurement.ts';
import { absent, alphaOf, errors, join, SEEDS_NOT_MEASURED, tooFew } from './measurement.ts';
import { f1Caveat } from './metrics.ts';
import type { ClassGroup, Predictions } from './predictions.ts';
import {
  checkPair,
  correctnessDifference,
  itemsByClass,
  leftOutInWords,
  onClassesWithItems,
  unitsOf,
} from './predictions.ts';
import { recallDifference } from './recall-difference.ts';
import type { RepeatTerm } from './repeats.ts';
import { repeatTerm, withRepeats } from './repeats.ts';
import type { Bounds } from './sample.ts';
import { itemMeans, unitCount } from './sample.ts';

/** A metric whose paired difference has an interval; `recall` names a class by its number, or classes to average. */
export type Metric =
  | 'macro-recall'
  | 'balanced-accuracy'
  | 'accuracy'
  | 'macro-f1'
  | { readonly recall: number | ClassGroup };

/** A paired difference, ready to be read at any error rate. */
export interface PairedDifference {
  readonly value: number | null;
  readonly count: number;
  /** False where nothing can be shown (too few items or groups, or none): never better or worse. */
  readonly measurable: boolean;
  /** Interval at error rate alpha, clipped to [-1, 1]; null without items. */
  readonly interval: (alpha: number) => [number, number] | null;
  readonly samplingError: number | null;
  readonly seedError: number | null;
  readonly reason?: string;
}

/**
 * Difference b - a on one metric with its interval: I2 (recall of a class, accuracy), I3 (macro recall), I5 (macro F1),
 * each with the seed noise of I4. Arms are paired by item and repeat.
 *
 * @returns fractions; pValue two-sided: the smallest alpha whose interval leaves 0 outside
 * @throws RangeError when the arms don't match or the class is unknown
 */
export function difference(
  metric: Metric,
  a: Predictions,
  b: Predictions,
  options: Options = {},
): Measurement & { pValue?: number } {
  checkPair('difference', a, b);
  const { measurable: _, interval, ...rest } = pairedDifference(metric, a, b);
  const pValue = pValueOf(interval);
  return { ...rest, interval: interval(alphaOf(options)), ...(pValue === null ? {} : { pValue }) };
}

/**
 * As `difference`, for every error rate; the arms are taken as checked (checkPair).
 * @param items of itemsByClass, where it is at hand: a thousand classes are asked one by one
 */
export function pairedDifference(
  metric: Metric,
  a: Predictions,
  b: Predictions,
  items?: readonly Int32Array[],
): PairedDifference {
  if (metric === 'macro-f1') return ofMacroF1(a, b);
  if (metric === 'accuracy') return ofOneClass(a, b, undefined, '');
  const own = items ?? itemsByClass(a);
  if (typeof metric === 'string') return ofMeanRecall(a, b, own, { classes: [...own.keys()], none: 'no class' });
  if (typeof metric.recall === 'object') return ofMeanRecall(a, b, own, metric.recall);
  if (!(metric.recall >= 0 && metric.recall < a.classes))
    throw new RangeError(`difference: class ${metric.recall} is not one of 0..${a.classes - 1}`);
  return ofOneClass(a, b, own[metric.recall], ' of this class');
}

function ofOneClass(a: Predictions, b: Predictions, items: Int32Array | undefined, of: string): PairedDifference {
  const unit = `${a.groups ? 'groups' : 'items'}${of}`;
  if ((items ?? a.labels).length === 0) return none(tooFew(0, unit) ?? '');
  const sample = correctnessDifference(a, b, items);
  const { value, units, bounds } = recallDifference(sample);
  return finish(value, bounds, repeatTerm([{ weight: 1, values: sample.values }]), units, tooFew(units, unit));
}

function ofMeanRecall(
  a: Predictions,
  b: Predictions,
  items: readonly Int32Array[],
  { classes, none: reason }: ClassGroup,
): PairedDifference {
  if (classes.length === 0) return none(reason);
  const kept = classes.filter((c) => items[c].length > 0);
  if (kept.length === 0) return none('no evaluated items');
  const weight = 1 / kept.length;
  const samples = kept.map((c) => correctnessDifference(a, b, items[c]));
  const parts = samples.map((sample) => ({ weight, ...recallDifference(sample) }));
  const factor = groupFactor(
    samples.map((s, j) => ({ weight, items: itemMeans(s.values), value: parts[j].value, groups: s.groups })),
  );
  const { value, bounds } = weightedMean(parts, factor);
  const seeds = repeatTerm(samples.map((s) => ({ weight, values: s.values })));
  const units = unitsOf(a, items, kept);
  const few = classes.length < a.classes ? tooFew(units, a.groups ? 'groups' : 'items') : undefined;
  const result = finish(value, bounds, seeds, units, few);
  return { ...result, reason: join(leftOutInWords(kept.length, classes.length), result.reason) };
}

function ofMacroF1(a: Predictions, b: Predictions): PairedDifference {
  const { present: first, leftOut } = onClassesWithItems(a);
  const { present: second } = onClassesWithItems(b);
  if (first.classes === 0) return none('no evaluated items');
  const { value, sampling, seeds } = macroF1Difference(first, second);
  const result = finish(value, sampling, seeds, unitCount(a.labels.length, a.groups));
  return { ...result, reason: join(leftOut, f1Caveat(a), result.reason) };
}

function finish(
  value: number,
  sampling: Bounds,
  seeds: RepeatTerm | null,
  count: number,
  few?: string,
): PairedDifference {
  const bounds = withRepeats(value, sampling, seeds);
  const reason = join(few, seeds ? undefined : SEEDS_NOT_MEASURED);
  return {
    value,
    count,
    measurable: few === undefined,
    interval: (alpha) => {
      const [l, u] = bounds(alpha);
      return [Math.max(-1, l), Math.min(1, u)];
    },
    ...errors(sampling, seeds),
    ...(reason ? { reason } : {}),
  };
}

function none(reason: string): PairedDifference {
  return { ...absent(reason), measurable: false, interval: () => null };
}

/** Smallest alpha whose interval leaves 0 outside, by bisection. */
function pValueOf(interval: PairedDifference['interval']): number | null {
  if (!interval(0.5)) return null;
  let inside = 0;
  let outside = 1;
  for (let step = 0; step < 45; step++) {
    const alpha = (inside + outside) / 2;
    const at = interval(alpha);
    if (at && at[0] <= 0 && at[1] >= 0) inside = alpha;
    else outside = alpha;
  }
  return outside;
}
