import { keyOf, many, percent } from '../columns.ts';
import type { Column, Finding } from '../dataset.ts';

/**
 * Rows that equal an earlier one in every input. On both sides of a split they make every arm look better than it is.
 *
 * @param inputs the columns that stay inputs   @param rows labelled rows
 */
export function duplicateRows(inputs: readonly Column[], rows: Int32Array, labels: Int32Array): Finding[] {
  if (inputs.length === 0) return [];
  const bins = equalRows(inputs, rows);
  let [copies, conflicts] = [0, 0];
  for (const bin of bins) {
    copies += bin.length - 1;
    if (bin.some((row) => labels[row] !== labels[bin[0]])) conflicts++;
  }
  if (copies === 0) return [];
  const [first, second] = [...bins.map((bin) => [bin[0], bin[1]])].sort((a, b) => a[1] - b[1])[0];
  const contrary =
    conflicts > 0
      ? `; ${many(conflicts, 'set')} of equal rows ${conflicts === 1 ? 'has' : 'have'} different labels`
      : '';
  return [
    {
      kind: 'duplicate-rows',
      severity: copies > 0.01 * rows.length ? 'warning' : 'info',
      detail: `${many(copies, 'row')} (${percent(copies / rows.length)}) ${copies === 1 ? 'equals' : 'equal'} an earlier one in every input (data rows ${first + 1} and ${second + 1} first)${contrary}; kept, and may stand on both sides of a split`,
      override: 'take the copies out of the file, or name what they share with --group COLUMN',
    },
  ];
}

/** Sets of two or more rows that are equal in every column; missing equals missing. */
function equalRows(columns: readonly Column[], rows: Int32Array): number[][] {
  let bins: number[][] = [Array.from(rows)];
  for (const column of columns) {
    bins = bins.flatMap((bin) => {
      const parts = new Map<number, number[]>();
      // A Map takes NaN as equal to NaN.
      for (const row of bin) {
        const key = keyOf(column, row);
        const part = parts.get(key);
        if (part === undefined) parts.set(key, [row]);
        else part.push(row);
      }
      return [...parts.values()].filter((part) => part.length > 1);
    });
  }
  return bins;
}
