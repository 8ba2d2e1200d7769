import { InputError } from '../../array/errors.ts';
import { many, percent } from '../columns.ts';
import type { Column, Finding } from '../dataset.ts';

/** What one unit of a number column of time is, in seconds; `steps`: the column counts steps. */
export const TIME_UNITS = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9, steps: Number.NaN } as const;
export type TimeUnit = keyof typeof TIME_UNITS;

/** Off by more than this share of a step is a jump. */
const HALF = 0.5;
/** More jumps than this share of all steps: not gaps in an even sampling, but an uneven one. */
const MOST_JUMPS = 0.05;
/** Steps that resampling may bridge by a straight line; a longer gap splits. */
export const LONGEST_BRIDGE = 10;

/** Times of one file's rows, and which of them follow on each other. */
export interface Timed {
  readonly file: string;
  /** Seconds (or steps) of every row. */
  readonly times: Float64Array;
  /** First rows of the recordings, ascending, from 0. */
  readonly starts: readonly number[];
}

/**
 * Times of a file's rows in seconds, or in steps where the unit is `steps`. Date columns are in seconds whatever the unit.
 * @throws InputError text, or a row without time
 */
export function timesOf(file: string, column: Column, unit: TimeUnit): Float64Array {
  if (column.kind === 'category')
    throw new InputError(
      `${file}: time "${column.name}" holds text (${JSON.stringify(column.levels[0])}); numbers or dates like 2024-01-31 10:30:05.25 are needed`,
    );
  const gap = column.values.findIndex((value) => Number.isNaN(value));
  if (gap >= 0)
    throw new InputError(
      `${file}: time "${column.name}" is missing in data row ${gap + 1}; fill it in, or take the row out`,
    );
  if (column.kind === 'date' || unit === 's' || unit === 'steps') return column.values;
  return column.values.map((value) => value * TIME_UNITS[unit]);
}

/**
 * Steps a second, from the times themselves: 1 / mean of the steps within half of their median. (The median alone would be
 * wrong where times are rounded: of steps of 9.6 ms written as 9 and 10 it is 10.)
 * @throws InputError when no time follows on another
 */
export function estimateRate(timed: readonly Timed[], place: string): number {
  const steps = timed.flatMap(({ times, starts }) => forwardSteps(times, starts));
  if (steps.length === 0)
    throw new InputError(`${place}: time never goes forward, so it gives no rate; name another column`);
  const middle = middleStep(steps);
  let [sum, count] = [0, 0];
  for (const step of steps)
    if (Math.abs(step - middle) <= HALF * middle) {
      sum += step;
      count++;
    }
  return count / sum;
}

/**
 * Rows at which time jumps: the step from the row before is off one step by more than half a step, in either direction.
 *
 * @param perUnit steps a unit of time: the rate, or 1 where the column counts steps
 * @throws InputError irregular sampling, with the remedy: more than 5 % of the steps of a file are jumps
 */
export function jumps({ file, times, starts }: Timed, perUnit: number, column: string, unit: TimeUnit): Set<number> {
  const first = new Set(starts);
  const found = new Set<number>();
  let [steps, worst] = [0, 0];
  for (let row = 1; row < times.length; row++) {
    if (first.has(row)) continue;
    steps++;
    if (Math.abs((times[row] - times[row - 1]) * perUnit - 1) <= HALF) continue;
    found.add(row);
    if (worst === 0) worst = row;
  }
  if (found.size <= MOST_JUMPS * steps) return found;
  const stepText = (value: number) => (unit === 'steps' ? String(value) : `${Number(value.toPrecision(4))} s`);
  const taken = middleStep(forwardSteps(times, starts)) * perUnit;
  const other = unit === 'steps' ? undefined : unitThatFits(taken, unit);
  throw new InputError(
    `${file}: time "${column}" is sampled irregularly: ${percent(found.size / steps)} of its steps are off ${stepText(1 / perUnit)} by more than half ` +
      `(data row ${worst + 1} first, a step of ${stepText(times[worst] - times[worst - 1])}); ` +
      (other === undefined
        ? 'give --resample to put it on an even grid, another --rate, or leave --time out to take each row for one step'
        : `it looks like ${other}: give --time-unit ${other}`),
  );
}

/** The unit in which the median step would be about one step. */
function unitThatFits(taken: number, unit: TimeUnit): TimeUnit | undefined {
  const fits = (other: TimeUnit) => Math.abs((taken / TIME_UNITS[unit]) * TIME_UNITS[other] - 1) < HALF;
  return (Object.keys(TIME_UNITS) as TimeUnit[]).find((other) => other !== unit && fits(other));
}

/** The rate of the times where it isn't the one that was given, and steps that vary. */
export function clockFindings(timed: readonly Timed[], perUnit: number, column: string): Finding[] {
  const steps = timed.flatMap(({ times, starts }) => forwardSteps(times, starts));
  const near = steps.map((step) => step * perUnit).filter((step) => Math.abs(step - 1) <= HALF);
  if (near.length === 0) return [];
  const mean = near.reduce((sum, step) => sum + step / near.length, 0);
  const spread = Math.sqrt(near.reduce((sum, step) => sum + (step - mean) ** 2 / near.length, 0));
  const findings: Finding[] = [];
  if (Math.abs(mean - 1) > 0.02)
    findings.push({
      kind: 'rate-differs',
      column,
      severity: 'warning',
      detail: `the times give ${Number((perUnit / mean).toPrecision(4))} steps a unit of time where ${perUnit} was said; ${perUnit} is used`,
      override: 'leave --rate out to take it from the times',
    });
  if (spread > 0.1)
    findings.push({
      kind: 'uneven-steps',
      column,
      severity: 'info',
      detail: `steps vary by ${percent(spread)} (standard deviation), each less than half; they are taken for even`,
      override: '--resample puts them on an even grid',
    });
  return findings;
}

/** Values on an even grid from the first time to the last: channels by straight lines, labels from the nearest step. */
export interface Resampled {
  readonly channels: Float64Array[];
  readonly labels?: Int32Array;
  readonly length: number;
}

/**
 * Rows `from` (included) to `to` (excluded) of channels and labels on the grid t_from, t_from + 1/rate, ... Times must not go
 * back; of equal times the last counts.
 */
export function resample(
  times: Float64Array,
  channels: readonly ArrayLike<number>[],
  labels: Int32Array | undefined,
  [from, to]: readonly [number, number],
  rate: number,
): Resampled {
  const length = Math.floor((times[to - 1] - times[from]) * rate + 1e-6) + 1;
  const out = channels.map(() => new Float64Array(length));
  const classes = labels && new Int32Array(length);
  let left = from;
  for (let k = 0; k < length; k++) {
    const t = times[from] + k / rate;
    while (left < to - 2 && times[left + 1] <= t) left++;
    const right = Math.min(left + 1, to - 1);
    const step = times[right] - times[left];
    const share = step > 0 ? Math.min(1, (t - times[left]) / step) : 0;
    out.forEach((values, c) => {
      values[k] = channels[c][left] + share * (channels[c][right] - channels[c][left]);
    });
    if (classes && labels) classes[k] = labels[share > 0.5 ? right : left];
  }
  return { channels: out, labels: classes, length };
}

/** Rows where a resampled recording must be cut: time goes back, or leaps over more than {@link LONGEST_BRIDGE} steps. */
export function leaps({ times, starts }: Timed, perUnit: number): Set<number> {
  const first = new Set(starts);
  const found = new Set<number>();
  for (let row = 1; row < times.length; row++) {
    const step = (times[row] - times[row - 1]) * perUnit;
    if (!first.has(row) && (step < 0 || step > LONGEST_BRIDGE)) found.add(row);
  }
  return found;
}

/** One finding for the jumps of all files, none where there are none. */
export function jumpFinding<T extends { readonly file: string }>(
  column: string,
  tables: readonly T[],
  breaks: ReadonlyMap<T, ReadonlySet<number>>,
): Finding[] {
  const jumping = tables.filter((table) => (breaks.get(table)?.size ?? 0) > 0);
  if (jumping.length === 0) return [];
  const total = jumping.reduce((sum, table) => sum + (breaks.get(table)?.size ?? 0), 0);
  const [row] = breaks.get(jumping[0]) ?? [];
  const detail =
    `${many(total, 'jump')} in time in ${many(jumping.length, 'file')} ` +
    `(${jumping[0].file}, before data row ${Number(row) + 1} first); the recordings are split there`;
  return [{ kind: 'time-gap', column, severity: 'info', detail }];
}

function forwardSteps(times: Float64Array, starts: readonly number[]): number[] {
  const first = new Set(starts);
  const steps: number[] = [];
  for (let row = 1; row < times.length; row++)
    if (!first.has(row) && times[row] > times[row - 1]) steps.push(times[row] - times[row - 1]);
  return steps;
}

/** The step in the middle of the sorted ones, one that occurs (the larger of two). */
function middleStep(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1];
}
