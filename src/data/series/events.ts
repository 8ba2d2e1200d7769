import { InputError } from '../../array/errors.ts';
import { byName, coded, many } from '../columns.ts';
import type { Column, Finding } from '../dataset.ts';
import type { Label } from '../label.ts';
import { type EventTable, readEvents } from './event-table.ts';
import { labelsOf } from './label.ts';
import { ABSENT, type Placed, placeEvents } from './placing.ts';
import type { RecordingSet } from './recording.ts';
import { stepsOf } from './span.ts';
import { sidesOf, type WindowSet } from './windows.ts';

export interface EventOptions {
  /** The table of events; a bare name that is not found is looked for beside the recordings. */
  readonly file: string;
  /** Column of the classes. Default: `label` or `class`, or the only one that is left. */
  readonly label?: string;
  /** Values of the label that mean "no label". */
  readonly unlabelled?: readonly string[];
  /** Length of the windows: a count of steps or a duration (`256`, `0.7s`). */
  readonly window: string | number;
  /**
   * How far ahead of its event a window begins: steps (0 too) or a duration. Default: 40 % of the window. That suits a heart
   * beat marked at its R peak: what comes before it (the P wave, up to 0.2 s) is shorter than what follows (the T wave, up to
   * 0.4 s), and a premature beat shows in the pause on either side.
   */
  readonly before?: string | number;
}

const BEFORE = 0.4;

/**
 * One window for each marked event: steps `event - before` (included) to `event - before + window` (excluded), in the order of
 * the recordings and of time. The classes are those of the events, by falling count of windows; steps have none any more.
 *
 * Windows never cross the edge of a recording or a gap in it: events too near to one are left out, which is a finding, and so
 * are events of recordings that are not read.
 *
 * @throws InputError what `readEvents` and `placeEvents` refuse; two labels for one step; no window at all; fewer than two
 *   classes
 */
export async function eventWindows(set: RecordingSet, options: EventOptions): Promise<WindowSet> {
  const { rate } = set;
  const length = stepsOf(options.window, rate, '--window');
  const before = beforeOf(options.before, length, rate);
  const table = await readEvents(set, options.file, options.label);
  const { dataset, label } = table;
  const placed = placeEvents(set, table);
  const { kept, away, absent, twins } = sorted(set, table, placed, { length, before });
  if (kept.length === 0)
    throw new InputError(
      `${dataset.file}: no event has ${many(length, 'step')} of one recording around it (${before} before); give a shorter --window, and check the --rate`,
    );
  const own = labelsOf([{ file: dataset.file, column: rowsOf(label, kept) }], options.unlabelled ?? []);
  const { file, digest, rows: events } = dataset;
  const around: RecordingSet = {
    ...set,
    recordings: set.recordings.map((recording) => ({ ...recording, labels: undefined })),
    ...{ classes: own.classes, counts: own.counts },
    files: [...set.files, { file, digest, rows: events }],
  };
  const recording = Int32Array.from(kept, (event) => placed.recording[event]);
  const index = new Int32Array(kept.length);
  for (let i = 1; i < index.length; i++) index[i] = recording[i] === recording[i - 1] ? index[i - 1] + 1 : 0;
  return {
    ...{ set: around, rows: kept.length, length, hop: 0, recording, index },
    start: Int32Array.from(kept, (event) => placed.step[event] - before),
    labels: own.labels,
    ...sidesOf(around, recording, own.labels),
    events: { file, label: label.name, before },
    findings: [
      takenFinding(around, recording, { file, length, before }),
      ...leftOut(table, away, 'events-at-edge', 'a window that crosses the edge of a recording or a gap in it'),
      ...leftOut(table, absent, 'events-elsewhere', 'a recording that is not read'),
      ...leftOut(table, twins, 'events-twice', 'the step and class of another one'),
      ...lostClasses(table, away, own),
      ...labelFindings(own),
    ],
  };
}

function beforeOf(before: string | number | undefined, length: number, rate: number | undefined): number {
  if (before === undefined) return Math.round(BEFORE * length);
  return Number(before) === 0 && String(before).trim() !== '' ? 0 : stepsOf(before, rate, '--before');
}

/** Rows of the table. */
interface Sorted {
  /** Those that become windows, in the order of the recordings and of time. */
  readonly kept: readonly number[];
  readonly away: readonly number[];
  readonly absent: readonly number[];
  readonly twins: readonly number[];
}

function sorted(
  { recordings }: RecordingSet,
  { dataset, label }: EventTable,
  { recording, step }: Placed,
  { length, before }: { length: number; before: number },
): Sorted {
  const [fits, away, absent]: number[][] = [[], [], []];
  for (const [event, r] of recording.entries()) {
    const start = step[event] - before;
    const inside = r >= 0 && start >= 0 && start + length <= recordings[r].length;
    (inside ? fits : r === ABSENT ? absent : away).push(event);
  }
  fits.sort((a, b) => recording[a] - recording[b] || step[a] - step[b] || a - b);
  const { codes, values } = coded(label);
  const [kept, twins]: number[][] = [[], []];
  for (const event of fits) {
    const last = kept.at(-1) ?? -1;
    const twin = last >= 0 && recording[last] === recording[event] && step[last] === step[event];
    if (twin && codes[last] !== codes[event]) {
      const [a, b] = [last, event].map((row) => (codes[row] < 0 ? 'none' : `"${values[codes[row]]}"`));
      throw new InputError(
        `${dataset.file}: data rows ${last + 1} and ${event + 1} mark the same step with two classes (${a} and ${b}); an event has one, take one row out`,
      );
    }
    (twin ? twins : kept).push(event);
  }
  return { kept, away, absent, twins };
}

/** Some rows of a column, in the order given. */
function rowsOf(column: Column, rows: readonly number[]): Column {
  if (column.kind === 'category') return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]) };
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row]) };
}

function takenFinding(
  { recordings }: RecordingSet,
  recording: Int32Array,
  { file, length, before }: { file: string; length: number; before: number },
): Finding {
  const sources = (some: Iterable<number>) => new Set(Array.from(some, (r) => recordings[r].source)).size;
  const [all, used] = [sources(recordings.keys()), sources(recording)];
  const detail =
    `${many(recording.length, 'event')} of ${file} in ${used} of ${many(all, 'recording')}: ` +
    `a window of ${many(length, 'step')} each, beginning ${before} before the event`;
  return { kind: 'event-windows', severity: 'info', detail, override: '--before, --window' };
}

/** One finding with the events of each class, none where there are no such events. */
function leftOut({ dataset, label }: EventTable, events: readonly number[], kind: string, have: string): Finding[] {
  if (events.length === 0) return [];
  const tally = [...tallyOf(label, events)].sort((a, b) => b[1] - a[1] || byName(a[0], b[0]));
  const shown = tally.slice(0, 8).map(([name, count]) => `${name} ${count.toLocaleString('en-GB')}`);
  const detail =
    `${many(events.length, 'event')} of ${dataset.rows.toLocaleString('en-GB')} left out (${shown.join(', ')}${tally.length > 8 ? ', ...' : ''}): ` +
    `each has ${have}`;
  return [{ kind, severity: kind === 'events-elsewhere' ? 'info' : 'warning', detail }];
}

function lostClasses({ label }: EventTable, away: readonly number[], { classes }: Label): Finding[] {
  const lost = [...tallyOf(label, away).keys()].filter((name) => name !== NO_CLASS && !classes.includes(name));
  return lost.map((name) => {
    const detail = `class "${name}" has no event with a whole window, so there is no such class`;
    return { kind: 'class-without-window', severity: 'warning', detail, override: 'a shorter --window' };
  });
}

const NO_CLASS = 'no class';

function tallyOf(label: Column, events: readonly number[]): Map<string, number> {
  const { codes, values } = coded(label);
  const tally = new Map<string, number>();
  for (const event of events) {
    const name = codes[event] < 0 ? NO_CLASS : values[codes[event]];
    tally.set(name, (tally.get(name) ?? 0) + 1);
  }
  return tally;
}

/** What was found about the classes; events without one are named as such. */
function labelFindings({ labels, findings }: Label): Finding[] {
  const without = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  const detail = `${many(without, 'event')} of ${labels.length.toLocaleString('en-GB')} without a class: left out of training and evaluation`;
  return findings.map((finding) => (finding.kind === 'missing-label' ? { ...finding, detail } : finding));
}
