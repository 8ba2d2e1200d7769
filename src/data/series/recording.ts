import type { Finding } from '../dataset.ts';
import type { Split } from '../split-names.ts';

/** One unbroken stretch of a time series: no missing value, no jump in time. */
export interface Recording {
  /** File and what tells the recording apart in it; `part 2` where gaps cut it. */
  readonly name: string;
  /** As the user gave it. */
  readonly file: string;
  /** The recording before gaps cut it: parts of one share this. */
  readonly source: string;
  /** What a table of events calls it: NAME of NAME.i16, its value in the recording's or group's column, else the file's name. */
  readonly record?: string;
  /** Its first step, counted from the start of `source`. Not given where the steps were put on another grid. */
  readonly first?: number;
  /** Seconds of its first step, by the column of times; not given where there is none. */
  readonly time?: number;
  /** What must stay on one side of a split. */
  readonly group: string;
  /** [C, L], row-major: one row a channel. All finite. */
  readonly channels: Float32Array;
  /** L, the number of steps. */
  readonly length: number;
  /** Class of every step [L], -1 for none. Not given where the set has no labels. */
  readonly labels?: Int32Array;
  /** Steps a second. Not given where a step is no time. */
  readonly rate?: number;
}

/** Recordings of the same channels at one rate. */
export interface RecordingSet {
  readonly recordings: readonly Recording[];
  /** Names of the channels, in their order. */
  readonly channels: readonly string[];
  /** Class names, ordered by falling count, ties by name; none where there are no labels. */
  readonly classes: readonly string[];
  /** Steps of each class in the files (series of one class a row: series). */
  readonly counts: readonly number[];
  /** Steps a second, of all recordings. */
  readonly rate?: number;
  /** Side of each recording, where the data comes divided. */
  readonly splits?: readonly Split[];
  readonly files: readonly SeriesFile[];
  readonly findings: readonly Finding[];
}

export interface SeriesFile {
  readonly file: string;
  /** `sha256:` and the hex digest of the file's bytes. */
  readonly digest: string;
  readonly rows: number;
}
