import type { Column, Preprocessing } from '../dataset.ts';
import type { PicturePreprocessing } from '../pictures/normalise.ts';
import type { PictureSet } from '../pictures/picture-set.ts';
import type { FeatureOptions, SeriesPreprocessing } from '../series/features.ts';
import type { WindowSet } from '../series/windows.ts';

/** What a classifier looks at: rows of a table, windows of time series, or pictures. Item i is row i of the task. */
export type Items = TableItems | SeriesItems | PictureItems;

export interface TableItems {
  readonly kind: 'table';
  /** In the file's order. */
  readonly inputs: readonly Column[];
}

export interface SeriesItems {
  readonly kind: 'series';
  readonly windows: WindowSet;
  readonly features: FeatureOptions;
}

export interface PictureItems {
  readonly kind: 'pictures';
  readonly pictures: Pick<PictureSet, 'count' | 'shape' | 'pixels'>;
}

/** Preprocessing of items, fitted on training rows alone; JSON. `shape` is that of one item as the net takes it. */
export type FittedItems =
  | { readonly kind: 'table'; readonly shape: readonly number[]; readonly preprocessing: Preprocessing }
  | { readonly kind: 'series'; readonly shape: readonly number[]; readonly preprocessing: SeriesPreprocessing }
  | { readonly kind: 'pictures'; readonly shape: readonly number[]; readonly preprocessing: PicturePreprocessing };
