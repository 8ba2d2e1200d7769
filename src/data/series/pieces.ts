import { many } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import { resample } from './clock.ts';
import type { Recording } from './recording.ts';
import type { Run, SeriesTable } from './table.ts';

/** How the runs of a table become recordings. */
export interface CutOptions {
  /** Rows before which time jumps. */
  readonly breaks: ReadonlySet<number>;
  /** Class of every row. */
  readonly labels?: Int32Array;
  readonly rate?: number;
  /** The table's times are seconds, not counts of steps. */
  readonly seconds?: boolean;
  /** Onto an even grid of `rate`, by the table's times. */
  readonly resample: boolean;
}

/** Recordings of one table, and what was missing. */
export interface Cut {
  readonly recordings: Recording[];
  /** Rows with a missing value in some channel; these rows are left out. */
  readonly incomplete: number;
  /** Missing values of each channel. */
  readonly missing: readonly number[];
  /** Runs that became more than one recording. */
  readonly split: number;
}

/**
 * The recordings of one table: runs, split where time jumps and where a channel is missing. Rows with a missing value are
 * left out; nothing is filled in.
 */
export function cut(table: SeriesTable, options: CutOptions): Cut {
  const complete = new Uint8Array(table.rows).fill(1);
  const missing = table.channels.map((values) => {
    let count = 0;
    for (let row = 0; row < table.rows; row++)
      if (Number.isNaN(values[row])) {
        complete[row] = 0;
        count++;
      }
    return count;
  });
  const recordings: Recording[] = [];
  let split = 0;
  for (const run of table.runs) {
    const parts = partsOf(run, complete, options.breaks);
    if (parts.length > 1) split++;
    parts.forEach((part, i) => {
      const name = parts.length > 1 ? `${run.name} part ${i + 1}` : run.name;
      recordings.push(recordingOf(table, run, name, part, options));
    });
  }
  return { recordings, incomplete: complete.reduce((count, whole) => count + 1 - whole, 0), missing, split };
}

/** One finding for all tables, none where nothing is missing. */
export function missingValues(cuts: readonly Cut[], names: readonly string[]): Finding[] {
  const total = (of: (cut: Cut) => number) => cuts.reduce((sum, cut) => sum + of(cut), 0);
  const rows = total((cut) => cut.incomplete);
  if (rows === 0) return [];
  const columns = names.flatMap((name, c) => {
    const count = total((cut) => cut.missing[c]);
    return count > 0 ? [`${name} ${count.toLocaleString('en-GB')}`] : [];
  });
  const split = total((cut) => cut.split);
  const detail =
    `${many(rows, 'row')} with a missing value (${columns.join(', ')}) left out; nothing is filled in, ` +
    `a recording is split there (${many(split, 'recording')} in more than one part)`;
  return [{ kind: 'missing-values', severity: 'warning', detail }];
}

type Part = readonly [from: number, to: number];

function partsOf({ from, to }: Run, complete: Uint8Array, breaks: ReadonlySet<number>): Part[] {
  const parts: Part[] = [];
  let start = -1;
  for (let row = from; row <= to; row++) {
    const ends = row === to || complete[row] === 0 || breaks.has(row);
    if (start >= 0 && ends) {
      parts.push([start, row]);
      start = -1;
    }
    if (start < 0 && row < to && complete[row] === 1) start = row;
  }
  return parts;
}

function recordingOf(
  { file, channels, timed }: SeriesTable,
  { name: source, record, group, from: start }: Run,
  name: string,
  [from, to]: Part,
  { labels, rate, seconds, resample: even }: CutOptions,
): Recording {
  const common = {
    ...{ name, file, source, record, group },
    ...(!even && { first: from - start }),
    ...(timed && seconds && { time: timed.times[from] }),
    ...(rate !== undefined && { rate }),
  };
  const values =
    even && timed && rate !== undefined
      ? resample(timed.times, channels, labels, [from, to], rate)
      : { channels: channels.map((all) => all.subarray(from, to)), labels: labels?.slice(from, to), length: to - from };
  const joined = new Float32Array(channels.length * values.length);
  values.channels.forEach((row, c) => {
    joined.set(row, c * values.length);
  });
  return { ...common, channels: joined, length: values.length, ...(values.labels && { labels: values.labels }) };
}
