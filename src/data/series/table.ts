import { basename } from 'node:path';
import { InputError, nearest } from '../../array/errors.ts';
import { coded } from '../columns.ts';
import type { Column, Dataset } from '../dataset.ts';
import type { Timed, TimeUnit } from './clock.ts';
import { timesOf } from './clock.ts';
import type { SeriesFile } from './recording.ts';

/** Which columns of a table are what. */
export interface Roles {
  readonly series: readonly string[];
  readonly label?: string;
  /** A column; or what the file's name says, see `fileGroup`. */
  readonly group: string;
  readonly recording?: string;
  readonly time?: string;
  readonly timeUnit: TimeUnit;
}

/** One file's rows by what they are for. */
export interface SeriesTable extends SeriesFile {
  /** [C][rows] */
  readonly channels: readonly Float32Array[];
  readonly label?: Column;
  readonly runs: readonly Run[];
  readonly timed?: Timed;
}

/** Consecutive rows `from` (included) to `to` (excluded) with one value of the recording and the group column. */
export interface Run {
  readonly name: string;
  /** As in `Recording.record`. */
  readonly record: string;
  readonly group: string;
  readonly from: number;
  readonly to: number;
}

/** @throws InputError unknown column (with the nearest name), text where numbers must be, a row without group or recording */
export function seriesTable(dataset: Dataset, roles: Roles): SeriesTable {
  const { file, digest, rows } = dataset;
  const { series, label, group, recording, time, timeUnit } = roles;
  const channels = series.map((name) => channelOf(dataset, name));
  const named = fileGroup(group, file);
  const groups = named === undefined ? columnOf(dataset, group, '--group') : undefined;
  const values = recording === undefined ? undefined : columnOf(dataset, recording, '--recording');
  const runs = runsOf(dataset, named ?? groups ?? file, values);
  const timeColumn = time === undefined ? undefined : columnOf(dataset, time, '--time');
  return {
    file,
    digest,
    rows,
    channels,
    runs,
    ...(label !== undefined && { label: columnOf(dataset, label, '--label') }),
    ...(timeColumn && {
      timed: { file, times: timesOf(file, timeColumn, timeUnit), starts: runs.map(({ from }) => from) },
    }),
  };
}

/** @param flag what named the column, for the message   @throws InputError no such column (with the nearest name) */
export function columnOf({ file, columns }: Dataset, name: string, flag: string): Column {
  const column = columns.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  const names = columns.map((candidate) => candidate.name);
  const guess = nearest(name, names);
  const shown = names.length > 40 ? `${names.slice(0, 40).join(', ')}, ... (${names.length})` : names.join(', ');
  throw new InputError(
    `${flag}: column "${name}" not found in ${file}; it has: ${shown}${guess === undefined ? '' : ` (did you mean "${guess}"?)`}`,
  );
}

function channelOf(dataset: Dataset, name: string): Float32Array {
  const column = columnOf(dataset, name, '--series');
  const place = `${dataset.file}, column "${name}"`;
  if (column.kind === 'category') {
    const text = column.levels.find((level) => Number.isNaN(Number(level))) ?? column.levels[0];
    throw new InputError(`${place}: holds text (${JSON.stringify(text)}); a series needs numbers`);
  }
  if (column.kind === 'date')
    throw new InputError(`${place}: holds dates; a series needs numbers (name the time with --time)`);
  const values = Float32Array.from(column.values);
  const beyond = values.findIndex((value) => value === Infinity || value === -Infinity);
  if (beyond >= 0)
    throw new InputError(
      `${place}, data row ${beyond + 1}: ${column.values[beyond]} is beyond what a 32-bit float holds; mend it or leave the cell empty`,
    );
  return values;
}

/**
 * The group of a whole file: `file` its name; `file:PATTERN` what the regular expression finds in the name without its
 * folders (its first parenthesis, if it has one), so `file:^SC4(..)` keeps SC4011.csv and SC4012.csv together. Undefined for
 * anything else: a column.
 * @throws InputError a pattern that is none or that the name does not match
 */
export function fileGroup(group: string, file: string): string | undefined {
  if (group === 'file') return file;
  if (!group.startsWith('file:')) return undefined;
  const pattern = group.slice('file:'.length);
  let found: RegExpExecArray | null;
  try {
    found = new RegExp(pattern).exec(basename(file));
  } catch {
    throw new InputError(
      `--group ${group}: "${pattern}" is no regular expression; try file:^(..) for two first letters`,
    );
  }
  if (found === null)
    throw new InputError(
      `--group ${group}: the pattern finds nothing in the name of ${file}; change it or leave the file out`,
    );
  return found[1] ?? found[0];
}

/** The file's name without folder and endings: `walk` of data/walk.csv.gz. */
export const stemOf = (file: string): string => basename(file).replace(/(\.[a-z0-9]+)?(\.gz|\.gzip)?$/i, '');

/** A new value of the recording or of the group column begins a new run. @param group column, or the name of the file's */
function runsOf({ file, rows }: Dataset, group: Column | string, recording: Column | undefined): Run[] {
  const groups = typeof group === 'string' ? undefined : filled(file, group);
  const values = recording && filled(file, recording);
  const starts: number[] = [];
  for (let row = 0; row < rows; row++) {
    const changes = (of: typeof groups) => of !== undefined && of.codes[row] !== of.codes[row - 1];
    if (row === 0 || changes(groups) || changes(values)) starts.push(row);
  }
  const met = new Map<string, number>();
  return starts.map((from, i) => {
    const text = (of: typeof groups) => of?.values[of.codes[from]];
    const column = recording ?? (typeof group === 'string' ? undefined : group);
    const own = column && `${column.name} ${text(recording ? values : groups)}`;
    const base = own === undefined ? file : `${file}, ${own}`;
    const times = (met.get(base) ?? 0) + 1;
    met.set(base, times);
    // A value that comes back after another one is another recording.
    const name = times === 1 ? base : `${base} (${times})`;
    const record = own === undefined ? stemOf(file) : String(text(recording ? values : groups));
    const to = starts[i + 1] ?? rows;
    return { name, record, group: typeof group === 'string' ? group : String(text(groups)), from, to };
  });
}

/** The column as codes. @throws InputError where a row has no value */
export function filled(file: string, column: Column) {
  const { codes, values } = coded(column);
  const gap = codes.indexOf(-1);
  if (gap >= 0)
    throw new InputError(
      `${file}: column "${column.name}" is missing in data row ${gap + 1}; fill it in, or take the row out`,
    );
  return { codes, values };
}
