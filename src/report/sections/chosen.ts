import type { Comparison, Result } from '../../pilot/result.ts';
import { leastUnits, pair, unitsOf } from '../arms.ts';
import { pointer } from '../pointer.ts';

/** Of more classes than this the tables show the groups and some classes only: a longer table nobody reads. */
export const mostListed = 30;

/** Classes shown for each reason. */
const each = 8;

/** Change of a class's recall from A to B: the class's place, the comparison and its address. */
export interface Change {
  readonly c: number;
  readonly comparison: Comparison;
  readonly path: string;
}

/** The changes of recall from A to B by class, in one pass over the comparisons; classes without one are not in it. */
export function changesOf(result: Result): Map<number, Change> {
  const { a, b } = pair(result);
  const places = new Map(a.classes.map(({ name }, c) => [`recall[${name}]`, c]));
  const found = new Map<number, Change>();
  for (const [i, comparison] of result.comparisons.entries()) {
    const c = places.get(comparison.metric);
    if (c === undefined || comparison.method !== b.method || comparison.against !== a.method) continue;
    // What decides comes before what is only shown.
    if (!found.has(c)) found.set(c, { c, comparison, path: pointer('comparisons', i) });
  }
  return found;
}

/** Why classes are shown, each with the places of its classes. */
export type Chosen = Readonly<Record<'gained' | 'lost' | 'lowest', readonly number[]>>;

/**
 * Of many classes those to be shown: recall rises most, falls most, is lowest with B; each class once, and only classes
 * with enough items evaluated (or groups). Equal ones: the larger class first. Null where all classes are shown.
 */
export function chosenClasses(result: Result): Chosen | null {
  const { a, b } = pair(result);
  if (a.classes.length <= mostListed) return null;
  const measurable = [...changesOf(result).values()].filter(
    ({ c, comparison }) => comparison.difference !== null && unitsOf(result, a, c) >= leastUnits,
  );
  const by = (sign: 1 | -1) =>
    measurable
      .map(({ c, comparison }) => ({ c, size: sign * (comparison.difference ?? 0) }))
      .filter(({ size }) => size > 0)
      .sort((one, other) => other.size - one.size || one.c - other.c)
      .slice(0, each)
      .map(({ c }) => c);
  const [gained, lost] = [by(1), by(-1)];
  const taken = new Set([...gained, ...lost]);
  const lowest = measurable
    .filter(({ c }) => !taken.has(c))
    .map(({ c }) => ({ c, recall: b.classes[c].recall.value ?? 0 }))
    .sort((one, other) => one.recall - other.recall || one.c - other.c)
    .slice(0, each)
    .map(({ c }) => c);
  return { gained, lost, lowest };
}
