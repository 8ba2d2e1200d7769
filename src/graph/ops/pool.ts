import { float32, size } from '../../array/array.ts';
import { apply, type Op, type Shape, staticShape, type Tensor, type TensorType } from '../tensor.ts';
import { conv, convTranspose } from './conv.ts';
import { cast, div, equal, mul } from './elementwise.ts';
import { pad } from './pad.ts';
import { mean, reduceMax } from './reduce.ts';
import { reshape, slice } from './shape.ts';
import { constant, full, withGradient } from './source.ts';
import { channelsApart, lengthsOf, readWindow, steps, type Window, windowAttributes, windowOf } from './window.ts';

export interface PoolOptions {
  /** Default: the kernel, so that windows do not overlap. */
  readonly strides?: readonly number[];
  readonly pads?: readonly number[];
}

/** Below every value of a net, yet finite: times 0 it stays 0. */
const LOWEST = -1e30;

const X1 = float32(
  [2, 2, 7],
  Array.from({ length: 28 }, (_, i) => Math.sin(1.7 * i)),
);
const X2 = float32(
  [1, 2, 5, 4],
  Array.from({ length: 40 }, (_, i) => Math.sin(2.3 * i)),
);
const examples = [
  { inputs: [X1], attributes: { kernel: [2], strides: [2], dilations: [1], pads: [0, 0] } },
  { inputs: [X1], attributes: { kernel: [3], strides: [1], dilations: [1], pads: [1, 1] } },
  { inputs: [X2], attributes: { kernel: [3, 2], strides: [2, 1], dilations: [1, 1], pads: [1, 0, 1, 1] } },
  { inputs: [X2], attributes: { kernel: [2, 2], strides: [3, 2], dilations: [1, 1], pads: [0, 0, 0, 0] } },
];

function infer(place: string) {
  return ([x]: readonly TensorType[], attributes: Record<string, unknown>): TensorType => {
    const lengths = lengthsOf(place, x);
    const kernel = attributes.kernel as readonly number[];
    const window = readWindow(place, lengths.length, attributes as never);
    if (kernel.length !== lengths.length || window.pads.some((n, i) => n >= kernel[i % kernel.length]))
      throw new RangeError(`${place}: kernel [${kernel}] must have ${lengths.length} lengths above the padding`);
    return { shape: [...x.shape.slice(0, 2), ...steps(place, lengths, kernel, window)] as Shape, dtype: x.dtype };
  };
}

/**
 * Largest value of each window. Padding never wins. Of equal values the first takes the gradient (as in PyTorch);
 * values of overlapping windows add up.
 *
 * The derivative lays the windows open, one channel a tap, by a convolution with unit kernels, and folds the chosen
 * ones back by the transposed convolution: memory grows with the number of taps.
 */
const maxPoolOp: Op = {
  name: 'maxPool',
  infer: infer('maxPool'),
  vjp: ({ inputs: [x], output: y, gradient, attributes }) => {
    const { kernel, strides, pads } = attributes as unknown as Window & { kernel: readonly number[] };
    const taps = size(kernel);
    const unit = Float32Array.from({ length: taps * taps }, (_, i) => (i % (taps + 1) === 0 ? 1 : 0));
    const basis = cast(constant(float32([taps, 1, ...kernel], unit)), x.dtype);
    const padded = pad(reshape(x, channelsApart('maxPool', x)), pads, LOWEST);
    const apart = channelsApart('maxPool', y);
    const hit = cast(equal(conv(padded, basis, { strides }), reshape(y, apart)), x.dtype);
    const rank = new Array<number>(kernel.length).fill(1);
    const order = Float32Array.from({ length: taps }, (_, i) => taps - i);
    const score = mul(hit, cast(constant(float32([1, taps, ...rank], order)), x.dtype));
    const first = cast(equal(score, reduceMax(score, { axes: [1], keep: true })), x.dtype);
    const windows = mul(first, reshape(gradient, apart));
    return [fold(windows, basis, x, { strides, pads })];
  },
  onnx: (attributes) => ({
    type: 'MaxPool',
    attributes: { ...windowAttributes(attributes), kernel_shape: { ints: attributes.kernel as readonly number[] } },
  }),
  examples,
};

/** Mean of each window; padding counts as zeros (PyTorch's default). */
const averagePoolOp: Op = {
  name: 'averagePool',
  infer: infer('averagePool'),
  vjp: ({ inputs: [x], output: y, gradient, attributes }) => {
    const { kernel, strides, pads } = attributes as unknown as Window & { kernel: readonly number[] };
    const basis = full([1, 1, ...kernel], 1 / size(kernel), x.dtype);
    return [fold(reshape(gradient, channelsApart('averagePool', y)), basis, x, { strides, pads })];
  },
  // Opset 17 has no dilation here.
  onnx: (attributes) => {
    const { strides, pads } = windowAttributes(attributes);
    const kernel = { ints: attributes.kernel as readonly number[] };
    return { type: 'AveragePool', attributes: { strides, pads, kernel_shape: kernel, count_include_pad: { int: 1 } } };
  },
  examples,
};

/** Adds windows [B C, taps, ...] to where they came from in x [B, C, ...]. */
function fold(windows: Tensor, basis: Tensor, x: Tensor, { strides, pads }: Required<PoolOptions>): Tensor {
  const lengths = lengthsOf('pool', x);
  const kernel = lengthsOf('pool', basis);
  const made = lengthsOf('pool', windows);
  const padded = lengths.map((n, i) => n + pads[i] + pads[i + lengths.length]);
  const outputPadding = padded.map((n, i) => n - kernel[i] - (made[i] - 1) * strides[i]);
  const wide = convTranspose(windows, basis, { strides, outputPadding });
  const cut = lengths.reduce((t, n, i) => slice(t, { axis: i + 2, start: pads[i], end: pads[i] + n }), wide);
  return reshape(cut, staticShape(x, 'pool'));
}

function attributesOf(kernel: readonly number[], { strides = kernel, pads }: PoolOptions) {
  return { kernel, ...windowOf(kernel.length, { strides, pads }) };
}

/** Largest value of each window of x [B, C, ...lengths]. */
export const maxPool = (x: Tensor, kernel: readonly number[], options: PoolOptions = {}): Tensor =>
  apply(maxPoolOp, [x], attributesOf(kernel, options));

/** Mean of each window of x [B, C, ...lengths]; padding counts as zeros. */
export const averagePool = (x: Tensor, kernel: readonly number[], options: PoolOptions = {}): Tensor =>
  apply(averagePoolOp, [x], attributesOf(kernel, options));

const rest = (x: Tensor) => x.shape.slice(2).map((_, i) => i + 2);

/** Mean of each channel: x [B, C, ...] to [B, C]. */
export const globalAveragePool = (x: Tensor): Tensor => mean(x, { axes: rest(x) });

/** Largest value of each channel: x [B, C, ...] to [B, C]. Equal values share the gradient (as in torch.amax). */
export function globalMaxPool(x: Tensor): Tensor {
  const y = reduceMax(x, { axes: rest(x), keep: true });
  const pooled = withGradient(reshape(y, y.shape.slice(0, 2)), [x], (gradient) => {
    const hit = cast(equal(x, y), x.dtype);
    const count = mul(mean(hit, { axes: rest(x), keep: true }), size(lengthsOf('globalMaxPool', x)));
    return [mul(hit, div(reshape(gradient, y.shape), count))];
  });
  return pooled;
}

export const poolOps: readonly Op[] = [maxPoolOp, averagePoolOp];
