import { float32 } from '../array/array.ts';
import type { PicturePreprocessing } from '../data/pictures/index.ts';
import { cast, constant, input, mul, sub, transpose } from '../graph/ops/index.ts';
import { encodeModel } from '../onnx/encode.ts';
import { type ExportedNet, itemShape, modelMetadata, modelOutputs } from './export-net.ts';

/** Element type of the pixels, 0..255, that an exported model takes. */
export const PIXEL = 'uint8';

export type { PicturePreprocessing } from '../data/pictures/index.ts';

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
