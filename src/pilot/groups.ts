import { classesOfGroup, groupOfMetric, inhabitedGroups, noClassIn, sizeGroups } from '../metrics/index.ts';
import type { ClassGroup } from './statistics/predictions.ts';

/** Classes of the group that the metric `name` averages, by their training items; undefined for any other metric. */
export function groupOf(name: string, trained: readonly number[]): ClassGroup | undefined {
  const group = groupOfMetric(name);
  return group && { classes: classesOfGroup(group, trained), none: noClassIn[group] };
}

/**
 * The metrics of groups that an arm is described by: all three where at least two groups have classes (one alone is macro
 * recall over again), else those that decide or are guarded.
 */
export function groupsShown(
  trained: readonly number[],
  asked: readonly { readonly metric: string }[],
): { metric: string; classes: ClassGroup }[] {
  const all = inhabitedGroups(trained).length > 1;
  return sizeGroups.flatMap((group) => {
    const metric = `recall-${group}`;
    const classes = groupOf(metric, trained);
    return classes && (all || asked.some((one) => one.metric === metric)) ? [{ metric, classes }] : [];
  });
}
