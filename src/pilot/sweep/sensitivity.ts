import type { Estimate } from '../result.ts';
import type { Point } from './points.ts';

export interface Tried {
  readonly point: Point;
  readonly metrics: Readonly<Record<string, Estimate>>;
}

export interface Criterion {
  readonly metric: string;
  readonly margin: number;
  readonly direction: 'higher' | 'lower';
}

/** How narrow the good region is. */
export interface Sensitivity {
  /** Points on every criterion no more than its margin worse than the baseline: `good` of `of`. */
  readonly region: { readonly good: number; readonly of: number };
  /** For each criterion: points within its margin of the best. */
  readonly near: { readonly metric: string; readonly points: number; readonly of: number }[];
  /**
   * For each hyper-parameter and criterion: largest less smallest mean over its values, each the mean over all points with
   * that value. Only where it took few values.
   */
  readonly effects: { readonly name: string; readonly metric: string; readonly range: number }[];
}

/** Is a point, on every criterion, no more than the margin worse than the baseline? Null where a number is missing. */
export function isGood(
  tried: Tried['metrics'],
  baseline: Tried['metrics'],
  criteria: readonly Criterion[],
): boolean | null {
  let missing = false;
  for (const { metric, margin, direction } of criteria) {
    const [own, theirs] = [tried[metric]?.value ?? null, baseline[metric]?.value ?? null];
    if (own === null || theirs === null) missing = true;
    else if ((direction === 'higher' ? own - theirs : theirs - own) < -margin) return false;
  }
  return missing ? null : true;
}

/** Values that a hyper-parameter may have taken for an effect to be told. */
const MOST_VALUES = 20;

/** How sensitive a method is to its hyper-parameters, from the points tried. */
export function sensitivity(
  all: readonly Tried[],
  baseline: Tried['metrics'],
  criteria: readonly Criterion[],
): Sensitivity {
  const told = all.map(({ metrics }) => isGood(metrics, baseline, criteria)).filter((good) => good !== null);
  const valueIn = (metric: string) => (tried: Tried) => tried.metrics[metric]?.value ?? null;
  const near = criteria.map(({ metric, margin, direction }) => {
    const values = all.map(valueIn(metric)).filter((v) => v !== null);
    const best = values.reduce((a, b) => (direction === 'higher' ? Math.max(a, b) : Math.min(a, b)), values[0] ?? 0);
    return { metric, points: values.filter((v) => Math.abs(v - best) <= margin).length, of: values.length };
  });
  const names = Object.keys(all[0]?.point ?? {});
  const effects = names.flatMap((name) => {
    const values = [...new Set(all.map(({ point }) => point[name]))];
    if (values.length < 2 || values.length > MOST_VALUES) return [];
    return criteria.flatMap(({ metric }) => {
      const means = values.flatMap((value) => {
        const own = all.filter(({ point }) => point[name] === value).map(valueIn(metric));
        const present = own.filter((v) => v !== null);
        return present.length > 0 ? [present.reduce((a, b) => a + b, 0) / present.length] : [];
      });
      return means.length < 2 ? [] : [{ name, metric, range: Math.max(...means) - Math.min(...means) }];
    });
  });
  return { region: { good: told.filter(Boolean).length, of: told.length }, near, effects };
}
