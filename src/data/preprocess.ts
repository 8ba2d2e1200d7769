import { median } from '../array/median.ts';
import { MOST_LEVELS } from './audit/values.ts';
import { byName, isMissing } from './columns.ts';
import type { Column, ColumnCoding, Preprocessing } from './dataset.ts';

const DAY = 86400;
const WEEK = 7 * DAY;

/**
 * Fits the coding of each input column on the training rows alone.
 *
 * - number: `fill` = median of the values present; with the gaps filled, mean and population standard deviation
 *   scale = sqrt(1/n sum (x - mean)^2), 1 where all values are equal. No value at all: fill 0.
 * - category: the 32 most frequent levels by falling count, ties by name.
 * - `indicator` where the training rows have gaps.
 *
 * @param inputs input columns   @param rows training rows, at least one
 * @throws RangeError when there is no row
 */
export function fitPreprocessing(inputs: readonly Column[], rows: Int32Array): Preprocessing {
  if (rows.length === 0) throw new RangeError('fitPreprocessing: needs at least one training row, got 0');
  const codings = inputs.map((column) => fit(column, rows));
  return { codings, width: codings.reduce((sum, coding) => sum + widthOf(coding), 0) };
}

/** Inputs of the net that one coding makes. */
export function widthOf(coding: ColumnCoding): number {
  const own = coding.kind === 'number' ? 1 : coding.kind === 'category' ? coding.levels.length : 4;
  return own + (coding.indicator ? 1 : 0);
}

function fit(column: Column, rows: Int32Array): ColumnCoding {
  const indicator = rows.some((row) => isMissing(column, row));
  if (column.kind === 'date') return { column: column.name, kind: 'date', indicator };
  if (column.kind === 'category') {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const level = column.levels[column.codes[row]];
      if (level !== undefined) counts.set(level, (counts.get(level) ?? 0) + 1);
    }
    const order = [...counts].sort((a, b) => b[1] - a[1] || byName(a[0], b[0]));
    return {
      column: column.name,
      kind: 'category',
      levels: order.slice(0, MOST_LEVELS).map(([level]) => level),
      indicator,
    };
  }
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]];
  const known = indicator ? values.filter((value) => !Number.isNaN(value)) : values;
  const fill = known.length > 0 ? median(known) : 0;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) values[i] = fill;
  return { column: column.name, kind: 'number', ...moments(values), fill, indicator };
}

function moments(values: Float64Array): { mean: number; scale: number } {
  // Equal values exactly: their computed mean may differ by a rounding error, which must not become the scale.
  if (values.every((value) => value === values[0])) return { mean: values[0] + 0, scale: 1 };
  const n = values.length;
  // Divided first, so that huge values don't overflow the sum; the second pass takes the rounding out.
  let rough = 0;
  for (const value of values) rough += value / n;
  let mean = rough;
  for (const value of values) mean += (value - rough) / n;
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value - mean));
  // Relative to the largest deviation, so that the squares neither overflow nor vanish.
  let variance = 0;
  for (const value of values) variance += ((value - mean) / largest) ** 2 / n;
  return { mean, scale: largest * Math.sqrt(variance) };
}

/**
 * Codes rows as inputs of the net, in float64, rounded to float32 at the end. The inputs stand in the order of
 * `preprocessing.codings`; within one: number [value], category [levels...], date [sin day, cos day, sin week, cos week],
 * each followed by its indicator where it has one. Angles: 2 pi (t mod 86400) / 86400 and 2 pi (t mod 604800) / 604800, t in
 * seconds since 1970-01-01T00:00:00Z (a Thursday).
 *
 * @param rows row numbers, in any order, repeats allowed
 * @returns row-major [rows.length * width]
 * @throws RangeError when a column is not among `inputs` or has another kind
 */
export function applyPreprocessing(
  { codings, width }: Preprocessing,
  inputs: readonly Column[],
  rows: Int32Array,
): Float32Array {
  const out = new Float32Array(rows.length * width);
  let offset = 0;
  for (const coding of codings) {
    const column = inputs.find(({ name }) => name === coding.column);
    if (column?.kind !== coding.kind)
      throw new RangeError(
        `applyPreprocessing: needs a ${coding.kind} column "${coding.column}", got ${column ? `a ${column.kind} column` : 'none'}`,
      );
    const write = writer(coding, column);
    const indicator = coding.indicator ? offset + widthOf(coding) - 1 : -1;
    for (let i = 0; i < rows.length; i++) {
      write(rows[i], out, i * width + offset);
      if (indicator >= 0 && isMissing(column, rows[i])) out[i * width + indicator] = 1;
    }
    offset += widthOf(coding);
  }
  return out;
}

/**
 * Standardised numbers are held within this many standard deviations. No training row of fewer than a million is that far
 * out; a glitch in a later row must not make a net answer with NaN.
 */
export const FARTHEST = 1000;

type Writer = (row: number, out: Float32Array, at: number) => void;

function writer(coding: ColumnCoding, column: Column): Writer {
  if (coding.kind === 'number' && column.kind === 'number') {
    const { mean, scale, fill } = coding;
    return (row, out, at) => {
      const value = column.values[row];
      const standard = ((Number.isNaN(value) ? fill : value) - mean) / scale;
      out[at] = Math.min(FARTHEST, Math.max(-FARTHEST, standard));
    };
  }
  if (coding.kind === 'category' && column.kind === 'category') {
    const place = new Map(coding.levels.map((level, i) => [level, i]));
    const places = column.levels.map((level) => place.get(level) ?? -1);
    return (row, out, at) => {
      const code = column.codes[row];
      if (code >= 0 && places[code] >= 0) out[at + places[code]] = 1;
    };
  }
  return (row, out, at) => {
    const seconds = column.kind === 'date' ? column.values[row] : Number.NaN;
    if (Number.isNaN(seconds)) return;
    [DAY, WEEK].forEach((period, i) => {
      const angle = (2 * Math.PI * (((seconds % period) + period) % period)) / period;
      out[at + 2 * i] = Math.sin(angle);
      out[at + 2 * i + 1] = Math.cos(angle);
    });
  };
}
