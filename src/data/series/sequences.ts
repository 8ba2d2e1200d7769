import { InputError } from '../../array/errors.ts';
import type { Random } from '../../array/random.ts';
import { many } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import { plainBatches } from '../samplers.ts';
import type { WindowSet } from './windows.ts';

/** Where training sequences may begin. */
export interface SequenceStarts {
  /** Window numbers, ascending: each begins `steps` consecutive windows of one recording that may all be used. */
  readonly starts: Int32Array;
  /** T. */
  readonly steps: number;
  readonly findings: readonly Finding[];
}

/**
 * All places at which `steps` consecutive windows of one recording begin, all of them among `rows`.
 *
 * @param rows windows that may be used (training), ascending
 * @throws InputError no recording holds so many
 */
export function sequenceStarts(windows: WindowSet, rows: Int32Array, steps: number): SequenceStarts {
  if (!Number.isInteger(steps) || steps < 1)
    throw new RangeError(`sequenceStarts: steps must be a whole number >= 1, got ${steps}`);
  const { recording, set } = windows;
  const starts: number[] = [];
  const met = new Set<number>();
  const used = new Set<number>();
  let run = 0;
  let longest = 0;
  rows.forEach((row, i) => {
    const follows = i > 0 && row === rows[i - 1] + 1 && recording[row] === recording[row - 1];
    run = follows ? run + 1 : 1;
    longest = Math.max(longest, run);
    met.add(recording[row]);
    if (run < steps) return;
    starts.push(row - steps + 1);
    used.add(recording[row]);
  });
  if (starts.length === 0)
    throw new InputError(
      `sequences of ${steps} windows: no training recording has more than ${many(longest, 'window')} in a row; use shorter sequences, or a smaller --hop`,
    );
  const left = [...met].filter((r) => !used.has(r));
  if (left.length === 0) return { starts: Int32Array.from(starts), steps, findings: [] };
  const detail =
    `${many(left.length, 'recording')} of ${met.size} (${set.recordings[left[0]].name} first) ` +
    `with fewer than ${steps} windows in a row: not learnt from`;
  const finding: Finding = {
    kind: 'short-sequence',
    severity: 'warning',
    detail,
    override: 'shorter sequences, or a smaller --hop',
  };
  return { starts: Int32Array.from(starts), steps, findings: [finding] };
}

/**
 * Training batches of S sequences of T consecutive windows: shuffled epochs over all places to begin, so that a recording
 * is met as often as it has places.
 *
 * @returns window numbers, row-major [batches, S * T]: the rows of a sequence lie together, in the order of time
 */
export function drawSequences(
  { starts, steps }: SequenceStarts,
  sequences: number,
  batches: number,
  random: Random,
): Int32Array {
  const places = plainBatches(starts.length, sequences, batches, random);
  const rows = new Int32Array(places.length * steps);
  places.forEach((place, i) => {
    for (let t = 0; t < steps; t++) rows[i * steps + t] = starts[place] + t;
  });
  return rows;
}
