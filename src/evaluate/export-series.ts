import { array, float32, type NdArray } from '../array/array.ts';
import { FARTHEST } from '../data/preprocess.ts';
import { recordingMoments, type SeriesPreprocessing } from '../data/series/features.ts';
import type { Moments } from '../data/series/moments.ts';
import { type WindowSet, windowValues } from '../data/series/windows.ts';
import { add, cast, clip, constant, div, input, log, reshape, sub, transpose } from '../graph/ops/index.ts';
import { stftMagnitude } from '../graph/spectrum.ts';
import type { Shape, Tensor } from '../graph/tensor.ts';
import { encodeModel } from '../onnx/encode.ts';
import { type ExportedNet, itemShape, modelMetadata, modelOutputs } from './export-net.ts';

export interface SeriesExportOptions {
  /** Element type of the windows that go in; default float32. They are standardised in float64 either way. */
  readonly dtype?: 'float32' | 'float64';
}

/**
 * A trained net of time series as one ONNX file with its preprocessing inside: raw windows go in.
 *
 * Inputs: `windows` [rows, C, L], any number of rows, values as measured, all finite. With scaling `recording` also `mean`
 * and `scale`, float64 (see `recordingMoments`), so that the rows of one run are of one recording.
 * A net that looks at T windows together (its items are [F, T] where a window has F features) takes `windows`
 * [rows, T, C, L], each row T consecutive windows.
 * Outputs: `embeddings` float32 [rows, D] and, where the net has classes, `probabilities` [rows, C] in the order of the
 * metadata key `classes`; [rows, points, D] and [rows, points, C] where every point in time, or every one of the T windows,
 * has its own.
 *
 * @throws RangeError when the net's items are not what the preprocessing makes
 */
export function exportSeriesModel(
  preprocessing: SeriesPreprocessing,
  net: ExportedNet,
  { dtype = 'float32' }: SeriesExportOptions = {},
): Uint8Array<ArrayBuffer> {
  const { channels, length, rate, scaling, shape } = preprocessing;
  const steps = stepsOf(shape, itemShape(net));
  const lead = ['rows', ...steps];
  const windows = input('windows', [...lead, channels.length, length], dtype);
  const items = features(preprocessing, windows, lead);
  const x = steps.length > 0 ? transpose(items, [0, 2, 1]) : items;
  const series = {
    column: 'windows',
    kind: 'series',
    channels,
    length,
    ...(steps.length > 0 && { steps: steps[0] }),
    rate,
  };
  const own = scaling === 'recording' ? ['mean', 'scale'].map((column) => ({ column, kind: 'of the recording' })) : [];
  return encodeModel(modelOutputs(net, x), {
    ...modelMetadata(net, [series, ...own]),
    preprocessing: JSON.stringify(preprocessing),
  });
}

/**
 * What an exported model takes for one window, or for as many together as it looks at.
 * @param first number of the window, or of the first of `steps` windows (the last stands in where there are too few)
 */
export function rawWindows(
  preprocessing: SeriesPreprocessing,
  windows: WindowSet,
  first: number,
  steps?: number,
): Record<string, NdArray> {
  const { channels } = windows.set;
  const rows = Array.from({ length: steps ?? 1 }, (_, i) => Math.min(first + i, windows.rows - 1));
  const shape = [1, ...(steps === undefined ? [] : [steps]), channels.length, windows.length];
  const values = { windows: float32(shape, windowValues(windows, rows)) };
  if (preprocessing.scaling === 'global') return values;
  const { source } = windows.set.recordings[windows.recording[first]];
  const { mean, scale } = recordingMoments(preprocessing, windows, source);
  const numbers = (list: ArrayLike<number>) => array('float64', [list.length], Float64Array.from(list));
  return { ...values, mean: numbers(mean), scale: numbers(scale) };
}

/** [] for a net of windows, [T] for a net of T windows together. */
function stepsOf(made: readonly number[], taken: readonly number[]): number[] {
  if (made.join() === taken.join()) return [];
  if (made.length === 1 && taken.length === 2 && made[0] === taken[0]) return [taken[1]];
  throw new RangeError(`export: the preprocessing makes items [${made}], the net takes [${taken}]`);
}

/** Windows [...lead, C, L] to items [...lead, ...shape]: the same rules as `applySeries`, the spectrum in float32. */
function features(preprocessing: SeriesPreprocessing, windows: Tensor, lead: Shape): Tensor {
  const { features: kind, channels, length, frame, frameHop, channel, feature, shape } = preprocessing;
  const C = channels.length;
  if (kind === 'raw') return reshape(standardised(windows, C, channel), [...lead, ...shape]);
  if (!channel || !frame || !frameHop) throw new RangeError('export: stft without its channels, frame and hop');
  const even = standardised(windows, C, channel);
  const inRow = lead.slice(1).reduce<number>((n, m) => n * Number(m), 1);
  const magnitudes = stftMagnitude(reshape(even, [lead[0], inRow * C, length]), { frame, hop: frameHop });
  const [width, frames = 1] = shape;
  const values = reshape(log(add(magnitudes, 1)), [...lead, width, frames]);
  return reshape(standardised(values, width, feature), [...lead, ...shape]);
}

/** x [..., n, m] to (x - mean) / scale of each of n quantities, in float64, held and rounded; fed where none is given. */
function standardised(x: Tensor, n: number, fixed: Moments | undefined): Tensor {
  const numbers = (name: 'mean' | 'scale') =>
    fixed
      ? constant(array('float64', [n, 1], Float64Array.from(fixed[name])))
      : reshape(input(name, [n], 'float64'), [n, 1]);
  const quotient = div(sub(cast(x, 'float64'), numbers('mean')), numbers('scale'));
  return clip(cast(quotient, 'float32'), -FARTHEST, FARTHEST);
}
