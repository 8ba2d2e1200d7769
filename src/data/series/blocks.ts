import { many } from '../columns.ts';
import type { Recording, RecordingSet } from './recording.ts';

/**
 * Cuts every recording into `count` stretches of time of equal length (to one step), each a recording and a group of its
 * own: a way to split where there are too few groups. No window lies in two of them, so none in two parts of a split; but
 * training then knows the person or machine that it is tested on, and a finding says so.
 *
 * @throws RangeError when count is no whole number >= 2
 */
export function blocksInTime(set: RecordingSet, count: number): RecordingSet {
  if (!Number.isInteger(count) || count < 2)
    throw new RangeError(`blocksInTime: count must be a whole number >= 2, got ${count}`);
  const stretches = set.recordings.map((own) => {
    const bounds = Array.from({ length: count + 1 }, (_, k) => Math.round((own.length * k) / count));
    return bounds.slice(1).flatMap((end, k) => (end > bounds[k] ? [stretch(own, k + 1, bounds[k], end)] : []));
  });
  const recordings = stretches.flat();
  const splits = set.splits?.flatMap((side, r) => stretches[r].map(() => side));
  const groups = new Set(set.recordings.map(({ group }) => group)).size;
  const detail =
    `each recording is cut into ${count} stretches of time that are split like groups: the numbers speak about later and ` +
    `earlier times of the same ${many(groups, 'group')}, not about new ones`;
  const finding = { kind: 'blocks-in-time', severity: 'warning' as const, detail, override: 'more groups' };
  return { ...set, recordings, ...(splits && { splits }), findings: [...set.findings, finding] };
}

function stretch(own: Recording, number: number, from: number, to: number): Recording {
  const length = to - from;
  const channels = new Float32Array((own.channels.length / own.length) * length);
  for (let c = 0; c * length < channels.length; c++)
    channels.set(own.channels.subarray(c * own.length + from, c * own.length + to), c * length);
  const name = `${own.name}, stretch ${number}`;
  const group = `${own.group}, ${own.name}, stretch ${number}`;
  return {
    ...own,
    name,
    source: name,
    group,
    channels,
    length,
    ...(own.first !== undefined && { first: own.first + from }),
    ...(own.time !== undefined && own.rate !== undefined && { time: own.time + from / own.rate }),
    ...(own.labels && { labels: own.labels.slice(from, to) }),
  };
}
