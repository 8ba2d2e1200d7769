import type { Comparison, Estimate, Result } from '../../pilot/result.ts';

/** The arm of `method`. */
export function armOf<R extends Result>({ arms }: R, method: string): R['arms'][number] {
  const arm = arms.find((one) => one.method === method);
  if (!arm) throw new RangeError(`summary: the result has no arm "${method}"`);
  return arm;
}

/** The comparison of `method` with the baseline on `metric`. */
export function comparisonOf({ comparisons, verdict }: Result, method: string, metric: string): Comparison | undefined {
  return comparisons.find((c) => c.method === method && c.against === verdict.baseline && c.metric === metric);
}

const tenth = (x: number) => (100 * x).toFixed(1);

/** "12.3 (10.1 to 14.5)" of a share, in percent. */
export function percent(estimate: Estimate | undefined): string {
  return inWords(estimate, tenth);
}

/** "+1.2 (0.3 to 2.1)" of a difference of shares, in points. */
export function points(comparison: Comparison | undefined): string {
  return differenceInWords(comparison, tenth);
}

/** An estimate with its interval, each number written by `write`. */
export function inWords(estimate: Estimate | undefined, write: (x: number) => string): string {
  if (!estimate || estimate.value === null) return 'not measurable';
  const { value, interval } = estimate;
  return `${write(value)}${interval ? ` (${write(interval[0])} to ${write(interval[1])})` : ''}`;
}

/** A difference with its interval, each number written by `write`, a plus in front of what is above 0. */
export function differenceInWords(comparison: Comparison | undefined, write: (x: number) => string): string {
  if (!comparison || comparison.difference === null) return 'not measurable';
  const sign = (x: number) => (x > 0 ? '+' : '') + write(x);
  const { difference, interval } = comparison;
  return `${sign(difference)}${interval ? ` (${sign(interval[0])} to ${sign(interval[1])})` : ''}`;
}

/** Rows of text in columns; the first is left-aligned. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) =>
    `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ')}`.trimEnd(),
  );
}
