import type { Arm, Classification, Estimate } from '../../src/pilot/result.ts';
import { tQuantile } from '../../src/pilot/statistics/distributions.ts';
import { methodIn } from './methods.ts';

/** Of gamma 0, or at the operating point chosen on validation items. */
export type Point = 'zero' | 'chosen';

export interface Value {
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
}

export const NOTHING: Value = { value: null, interval: null };

/** The rarest third of classes: rounded up, at least two, of those with items. @param counts falling */
export function rarestThird(counts: readonly number[]): number[] {
  const present = [...counts.keys()].filter((c) => counts[c] > 0);
  return present.slice(-Math.max(2, Math.ceil(present.length / 3)));
}

export function armOf(result: Classification, method: string): Arm | undefined {
  const own = methodIn(result, method);
  return result.arms.find((arm) => arm.method === own);
}

/** What is measured of an arm: a metric of the result, or `rarest`, the mean recall of the rarest third. */
export function measured(result: Classification, arm: Arm, metric: string, at: Point): Value {
  if (metric === 'rarest') return { value: rarest(result, arm, at), interval: null };
  // Average precision knows no operating point.
  const all = at === 'chosen' || metric === 'average-precision' ? arm.metrics : arm.metricsAtGammaZero;
  return estimated(all[metric]);
}

const estimated = (own: Estimate | undefined): Value => (own ? { value: own.value, interval: own.interval } : NOTHING);

/** The criteria after the first are the recalls of the rarest classes. */
function rarest({ design: { criteria } }: Classification, { classes, curve }: Arm, at: Point): number | null {
  const names = criteria.slice(1).map(({ metric }) => metric);
  const zero = curve.find(({ gamma }) => gamma === 0)?.metrics;
  return meanOf(
    names.map((name) => {
      if (at === 'zero') return zero?.[name] ?? null;
      return classes.find((own) => `recall[${own.name}]` === name)?.recall.value ?? null;
    }),
  );
}

/** Paired difference `method - against` at the chosen operating points, as the pilot compared the two. */
export function difference(result: Classification, named: string, against: string, metric: string): Value {
  const { comparisons } = result;
  const method = methodIn(result, named);
  for (const found of comparisons) {
    if (found.metric !== metric || found.difference === null) continue;
    const { difference: value, interval } = found;
    if (found.method === method && found.against === against) return { value, interval };
    if (found.method === against && found.against === method)
      return { value: -value, interval: interval && [-interval[1], -interval[0]] };
  }
  return NOTHING;
}

/** Milliseconds a step, over those of another method in the same result. */
export function relativeCost(result: Classification, method: string, against: string): number | null {
  const [own, other] = [method, against].map((name) => armOf(result, name)?.cost.millisecondsPerStep);
  return own && other ? own / other : null;
}

/** Mean of what is there, null where nothing is. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null);
  return there.length > 0 ? there.reduce((a, b) => a + b, 0) / there.length : null;
}

/** Mean with Student's t interval at 95 %; none of fewer than two values. */
export function meanWithInterval(values: readonly number[]): Value {
  const value = meanOf(values);
  if (value === null || values.length < 2) return { value, interval: null };
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (values.length - 1);
  const half = tQuantile(0.975, values.length - 1) * Math.sqrt(variance / values.length);
  return { value, interval: [value - half, value + half] };
}

/** Ranks from 1, the largest first, equal values sharing the mean of theirs. */
export function ranks(values: readonly number[]): number[] {
  return values.map((x) => {
    const above = values.filter((v) => v > x).length;
    const equal = values.filter((v) => v === x).length;
    return above + (equal + 1) / 2;
  });
}

/** Percent with one decimal; `-` for nothing. */
export const percent = (x: number | null): string => fixed(x === null ? null : 100 * x, 1);

/** No minus before a nought. */
export const fixed = (x: number | null, digits: number): string =>
  x === null ? '-' : x.toFixed(digits).replace(/^-(?=[0.]*$)/, '');

/** `78.9 (77.1 to 80.6)`, in percent. */
export function withInterval({ value, interval }: Value): string {
  return interval ? `${percent(value)} (${percent(interval[0])} to ${percent(interval[1])})` : percent(value);
}

/** A difference in points, with its sign. */
export function signed({ value, interval }: Value): string {
  const one = (x: number) => `${x > 0.0005 ? '+' : ''}${percent(x)}`;
  if (value === null) return '-';
  return interval ? `${one(value)} (${one(interval[0])} to ${one(interval[1])})` : one(value);
}

export function table(head: readonly string[], lines: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...lines.map(line), ''];
}
