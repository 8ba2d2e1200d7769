import { coded, flag, isMissing, many, missingCount } from '../columns.ts';
import type { Column, Finding, NumberColumn } from '../dataset.ts';
import type { Suspects } from './suspects.ts';

/** Below this many rows distinct values say nothing. */
const LEAST_ROWS = 20;

/**
 * Columns that name the row instead of describing it.
 *
 * - text: at least 95 % of its values differ
 * - numbers, in the file's order: each larger (or each smaller) than the one before, as a running number or a clock does
 * - whole numbers that all differ and fill their range (at most 10 % gaps): a running number in another order
 * - whole numbers of which at least 95 % differ, in a column called id, uid, uuid, no, nr, key, serial, index or the like
 *
 * Distinct values alone don't convict a number: a good measurement has them too.
 */
export function identifiers({ inputs, rows }: Suspects): Finding[] {
  return inputs.flatMap((column): Finding[] => {
    const reason = identifies(column, rows);
    if (reason === undefined) return [];
    const detail = `${reason}: it names the row and can't hold for new ones`;
    return [
      { kind: 'identifier', column: column.name, severity: 'excluded', detail, override: flag('keep', column.name) },
    ];
  });
}

function identifies(column: Column, rows: Int32Array): string | undefined {
  const missing = missingCount(column, rows);
  const filled = missing === 0 ? rows : rows.filter((row) => !isMissing(column, row));
  if (filled.length < LEAST_ROWS || column.kind === 'date') return undefined;
  if (column.kind === 'number') {
    if (monotone(column, filled)) return 'it rises or falls with every row, a running number or a clock';
    if (!filled.every((row) => Number.isInteger(column.values[row]))) return undefined;
  }
  const distinct = coded(column, rows).values.length;
  if (distinct < 0.95 * filled.length) return undefined;
  const differ = `${distinct === filled.length ? 'all' : `${distinct.toLocaleString('en-GB')} of`} ${many(filled.length, 'value')} differ`;
  if (column.kind === 'category') return differ;
  let [low, high] = [Infinity, -Infinity];
  for (const row of filled) [low, high] = [Math.min(low, column.values[row]), Math.max(high, column.values[row])];
  const dense = distinct === filled.length && high - low <= 1.1 * (distinct - 1);
  if (dense) return `${differ} and fill their range, a running number`;
  return namedLikeOne(column.name) ? `${differ} and its name says so` : undefined;
}

function monotone({ values }: NumberColumn, rows: Int32Array): boolean {
  const rises = values[rows[1]] > values[rows[0]];
  for (let i = 1; i < rows.length; i++) {
    const [before, after] = [values[rows[i - 1]], values[rows[i]]];
    if (rises ? after <= before : after >= before) return false;
  }
  return true;
}

const namedLikeOne = (name: string): boolean =>
  /(^|[\s_.-])(u?id|uuid|guid|key|no|nr|num|number|serial|index|idx|row)$/i.test(name) ||
  /[a-z](Id|ID|No|Nr)$/.test(name);
