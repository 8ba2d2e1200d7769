import type { Sample } from './sample.ts';

/** What one arm predicted: every item once in every repeat. */
export interface Predictions {
  /** Number of classes, C. */
  readonly classes: number;
  /** True class of every item [n], 0..C-1. */
  readonly labels: Int32Array;
  /** R arrays: predicted class of every item [n], 0..C-1. */
  readonly repeats: readonly Int32Array[];
  /** Group of every item [n] (machine, lot, person): then the group is the sampling unit. */
  readonly groups?: Int32Array;
}

/** Classes whose recalls are averaged: a group of the long tail. */
export interface ClassGroup {
  /** Numbers of the classes. */
  readonly classes: readonly number[];
  /** Why there is no number where there is no class. */
  readonly none: string;
}

/** @throws RangeError when lengths differ, there is no repeat, or a class lies outside 0..C-1 */
export function checkPredictions(place: string, p: Predictions): void {
  const n = p.labels.length;
  if (p.repeats.length === 0) throw new RangeError(`${place}: needs at least one repeat, got 0`);
  if (p.groups && p.groups.length !== n) throw new RangeError(`${place}: ${p.groups.length} groups for ${n} items`);
  checkClasses(`${place}: labels`, p.labels, p.classes);
  for (const [r, predicted] of p.repeats.entries()) {
    if (predicted.length !== n) throw new RangeError(`${place}: repeat ${r} has ${predicted.length} items of ${n}`);
    checkClasses(`${place}: repeat ${r}`, predicted, p.classes);
  }
}

/** @throws RangeError when two arms were not evaluated on the same items, groups and number of repeats */
export function checkPair(place: string, a: Predictions, b: Predictions): void {
  checkPredictions(`${place}: first arm`, a);
  checkPredictions(`${place}: second arm`, b);
  if (a.classes !== b.classes) throw new RangeError(`${place}: ${a.classes} classes against ${b.classes}`);
  if (a.repeats.length !== b.repeats.length)
    throw new RangeError(
      `${place}: ${a.repeats.length} repeats against ${b.repeats.length}; arms are paired by repeat`,
    );
  if (!same(a.labels, b.labels)) throw new RangeError(`${place}: the two arms have different items or labels`);
  if (Boolean(a.groups) !== Boolean(b.groups) || (a.groups && b.groups && !same(a.groups, b.groups)))
    throw new RangeError(`${place}: the two arms have different groups`);
}

/** Item numbers of every class [C], ascending. */
export function itemsByClass(p: Predictions): Int32Array[] {
  const counts = new Int32Array(p.classes);
  for (const label of p.labels) counts[label]++;
  const items = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  for (let i = 0; i < p.labels.length; i++) items[p.labels[i]][counts[p.labels[i]]++] = i;
  return items;
}

/** Sampling units behind some classes: groups where there are groups, else items. @param items of itemsByClass */
export function unitsOf(p: Predictions, items: readonly Int32Array[], classes: readonly number[]): number {
  const { groups } = p;
  if (!groups) return classes.reduce((sum, c) => sum + items[c].length, 0);
  const units = new Set<number>();
  for (const c of classes) for (const i of items[c]) units.add(groups[i]);
  return units.size;
}

/**
 * The predictions with the classes that have items numbered 0..K-1, for means over classes: a class without items has no
 * recall to average. An answer of such a class becomes K, which is right for no item.
 *
 * @returns the renumbered predictions (the same where nothing is left out) and what to say of the classes left out
 */
export function onClassesWithItems(p: Predictions): { present: Predictions; leftOut?: string } {
  const items = itemsByClass(p);
  const kept = [...items.keys()].filter((c) => items[c].length > 0);
  if (kept.length === p.classes) return { present: p };
  const number = new Int32Array(p.classes).fill(kept.length);
  for (const [k, c] of kept.entries()) number[c] = k;
  const renumber = (classes: Int32Array) => classes.map((c) => number[c]);
  return {
    present: { ...p, classes: kept.length, labels: renumber(p.labels), repeats: p.repeats.map(renumber) },
    leftOut: leftOutInWords(kept.length, p.classes),
  };
}

/** What to say of a mean over `kept` of `all` classes: nothing where that is all of them. */
export function leftOutInWords(kept: number, all: number): string | undefined {
  const gone = all - kept;
  if (gone === 0) return undefined;
  return `mean over ${kept} of ${all} classes; ${gone} without evaluated items ${gone === 1 ? 'is' : 'are'} left out`;
}

/** 0/1 correctness of the named items (all when left out) in every repeat. */
export function correctness(p: Predictions, items = everyItem(p)): Sample {
  const values = p.repeats.map((row) => {
    const right = new Float64Array(items.length);
    for (let j = 0; j < items.length; j++) right[j] = row[items[j]] === p.labels[items[j]] ? 1 : 0;
    return right;
  });
  return { values, groups: groupsOf(p, items) };
}

/** Correctness of b less that of a, item by item and repeat by repeat: -1, 0 or 1. */
export function correctnessDifference(a: Predictions, b: Predictions, items = everyItem(a)): Sample {
  const values = a.repeats.map((rowA, r) => {
    const rowB = b.repeats[r];
    const change = new Float64Array(items.length);
    for (let j = 0; j < items.length; j++) {
      const i = items[j];
      change[j] = (rowB[i] === a.labels[i] ? 1 : 0) - (rowA[i] === a.labels[i] ? 1 : 0);
    }
    return change;
  });
  return { values, groups: groupsOf(a, items) };
}

/** Group of each of the named items; undefined where there are no groups. */
export function groupsOf({ groups }: Predictions, items: Int32Array): Int32Array | undefined {
  return groups && items.map((i) => groups[i]);
}

function everyItem(p: Predictions): Int32Array {
  return new Int32Array(p.labels.length).map((_, i) => i);
}

function checkClasses(place: string, values: Int32Array, classes: number): void {
  for (let i = 0; i < values.length; i++)
    if (values[i] < 0 || values[i] >= classes)
      throw new RangeError(`${place}: item ${i} has class ${values[i]}, classes are 0..${classes - 1}`);
}

function same(a: Int32Array, b: Int32Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
