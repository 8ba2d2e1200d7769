import { array, type NdArray } from '../array/array.ts';
import type { FittedItems, Items } from '../data/items/items.ts';
import { exportModel, rawInputs } from './export.ts';
import type { ClassifierNet } from './export-net.ts';
import { exportPictureModel, PIXEL } from './export-pictures.ts';
import { exportSeriesModel, rawWindows } from './export-series.ts';

/**
 * A trained classifier as one ONNX file with the preprocessing of its kind of items inside; see the exports of each kind.
 * Pictures go in as [rows, H, W, C], as most programs hold them.
 */
export function exportClassifier(fitted: FittedItems, net: ClassifierNet): Uint8Array<ArrayBuffer> {
  switch (fitted.kind) {
    case 'table':
      return exportModel({ ...net, preprocessing: fitted.preprocessing }, net.classes, net.gamma);
    case 'series':
      return exportSeriesModel(fitted.preprocessing, net);
    case 'pictures':
      return exportPictureModel({ ...fitted.preprocessing, layout: 'hwc' }, net);
  }
}

/** One item in the form that its exported model takes. */
export function rawItem(fitted: FittedItems, items: Items, row: number): Record<string, NdArray> {
  if (fitted.kind === 'table' && items.kind === 'table') return rawInputs(fitted.preprocessing, items.inputs, [row]);
  if (fitted.kind === 'series' && items.kind === 'series') return rawWindows(fitted.preprocessing, items.windows, row);
  if (fitted.kind === 'pictures' && items.kind === 'pictures') {
    const { channels, height, width } = fitted.preprocessing;
    const area = height * width;
    const planes = items.pictures.pixels.subarray(row * channels * area, (row + 1) * channels * area);
    const pixels = Uint8Array.from(planes, (_, i) => planes[(i % channels) * area + Math.floor(i / channels)]);
    return { pictures: array(PIXEL, [1, height, width, channels], pixels) };
  }
  throw new TypeError(`rawItem: fitted on ${fitted.kind}, got ${items.kind}`);
}
