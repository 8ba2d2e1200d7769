import { applyPictures, fitPictures } from '../pictures/normalise.ts';
import { applyPreprocessing, fitPreprocessing } from '../preprocess.ts';
import { applySeries, fitSeries } from '../series/features.ts';
import type { FittedItems, Items } from './items.ts';

/** Fits what is done to items before the net. @param rows training items, at least one */
export function fitItems(items: Items, rows: Int32Array): FittedItems {
  switch (items.kind) {
    case 'table': {
      const preprocessing = fitPreprocessing(items.inputs, rows);
      return { kind: 'table', shape: [preprocessing.width], preprocessing };
    }
    case 'series': {
      const preprocessing = fitSeries(items.windows, rows, items.features);
      return { kind: 'series', shape: preprocessing.shape, preprocessing };
    }
    case 'pictures': {
      const preprocessing = fitPictures(items.pictures, rows);
      const { channels, height, width } = preprocessing;
      return { kind: 'pictures', shape: [channels, height, width], preprocessing };
    }
  }
}

/** Items as inputs of the net. @returns row-major [rows.length, ...fitted.shape] */
export function applyItems(fitted: FittedItems, items: Items, rows: Int32Array): Float32Array {
  if (fitted.kind === 'table' && items.kind === 'table')
    return applyPreprocessing(fitted.preprocessing, items.inputs, rows);
  if (fitted.kind === 'series' && items.kind === 'series')
    return applySeries(fitted.preprocessing, items.windows, rows);
  if (fitted.kind === 'pictures' && items.kind === 'pictures')
    return applyPictures(fitted.preprocessing, items.pictures, rows);
  throw new TypeError(`applyItems: fitted on ${fitted.kind}, got ${items.kind}`);
}
