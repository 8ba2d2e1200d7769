import type { WindowSet } from '../data/series/index.ts';
import type { Result } from './result.ts';

/** What a result says of the time series that it rests on. */
export function seriesFacts({ set, groupNames, length, hop }: WindowSet): NonNullable<Result['data']['series']> {
  return {
    files: set.files.map((file) => ({ ...file })),
    recordings: set.recordings.length,
    groups: groupNames.length,
    channels: [...set.channels],
    rate: set.rate ?? null,
    window: length,
    hop,
  };
}
