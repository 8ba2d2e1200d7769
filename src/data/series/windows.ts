import { InputError } from '../../array/errors.ts';
import { many } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import type { Split } from '../split-names.ts';
import { evenLengths, refuseHop } from './fill.ts';
import { LEARNT_FROM } from './label.ts';
import type { Recording, RecordingSet } from './recording.ts';
import { stepsOf } from './span.ts';

export interface WindowOptions {
  /** Length: a count of steps or a duration (`1s`, `500ms`). Default: the whole recording, where all are of one length. */
  readonly window?: string | number;
  /** From the start of one window to that of the next. Default: the window's length. */
  readonly hop?: string | number;
  /**
   * Each recording is one item, whatever its length: filled up at its end with the last value to `window` (default: the
   * longest), or cut there. Then there is no hop.
   */
  readonly unequal?: 'fill';
}

/**
 * Windows of recordings, recording after recording, in the order of time: row i + 1 is the neighbour of row i where both
 * have the same `recording`.
 */
export interface WindowSet {
  readonly set: RecordingSet;
  /** Number of windows N. */
  readonly rows: number;
  /** Steps in a window, L. */
  readonly length: number;
  /** From the start of one window to that of the next; 0 where they lie around events. */
  readonly hop: number;
  /** Which recording [N], a place in `set.recordings`. */
  readonly recording: Int32Array;
  /** Which window of its recording [N]: 0, 1, ... */
  readonly index: Int32Array;
  /** Its first step [N]. */
  readonly start: Int32Array;
  /** Its class [N], -1 for none (see `majorityLabel`). */
  readonly labels: Int32Array;
  /** Windows of each class. */
  readonly counts: readonly number[];
  /** Its group [N], a place in `groupNames`. */
  readonly groups: Int32Array;
  readonly groupNames: readonly string[];
  /** Side of every window [N], where the data comes divided. */
  readonly splits?: readonly Split[];
  /** The events that the windows lie around, where they do. */
  readonly events?: WindowEvents;
  readonly findings: readonly Finding[];
}

export interface WindowEvents {
  readonly file: string;
  /** Column of the classes. */
  readonly label: string;
  /** Steps from a window's start to its event. */
  readonly before: number;
}

/**
 * Cuts recordings into windows of one length. No window crosses the end of a recording; what is left at its end is less
 * than a hop and is not used. Recordings shorter than a window have none, which is a finding.
 *
 * @throws InputError a length that is none (`stepsOf`), recordings of several lengths and no window, no window at all
 */
export function makeWindows(given: RecordingSet, options: WindowOptions = {}): WindowSet {
  const whole = options.unequal === 'fill';
  if (whole) refuseHop(options.hop);
  const { set, findings: lengths } = whole ? evenLengths(given, options.window) : { set: given, findings: [] };
  const { recordings, rate } = set;
  const length = options.window === undefined ? commonLength(set) : stepsOf(options.window, rate, '--window');
  const hop = options.hop === undefined ? length : stepsOf(options.hop, rate, '--hop');
  const counts = recordings.map((own) => (own.length < length ? 0 : Math.floor((own.length - length) / hop) + 1));
  const rows = counts.reduce((sum, count) => sum + count, 0);
  if (rows === 0) throw new InputError(tooShort(set, length));
  const [recording, index, start, labels] = Array.from({ length: 4 }, () => new Int32Array(rows));
  let row = 0;
  recordings.forEach((own, r) => {
    for (let i = 0; i < counts[r]; i++, row++) {
      recording[row] = r;
      index[row] = i;
      start[row] = i * hop;
      labels[row] = own.labels ? majorityLabel(own.labels, i * hop, i * hop + length) : -1;
    }
  });
  const sides = sidesOf(set, recording, labels);
  const findings = [
    ...lengths,
    ...shortRecordings(recordings, length),
    ...lostClasses(set, sides.counts),
    ...unlabelled(set, labels),
  ];
  return { set, rows, length, hop, recording, index, start, labels, ...sides, findings };
}

/** Windows by class, group and side. @param recording of each window [N] @param labels of each window [N] */
export function sidesOf(
  { recordings, classes, splits }: RecordingSet,
  recording: Int32Array,
  labels: Int32Array,
): Pick<WindowSet, 'counts' | 'groups' | 'groupNames' | 'splits'> {
  const counts = classes.map(() => 0);
  for (const label of labels) if (label >= 0) counts[label]++;
  const places = new Map<string, number>();
  const groups = recording.map((r) => {
    const { group } = recordings[r];
    const place = places.get(group) ?? places.size;
    places.set(group, place);
    return place;
  });
  const own = splits && Array.from(recording, (r) => splits[r]);
  return { counts, groups, groupNames: [...places.keys()], ...(own && { splits: own }) };
}

/**
 * The class of most steps from `from` (included) to `to` (excluded); of equally many, the one that comes first in time.
 * Steps without a class count as one more class: where they outnumber every class, the window has none (-1).
 */
export function majorityLabel(labels: Int32Array, from: number, to: number): number {
  const counts = new Map<number, number>();
  for (let step = from; step < to; step++) counts.set(labels[step], (counts.get(labels[step]) ?? 0) + 1);
  let [best, most] = [-1, 0];
  for (const [label, count] of counts)
    if (count > most || (count === most && best === -1)) [best, most] = [label, count];
  return best;
}

/**
 * The values of some windows as they stand in the files, in any order, repeats allowed.
 * @returns row-major [rows.length, C, L]
 */
export function windowValues({ set, length, recording, start }: WindowSet, rows: ArrayLike<number>): Float32Array {
  const channels = set.channels.length;
  const out = new Float32Array(rows.length * channels * length);
  for (let i = 0; i < rows.length; i++) {
    const own = set.recordings[recording[rows[i]]];
    for (let c = 0; c < channels; c++) {
      const first = c * own.length + start[rows[i]];
      out.set(own.channels.subarray(first, first + length), (i * channels + c) * length);
    }
  }
  return out;
}

function commonLength({ recordings, files }: RecordingSet): number {
  const lengths = recordings.map(({ length }) => length);
  const [shortest, longest] = [least(lengths), most(lengths)];
  if (shortest === longest) return shortest;
  throw new InputError(
    `${files[0].file}: recordings of ${shortest} to ${longest} steps; give --window LENGTH, at most ${shortest} to keep all of them`,
  );
}

function tooShort({ recordings, rate }: RecordingSet, length: number): string {
  const longest = recordings.reduce((best, own) => (own.length > best.length ? own : best));
  const seconds = rate === undefined ? '' : ` (${Number((longest.length / rate).toPrecision(3))}s)`;
  return `--window: ${many(length, 'step')} are more than any recording has; the longest, ${longest.name}, has ${longest.length}${seconds}; give a shorter window`;
}

function shortRecordings(recordings: readonly Recording[], length: number): Finding[] {
  const short = recordings.filter((own) => own.length < length);
  if (short.length === 0) return [];
  const steps = short.reduce((sum, own) => sum + own.length, 0);
  const detail =
    `${many(short.length, 'recording')} of ${recordings.length.toLocaleString('en-GB')} (${short[0].name} first, ${many(short[0].length, 'step')}) ` +
    `shorter than a window of ${length}: not used, ${many(steps, 'step')} in all`;
  return [{ kind: 'short-recording', severity: 'warning', detail, override: 'a shorter --window' }];
}

function lostClasses({ classes }: RecordingSet, counts: readonly number[]): Finding[] {
  return classes.flatMap((name, c): Finding[] => {
    if (counts[c] > 0) return [];
    const detail = `class "${name}" has the majority in no window, so it is never evaluated`;
    return [{ kind: 'class-without-window', severity: 'warning', detail, override: 'a shorter --window or --hop' }];
  });
}

function unlabelled({ classes }: RecordingSet, labels: Int32Array): Finding[] {
  const without = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  if (classes.length === 0 || without === 0) return [];
  const detail = `${many(without, 'window')} of ${labels.length.toLocaleString('en-GB')} without a class: ${LEARNT_FROM}`;
  return [{ kind: 'unlabelled-windows', severity: 'info', detail }];
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
