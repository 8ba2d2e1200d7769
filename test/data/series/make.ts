import type { Recording, RecordingSet } from '../../../src/data/series/index.ts';

/** A recording by hand: channels as plain rows. */
export function recording(name: string, channels: number[][], extra: Partial<Recording> = {}): Recording {
  return {
    name,
    file: `${name}.csv`,
    source: name,
    group: name,
    channels: Float32Array.from(channels.flat()),
    length: channels[0].length,
    ...extra,
  };
}

export function setOf(recordings: Recording[], extra: Partial<RecordingSet> = {}): RecordingSet {
  const channels = Array.from({ length: recordings[0].channels.length / recordings[0].length }, (_, c) => `c${c}`);
  return { recordings, channels, classes: [], counts: [], files: [], findings: [], ...extra };
}

/** 0, 1, ..., n - 1. */
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Recordings of one channel that counts its steps, with labels by a rule. */
export function counting(lengths: number[], label: (recording: number, step: number) => number, classes: string[]) {
  const recordings = lengths.map((length, r) =>
    recording(`r${r}`, [upTo(length)], { labels: Int32Array.from(upTo(length), (step) => label(r, step)) }),
  );
  return setOf(recordings, { classes, counts: classes.map(() => 0), files: [{ file: 'r0.csv', digest: '', rows: 0 }] });
}
