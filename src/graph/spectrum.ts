import { float32 } from '../array/array.ts';
import { add, cast, constant, conv, mul, reshape, slice, sqrt, transpose } from './ops/index.ts';
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
  const [channels, length] = staticShape({ ...x, shape: x.shape.slice(1) }, 'stftMagnitude');
  const waves = fourierBasis(frame, bins, (t) => 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / frame));
  const basis = cast(constant(float32([2 * bins, 1, 1, frame], waves)), x.dtype);
  // Channels lie along an axis of their own, so that one basis serves all of them.
  const parts = conv(reshape(x, [x.shape[0], 1, channels, length]), basis, { strides: [1, hop] });
  return transpose(magnitude(parts, 1, bins), [0, 2, 1, 3]);
}

/**
 * Magnitude of the Fourier transform of whole series, no window: x [B, C, L] to [B, C, L/2 + 1], |sum_t x_t e^(-2 pi i k t
 * / L)| for k = 0, 1, ... The same sqrt(re^2 + im^2 + 1e-12) as above. One product with [L, L] numbers: for series of up to
 * a few thousand points.
 */
export function fftMagnitude(x: Tensor): Tensor {
  const [channels, length] = staticShape({ ...x, shape: x.shape.slice(1) }, 'fftMagnitude');
  const bins = Math.floor(length / 2) + 1;
  const waves = fourierBasis(length, bins, () => 1);
  const basis = cast(constant(float32([2 * bins, 1, 1, length], waves)), x.dtype);
  const parts = conv(reshape(x, [x.shape[0], 1, channels, length]), basis);
  const both = reshape(parts, [x.shape[0], 2 * bins, channels]);
  return transpose(magnitude(both, 1, bins), [0, 2, 1]);
}

/** Of the real parts and, behind them, the imaginary parts along an axis. */
function magnitude(parts: Tensor, axis: number, bins: number): Tensor {
  const re = slice(parts, { axis, start: 0, end: bins });
  const im = slice(parts, { axis, start: bins, end: 2 * bins });
  return sqrt(add(add(mul(re, re), mul(im, im)), 1e-12));
}

/** The cosines, then the sines, of every bin, times the window: [2 bins, frame]. */
function fourierBasis(frame: number, bins: number, window: (t: number) => number): Float32Array {
  const values = new Float32Array(2 * bins * frame);
  for (let row = 0; row < 2 * bins; row++) {
    const bin = row % bins;
    const wave = row < bins ? Math.cos : Math.sin;
    for (let t = 0; t < frame; t++) {
      // The angle is taken within one turn: large products lose digits.
      values[row * frame + t] = window(t) * wave((2 * Math.PI * ((bin * t) % frame)) / frame);
    }
  }
  return values;
}
