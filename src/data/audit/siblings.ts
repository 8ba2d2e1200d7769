import { coded, percent } from '../columns.ts';
import type { Column } from '../dataset.ts';
import type { Suspects } from './suspects.ts';

/**
 * Flags that no count can convict but whose neighbours can: a column of 0 and 1 that is rarely 1 (at most 5 % of the rows)
 * and stands within a block of adjacent 0/1 columns, at least three of which, and at least half of its others, are
 * label columns or tell the label. Such columns are written down together, as the kinds of one event; AI4I's RNF is the
 * model case: 1 of its 19 rows is a failure, so it tells little, but it belongs to TWF, HDF, PWF and OSF.
 *
 * @param leaks columns found before, with their details; those of a block are told what they tell together
 * @returns the details to add or replace, by column name
 */
export function siblings(suspects: Suspects, leaks: ReadonlyMap<string, string>): Map<string, string> {
  const result = new Map<string, string>();
  const isLabel = new Set(suspects.labelColumns.map(({ name }) => name));
  for (const block of blocks(suspects.dataset.columns)) {
    const leaking = block.filter(({ name }) => leaks.has(name));
    const tainted = block.filter(({ name }) => leaks.has(name) || isLabel.has(name));
    if (leaking.length > 1) {
      const together = ` (${among(leaking)} together tell whether a row is "${suspects.classes[0]}" in ${percent(agreement(suspects, leaking))} of the rows)`;
      for (const { name } of leaking) result.set(name, `${leaks.get(name)}${together}`);
    }
    if (tainted.length < 3 || 2 * tainted.length < block.length - 1) continue;
    for (const column of block) {
      const known = tainted.includes(column) || !suspects.inputs.includes(column);
      if (known || shareOfOnes(column, suspects.rows) > 0.05) continue;
      result.set(
        column.name,
        `stands in one block of 0/1 columns with ${among(tainted)}, which ${leaking.length > 0 ? 'tell or are' : 'are'} the label, and is 1 in ${percent(shareOfOnes(column, suspects.rows))} of the rows: likely another mark of the same event, though its own values tell the label little`,
      );
    }
  }
  return result;
}

/** Runs of two or more adjacent columns that hold 0 and 1 only. */
function blocks(columns: readonly Column[]): Column[][] {
  const runs: Column[][] = [[]];
  for (const column of columns) {
    if (isFlag(column)) runs[runs.length - 1].push(column);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 1);
}

function isFlag(column: Column): boolean {
  if (column.kind === 'category') return coded(column).values.every((value) => /^([01]|true|false)$/i.test(value));
  return column.kind === 'number' && column.values.every((value) => value === 0 || value === 1 || Number.isNaN(value));
}

const isOne = (column: Column, row: number): boolean =>
  column.kind === 'category' ? /^(1|true)$/i.test(column.levels[column.codes[row]] ?? '') : column.values[row] === 1;

const shareOfOnes = (column: Column, rows: Int32Array): number =>
  rows.reduce((sum, row) => sum + (isOne(column, row) ? 1 : 0), 0) / rows.length;

/** Share of the rows in which "one of these is 1" agrees with "not of the commonest class". */
const agreement = ({ rows, labels }: Suspects, flags: readonly Column[]): number =>
  rows.reduce((sum, row) => sum + (flags.some((column) => isOne(column, row)) === labels[row] > 0 ? 1 : 0), 0) /
  rows.length;

function among(columns: readonly Column[]): string {
  const names = columns.map(({ name }) => name);
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
