import { groupFactor, weightedMean } from './macro.ts';
import * as f1 from './macro-f1.ts';
import type { Measurement, Options } from './measurement.ts';
import { absent, join, measurement, tooFew } from './measurement.ts';
import type { ClassGroup, Predictions } from './predictions.ts';
import {
  checkPredictions,
  correctness,
  groupsOf,
  itemsByClass,
  leftOutInWords,
  onClassesWithItems,
  unitsOf,
} from './predictions.ts';
import { recall } from './recall.ts';
import { repeatTerm } from './repeats.ts';
import type { Sample } from './sample.ts';
import { itemMeans, unitCount } from './sample.ts';
import { share } from './share.ts';

/** Recall of every class [C]: I1 with I4. Below 5 items or groups the interval stands, with the reason "needs N more". */
export function recallIntervals(p: Predictions, options: Options = {}): Measurement[] {
  checkPredictions('recallIntervals', p);
  return itemsByClass(p).map((items) => {
    if (items.length === 0) return absent('no evaluated items of this class');
    const measured = ofOneClass(correctness(p, items), options);
    return withReason(measured, tooFew(measured.count, `${p.groups ? 'groups' : 'items'} of this class`));
  });
}

/** Accuracy: I1 on all items as one class, with I4. */
export function accuracy(p: Predictions, options: Options = {}): Measurement {
  checkPredictions('accuracy', p);
  return p.labels.length === 0 ? absent('no evaluated items') : ofOneClass(correctness(p), options);
}

/** Macro recall (balanced accuracy): I3 of I1, with I4. Mean over the classes with items; `reason` counts the others. */
export function macroRecall(p: Predictions, options: Options = {}): Measurement {
  return meanRecall(p, { classes: Array.from({ length: p.classes }, (_, c) => c), none: 'no class' }, options);
}

/**
 * Mean recall over some classes (a group of the long tail), each weighing the same: I3 of I1, with I4. Classes without
 * items are left out and counted; below 5 items or groups in all the interval stands, with the reason "needs N more".
 * Simulated over classes of 1 to 3 items, recall 0.2 to 0.8, 3 repeats, 250 sets: 57 classes coverage .988 (difference of
 * two arms 1.000), mean width .17 (.27); 7 classes 1.000 (1.000), .49 (.80). So few items a class cost width, not truth.
 */
export function meanRecall(p: Predictions, { classes, none }: ClassGroup, options: Options = {}): Measurement {
  checkPredictions('meanRecall', p);
  if (classes.length === 0) return absent(none);
  const items = itemsByClass(p);
  const kept = classes.filter((c) => items[c].length > 0);
  if (kept.length === 0) return absent('no evaluated items');
  const weight = 1 / kept.length;
  const samples = kept.map((c) => correctness(p, items[c]));
  const parts = samples.map((sample) => ({ weight, ...recall(sample) }));
  const factor = groupFactor(
    samples.map((s, j) => ({ weight, items: itemMeans(s.values), value: parts[j].value, groups: s.groups })),
  );
  const { value, bounds } = weightedMean(parts, factor);
  const seeds = repeatTerm(samples.map((s) => ({ weight, values: s.values })));
  const units = unitsOf(p, items, kept);
  const measured = measurement(value, bounds, seeds, units, [0, 1], options);
  const few = classes.length < p.classes ? tooFew(units, p.groups ? 'groups' : 'items') : undefined;
  return withReason(measured, few, leftOutInWords(kept.length, classes.length));
}

/**
 * Precision of every class [C], pooled over repeats: hits over items predicted as the class, as a share (share.ts) of
 * those items, with I4 on the linearised values. Not among the measured formulas; its coverage is checked by this
 * package's own tests. Null when the class is never predicted.
 */
export function precisionIntervals(p: Predictions, options: Options = {}): Measurement[] {
  checkPredictions('precisionIntervals', p);
  return itemsInPlay(p).map((items, c) => ofShare(p, c, items, 'predicted', options));
}

/**
 * F1 of every class [C], pooled over repeats: F1 = 2 J / (1 + J) with J = hits over items that are or are predicted as
 * the class, so the interval of the share J gives that of F1. Otherwise as precision. Null when the class has no item.
 */
export function f1Intervals(p: Predictions, options: Options = {}): Measurement[] {
  checkPredictions('f1Intervals', p);
  const f1 = (j: number) => (2 * j) / (1 + j);
  const own = itemsByClass(p);
  return itemsInPlay(p).map((items, c) => {
    if (own[c].length === 0) return absent('no evaluated items of this class');
    const j = ofShare(p, c, items, 'either', options);
    if (j.value === null || j.interval === null) return j;
    const slope = 2 / (1 + j.value) ** 2;
    return {
      ...j,
      value: f1(j.value),
      interval: [f1(j.interval[0]), f1(j.interval[1])],
      samplingError: j.samplingError === null ? null : slope * j.samplingError,
      seedError: j.seedError === null ? null : slope * j.seedError,
    };
  });
}

/** Macro F1, pooled over repeats: I5. Mean over the classes with items; `reason` counts the others. */
export function macroF1(p: Predictions, options: Options = {}): Measurement {
  checkPredictions('macroF1', p);
  const { present, leftOut } = onClassesWithItems(p);
  if (present.classes === 0) return absent('no evaluated items');
  const { value, sampling, seeds } = f1.macroF1(present);
  const measured = measurement(value, sampling, seeds, unitCount(p.labels.length, p.groups), [0, 1], options);
  return withReason(measured, leftOut, f1Caveat(p));
}

/** What there is to say first, before the measurement's own reason. */
function withReason(measured: Measurement, ...first: (string | undefined)[]): Measurement {
  const reason = join(...first, measured.reason);
  return reason ? { ...measured, reason } : measured;
}

/** What macro F1's interval rests on that was not measured; with groups it was (few-groups.ts). */
export function f1Caveat(p: Predictions): string | undefined {
  if (p.groups) return undefined;
  return p.repeats.length > 1 ? 'how seed noise enters the interval of macro F1 was not measured' : undefined;
}

function ofOneClass(sample: Sample, options: Options): Measurement {
  const { value, units, bounds } = recall(sample);
  const seeds = repeatTerm([{ weight: 1, values: sample.values }]);
  return measurement(value, bounds, seeds, units, [0, 1], options);
}

/**
 * Share of the hits of class c among the items that count: those predicted as c (`predicted`), or those that are or
 * are predicted as c (`either`). `items`: those that are or are predicted as c in any repeat.
 */
function ofShare(
  p: Predictions,
  c: number,
  items: Int32Array,
  counts: 'predicted' | 'either',
  options: Options,
): Measurement {
  const either = counts === 'either';
  const weight = 1 / p.repeats.length;
  const a: number[] = [];
  const b: number[] = [];
  const counted = items.filter((i) => {
    let predicted = 0;
    for (const row of p.repeats) if (row[i] === c) predicted++;
    const is = p.labels[i] === c;
    if (predicted === 0 && !(either && is)) return false;
    a.push(is ? predicted * weight : 0);
    b.push(either && is ? 1 : predicted * weight);
    return true;
  });
  if (counted.length === 0) return absent('never predicted');
  const { value, units, bounds } = share(Float64Array.from(a), Float64Array.from(b), groupsOf(p, counted));
  // Linearised: the share moves by the mean over the counted items of (a_ir - p b_ir) n / B.
  const scale = counted.length / b.reduce((sum, x) => sum + x, 0);
  const values = p.repeats.map((row) => {
    const moved = new Float64Array(counted.length);
    for (let j = 0; j < counted.length; j++) {
      const [is, said] = [p.labels[counted[j]] === c, row[counted[j]] === c];
      if (is && said) moved[j] = (1 - value) * scale;
      else if (said || (either && is)) moved[j] = -value * scale;
    }
    return moved;
  });
  return measurement(value, bounds, repeatTerm([{ weight: 1, values }]), units, [0, 1], options);
}

/** For every class the items that are of it or were predicted as it in any repeat, ascending. */
function itemsInPlay(p: Predictions): Int32Array[] {
  const items: number[][] = Array.from({ length: p.classes }, () => []);
  const last = new Int32Array(p.classes).fill(-1);
  const note = (c: number, i: number) => {
    if (last[c] === i) return;
    last[c] = i;
    items[c].push(i);
  };
  for (let i = 0; i < p.labels.length; i++) {
    note(p.labels[i], i);
    for (const row of p.repeats) note(row[i], i);
  }
  return items.map((own) => Int32Array.from(own));
}
