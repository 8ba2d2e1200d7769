import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../array/errors.ts';
import { byName, coded, many } from '../columns.ts';
import type { Column, Dataset, Finding } from '../dataset.ts';
import type { Label } from '../label.ts';
import { csvLine, csvShape } from '../readers/csv.ts';
import { newHash, openTable } from '../readers/file.ts';
import { readTable } from '../readers/table.ts';
import { LEARNT_FROM, plain, unknownValue } from './label.ts';
import type { SeriesFile } from './recording.ts';
import { columnOf, filled } from './table.ts';

/** A record of a folder of raw recordings. */
export interface Extent {
  readonly record: string;
  readonly length: number;
}

/**
 * Classes of the steps of `records`, one record after the other, from the folder's `rhythms.csv` (or `rhythms.csv.gz`): one
 * stretch a row, its first sample and the one after its last. A step in no stretch has none (-1). Rows of other records
 * are not looked at.
 *
 * Done by stretches, not by `labelsOf`: half an hour at 360 Hz has 650,000 steps and a hundred stretches.
 *
 * @param asked the column of the classes; `rhythm` where not given
 * @returns undefined where no such file is there and none is asked for
 * @throws InputError naming the line: a stretch that is none, beyond its record or over another one;
 *   a column that is missing, less than two classes, a value of `unlabelled` that no stretch has
 */
export async function stretchLabels(
  folder: string,
  records: readonly Extent[],
  asked: string | undefined,
  unlabelled: readonly string[],
): Promise<{ label: Label; about: SeriesFile } | undefined> {
  const file = ['rhythms.csv', 'rhythms.csv.gz'].map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) {
    if (asked === undefined && unlabelled.length === 0) return undefined;
    throw new InputError(
      `${join(folder, 'rhythms.csv')}: no such file; --label and --unlabelled need it beside raw records (record,start_sample,end_sample,rhythm)`,
    );
  }
  const label = asked ?? 'rhythm';
  if (['record', 'start_sample', 'end_sample'].includes(label))
    throw new InputError(`--label: column "${label}" of ${file} says where the stretches are; name another column`);
  const table = await readTable(file);
  const stretches = await stretchesOf(table, label, records);
  const none = new Set(unlabelled.map(plain));
  const steps = new Map<string, number>();
  const met = new Set<string>();
  for (const { name, from, to } of stretches) {
    if (name === undefined) continue;
    met.add(plain(name));
    if (!none.has(plain(name))) steps.set(name, (steps.get(name) ?? 0) + to - from);
  }
  for (const value of unlabelled)
    if (!met.has(plain(value))) throw new InputError(unknownValue(file, label, value, [...met]));
  const order = [...steps].sort((a, b) => b[1] - a[1] || byName(a[0], b[0]));
  const classes = order.map(([name]) => name);
  if (classes.length < 2)
    throw new InputError(
      `${file}: label "${label}" has ${classes.length === 0 ? 'no class' : `one class only (${JSON.stringify(classes[0])})`} in the records read; two or more are needed`,
    );
  const labels = new Int32Array(records.reduce((sum, { length }) => sum + length, 0)).fill(-1);
  for (const { name, from, to } of stretches) if (name !== undefined) labels.fill(classes.indexOf(name), from, to);
  const counts = order.map(([, count]) => count);
  const missing = labels.length - counts.reduce((sum, count) => sum + count, 0);
  const detail = `${many(missing, 'step')} of ${labels.length.toLocaleString('en-GB')} without a label: ${LEARNT_FROM}`;
  const findings: Finding[] = [{ kind: 'missing-label', column: label, severity: 'info', detail }];
  const { digest, rows } = table;
  return { label: { labels, classes, counts, findings: missing > 0 ? findings : [] }, about: { file, digest, rows } };
}

/** Steps `from` (included) to `to` (excluded), counted over all records, one after the other. */
interface Stretch {
  readonly name?: string;
  readonly from: number;
  readonly to: number;
}

async function stretchesOf(table: Dataset, label: string, records: readonly Extent[]): Promise<Stretch[]> {
  const { file } = table;
  const column = (name: string) => columnOf(table, name, file);
  const { codes: recordOf, values: names } = filled(file, column('record'));
  const [starts, ends] = ['start_sample', 'end_sample'].map((name) => samplesOf(file, column(name)));
  const classes = coded(columnOf(table, label, '--label'));
  const found: Stretch[] = [];
  let base = 0;
  for (const { record, length } of records) {
    const code = names.indexOf(record);
    const rows = [...recordOf.keys()].filter((row) => recordOf[row] === code);
    const text = (row: number) => `${starts[row]} to ${ends[row]} of record ${record}`;
    for (const row of rows) {
      const [from, to] = [starts[row], ends[row]];
      if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from < to && to <= length))
        throw new InputError(
          `${await place(file, row)}: the stretch ${text(row)} is none; whole numbers are needed, 0 <= start_sample < end_sample <= ${length} (its length)`,
        );
      found.push({ name: classes.values[classes.codes[row]], from: base + from, to: base + to });
    }
    rows.sort((a, b) => starts[a] - starts[b]);
    const over = rows.findIndex((row, i) => i > 0 && starts[row] < ends[rows[i - 1]]);
    if (over > 0) {
      const [before, row] = [rows[over - 1], rows[over]];
      throw new InputError(
        `${await place(file, row)}: the stretch ${text(row)} overlaps with ${text(before)}; a sample can have one label`,
      );
    }
    base += length;
  }
  return found;
}

function samplesOf(file: string, column: Column): Float64Array {
  if (column.kind === 'number') return column.values;
  const { values } = coded(column);
  const text = values.find((value) => Number.isNaN(Number(value))) ?? values[0];
  throw new InputError(
    `${file}, column "${column.name}": holds ${JSON.stringify(text)}; a sample is a whole number, counted from 0`,
  );
}

async function place(file: string, row: number): Promise<string> {
  const opened = await openTable(file);
  return `${file}, line ${await csvLine(opened, await csvShape(opened, newHash()), row)}`;
}
