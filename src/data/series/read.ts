import { InputError } from '../../array/errors.ts';
import { many } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import { readTable } from '../readers/table.ts';
import {
  clockFindings,
  estimateRate,
  jumpFinding,
  jumps,
  leaps,
  TIME_UNITS,
  type Timed,
  type TimeUnit,
} from './clock.ts';
import { labelsOf } from './label.ts';
import { type Cut, cut, missingValues } from './pieces.ts';
import type { RecordingSet } from './recording.ts';
import { type Roles, type SeriesTable, seriesTable } from './table.ts';

export interface RecordingOptions {
  /** Columns of the channels, in the order wanted. */
  readonly series: readonly string[];
  /** Column of the classes, one value a step. */
  readonly label?: string;
  /**
   * What must stay on one side of a split: `file` (default), a column whose values name it, alike in all files, or
   * `file:PATTERN`, what a regular expression finds in the file's name (`fileGroup`).
   */
  readonly group?: string;
  /** A new value of this column begins a new recording; so does a new value of the group column and every file. */
  readonly recording?: string;
  /** Steps a second. Without it the times tell; without both, a step is no time. */
  readonly rate?: number;
  /** Column of times, numbers or dates. Where it jumps, the recording is split. */
  readonly time?: string;
  /** What one unit of a number column of time is; default `s`. `steps`: the column counts steps. */
  readonly timeUnit?: TimeUnit;
  /** Interpolate onto an even grid of the rate; asks for `time`. */
  readonly resample?: boolean;
  /** Values of the label that mean "no label". */
  readonly unlabelled?: readonly string[];
}

/**
 * Recordings from tables, one step a row, in the files' order (CSV, Parquet, JSON lines, gzipped or not).
 *
 * Nothing is filled in: a step with a missing value is left out and splits its recording, and so does a jump in time (a step
 * off 1/rate by more than half). Where more than 5 % of a file's steps are off, the sampling is irregular: refused, unless
 * `resample` is asked; then channels are interpolated by straight lines over up to 10 steps, labels taken from the nearest
 * row, and only longer gaps split. Each rule that was applied is a finding.
 *
 * Labels: rows without one (missing, or a value of `unlabelled`) stay, as -1.
 *
 * @param files paths, as the shell expanded them
 * @throws InputError naming file, column, value and remedy: what `readTable` refuses, unknown or unfit columns, a column in
 *   two roles, missing times, irregular sampling, labels that are none, no step left
 */
export async function readRecordings(files: readonly string[], options: RecordingOptions): Promise<RecordingSet> {
  const roles = checkedRoles(files, options);
  const tables: SeriesTable[] = [];
  for (const file of files) tables.push(seriesTable(await readTable(file), roles));
  const labelColumns = tables.flatMap(({ file, label }) => (label ? [{ file, column: label }] : []));
  const label = labelColumns.length > 0 ? labelsOf(labelColumns, options.unlabelled ?? []) : undefined;
  const clock = clockOf(tables, options);
  const cuts: Cut[] = [];
  let row = 0;
  for (const table of tables) {
    cuts.push(
      cut(table, {
        breaks: clock.breaks.get(table) ?? new Set(),
        labels: label?.labels.subarray(row, row + table.rows),
        rate: clock.rate,
        seconds: options.timeUnit !== 'steps',
        resample: options.resample ?? false,
      }),
    );
    row += table.rows;
  }
  const recordings = cuts.flatMap((part) => part.recordings);
  if (recordings.length === 0)
    throw new InputError(
      `${files[0]}: every row has a missing value in ${options.series.join(', ')}; name other columns`,
    );
  return {
    recordings,
    channels: options.series,
    classes: label?.classes ?? [],
    counts: label?.counts ?? [],
    ...(clock.rate !== undefined && { rate: clock.rate }),
    files: tables.map(({ file, digest, rows }) => ({ file, digest, rows })),
    findings: [...(label?.findings ?? []), ...clock.findings, ...missingValues(cuts, options.series)],
  };
}

function checkedRoles(files: readonly string[], options: RecordingOptions): Roles {
  const { series, label, group = 'file', recording, rate, time, timeUnit = 's', resample, unlabelled = [] } = options;
  if (files.length === 0) throw new InputError('no file named; give one or more (a pattern such as data/*.csv.gz)');
  const twin = files.find((file, i) => files.indexOf(file) < i);
  if (twin !== undefined) throw new InputError(`${twin}: named twice; name each file once`);
  if (series.length === 0) throw new InputError('--series: no column named; name the columns that are measured');
  if (rate !== undefined && !(rate > 0 && Number.isFinite(rate)))
    throw new InputError(`--rate: steps a second must be a number > 0, got ${rate}`);
  if (!Object.hasOwn(TIME_UNITS, timeUnit))
    throw new InputError(`--time-unit: must be one of ${Object.keys(TIME_UNITS).join(', ')}, got "${timeUnit}"`);
  if (resample && (time === undefined || timeUnit === 'steps'))
    throw new InputError('--resample: needs --time COLUMN with times in seconds, milliseconds or dates');
  if (unlabelled.length > 0 && label === undefined)
    throw new InputError('--unlabelled: needs --label COLUMN, whose values it names');
  const roles = { label, group: /^file(:|$)/.test(group) ? undefined : group, time };
  series.forEach((name, i) => {
    if (series.indexOf(name) < i) throw new InputError(`--series: column "${name}" stands twice; name it once`);
    for (const [role, column] of Object.entries(roles))
      if (column === name)
        throw new InputError(`column "${name}" stands in --series and in --${role}; it can have one role`);
  });
  for (const [role, column] of Object.entries({ group: roles.group, time, recording }))
    if (label !== undefined && column === label)
      throw new InputError(`column "${label}" stands in --label and in --${role}; it can have one role`);
  return { series, label, group, recording, time, timeUnit };
}

interface Clock {
  readonly rate?: number;
  /** Rows of each table before which time jumps. */
  readonly breaks: ReadonlyMap<SeriesTable, ReadonlySet<number>>;
  readonly findings: readonly Finding[];
}

function clockOf(tables: readonly SeriesTable[], options: RecordingOptions): Clock {
  const { time, timeUnit: unit = 's', resample = false } = options;
  if (time === undefined) return { rate: options.rate, breaks: new Map(), findings: [] };
  const timed = tables.flatMap((table): Timed[] => (table.timed ? [table.timed] : []));
  const rate = options.rate ?? (unit === 'steps' ? undefined : estimateRate(timed, `--time ${time}`));
  const perUnit = unit === 'steps' || rate === undefined ? 1 : rate;
  const breaks = new Map<SeriesTable, ReadonlySet<number>>();
  const findings: Finding[] = [];
  if (options.rate === undefined && rate !== undefined)
    findings.push({
      kind: 'rate-from-times',
      column: time,
      severity: 'info',
      detail: `${Number(rate.toPrecision(6))} steps a second, taken from the times`,
      override: '--rate HZ',
    });
  for (const table of tables) {
    if (!table.timed) continue;
    const found = resample ? leaps(table.timed, perUnit) : jumps(table.timed, perUnit, time, unit);
    breaks.set(table, found);
  }
  findings.push(...jumpFinding(time, tables, breaks));
  if (resample)
    findings.push({
      kind: 'resampled',
      column: time,
      severity: 'info',
      detail: `${many(tables.length, 'file')} put on an even grid of ${Number((rate ?? 1).toPrecision(6))} steps a second by straight lines; labels from the nearest row`,
    });
  else findings.push(...clockFindings(timed, perUnit, time));
  return { rate, breaks, findings };
}
