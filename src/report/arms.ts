import type { Comparison, Estimate, Result } from '../pilot/result.ts';
import { pointer } from './pointer.ts';

/** Items (or groups) of a class below which its recall is not measurable (design of the intervals). */
export const leastUnits = 5;

/** An arm of either task. */
export type AnyArm = Result['arms'][number];

/** The two arms the pilot is about, with their addresses in the result. */
export function pair<R extends Result>(
  result: R,
): { a: R['arms'][number]; b: R['arms'][number]; aPath: string; bPath: string } {
  const a = result.arms.findIndex((arm) => arm.role === 'baseline');
  const b = result.arms.findIndex((arm) => arm.role === 'candidate');
  if (a < 0 || b < 0) throw new RangeError('report: the result has no baseline arm or no candidate arm');
  return { a: result.arms[a], b: result.arms[b], aPath: pointer('arms', a), bPath: pointer('arms', b) };
}

/**
 * The arms that the page's general sections show, with their places in the result: all but the references that are only
 * settings of a sweep, which has a section of its own.
 */
export function listedArms<R extends Result>(result: R): { arm: R['arms'][number]; i: number }[] {
  const { sweep, ablation } = result.design;
  const tried = new Set(sweep?.points.map(({ method }) => method));
  const apart = (arm: AnyArm) =>
    arm.role === 'reference' &&
    tried.has(arm.method) &&
    ablation?.arms[arm.method] === undefined &&
    arm.method !== result.verdict.simpler;
  return (result.arms as R['arms'][number][]).map((arm, i) => ({ arm, i })).filter(({ arm }) => !apart(arm));
}

/** The place of `method` among the arms. @throws RangeError where it is none of them */
export function placeOf({ arms }: Result, method: string): number {
  const i = arms.findIndex((arm) => arm.method === method);
  if (i < 0) throw new RangeError(`report: the result has no arm "${method}"`);
  return i;
}

/** Where arm `i` holds its estimate of `metric`, which may be the recall of a class; null where it does not. */
export function estimateOf(result: Result, i: number, metric: string): { estimate: Estimate; path: string } | null {
  const arm = result.arms[i];
  const c = arm.classes.findIndex(({ name }) => metric === `recall[${name}]`);
  if (c >= 0) return { estimate: arm.classes[c].recall, path: pointer('arms', i, 'classes', c, 'recall') };
  const estimate = arm.metrics[metric];
  return estimate ? { estimate, path: pointer('arms', i, 'metrics', metric) } : null;
}

/** The comparison `method - against` on `metric` with its address, where the result has it. */
export function comparisonOf(
  result: Result,
  method: string,
  against: string,
  metric: string,
): { comparison: Comparison; path: string } | null {
  const found = (role?: string) =>
    result.comparisons.findIndex(
      (one) =>
        one.method === method &&
        one.against === against &&
        one.metric === metric &&
        (role === undefined || one.role === role),
    );
  // A metric may be compared in two roles; what decides comes first.
  const i = [found('criterion'), found('guard'), found()].find((index) => index >= 0);
  return i === undefined ? null : { comparison: result.comparisons[i], path: pointer('comparisons', i) };
}

/** The metric of the first criterion. */
export function mainCriterion(result: Result): string {
  return result.design.criteria[0]?.metric ?? 'macro-recall';
}

/** A metric that tells of use: of the answers of a probe or of neighbours; all others tell of the embedding itself. */
export function isUse(metric: string): boolean {
  return /^(probe|knn)-|\[/.test(metric);
}

/** Units of a class that its numbers rest on: groups where groups are the unit, else items. */
export function unitsOf(result: Result, arm: AnyArm, c: number): number {
  const own = arm.classes[c];
  return result.design.unit === 'group' ? own.recall.count : own.evaluated;
}

/** Whether a guard is broken (the whole interval lies beyond the loss allowed), kept (none of it does) or neither. */
export function guardState({ broken, interval, margin, direction }: Comparison): 'broken' | 'kept' | 'open' {
  if (broken === true) return 'broken';
  if (interval === null) return 'open';
  const least = direction === 'lower' ? -interval[1] : interval[0];
  return least > -margin ? 'kept' : 'open';
}

/** The word that tells how a comparison came out: a guard is kept or broken, all else better, worse and so on. */
export function stateOf(comparison: Comparison): ReturnType<typeof guardState> | Comparison['state'] {
  return comparison.role === 'guard' ? guardState(comparison) : comparison.state;
}
