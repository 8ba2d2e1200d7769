import { InputError } from '../array/errors.ts';
import { byName, coded, isMissing, many } from './columns.ts';
import type { Column, Dataset, Finding } from './dataset.ts';

/** Classes of every row, before any thought of inputs. */
export interface Label {
  /** 0..C-1, -1 where the label is missing. */
  readonly labels: Int32Array;
  /** Ordered by falling count, ties by name. */
  readonly classes: readonly string[];
  readonly counts: readonly number[];
  readonly findings: readonly Finding[];
}

/** More distinct numbers than this are a measurement, not classes. */
const MOST_NUMBERS = 100;
/** Fewer items are reported: pilot.md calls a class below that "not measurable". */
const FEW = 5;

/**
 * The class of every row. One column: its values are the classes. Several 0/1 columns: the class is the name of the column
 * that is 1, `none` where all are 0, the first in the order given where two or more are 1 (counted, and said).
 *
 * @throws InputError all missing, one class only, an id, a continuous number, several columns of which one isn't 0/1
 */
export function makeLabel(dataset: Dataset, columns: readonly Column[]): Label {
  const findings: Finding[] = [];
  const names = columns.length === 1 ? oneColumn(dataset, columns[0]) : flags(dataset, columns, findings);
  const title = columns.map((column) => `"${column.name}"`).join(', ');
  const tally = new Map<string, number>();
  for (const name of names) if (name !== undefined) tally.set(name, (tally.get(name) ?? 0) + 1);
  const order = [...tally].sort((a, b) => b[1] - a[1] || byName(a[0], b[0]));
  const classes = order.map(([name]) => name);
  const counts = order.map(([, count]) => count);
  if (classes.length === 0)
    throw new InputError(`${dataset.file}: label ${title} is missing in every row; name another column`);
  if (classes.length === 1)
    throw new InputError(
      `${dataset.file}: label ${title} has one class only (${JSON.stringify(classes[0])}, ${many(counts[0], 'row')}); two or more are needed`,
    );
  const index = new Map(classes.map((name, i) => [name, i]));
  const labels = Int32Array.from(names, (name) => (name === undefined ? -1 : (index.get(name) ?? -1)));
  findings.push(...missingLabels(columns, labels), ...tinyClasses(classes, counts, 'row'));
  return { labels, classes, counts, findings };
}

function oneColumn(dataset: Dataset, column: Column): (string | undefined)[] {
  const place = `${dataset.file}: label "${column.name}"`;
  if (column.kind === 'date') throw new InputError(`${place} holds dates; a label needs classes, name another column`);
  const { codes, values, counts } = coded(column);
  const filled = counts.reduce((sum, count) => sum + count, 0);
  const distinct = `has ${values.length.toLocaleString('en-GB')} distinct values in ${many(filled, 'row')}`;
  const idLike = values.length > 2 && values.length > filled / 2;
  if (column.kind === 'number') {
    const whole = column.values.every((value) => Number.isNaN(value) || Number.isInteger(value));
    if (!whole || values.length > MOST_NUMBERS || idLike)
      throw new InputError(
        `${place} ${distinct} and looks ${whole && values.length > 0.9 * filled ? 'like an id' : 'continuous'}; a label needs classes: make ranges of it first, or name another column`,
      );
  } else if (idLike)
    throw new InputError(
      `${place} ${distinct} and looks like an id; a label needs classes that repeat, name another column`,
    );
  return Array.from(codes, (code) => (code < 0 ? undefined : values[code]));
}

function flags(dataset: Dataset, columns: readonly Column[], findings: Finding[]): (string | undefined)[] {
  for (const column of columns) checkFlag(dataset, column);
  const names = columns.map((column) => column.name);
  let several = 0;
  const used = new Set<string>();
  const overlap = new Map<string, number>();
  const classes = Array.from({ length: dataset.rows }, (_, row) => {
    if (columns.some((column) => isMissing(column, row))) return undefined;
    const ones = columns.filter((column) => isOne(column, row));
    if (ones.length > 1) {
      several++;
      const pair = ones.map((column) => column.name).join('+');
      overlap.set(pair, (overlap.get(pair) ?? 0) + 1);
    }
    const name = ones.length === 0 ? 'none' : ones[0].name;
    used.add(name);
    return name;
  });
  if (several > 0) {
    const pairs = [...overlap].sort((a, b) => b[1] - a[1] || byName(a[0], b[0]));
    const shown = pairs.slice(0, 4).map(([pair, count]) => `${pair} ${count}`);
    findings.push({
      kind: 'multi-label',
      severity: 'info',
      detail: `${many(several, 'row')} ${several === 1 ? 'has' : 'have'} more than one of the label columns at 1 (${shown.join(', ')}${pairs.length > 4 ? ', ...' : ''}); the first in the order given counts`,
      override: `give the columns of --label in another order (now ${names.join(', ')})`,
    });
  }
  for (const name of names)
    if (!used.has(name))
      findings.push({
        kind: 'empty-class',
        column: name,
        severity: 'warning',
        detail: `"${name}" is the class of no row, so there is no such class`,
      });
  return classes;
}

function checkFlag(dataset: Dataset, column: Column): void {
  const { values } = coded(column);
  if (values.length === 0)
    throw new InputError(`${dataset.file}: label "${column.name}" is missing in every row; take it out of --label`);
  const odd = values.find((value) => !['0', '1', 'false', 'true'].includes(value.toLowerCase()));
  if (odd !== undefined)
    throw new InputError(
      `${dataset.file}: label "${column.name}" holds ${JSON.stringify(odd)}; several label columns must be 0/1 each (name one column, or only 0/1 columns)`,
    );
  if (column.name === 'none')
    throw new InputError(`${dataset.file}: a label column is called "none", the class of rows without any; rename it`);
}

function isOne(column: Column, row: number): boolean {
  if (column.kind !== 'category') return column.values[row] === 1;
  return ['1', 'true'].includes(column.levels[column.codes[row]].toLowerCase());
}

function missingLabels(columns: readonly Column[], labels: Int32Array): Finding[] {
  const missing = labels.reduce((count, label) => count + (label < 0 ? 1 : 0), 0);
  if (missing === 0) return [];
  const names = columns.map((column) => column.name).join(', ');
  const detail = `${many(missing, 'row')} of ${labels.length.toLocaleString('en-GB')} ${missing === 1 ? 'has' : 'have'} no label; left out of training and evaluation`;
  return [{ kind: 'missing-label', column: names, severity: 'warning', detail }];
}

/** Classes that have a finding each; more are told together. */
export const MOST_NAMED = 10;

/** The first three of many names, in quotes. */
export function someOf(names: readonly string[]): string {
  return `${names
    .slice(0, 3)
    .map((name) => `"${name}"`)
    .join(', ')}${names.length > 3 ? ', ...' : ''}`;
}

/** Classes of too few items. @param noun what an item is called */
export function tinyClasses(classes: readonly string[], counts: readonly number[], noun: string): Finding[] {
  const tiny = classes.filter((_, i) => counts[i] < FEW);
  if (tiny.length > MOST_NAMED) {
    const detail = `${tiny.length.toLocaleString('en-GB')} classes (${someOf(tiny)}) have fewer than ${FEW} ${noun}s each: kept, but too few to measure one by one; together they count in recall-few`;
    return [{ kind: 'tiny-class', severity: 'warning', detail }];
  }
  return classes.flatMap((name, i) => {
    if (counts[i] >= FEW) return [];
    const detail = `class "${name}" has ${many(counts[i], noun)}: kept, but too few to measure (at least ${FEW} are needed; collect ${FEW - counts[i]} more or merge it with another class)`;
    return [{ kind: 'tiny-class', severity: 'warning' as const, detail }];
  });
}
