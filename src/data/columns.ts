import type { Column } from './dataset.ts';

/** Every column seen as codes: one whole number a distinct value, in the order of first appearance; -1 where missing. */
export interface Coded {
  readonly codes: Int32Array;
  /** Distinct values as text: numbers without `.0`, booleans `true`/`false`, dates in ISO form. */
  readonly values: readonly string[];
  /** Rows of each value. */
  readonly counts: Int32Array;
}

/** The last answer for each column: the audit asks several times about the same rows. */
const known = new WeakMap<Column, { rows: Int32Array; answer: Coded }>();

/** @param rows the rows looked at (all when left out), not to be changed; others get code -1 and are not counted */
export function coded(column: Column, rows: Int32Array = allRows(column)): Coded {
  const before = known.get(column);
  if (before?.rows === rows) return before.answer;
  const answer = code(column, rows);
  known.set(column, { rows, answer });
  return answer;
}

function code(column: Column, rows: Int32Array): Coded {
  const codes = new Int32Array(length(column)).fill(-1);
  const index = new Map<number, number>();
  for (const row of rows) {
    const key = keyOf(column, row);
    if (Number.isNaN(key)) continue;
    let code = index.get(key);
    if (code === undefined) {
      code = index.size;
      index.set(key, code);
    }
    codes[row] = code;
  }
  const counts = new Int32Array(index.size);
  for (const row of rows) if (codes[row] >= 0) counts[codes[row]]++;
  return { codes, values: [...index.keys()].map((key) => valueText(column, key)), counts };
}

/** Number, level or seconds as one number; NaN where missing; -0 is 0. */
export function keyOf(column: Column, row: number): number {
  if (column.kind !== 'category') return column.values[row] + 0;
  return column.codes[row] < 0 ? Number.NaN : column.codes[row];
}

export const isMissing = (column: Column, row: number): boolean => Number.isNaN(keyOf(column, row));

export const length = (column: Column): number =>
  column.kind === 'category' ? column.codes.length : column.values.length;

export const allRows = (column: Column): Int32Array => Int32Array.from({ length: length(column) }, (_, row) => row);

export function missingCount(column: Column, rows?: Int32Array): number {
  let count = 0;
  const n = rows ? rows.length : length(column);
  for (let i = 0; i < n; i++) if (isMissing(column, rows ? rows[i] : i)) count++;
  return count;
}

/** Has the column at most `limit` distinct values? Cheap for measurements, which pass the limit after a few rows. */
export function hasAtMost(limit: number, column: Column, rows: Int32Array): boolean {
  const seen = new Set<number>();
  for (const row of rows) {
    const key = keyOf(column, row);
    if (Number.isNaN(key)) continue;
    seen.add(key);
    if (seen.size > limit) return false;
  }
  return true;
}

/** The value that more than half of the rows share, as {@link keyOf} gives it (Boyer and Moore's vote), or NaN. */
export function majority(column: Column, rows: Int32Array): number {
  let [candidate, votes] = [Number.NaN, 0];
  for (const row of rows) {
    const key = keyOf(column, row);
    if (votes === 0) candidate = key;
    votes += key === candidate || (Number.isNaN(key) && Number.isNaN(candidate)) ? 1 : -1;
  }
  let count = 0;
  for (const row of rows) if (keyOf(column, row) === candidate) count++;
  return 2 * count > rows.length ? candidate : Number.NaN;
}

export function valueText(column: Column, key: number): string {
  if (column.kind === 'category') return column.levels[key];
  if (column.kind === 'date') return new Date(key * 1000).toISOString();
  return column.boolean ? String(key === 1) : String(key);
}

/** Orders text by code units: the same on every machine, whatever its language. */
export const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `1 row`, `2,000 rows`. */
export const many = (count: number, noun: string): string =>
  `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;

/** A share in percent with the digits that it needs: `3.4 %`, `0.05 %`. */
export function percent(share: number): string {
  const value = 100 * share;
  const digits = value === 0 || value >= 10 ? 1 : value >= 0.1 ? 2 : 3;
  return `${Number(value.toFixed(digits))} %`;
}

/** How a column's name is written on the command line. */
export const flag = (name: 'keep' | 'ignore', column: string): string =>
  `--${name} ${/^[\w.-]+$/.test(column) ? column : `"${column}"`}`;
