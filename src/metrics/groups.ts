import { tally } from './confusion.ts';
import { meanOfClasses } from './macro.ts';
import { checkItems, type Metric, NO_ITEM } from './metric.ts';

/** Groups of classes by their training items, as is usual for long tails (Liu 2019): > 100, 20 to 100, < 20. */
export const sizeGroups = ['many', 'medium', 'few'] as const;
export type SizeGroup = (typeof sizeGroups)[number];

/** The group of a class with so many training items, which may be a mean over training parts. */
export function sizeGroup(trained: number): SizeGroup {
  return trained > 100 ? 'many' : trained >= 20 ? 'medium' : 'few';
}

/** Numbers of the classes in a group, ascending. @param trained training items of each class [C] */
export function classesOfGroup(group: SizeGroup, trained: ArrayLike<number>): number[] {
  return Array.from(trained, sizeGroup).flatMap((own, c) => (own === group ? [c] : []));
}

/** Groups with at least one class. @param trained training items of each class [C] */
export function inhabitedGroups(trained: ArrayLike<number>): SizeGroup[] {
  const found = new Set(Array.from(trained, sizeGroup));
  return sizeGroups.filter((group) => found.has(group));
}

/** The group whose recall the metric of this name is (`recall-few`); undefined for any other metric. */
export function groupOfMetric(name: string): SizeGroup | undefined {
  return sizeGroups.find((group) => name === `recall-${group}`);
}

/** Why a group without classes has no recall. */
export const noClassIn: Readonly<Record<SizeGroup, string>> = {
  many: 'no class with more than 100 training items',
  medium: 'no class with 20 to 100 training items',
  few: 'no class with fewer than 20 training items',
};

/**
 * Mean recall over the classes of one group that have items. Which classes these are is told by `trained`; a pilot gives
 * the means over all training parts, so that a class never changes its group.
 */
export function groupRecall(group: SizeGroup): Metric {
  const name = `recall-${group}`;
  return {
    name,
    direction: 'higher',
    needs: 'predictions',
    range: [0, 1],
    compute(input) {
      checkItems(name, input);
      const { trained, classes } = input;
      if (!trained) throw new RangeError(`${name}: needs the training items of each class (trained), got none`);
      if (trained.length !== classes)
        throw new RangeError(`${name}: training items of ${trained.length} classes, needs ${classes}`);
      const own = classesOfGroup(group, trained);
      if (own.length === 0) return { value: null, reason: noClassIn[group] };
      const { items, hits } = tally(input);
      const { perClass: _, ...mean } = meanOfClasses(
        own.map((c) => (items[c] === 0 ? { value: null, reason: NO_ITEM } : { value: hits[c] / items[c] })),
      );
      return mean;
    },
  };
}
