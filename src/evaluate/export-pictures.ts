import { float32 } from '../array/array.ts';
import type { PicturePreprocessing } from '../data/pictures/index.ts';
import { cast, constant, input, mul, sub, transpose } from '../graph/ops/index.ts';
import { encodeModel } from '../onnx/encode.ts';
import { type ExportedNet, itemShape, modelMetadata, modelOutputs } from './export-net.ts';

/** Element type of the pixels, 0..255, that an exported model takes. */
export const PIXEL = 'uint8';

export type { PicturePreprocessing } from '../data/pictures/index.ts';

/** How pictures lie in memory. */
export type PictureLayout = Pick<PicturePreprocessing, 'layout' | 'channels' | 'height' | 'width'>;

/**
 * Mean and scale of each channel over all pixels of the training pictures, from a histogram, so without rounding.
 * @param pixels of whole pictures, one after the other, at least one
 */
export function fitPictures(pixels: Uint8Array, layout: PictureLayout): PicturePreprocessing {
  const { channels } = layout;
  const pictures = countOf('fitPictures', pixels, layout);
  if (pictures === 0) throw new RangeError('fitPictures: needs at least one picture, got 0');
  const tallies = Array.from({ length: channels }, () => new Float64Array(256));
  const channelOf = channelAt(layout);
  pixels.forEach((value, i) => {
    tallies[channelOf(i)][value]++;
  });
  const each = pixels.length / channels;
  const average = (tally: Float64Array, of: (x: number) => number) =>
    tally.reduce((sum, count, value) => sum + count * of(value / 255), 0) / each;
  const mean = tallies.map((tally) => average(tally, (x) => x));
  const variance = tallies.map((tally, c) => average(tally, (x) => (x - mean[c]) ** 2));
  const equal = tallies.map((tally) => tally.includes(each));
  return { ...layout, mean, scale: variance.map((v, c) => (equal[c] ? 1 : Math.sqrt(v))) };
}

/**
 * Pictures as inputs of a net.
 * @param pixels of whole pictures, one after the other  @returns row-major [rows, C, H, W]
 */
export function applyPictures(preprocessing: PicturePreprocessing, pixels: Uint8Array): Float32Array {
  const { layout, channels, height, width, mean, scale } = preprocessing;
  const rows = countOf('applyPictures', pixels, preprocessing);
  const area = height * width;
  const channelOf = channelAt(preprocessing);
  const out = new Float32Array(rows * channels * area);
  pixels.forEach((value, i) => {
    const c = channelOf(i);
    const picture = Math.floor(i / (channels * area));
    const place = layout === 'chw' ? i % area : Math.floor(i / channels) % area;
    out[(picture * channels + c) * area + place] = (value / 255 - mean[c]) / scale[c];
  });
  return out;
}

/**
 * A trained net of pictures as one ONNX file with its preprocessing inside: pixels go in.
 *
 * Input: `pictures` [rows, H, W, C] or [rows, C, H, W] (as the preprocessing says), any number of rows, 0..255 (type
 * {@link PIXEL}). Outputs: `embeddings` float32 [rows, D] and, where the net has classes, `probabilities` [rows, C].
 *
 * @throws RangeError when the net's items are not [C, H, W]
 */
export function exportPictureModel(preprocessing: PicturePreprocessing, net: ExportedNet): Uint8Array<ArrayBuffer> {
  const { layout, channels, height, width, mean, scale } = preprocessing;
  const shape = [channels, height, width];
  if (itemShape(net).join() !== shape.join())
    throw new RangeError(`export: the pictures are [${shape}], the net takes [${itemShape(net)}]`);
  const raw = input('pictures', ['rows', ...(layout === 'chw' ? shape : [height, width, channels])], PIXEL);
  const ordered = cast(layout === 'chw' ? raw : transpose(raw, [0, 3, 1, 2]), 'float32');
  const perChannel = (value: (c: number) => number) =>
    constant(float32([channels, 1, 1], Float32Array.from(mean.keys(), value)));
  // (x / 255 - mean) / scale = a x - b, in one product and one difference.
  const x = sub(
    mul(
      ordered,
      perChannel((c) => 1 / (255 * scale[c])),
    ),
    perChannel((c) => mean[c] / scale[c]),
  );
  const pictures = { column: 'pictures', kind: 'pictures', layout, channels, height, width };
  return encodeModel(modelOutputs(net, x), {
    ...modelMetadata(net, [pictures]),
    preprocessing: JSON.stringify(preprocessing),
  });
}

/** The channel of a pixel by its place. */
function channelAt({ layout, channels, height, width }: PictureLayout): (i: number) => number {
  return layout === 'hwc' ? (i) => i % channels : (i) => Math.floor(i / (height * width)) % channels;
}

function countOf(place: string, pixels: Uint8Array, { channels, height, width }: PictureLayout): number {
  const rows = pixels.length / (channels * height * width);
  if (Number.isInteger(rows)) return rows;
  throw new RangeError(
    `${place}: ${pixels.length} pixels are no whole number of pictures ${height} x ${width} x ${channels}`,
  );
}
