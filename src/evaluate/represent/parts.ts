import type { Fold } from '../../data/dataset.ts';
import { applySeries, type FeatureOptions, fitSeries, type SeriesPreprocessing } from '../../data/series/features.ts';
import type { WindowSet } from '../../data/series/windows.ts';

/** What trials of representations need of the data. */
export interface RepresentationData {
  readonly windows: WindowSet;
  readonly features: FeatureOptions;
  /** K of k-means. */
  readonly clusters: number;
}

/** One part of a fold, ready for the encoder. */
export interface Part {
  /** Window numbers, ascending. */
  readonly rows: Int32Array;
  /** [rows, ...shape], row-major. */
  readonly x: Float32Array;
  /** -1 for none. */
  readonly labels: Int32Array;
  /** Recording of each window; rows of one stand together, in the order of time. */
  readonly recordings: Int32Array;
  /** Lengths of the unbroken stretches. */
  readonly runs: readonly number[];
}

export interface Parts {
  readonly preprocessing: SeriesPreprocessing;
  /** The fold's training and validation windows together: encoders learn from both, since they need no labels. */
  readonly train: Part;
  /** Places in `train` of the fold's validation windows: on them a probe's strength is chosen. */
  readonly held: Int32Array;
  readonly test: Part;
}

/** Features of a fold's parts, all that is fitted fitted on its training side. */
export function partsOf({ windows, features }: RepresentationData, fold: Fold): Parts {
  const side = Int32Array.from([...fold.train, ...fold.validation]).sort();
  const preprocessing = fitSeries(windows, side, features);
  const part = (rows: Int32Array): Part => ({
    rows,
    x: applySeries(preprocessing, windows, rows),
    labels: rows.map((row) => windows.labels[row]),
    recordings: rows.map((row) => windows.recording[row]),
    runs: runsOf(windows, rows),
  });
  const validation = new Set(fold.validation);
  const held = Int32Array.from(side.keys()).filter((i) => validation.has(side[i]));
  return { preprocessing, train: part(side), held, test: part(fold.test) };
}

/** Lengths of the stretches of consecutive windows of one recording. */
function runsOf({ recording }: WindowSet, rows: Int32Array): number[] {
  const runs: number[] = [];
  rows.forEach((row, i) => {
    const follows = i > 0 && row === rows[i - 1] + 1 && recording[row] === recording[row - 1];
    if (follows) runs[runs.length - 1]++;
    else runs.push(1);
  });
  return runs;
}

/** Places of the rows that have a class. */
export function labelled({ labels }: Pick<Part, 'labels'>): Int32Array {
  return Int32Array.from(labels.keys()).filter((i) => labels[i] >= 0);
}
