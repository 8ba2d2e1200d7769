import type { PictureSet } from './picture-set.ts';

/**
 * What is done to pictures before they enter a net: x / 255, then (x - mean_c) / scale_c, channels first. JSON, and the same
 * rules stand in the exported model.
 */
export interface PicturePreprocessing {
  /** How the pixels of a picture lie: [H, W, C] or [C, H, W]. */
  readonly layout: 'hwc' | 'chw';
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** [C], of x / 255. */
  readonly mean: readonly number[];
  /** [C], of x / 255; population standard deviation, 1 where all pixels are equal. */
  readonly scale: readonly number[];
}

type Pictures = Pick<PictureSet, 'count' | 'shape' | 'pixels'>;

/**
 * Mean and scale of each channel over all pixels of the training pictures, from a histogram, so without rounding.
 * @param rows training pictures, at least one
 */
export function fitPictures(set: Pictures, rows: ArrayLike<number>): PicturePreprocessing {
  const [channels, height, width] = set.shape;
  if (rows.length === 0) throw new RangeError('fitPictures: needs at least one picture, got 0');
  const area = height * width;
  const tallies = Array.from({ length: channels }, () => new Float64Array(256));
  for (let r = 0; r < rows.length; r++)
    for (let c = 0; c < channels; c++) {
      const start = (checked(set, rows[r]) * channels + c) * area;
      const tally = tallies[c];
      for (let p = start; p < start + area; p++) tally[set.pixels[p]]++;
    }
  const each = rows.length * area;
  const average = (tally: Float64Array, of: (x: number) => number) =>
    tally.reduce((sum, count, value) => sum + count * of(value / 255), 0) / each;
  const mean = tallies.map((tally) => average(tally, (x) => x));
  const variance = tallies.map((tally, c) => average(tally, (x) => (x - mean[c]) ** 2));
  const equal = tallies.map((tally) => tally.includes(each));
  return { layout: 'chw', channels, height, width, mean, scale: variance.map((v, c) => (equal[c] ? 1 : Math.sqrt(v))) };
}

/** Pictures as inputs of a net. @returns row-major [rows, C, H, W] */
export function applyPictures(
  { channels, height, width, mean, scale }: PicturePreprocessing,
  set: Pictures,
  rows: ArrayLike<number>,
): Float32Array {
  if (set.shape.join() !== [channels, height, width].join())
    throw new RangeError(`applyPictures: fitted on [${[channels, height, width]}], got pictures [${set.shape}]`);
  const area = height * width;
  const tables = mean.map((m, c) => Float32Array.from({ length: 256 }, (_, value) => (value / 255 - m) / scale[c]));
  const out = new Float32Array(rows.length * channels * area);
  for (let r = 0; r < rows.length; r++)
    for (let c = 0; c < channels; c++) {
      const from = (checked(set, rows[r]) * channels + c) * area;
      const to = (r * channels + c) * area;
      const table = tables[c];
      for (let p = 0; p < area; p++) out[to + p] = table[set.pixels[from + p]];
    }
  return out;
}

function checked({ count }: Pictures, row: number): number {
  if (Number.isInteger(row) && row >= 0 && row < count) return row;
  throw new RangeError(`pictures: row ${row} is not one of the ${count} pictures`);
}
