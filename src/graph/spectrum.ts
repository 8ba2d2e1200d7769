import { float32 } from '../array/array.ts';
import { add, cast, constant, conv, mul, reshape, slice, sqrt } from './ops/index.ts';
import { staticShape, type Tensor } from './tensor.ts';

export interface StftOptions {
  /** Samples in a frame. */
  readonly frame: number;
  /** Samples from one frame to the next. */
  readonly hop: number;
}

/**
 * Magnitude of the short-time Fourier transform: x [B, C, L] to [B, C, frame/2 + 1, frames], periodic Hann window,
 * frames that lie wholly within the series (no padding): frames = floor((L - frame) / hop) + 1.
 *
 * A strided convolution with the windowed cosines and sines; magnitude = sqrt(re^2 + im^2 + 1e-12), so that the
 * gradient of a silent frame is 0 and not NaN.
 * @throws RangeError when frame or hop are no whole numbers >= 1 or the series is shorter than a frame
 */
export function stftMagnitude(x: Tensor, { frame, hop }: StftOptions): Tensor {
  if (!Number.isInteger(frame) || frame < 2 || !Number.isInteger(hop) || hop < 1)
    throw new RangeError(`stftMagnitude: needs whole numbers frame >= 2 and hop >= 1, got ${frame}, ${hop}`);
  const bins = Math.floor(frame / 2) + 1;
  const [channels] = staticShape({ ...x, shape: [x.shape[1]] }, 'stftMagnitude');
  const basis = cast(constant(float32([channels * 2 * bins, 1, frame], fourierBasis(channels, frame, bins))), x.dtype);
  const parts = conv(x, basis, { strides: [hop], groups: channels });
  const frames = parts.shape[2];
  const apart = reshape(parts, [x.shape[0], channels, 2 * bins, frames]);
  const re = slice(apart, { axis: 2, start: 0, end: bins });
  const im = slice(apart, { axis: 2, start: bins, end: 2 * bins });
  return sqrt(add(add(mul(re, re), mul(im, im)), 1e-12));
}

/** For each channel the cosines, then the sines, of every bin, times the window. */
function fourierBasis(channels: number, frame: number, bins: number): Float32Array {
  const values = new Float32Array(channels * 2 * bins * frame);
  for (let row = 0; row < channels * 2 * bins; row++) {
    const bin = row % bins;
    const wave = row % (2 * bins) < bins ? Math.cos : Math.sin;
    for (let t = 0; t < frame; t++) {
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / frame);
      // The angle is taken within one turn: large products lose digits.
      values[row * frame + t] = window * wave((2 * Math.PI * ((bin * t) % frame)) / frame);
    }
  }
  return values;
}
