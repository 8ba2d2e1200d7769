import { InputError, nearest } from '../array/errors.ts';
import { MOST_LEVELS } from './audit/values.ts';
import { audit } from './audit.ts';
import { coded, isMissing, many, missingCount } from './columns.ts';
import type { Column, ColumnTreatment, Dataset, Finding, Task } from './dataset.ts';
import type { TableItems } from './items/items.ts';
import { makeLabel } from './label.ts';

export interface TaskOptions {
  /** One column, or several 0/1 columns (label.ts). */
  readonly label: readonly string[];
  /** Rows with the same value of this column never stand on two sides of a split. */
  readonly group?: string;
  /** Numbers or dates that order the rows: training never sees what came later. */
  readonly time?: string;
  /** Never inputs, and not audited. */
  readonly ignore?: readonly string[];
  /** Inputs even where the audit would leave them out. */
  readonly keep?: readonly string[];
}

/** A task whose items are rows of a table. */
export interface TableTask extends Task {
  readonly items: TableItems;
}

/**
 * The classification task on a table: label, groups, times and inputs, after the audit. Label, group and time columns are
 * never inputs. Rows without a label have class -1 and take no part.
 *
 * @throws InputError unknown column (with the nearest name), one column in two roles, a label that is none (label.ts), a
 * labelled row without group or time, no input left
 */
export function makeTask(dataset: Dataset, options: TaskOptions): TableTask {
  const { group, time, ignore = [], keep = [] } = options;
  if (options.label.length === 0)
    throw new InputError('--label: no column named; name the column that holds the classes');
  const find = (name: string): Column => findColumn(dataset, name);
  const labelColumns = options.label.map(find);
  for (const name of [...ignore, ...keep]) find(name);
  const groupColumn = group === undefined ? undefined : find(group);
  const timeColumn = time === undefined ? undefined : find(time);
  checkRoles(dataset, { label: options.label, group: one(group), time: one(time), ignore, keep });

  const label = makeLabel(dataset, labelColumns);
  const rows = Int32Array.from(label.labels.keys()).filter((row) => label.labels[row] >= 0);
  const taken = new Set([...options.label, ...one(group), ...one(time), ...ignore]);
  const candidates = dataset.columns.filter(({ name }) => !taken.has(name));
  const { labels, classes, counts } = label;
  const { findings, excluded } = audit(
    { dataset, inputs: candidates, labelColumns, labels, classes, rows },
    new Set(keep),
  );
  const inputs = candidates.filter(({ name }) => !excluded.has(name));
  if (inputs.length === 0) throw new InputError(noInput(dataset, excluded));

  return {
    source: { file: dataset.file, digest: dataset.digest, rows: dataset.rows, unit: 'row' },
    items: { kind: 'table', inputs },
    labels,
    classes,
    counts,
    ...(groupColumn && { groups: groupsOf(dataset, groupColumn, rows) }),
    ...(timeColumn && { times: timesOf(dataset, timeColumn, rows) }),
    columns: dataset.columns.map((column) => treatment(column, options, excluded.get(column.name))),
    audit: [...label.findings, ...findings],
  };
}

const one = (name: string | undefined): readonly string[] => (name === undefined ? [] : [name]);

function findColumn(dataset: Dataset, name: string): Column {
  const column = dataset.columns.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  const names = dataset.columns.map((candidate) => candidate.name);
  const guess = nearest(name, names);
  const shown = names.length > 40 ? `${names.slice(0, 40).join(', ')}, ... (${names.length})` : names.join(', ');
  throw new InputError(
    `column "${name}" not found in ${dataset.file}; it has: ${shown}${guess === undefined ? '' : ` (did you mean "${guess}"?)`}`,
  );
}

function checkRoles(dataset: Dataset, roles: Record<string, readonly string[]>): void {
  const role = new Map<string, string>();
  for (const [name, columns] of Object.entries(roles))
    for (const column of columns) {
      const before = role.get(column);
      if (before !== undefined)
        throw new InputError(
          before === name
            ? `${dataset.file}: column "${column}" stands twice in --${name}; name it once`
            : `${dataset.file}: column "${column}" stands in --${before} and in --${name}; it can have one role`,
        );
      role.set(column, name);
    }
}

function noInput(dataset: Dataset, excluded: ReadonlyMap<string, Finding>): string {
  if (excluded.size === 0)
    return `${dataset.file}: no input column is left; every column is label, group, time or ignored`;
  const reasons = [...excluded].slice(0, 6).map(([name, { kind }]) => `${name} (${kind})`);
  return `${dataset.file}: no input column is left; the audit leaves out ${reasons.join(', ')}${excluded.size > 6 ? ', ...' : ''} (--keep COLUMN keeps one)`;
}

function groupsOf(dataset: Dataset, column: Column, rows: Int32Array): Int32Array {
  const gaps = rows.filter((row) => isMissing(column, row));
  if (gaps.length > 0)
    throw new InputError(
      `${dataset.file}: group "${column.name}" is missing in ${many(gaps.length, 'labelled row')} (data row ${gaps[0] + 1} first); fill it in, or take these rows out`,
    );
  return coded(column).codes;
}

function timesOf(dataset: Dataset, column: Column, rows: Int32Array): Float64Array {
  if (column.kind === 'category')
    throw new InputError(
      `${dataset.file}: time "${column.name}" holds text (${JSON.stringify(column.levels[0])}); numbers or dates like 2024-01-31 10:30 are needed`,
    );
  const gaps = rows.filter((row) => isMissing(column, row));
  if (gaps.length > 0)
    throw new InputError(
      `${dataset.file}: time "${column.name}" is missing in ${many(gaps.length, 'labelled row')} (data row ${gaps[0] + 1} first); fill it in, or take these rows out`,
    );
  return column.values;
}

/** The finding says it at length. */
const SHORT: Record<string, string> = {
  'all-missing': 'no value at all',
  constant: 'one value only',
  identifier: 'it names the row',
  'label-leak': 'it tells the label or was written down with it',
};

function treatment(column: Column, options: TaskOptions, excluded: Finding | undefined): ColumnTreatment {
  const { name, kind } = column;
  const base = { name, kind, missing: missingCount(column) };
  const { label, group, time, ignore = [] } = options;
  if (label.includes(name)) {
    const how = label.length === 1 ? 'the label' : `label: class "${name}" where it is 1`;
    return { ...base, role: 'label', treatment: how };
  }
  if (name === group)
    return { ...base, role: 'group', treatment: 'rows with the same value stay on one side of a split' };
  if (name === time)
    return { ...base, role: 'time', treatment: 'orders the rows; training never sees what came later' };
  if (ignore.includes(name)) return { ...base, role: 'ignored', treatment: 'left out as asked' };
  if (excluded) return { ...base, role: 'excluded', treatment: `left out: ${excluded.kind}, ${SHORT[excluded.kind]}` };
  return { ...base, role: 'input', treatment: inputTreatment(column, base.missing > 0) };
}

function inputTreatment(column: Column, gaps: boolean): string {
  const marked = gaps ? '; one more input says "was missing"' : '';
  if (column.kind === 'date') return `sine and cosine of the time of day and of the day of the week (UTC)${marked}`;
  if (column.kind === 'category') {
    const levels = coded(column).values.length;
    if (levels <= MOST_LEVELS) return `one input a level (${levels})${marked}`;
    return `one input for each of the ${MOST_LEVELS} most frequent levels of ${levels}${marked}`;
  }
  return `${column.boolean ? 'false 0, true 1, ' : ''}standardised${gaps ? '; missing takes the median' : ''}${marked}`;
}
