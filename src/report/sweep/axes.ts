import type { SweepResult } from '../../pilot/sweep/result.ts';

export type Axis = SweepResult['axes'][number];

/** How a hyper-parameter is drawn: its values as numbers on a scale, or as categories in their order. */
export type Scale =
  | { readonly kind: 'linear' | 'log'; readonly domain: readonly [number, number] }
  | { readonly kind: 'categories'; readonly values: readonly string[] };

/** Fold from which an all-positive range is drawn in logarithms, as it is sampled. */
const FOLD = 10;

/** A number as it may be written on the command line; null for text such as `off` or `q10`. */
export function numberOf(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

/** The scale of an axis: numbers where every value is one. */
export function scaleOf(axis: Axis): Scale {
  const ends = 'values' in axis ? numbersOf(axis.values) : [axis.from, axis.to];
  if (ends === null) return { kind: 'categories', values: 'values' in axis ? axis.values : [] };
  const domain = [Math.min(...ends), Math.max(...ends)] as const;
  return { kind: domain[0] > 0 && domain[1] >= FOLD * domain[0] ? 'log' : 'linear', domain };
}

function numbersOf(values: readonly string[]): number[] | null {
  const numbers = values.map(numberOf).filter((value) => value !== null);
  return numbers.length === values.length ? numbers : null;
}

/**
 * Whether `value` is the smallest or largest of an axis of at least three numbers, so that better ones may lie beyond it.
 * A range has no last value that was chosen.
 */
export function isEnd(axis: Axis, value: string): boolean {
  if (!('values' in axis)) return false;
  const numbers = numbersOf(axis.values);
  const own = numberOf(value);
  if (numbers === null || numbers.length < 3 || own === null) return false;
  return own === Math.min(...numbers) || own === Math.max(...numbers);
}

/** Which map suits the axes: one line, a grid of two, or a picture of each. */
export function mapOf(axes: readonly Axis[]): 'line' | 'heat' | 'scatter' {
  if (axes.length === 1) return 'line';
  return axes.length === 2 && axes.every((axis) => 'values' in axis) ? 'heat' : 'scatter';
}
