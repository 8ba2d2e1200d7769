import type { Metric } from './difference.ts';
import { macroF1Difference } from './macro-f1.ts';
import { FEWEST_UNITS } from './measurement.ts';
import type { PlannedClass } from './planning.ts';
import { itemsForMacro, itemsForRecall, repeatsNeeded, varianceRange } from './planning.ts';
import type { Predictions } from './predictions.ts';
import { correctnessDifference, itemsByClass, onClassesWithItems } from './predictions.ts';
import { recallDifference } from './recall-difference.ts';
import { repeatTerm } from './repeats.ts';
import type { Sample } from './sample.ts';
import { itemMeans, mean, unitCount, unitSizes, unitTotals } from './sample.ts';

/** One way to settle an undecided difference. */
export interface Plan {
  readonly action: 'collect' | 'repeat';
  /** Class to collect; absent for repeats, and where items of every class are wanted in their present shares. */
  readonly class?: number;
  /** How many more items or repeats, >= 1. */
  readonly more: number;
  /** 10-90 %, from the scatter of the variance estimate (planning.ts); none where the class has under 5 items. */
  readonly range?: [number, number];
}

/** More repeats than this factor on the present ones are no advice. */
const MOST_REPEATS = 10;
/** More items than this factor on all present ones are no advice either: the two are too close for any trial. */
const MOST_ITEMS = 50;
/** Beyond this factor on one class's items, items of every class are asked for instead. */
const MOST_OF_ONE = 20;

interface Planned extends PlannedClass {
  /** E_c: variance of item x repeat noise. */
  readonly noise: number;
  /** What the class brings to the variance of the difference. */
  readonly share: number;
  readonly units: number;
  readonly class?: number;
}

/**
 * What would settle the difference b - a: at |d| (to show it better or worse) or at margin - |d| (to show it
 * equivalent), whichever is larger and so the nearer aim. More of the class that brings the most variance, or more
 * repeats where these can do it. Seed noise is held at its estimate, and z is used where the interval will use t.
 * Macro F1 is planned in the same way from the variances of I5 (approximate).
 *
 * @param margin of the criterion, >= 0   @returns the cheaper first (repeats cost no data); [] where nothing would do
 */
export function planDifference(metric: Metric, a: Predictions, b: Predictions, margin: number): Plan[] {
  const items = itemsByClass(a);
  if (a.labels.length === 0) return [{ action: 'collect', more: FEWEST_UNITS }];
  const asked = classesAsked(metric, a.classes);
  if (asked.length === 0 && metric !== 'accuracy') return [];
  const wanted = asked.filter((c) => items[c].length > 0);
  if (wanted.length === 0 && metric !== 'accuracy')
    return [{ action: 'collect', ...(asked.length === 1 ? { class: asked[0] } : {}), more: FEWEST_UNITS }];

  const samples =
    metric === 'accuracy' ? [correctnessDifference(a, b)] : wanted.map((c) => correctnessDifference(a, b, items[c]));
  const weight = 1 / samples.length;
  const seeds = repeatTerm(samples.map((s) => ({ weight, values: s.values })));
  let classes = samples.map((sample, j) => planned(sample, weight, wanted[j], seeds?.noise[j] ?? 0));
  let value = classes.reduce((sum, c) => sum + c.weight * c.difference, 0);
  if (metric === 'macro-f1') {
    const f1 = macroF1Difference(onClassesWithItems(a).present, onClassesWithItems(b).present);
    value = f1.value;
    // In units of recall: (1/C)^2 s2 / n is the class's part of the variance of macro F1.
    classes = classes.map((c, j) => ({
      ...c,
      difference: 0,
      variance: (f1.variances[j] * c.items) / weight ** 2,
      share: f1.variances[j],
    }));
  }
  const delta = Math.max(Math.abs(value), margin - Math.abs(value));
  if (!(delta > 0)) return [];
  const sign = value < 0 ? -1 : 1;
  const repeat = seeds ? planRepeats(classes, delta, a.repeats.length, seeds.between) : [];
  return [...repeat, ...planItems(classes, delta, sign, seeds?.variance ?? 0)];
}

/** Classes that a metric is a mean over; none for accuracy, which is over items. */
function classesAsked(metric: Metric, classes: number): readonly number[] {
  if (metric === 'accuracy') return [];
  if (typeof metric === 'string') return Array.from({ length: classes }, (_, c) => c);
  return typeof metric.recall === 'number' ? [metric.recall] : metric.recall.classes;
}

function planned(sample: Sample, weight: number, c: number | undefined, noise: number): Planned {
  const n = sample.values[0].length;
  const D = itemMeans(sample.values);
  const d = mean(D);
  const totals = unitTotals(D, sample.groups);
  const sizes = unitSizes(n, sample.groups);
  const units = unitCount(n, sample.groups);
  let squares = 0;
  for (let g = 0; g < units; g++) squares += (totals[g] - d * sizes[g]) ** 2;
  // From under 5 units no variance can be had: then the pseudo-items of I2 are counted in.
  const variance = units < FEWEST_UNITS ? (squares + 3) / (n + 3) : ((units / (units - 1)) * squares) / n;
  const { variance: own, pseudo, grouping } = recallDifference(sample);
  return {
    items: n,
    weight,
    difference: d,
    variance,
    noise,
    share: weight ** 2 * own,
    units,
    groups: { size: grouping.size, each: n / units, pseudo },
    ...(c === undefined ? {} : { class: c }),
  };
}

function planRepeats(classes: readonly Planned[], delta: number, R: number, between: number): Plan[] {
  let ofItems = 0;
  let ofNoise = 0;
  for (const c of classes) {
    ofItems += (c.weight ** 2 * Math.max(0, c.variance - c.noise / R)) / c.items;
    ofNoise += (c.weight ** 2 * c.noise) / c.items;
  }
  const ofRepeats = ofNoise + Math.max(0, between - ofNoise);
  const at = (factor: number) => repeatsNeeded(delta, ofItems, ofRepeats * factor);
  const needed = at(1);
  if (needed === null || needed <= R || needed > MOST_REPEATS * R) return [];
  return [
    {
      action: 'repeat',
      ...more(
        needed - R,
        varianceRange(R - 1).map((f) => (at(f) ?? R) - R),
      ),
    },
  ];
}

function planItems(classes: readonly Planned[], delta: number, sign: 1 | -1, seedVariance: number): Plan[] {
  const [low, high] = varianceRange(freedomOf(classes));
  const top = classes.reduce((best, c, index) => (c.share > classes[best].share ? index : best), 0);
  const own = classes[top];
  const scaled = (factor: number) => classes.map((c) => ({ ...c, variance: c.variance * factor }));
  const ofOne = (factor: number) =>
    classes.length === 1 && seedVariance === 0
      ? itemsForRecall(delta, own.variance * factor, 0.05, own.groups)
      : itemsForMacro(scaled(factor), delta, sign, seedVariance, top);
  const needed = ofOne(1);
  const alone = classes.length === 1;
  if (needed !== null && (alone || needed <= MOST_OF_ONE * own.items)) {
    const range = [low, high].map((factor) => {
      // Of so few no variance was had: there is no scatter of it to tell of.
      const n = own.units < FEWEST_UNITS ? null : ofOne(factor);
      return n === null ? null : n - own.items;
    });
    const named = own.class === undefined ? {} : { class: own.class };
    return [{ action: 'collect', ...named, ...more(Math.max(needed - own.items, FEWEST_UNITS - own.units), range) }];
  }
  const total = classes.reduce((sum, c) => sum + c.items, 0);
  const ofAll = (factor: number) => {
    const times = itemsForMacro(scaled(factor), delta, sign, seedVariance);
    return times === null ? null : Math.ceil((times - 1) * total);
  };
  const all = ofAll(1);
  return all === null || all > MOST_ITEMS * total
    ? []
    : [{ action: 'collect', ...more(all, [ofAll(low), ofAll(high)]) }];
}

/**
 * Degrees of freedom of the sum of the classes' variances (Satterthwaite 1946): those of the class that brings most of it,
 * more where many bring as much. A class of one item has one.
 */
function freedomOf(classes: readonly Planned[]): number {
  const total = classes.reduce((sum, c) => sum + c.share, 0);
  const squares = classes.reduce((sum, c) => sum + c.share ** 2 / Math.max(1, c.units - 1), 0);
  return squares > 0 ? total ** 2 / squares : 1;
}

/** At least one more; the range holds the number itself and is left out where its upper end is out of reach. */
function more(n: number, range: readonly (number | null)[]): { more: number; range?: [number, number] } {
  const count = Math.max(1, Math.ceil(n));
  const [low, high] = range;
  if (low === null || high === null) return { more: count };
  return { more: count, range: [Math.min(count, Math.max(1, low)), Math.max(count, high)] };
}
