import { InputError } from '../../array/errors.ts';
import { many } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import type { Recording, RecordingSet } from './recording.ts';
import { stepsOf } from './span.ts';

/**
 * Fills missing values (NaN) by straight lines between their neighbours, at both ends with the nearest value, in place.
 * @param values at least one that is not missing
 * @returns how many were filled
 */
export function fillGaps(values: number[]): number {
  let filled = 0;
  let before = -1;
  for (let next = 0; next <= values.length; next++) {
    if (next < values.length && Number.isNaN(values[next])) continue;
    for (let i = before + 1; i < next; i++, filled++) {
      const share = (i - before) / (next - before);
      values[i] =
        before < 0
          ? values[next]
          : next === values.length
            ? values[before]
            : values[before] + share * (values[next] - values[before]);
    }
    before = next;
  }
  return filled;
}

/**
 * Recordings of one length: the longest one's, or that of `window`. Shorter ones are filled at the end with their last value,
 * longer ones cut at the end.
 * @throws InputError a window that is none
 */
export function evenLengths(
  set: RecordingSet,
  window: string | number | undefined,
): { set: RecordingSet; findings: readonly Finding[] } {
  const { recordings, rate } = set;
  const longest = recordings.reduce((best, own) => Math.max(best, own.length), 0);
  const length = window === undefined ? longest : stepsOf(window, rate, '--window');
  const short = recordings.filter((own) => own.length < length);
  const long = recordings.filter((own) => own.length > length);
  const findings: Finding[] = [];
  const of = `of ${recordings.length.toLocaleString('en-GB')}`;
  if (short.length > 0) {
    const least = short.reduce((best, own) => (own.length < best.length ? own : best));
    const steps = short.reduce((sum, own) => sum + length - own.length, 0);
    const detail =
      `${many(short.length, 'recording')} ${of} shorter than ${many(length, 'step')} (${least.name} has ${least.length}): ` +
      `filled at the end with the last value, ${many(steps, 'step')} in all`;
    findings.push({ kind: 'lengths-filled', severity: 'warning', detail, override: '--window' });
  }
  if (long.length > 0) {
    const detail =
      `${many(long.length, 'recording')} ${of} longer than --window (the longest has ${longest} steps): ` +
      `only the first ${many(length, 'step')} of each are used`;
    findings.push({ kind: 'lengths-cut', severity: 'warning', detail, override: 'a longer --window' });
  }
  if (findings.length === 0) return { set, findings };
  return { set: { ...set, recordings: recordings.map((own) => ofLength(own, length)) }, findings };
}

function ofLength(own: Recording, length: number): Recording {
  if (own.length === length) return own;
  const kept = Math.min(own.length, length);
  const count = own.channels.length / own.length;
  const channels = new Float32Array(count * length);
  for (let c = 0; c < count; c++) {
    const values = own.channels.subarray(c * own.length, c * own.length + kept);
    channels.set(values, c * length);
    channels.fill(values[kept - 1], c * length + kept, (c + 1) * length);
  }
  if (!own.labels) return { ...own, channels, length };
  const labels = new Int32Array(length).fill(own.labels[kept - 1]);
  labels.set(own.labels.subarray(0, kept));
  return { ...own, channels, length, labels };
}

/** @throws InputError a hop where each recording is one item */
export function refuseHop(hop: string | number | undefined): void {
  if (hop !== undefined) throw new InputError('--hop: each series is one item, so there is no hop; leave it out');
}
