import type { Classification, Comparison, SettingsSweep } from '../../../pilot/result.ts';
import { comparisonOf, estimateOf, mainCriterion, pair, placeOf } from '../../arms.ts';

/** A swept setting: its arm and what came of it on the first criterion. */
export interface Point {
  readonly settings: SettingsSweep['points'][number]['settings'];
  /** The arm's place in the result. */
  readonly i: number;
  /** The criterion's value and its address; null where it has no number. */
  readonly value: number | null;
  readonly path: string;
  readonly interval: readonly [number, number] | null;
  /** A or B, where the setting is one of the two. */
  readonly tag?: 'A' | 'B';
  /** Against A. */
  readonly state?: Comparison['state'];
  /** No worse than A by more than the margin; null where either has no number. */
  readonly good: boolean | null;
}

export function pointsOf(result: Classification, { points }: SettingsSweep): Point[] {
  return points.map(({ settings, method }) => pointOf(result, placeOf(result, method), settings));
}

/** Arm `i` on the first criterion. */
export function pointOf(result: Classification, i: number, settings: Point['settings'] = {}): Point {
  const metric = mainCriterion(result);
  const { method, role } = result.arms[i];
  const found = estimateOf(result, i, metric);
  const against = comparisonOf(result, method, pair(result).a.method, metric)?.comparison;
  const difference = role === 'baseline' ? 0 : (against?.difference ?? null);
  return {
    settings,
    i,
    value: found?.estimate.value ?? null,
    path: found?.path ?? '',
    interval: found?.estimate.interval ?? null,
    ...(role === 'reference' ? {} : { tag: role === 'baseline' ? 'A' : 'B' }),
    ...(against ? { state: against.state } : {}),
    good: difference === null ? null : difference >= -result.design.criteria[0].margin,
  };
}

/** Those that have a number, the worst first. */
export function sorted(points: readonly Point[]): (Point & { readonly value: number })[] {
  return points
    .flatMap((point) => (point.value === null ? [] : [{ ...point, value: point.value }]))
    .sort((one, other) => one.value - other.value);
}
