import { contrast } from '../../metrics/transitions/index.ts';
import type { Part, RepresentationData } from './parts.ts';

/** One held-out recording along time: what was measured, what the label was, where the embedding moves on. */
export interface Timeline {
  readonly recording: string;
  /** Windows of the recording that are shown, and from which on. */
  readonly windows: number;
  readonly first: number;
  /** Seconds from one window to the next; null where a step is no time. */
  readonly secondsPerWindow: number | null;
  /** Class of each window, -1 for none. */
  readonly labels: readonly number[];
  readonly clusters: readonly number[];
  /** Distance between the embedding before and after each boundary, over its median; one fewer than windows. */
  readonly contrast: readonly number[];
  /** Smallest and largest value of each channel within each window's hop, [channel][window] pairs. */
  readonly signal: readonly (readonly (readonly [number, number])[])[];
}

/** Most windows on a timeline. */
const LONGEST = 400;

/** Channels drawn. */
const CHANNELS = 3;

/**
 * The stretch of held-out windows with the most changes of label (without labels: the longest), at most 400 windows.
 * @param span windows averaged on each side of a boundary
 */
export function timelineOf(
  points: { readonly embeddings: Float32Array; readonly width: number },
  clusters: Int32Array,
  { windows }: RepresentationData,
  part: Part,
  span = 3,
): Timeline | undefined {
  const { labels, recordings, rows, runs } = part;
  let best = { from: 0, count: 0, changes: -1 };
  let from = 0;
  for (const run of runs) {
    for (let start = from; start < from + run; start += LONGEST / 2) {
      const count = Math.min(LONGEST, from + run - start);
      let changes = 0;
      for (let i = start + 1; i < start + count; i++)
        if (labels[i] >= 0 && labels[i - 1] >= 0 && labels[i] !== labels[i - 1]) changes++;
      if (changes > best.changes || (changes === best.changes && count > best.count))
        best = { from: start, count, changes };
    }
    from += run;
  }
  const { from: first, count } = best;
  if (count < 2) return undefined;
  const shown = Array.from({ length: count }, (_, i) => first + i);
  const { width } = points;
  const own = { embeddings: points.embeddings.subarray(first * width, (first + count) * width), width };
  const moved = contrast(own, new Int32Array(count), span).subarray(0, count - 1);
  const middle = moved.toSorted()[(count - 1) >> 1] || 1;
  const recording = windows.set.recordings[recordings[first]];
  const { rate } = windows.set;
  return {
    recording: recording.name,
    windows: count,
    first: windows.index[rows[first]],
    secondsPerWindow: rate === undefined ? null : windows.hop / rate,
    labels: shown.map((i) => labels[i]),
    clusters: shown.map((i) => clusters[i]),
    contrast: Array.from(moved, (value) => Number((value / middle).toPrecision(4))),
    signal: signalOf(windows, rows.subarray(first, first + count)),
  };
}

/** What the first channels do in the hop of each window. */
function signalOf({ set, recording, start, hop, length }: RepresentationData['windows'], rows: Int32Array) {
  const own = set.recordings[recording[rows[0]]];
  return set.channels.slice(0, CHANNELS).map((_, c) =>
    Array.from(rows, (row): [number, number] => {
      const from = c * own.length + start[row];
      const values = own.channels.subarray(from, from + Math.min(hop, length));
      const short = (value: number) => Number(value.toPrecision(5));
      return [short(values.reduce((a, b) => Math.min(a, b))), short(values.reduce((a, b) => Math.max(a, b)))];
    }),
  );
}
