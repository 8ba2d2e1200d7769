import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../../array/errors.ts';
import type { Column, Dataset } from '../dataset.ts';
import { readTable } from '../readers/table.ts';
import type { RecordingSet } from './recording.ts';
import { columnOf, filled } from './table.ts';

/** Events in the table's order. */
export interface EventTable {
  readonly dataset: Dataset;
  /** What each row calls its recording; not given where the table doesn't say it. */
  readonly recordings?: { readonly codes: Int32Array; readonly values: readonly string[] };
  /** Where each event is: a step, or seconds. */
  readonly at: Float64Array;
  /** `at` is in seconds. */
  readonly timed: boolean;
  readonly label: Column;
}

const RECORDINGS = ['record', 'recording', 'file'];
const STEPS = ['sample', 'step'];
const TIMES = ['time', 'seconds'];
const LABELS = ['label', 'class'];

/**
 * Reads a table of events: one a row, with a column `record`, `recording` or `file`, a column `sample` or `step` (counted from
 * 0) or else `time` or `seconds`, and a column of classes.
 *
 * @param file a path; a bare name that is not found lies beside the recordings
 * @param label column of the classes; default `label` or `class`, or the only one that is left
 * @throws InputError naming file, column and remedy: columns that are missing, text or gaps where places must be
 */
export async function readEvents(set: RecordingSet, file: string, label: string | undefined): Promise<EventTable> {
  const dataset = await readTable(placeOf(set, file));
  const find = (names: readonly string[]) =>
    names.flatMap((name) => dataset.columns.find((column) => column.name.toLowerCase() === name) ?? [])[0];
  const recording = find(RECORDINGS);
  const steps = find(STEPS);
  const place = steps ?? find(TIMES);
  if (place === undefined)
    throw new InputError(
      `${dataset.file}: has no column that says where the events are; name one "sample" (a step, counted from 0) or "time" (seconds)`,
    );
  return {
    dataset,
    ...(recording && { recordings: filled(dataset.file, recording) }),
    at: placesOf(dataset.file, place, steps !== undefined),
    timed: steps === undefined,
    label: labelOf(dataset, label, [recording, place]),
  };
}

function placeOf({ recordings }: RecordingSet, file: string): string {
  const beside = join(dirname(recordings[0].file), file);
  return basename(file) === file && !existsSync(file) && existsSync(beside) ? beside : file;
}

function placesOf(file: string, column: Column, steps: boolean): Float64Array {
  const place = `${file}, column "${column.name}"`;
  if (column.kind === 'category' || (steps && column.kind === 'date'))
    throw new InputError(
      `${place}: holds ${column.kind === 'date' ? 'dates' : `text (${JSON.stringify(column.levels[0])})`}; ${steps ? 'steps, whole numbers counted from 0,' : 'seconds or dates'} are needed`,
    );
  const odd = column.values.findIndex((at) => !(steps ? Number.isInteger(at) && at >= 0 : Number.isFinite(at)));
  if (odd < 0) return column.values;
  const value = column.values[odd];
  throw new InputError(
    `${place}, data row ${odd + 1}: ${Number.isNaN(value) ? 'is missing' : `got ${value}`}; ${steps ? 'a step is a whole number, counted from 0' : 'fill it in, or take the row out'}`,
  );
}

function labelOf(dataset: Dataset, label: string | undefined, taken: readonly (Column | undefined)[]): Column {
  const { file, columns } = dataset;
  if (label !== undefined) {
    const column = columnOf(dataset, label, '--label');
    if (!taken.includes(column)) return column;
    throw new InputError(`--label: column "${label}" of ${file} says where the events are; name another column`);
  }
  const left = columns.filter((column) => !taken.includes(column));
  const named = LABELS.flatMap((name) => left.find((column) => column.name.toLowerCase() === name) ?? []);
  const [column] = named.length > 0 ? named : left;
  if (column !== undefined && (named.length > 0 || left.length === 1)) return column;
  throw new InputError(
    left.length === 0
      ? `${file}: has no column of classes; add one, such as "label"`
      : `${file}: which column holds the classes? Name it with --label; there are ${left.map(({ name }) => name).join(', ')}`,
  );
}
