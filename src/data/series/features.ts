import { InputError } from '../../array/errors.ts';
import { FARTHEST } from '../preprocess.ts';
import { stft } from './fourier.ts';
import { type Moments, moments } from './moments.ts';
import { stepsOf } from './span.ts';
import { type WindowSet, windowValues } from './windows.ts';

export interface FeatureOptions {
  /** `raw` (default): the values themselves. `stft`: log(1 + magnitudes of the short-time Fourier transform). */
  readonly features?: 'raw' | 'stft';
  /**
   * `global` (default): mean and scale of all training recordings. `recording`: of each recording by itself, for sensors
   * that differ from one to the next; no label is looked at, but all of the recording must be there.
   */
  readonly scaling?: 'global' | 'recording';
  /** Of `stft`: steps or a duration. Default: the whole window, one frame. */
  readonly frame?: string | number;
  /** Of `stft`: from one frame to the next. Default: half a frame. */
  readonly frameHop?: string | number;
}

/**
 * What is done to a window [C, L] before it enters a net, fitted on training recordings. JSON, and the same rules stand in
 * the exported model:
 *
 *   raw:   (x - mean_c) / scale_c                                        a value a channel c and step
 *   stft:  u = (x - mean_c) / scale_c,  v = log(1 + |STFT(u)|),  (v - mean_f) / scale_f    f = channel and frequency
 *
 * each quotient held within -1000..1000. With scaling `recording` the last mean and scale are each recording's own.
 */
export interface SeriesPreprocessing {
  readonly features: 'raw' | 'stft';
  readonly scaling: 'global' | 'recording';
  /** Names of the channels, C of them. */
  readonly channels: readonly string[];
  /** Steps in a window, L. */
  readonly length: number;
  /** Steps a second, where known. */
  readonly rate?: number;
  /** Of `stft`, in steps. */
  readonly frame?: number;
  readonly frameHop?: number;
  /** [C]; not given for `raw` with scaling `recording`. */
  readonly channel?: Moments;
  /** [C (frame/2 + 1)], channel after channel; only for `stft` with scaling `global`. */
  readonly feature?: Moments;
  /**
   * Of one item: [C, L] or [C (frame/2 + 1), frames], for nets that take series; without the second axis where it would be
   * 1 (windows of one step, one frame), for nets that take rows.
   */
  readonly shape: readonly number[];
}

/**
 * Fits preprocessing on the training recordings, those of windows `train`: channels on all of their steps, features on all
 * of their windows. Scale is the population standard deviation, 1 where all values are equal.
 *
 * @param train window numbers, at least one
 * @throws InputError a frame that does not fit the window
 */
export function fitSeries(windows: WindowSet, train: Int32Array, options: FeatureOptions = {}): SeriesPreprocessing {
  if (train.length === 0) throw new RangeError('fitSeries: needs at least one training window, got 0');
  const { features = 'raw', scaling = 'global' } = options;
  const { set, length, recording } = windows;
  const { channels, rate } = set;
  const used = new Set(Array.from(train, (row) => recording[row]));
  const common = { features, scaling, channels, length, ...(rate !== undefined && { rate }) };
  if (features === 'raw') {
    const shape = length === 1 ? [channels.length] : [channels.length, length];
    return { ...common, ...(scaling === 'global' && { channel: channelMoments(windows, used) }), shape };
  }
  const { frame, frameHop } = framesOf(options, windows);
  const frames = Math.floor((length - frame) / frameHop) + 1;
  const width = channels.length * (Math.floor(frame / 2) + 1);
  const shape = frames === 1 ? [width] : [width, frames];
  const half = { ...common, frame, frameHop, channel: channelMoments(windows, used), shape };
  if (scaling === 'recording') return half;
  const rows = Int32Array.from(recording.keys()).filter((row) => used.has(recording[row]));
  return { ...half, feature: featureMoments(half, windows, rows) };
}

/**
 * Windows as inputs of the net, in float64, rounded to float32 at the end.
 *
 * @param rows window numbers, in any order, repeats allowed
 * @returns row-major [rows.length, ...preprocessing.shape]
 */
export function applySeries(
  preprocessing: SeriesPreprocessing,
  windows: WindowSet,
  rows: ArrayLike<number>,
): Float32Array {
  checkSame(preprocessing, windows);
  const size = preprocessing.shape.reduce((n, m) => n * m, 1);
  const out = new Float32Array(rows.length * size);
  const value = before(preprocessing);
  const own = new Map<string, Moments>();
  for (let i = 0; i < rows.length; i++) {
    const values = value(windowValues(windows, [rows[i]]));
    const { mean, scale } = lastMoments(preprocessing, windows, rows[i], own);
    const each = values.length / mean.length;
    for (let k = 0; k < values.length; k++) {
      const f = Math.floor(k / each);
      out[i * size + k] = held((values[k] - mean[f]) / scale[f]);
    }
  }
  return out;
}

/**
 * Mean and scale of one recording by itself, all parts of it together: what an exported model with scaling `recording` is
 * fed beside the windows. [C] for `raw`, [C (frame/2 + 1)] for `stft`.
 *
 * @param source as in `Recording.source`
 */
export function recordingMoments(preprocessing: SeriesPreprocessing, windows: WindowSet, source: string): Moments {
  const { recordings } = windows.set;
  const parts = new Set(Array.from(recordings.keys()).filter((r) => recordings[r].source === source));
  if (parts.size === 0) throw new RangeError(`recordingMoments: there is no recording "${source}"`);
  if (preprocessing.features === 'raw') return channelMoments(windows, parts);
  const rows = Int32Array.from(windows.recording.keys()).filter((row) => parts.has(windows.recording[row]));
  return featureMoments(preprocessing, windows, rows);
}

function lastMoments(
  preprocessing: SeriesPreprocessing,
  windows: WindowSet,
  row: number,
  own: Map<string, Moments>,
): Moments {
  const fixed = preprocessing.features === 'raw' ? preprocessing.channel : preprocessing.feature;
  if (fixed) return fixed;
  const { source } = windows.set.recordings[windows.recording[row]];
  const known = own.get(source) ?? recordingMoments(preprocessing, windows, source);
  own.set(source, known);
  return known;
}

/**
 * Everything but the last scaling: one window's values [C, L] to one value a step and channel, or frame and feature. The
 * answer is overwritten by the next.
 */
function before({ features, channel, channels, length, frame, frameHop }: SeriesPreprocessing) {
  if (features === 'raw' || !channel || !frame || !frameHop) return (window: Float32Array): ArrayLike<number> => window;
  const magnitudes = stft(length, frame, frameHop);
  const series = new Float64Array(length);
  const each = magnitudes(series).length;
  const out = new Float64Array(channels.length * each);
  return (window: Float32Array): ArrayLike<number> => {
    for (let c = 0; c < channels.length; c++) {
      for (let t = 0; t < length; t++) series[t] = held((window[c * length + t] - channel.mean[c]) / channel.scale[c]);
      const found = magnitudes(series);
      for (let k = 0; k < each; k++) out[c * each + k] = Math.log1p(found[k]);
    }
    return out;
  };
}

const held = (value: number) => Math.min(FARTHEST, Math.max(-FARTHEST, value));

function channelMoments({ set }: WindowSet, used: ReadonlySet<number>): Moments {
  const sum = moments(set.channels.length);
  for (const r of used) sum.add(set.recordings[r].channels);
  return sum.done();
}

function featureMoments(preprocessing: SeriesPreprocessing, windows: WindowSet, rows: Int32Array): Moments {
  const value = before(preprocessing);
  const sum = moments(preprocessing.shape[0]);
  for (const row of rows) sum.add(value(windowValues(windows, [row])));
  return sum.done();
}

function framesOf({ frame, frameHop }: FeatureOptions, { length, set: { rate } }: WindowSet) {
  const steps = frame === undefined ? length : stepsOf(frame, rate, '--frame');
  if (steps < 2 || steps > length)
    throw new InputError(
      length < 2
        ? '--features stft: a window of one step has no spectrum; use raw features, or a longer --window'
        : `--frame: must be 2 steps or more and no longer than a window (${length}), got ${steps}`,
    );
  const hop = frameHop === undefined ? Math.max(1, steps >> 1) : stepsOf(frameHop, rate, '--frame-hop');
  return { frame: steps, frameHop: hop };
}

function checkSame({ channels, length }: SeriesPreprocessing, windows: WindowSet): void {
  if (channels.length !== windows.set.channels.length || length !== windows.length)
    throw new RangeError(
      `applySeries: fitted for windows [${channels.length}, ${length}], got [${windows.set.channels.length}, ${windows.length}]`,
    );
}
