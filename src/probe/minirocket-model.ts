import { float32 } from '../array/array.ts';
import { add, constant, input, matmul } from '../graph/ops/index.ts';
import { type FittedMiniRocket, miniRocket } from '../nn/encoders/minirocket.ts';
import { encodeModel } from '../onnx/encode.ts';
import { ABSENT } from './probe.ts';
import type { FittedRidge } from './ridge.ts';

/**
 * MiniRocket and the ridge classifier behind it as one ONNX file: `series` float32 [rows, channels, length] to `scores`
 * float32 [rows, C], in the order of the metadata key `classes`; the highest is the answer. A class without training rows
 * scores -1e9.
 */
export function exportMiniRocket(
  series: FittedMiniRocket,
  { width, present, weights, intercepts }: FittedRidge,
  classes: readonly string[],
): Uint8Array<ArrayBuffer> {
  const matrix = new Float32Array(classes.length * width);
  const offsets = new Float32Array(classes.length).fill(ABSENT);
  present.forEach((label, k) => {
    // Of two classes there is one target: the second's; the first is its negative.
    const [target, sign] = present.length > 2 ? [k, 1] : [0, k === 0 ? -1 : 1];
    for (let j = 0; j < width; j++) matrix[label * width + j] = sign * weights[target * width + j];
    offsets[label] = sign * intercepts[target];
  });
  const features = miniRocket(input('series', ['rows', series.channels, series.length]), series);
  const products = matmul(features, constant(float32([classes.length, width], matrix)), { transposeB: true });
  const scores = add(products, constant(float32([classes.length], offsets)));
  return encodeModel({ scores }, { classes: JSON.stringify(classes), method: 'minirocket' });
}
