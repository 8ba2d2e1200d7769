import { basename } from 'node:path';
import { InputError, nearest } from '../../array/errors.ts';
import type { EventTable } from './event-table.ts';
import type { Recording, RecordingSet } from './recording.ts';
import { stemOf } from './table.ts';

/** Where events lie. */
export interface Placed {
  /** A place in `set.recordings` [events]; below 0 where there is none: `ABSENT` where its recording is not read. */
  readonly recording: Int32Array;
  /** Step within that recording [events]. */
  readonly step: Int32Array;
}

export const ABSENT = -1;
const NOWHERE = -2;

/** A recording, or a part of one, on the clock of its events. */
interface Stretch {
  readonly r: number;
  readonly from: number;
  readonly length: number;
}

/**
 * Finds the recording, and of those cut by gaps the part, in which each event lies. Steps are counted from the start of the
 * recording as its file has it; times are those of the column of times, else seconds from the recording's start.
 *
 * A recording may be called by its name in messages, its file with or without folder and endings, or its value in the
 * recording's column.
 *
 * @throws InputError a name that several recordings share, no event of the recordings at hand, times without a rate, steps of
 *   resampled recordings
 */
export function placeEvents(set: RecordingSet, table: EventTable): Placed {
  const { recordings: names, at, timed, dataset } = table;
  const { recordings, rate } = set;
  if (timed && rate === undefined)
    throw new InputError(
      `${dataset.file}: places events by time, and the rate is not known; give --rate HZ, or name steps in a column "sample"`,
    );
  const perUnit = timed ? (rate ?? 1) : 1;
  const stretches = recordings.map(
    (own, r): Stretch => ({ r, from: startOf(own, table, perUnit), length: own.length }),
  );
  const known = new Map<string, Stretch[]>();
  recordings.forEach((own, r) => {
    const all = names
      ? new Set([own.record, own.source, own.file, basename(own.file), stemOf(own.file)])
      : new Set(['']);
    for (const name of all) {
      if (name === undefined) continue;
      const before = known.get(name);
      if (before) before.push(stretches[r]);
      else known.set(name, [stretches[r]]);
    }
  });
  const values = names?.values ?? [''];
  const of = values.map((name) => inOrder(known.get(name) ?? [], name, set, dataset.file));
  if (of.every((own) => own.length === 0)) throw new InputError(noneKnown(values[0], known, set, dataset.file));
  const recording = new Int32Array(at.length);
  const step = new Int32Array(at.length);
  at.forEach((value, event) => {
    const own = of[names ? names.codes[event] : 0];
    const found = partAt(own, value * perUnit);
    recording[event] = found?.r ?? (own.length === 0 ? ABSENT : NOWHERE);
    step[event] = found?.step ?? 0;
  });
  return { recording, step };
}

function startOf(own: Recording, { timed, dataset }: EventTable, perUnit: number): number {
  if (timed && own.time !== undefined) return own.time * perUnit;
  if (own.first !== undefined) return own.first;
  throw new InputError(
    `${dataset.file}: names steps, but ${own.name} was put on another grid by --resample; give the events' times in a column "time"`,
  );
}

/** @throws InputError where two of them hold the same step, so that they are parts of different recordings */
function inOrder(stretches: readonly Stretch[], name: string, { recordings }: RecordingSet, file: string): Stretch[] {
  const sorted = stretches.toSorted((a, b) => a.from - b.from);
  const twin = sorted.findIndex((own, i) => i > 0 && own.from < sorted[i - 1].from + sorted[i - 1].length - 0.5);
  if (twin < 0) return sorted;
  const [a, b] = [sorted[twin - 1].r, sorted[twin].r].map((r) => recordings[r].source);
  throw new InputError(
    name === ''
      ? `${file}: does not say in which recording the events are (${a}, ${b}, ...); add a column "recording"`
      : `${file}: "${name}" may be ${a === b ? `two recordings of ${a}` : `"${a}" or "${b}"`}; call each recording by a name of its own`,
  );
}

function partAt(sorted: readonly Stretch[], at: number): { r: number; step: number } | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle].from <= at + 0.5) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return undefined;
  const { r, from, length } = sorted[low - 1];
  const step = Math.round(at - from);
  return step >= 0 && step < length ? { r, step } : undefined;
}

function noneKnown(
  name: string,
  known: ReadonlyMap<string, unknown>,
  { recordings }: RecordingSet,
  file: string,
): string {
  const records = [...new Set(recordings.map((own) => own.record ?? own.source))];
  const guess = nearest(name, [...known.keys()]);
  const shown =
    records.length > 10 ? `${records.slice(0, 10).join(', ')}, ... (${records.length})` : records.join(', ');
  return `${file}: no event is of a recording that is read; it names "${name}", and there are ${shown}${guess === undefined ? '' : ` (did you mean "${guess}"?)`}`;
}
