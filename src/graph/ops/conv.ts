import { float32 } from '../../array/array.ts';
import { apply, describe, type Op, staticShape, type Tensor, type TensorType } from '../tensor.ts';
import { stackedMatmul } from './matmul.ts';
import { sum } from './reduce.ts';
import { concat, reshape, slice, transpose } from './shape.ts';
import { composite, full } from './source.ts';
import { lengthsOf, reach, readWindow, steps, type Window, windowAttributes, windowOf } from './window.ts';

export interface ConvOptions extends Partial<Window> {
  /** Input and output channels fall into this many groups that know nothing of each other. */
  readonly groups?: number;
}

export interface ConvTransposeOptions extends ConvOptions {
  /** Extra length at the end of each axis: below the stride. */
  readonly outputPadding?: readonly number[];
}

/** Reproducible numbers for the examples. */
const ramp = (...shape: number[]) =>
  float32(
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1.7 * i + 0.3 * shape.length)),
  );

function fits(place: string, x: TensorType, w: TensorType): void {
  if (x.dtype !== w.dtype || x.shape.length !== w.shape.length)
    throw new RangeError(`${place}: needs input and weights of one dtype and rank, got ${describe([x, w])}`);
}

/**
 * Cross-correlation: x [B, C, ...lengths], w [O, C / groups, ...kernel] to [B, O, ...], one, two or more axes.
 *
 * The gradient of the input is the transposed convolution; the gradient of the weights a convolution in which batch
 * and channels change places and stride and dilation too.
 */
const convOp: Op = {
  name: 'conv',
  infer: ([x, w], attributes) => {
    fits('conv', x, w);
    const lengths = lengthsOf('conv', x);
    const [outputs, inner, ...kernel] = staticShape(w, 'conv');
    const groups = attributes.groups as number;
    if (x.shape[1] !== inner * groups || outputs % groups !== 0)
      throw new RangeError(`conv: channels do not fit ${groups} groups: ${describe([x, w])}`);
    const window = readWindow('conv', lengths.length, attributes);
    return { shape: [x.shape[0], outputs, ...steps('conv', lengths, kernel, window)], dtype: x.dtype };
  },
  vjp: ({ inputs: [x, w], gradient, attributes }) => {
    const { strides, dilations, pads, groups } = attributes as unknown as Required<ConvOptions>;
    const lengths = lengthsOf('conv', x);
    const kernel = lengthsOf('conv', w);
    const made = lengthsOf('conv', gradient);
    const outputPadding = lengths.map(
      (length, i) =>
        length + pads[i] + pads[i + lengths.length] - reach(kernel[i], dilations[i]) - (made[i] - 1) * strides[i],
    );
    return [
      convTranspose(gradient, w, { strides, dilations, pads, groups, outputPadding }),
      weightGradient(x, gradient, kernel, { strides, dilations, pads, groups }),
    ];
  },
  onnx: (attributes) => ({
    type: 'Conv',
    attributes: { ...windowAttributes(attributes), group: { int: attributes.groups as number } },
  }),
  examples: [
    [ramp(2, 3, 7), ramp(4, 3, 3), {}],
    [ramp(2, 2, 8), ramp(3, 2, 3), { strides: [2], pads: [1, 2] }],
    [ramp(1, 4, 9), ramp(4, 2, 2), { strides: [3], dilations: [2], pads: [0, 1], groups: 2 }],
    [ramp(2, 3, 6), ramp(3, 1, 3), { dilations: [2], pads: [4, 0], groups: 3 }],
    [ramp(2, 2, 5, 4), ramp(2, 2, 3, 2), { strides: [2, 1], pads: [1, 0, 1, 1] }],
    [ramp(1, 4, 6, 5), ramp(2, 2, 2, 3), { strides: [2, 2], dilations: [1, 2], pads: [0, 1, 1, 2], groups: 2 }],
  ].map(([x, w, options]) => example(x as never, w as never, options as ConvOptions)),
};

/**
 * Gradient of the weights [O, C / groups, ...kernel] from the input x [B, C, ...] and the output's gradient.
 * One axis: a matrix product a tap, several times faster than a convolution whose kernel is as long as the series.
 */
function weightGradient(x: Tensor, gradient: Tensor, kernel: readonly number[], options: Required<ConvOptions>) {
  const { strides, groups } = options;
  const perTap = kernel.length === 1 && groups === 1 && strides[0] === 1;
  const value = perTap ? tapByTap(x, gradient, kernel[0], options) : asConvolution(x, gradient, kernel, options);
  return composite('convWeightGradient', value, [x, gradient], { kernel, ...options });
}

/** dw[o, c, k] = sum_b sum_t dy[b, o, t] x[b, c, t + k dilation - padding], over the t that do not meet padding. */
function tapByTap(x: Tensor, gradient: Tensor, taps: number, { dilations, pads }: Required<ConvOptions>): Tensor {
  const [, outputs, made] = staticShape(gradient, 'conv');
  const [, channels, length] = staticShape(x, 'conv');
  const products = Array.from({ length: taps }, (_, k) => {
    const shift = k * dilations[0] - pads[0];
    const [start, end] = [Math.max(0, -shift), Math.min(made, length - shift)];
    if (start >= end) return full([outputs, channels, 1], 0, x.dtype);
    const seen = slice(x, { axis: 2, start: start + shift, end: end + shift });
    const product = stackedMatmul(slice(gradient, { axis: 2, start, end }), transpose(seen, [0, 2, 1]));
    return reshape(sum(product, { axes: [0] }), [outputs, channels, 1]);
  });
  return concat(products, 2);
}

/** A convolution in which batch and channels change places, and stride and dilation. */
function asConvolution(x: Tensor, gradient: Tensor, kernel: readonly number[], options: Required<ConvOptions>) {
  const { strides, dilations, pads, groups } = options;
  const [batch, channels, ...lengths] = staticShape(x, 'conv');
  const rest = lengths.map((_, i) => i + 2);
  const inner = channels / groups;
  const apart = reshape(x, [batch, groups, inner, ...lengths]);
  const swapped = transpose(apart, [2, 1, 0, ...rest.map((i) => i + 1)]);
  const full = conv(reshape(swapped, [inner, groups * batch, ...lengths]), transpose(gradient, [1, 0, ...rest]), {
    strides: dilations,
    dilations: strides,
    pads,
    groups,
  });
  // A stride that leaves a remainder of the input unseen makes taps that the kernel does not have.
  const cropped = kernel.reduce((part, length, i) => slice(part, { axis: i + 2, start: 0, end: length }), full);
  return transpose(cropped, [1, 0, ...rest]);
}

/**
 * The transposed convolution: x [B, C, ...lengths], w [C, O / groups, ...kernel] to [B, O, ...] of length
 * (length - 1) stride + reach(kernel) - padding + outputPadding.
 */
const convTransposeOp: Op = {
  name: 'convTranspose',
  infer: ([x, w], attributes) => {
    fits('convTranspose', x, w);
    const lengths = lengthsOf('convTranspose', x);
    const [inputs, inner, ...kernel] = staticShape(w, 'convTranspose');
    const groups = attributes.groups as number;
    if (x.shape[1] !== inputs || inputs % groups !== 0)
      throw new RangeError(`convTranspose: channels do not fit ${groups} groups: ${describe([x, w])}`);
    const { strides, dilations, pads } = readWindow('convTranspose', lengths.length, attributes);
    const extra = attributes.outputPadding as readonly number[];
    if (extra.length !== lengths.length || extra.some((n, i) => n < 0 || n >= strides[i]))
      throw new RangeError(`convTranspose: outputPadding [${extra}] must be below the strides [${strides}]`);
    const made = lengths.map(
      (length, i) =>
        (length - 1) * strides[i] + reach(kernel[i], dilations[i]) - pads[i] - pads[i + lengths.length] + extra[i],
    );
    if (made.some((n) => n < 1)) throw new RangeError(`convTranspose: pads [${pads}] leave no length: [${made}]`);
    return { shape: [x.shape[0], inner * groups, ...made], dtype: x.dtype };
  },
  vjp: ({ inputs: [x, w], gradient, attributes }) => {
    const { strides, dilations, pads, groups } = attributes as unknown as Required<ConvOptions>;
    const options = { strides, dilations, pads, groups };
    return [conv(gradient, w, options), weightGradient(gradient, x, lengthsOf('convTranspose', w), options)];
  },
  onnx: (attributes) => ({
    type: 'ConvTranspose',
    attributes: {
      ...windowAttributes(attributes),
      group: { int: attributes.groups as number },
      output_padding: { ints: attributes.outputPadding as readonly number[] },
    },
  }),
  examples: [
    [ramp(2, 3, 4), ramp(3, 2, 3), {}],
    [ramp(1, 4, 4), ramp(4, 3, 3), { strides: [3], dilations: [2], pads: [1, 2], groups: 2, outputPadding: [1] }],
    [ramp(1, 2, 3, 3), ramp(2, 2, 2, 3), { strides: [2, 1], pads: [1, 1, 0, 1], outputPadding: [1, 0] }],
  ].map(([x, w, options]) => example(x as never, w as never, options as ConvTransposeOptions, true)),
};

function filled(axes: number, { groups = 1, ...window }: ConvOptions) {
  return { ...windowOf(axes, window), groups };
}

function example(x: ReturnType<typeof ramp>, w: typeof x, options: ConvTransposeOptions, transposed = false) {
  const axes = x.shape.length - 2;
  const { outputPadding = new Array<number>(axes).fill(0), ...rest } = options;
  return { inputs: [x, w], attributes: { ...filled(axes, rest), ...(transposed ? { outputPadding } : {}) } };
}

/** Cross-correlation of x [B, C, ...lengths] with w [O, C / groups, ...kernel]. */
export const conv = (x: Tensor, w: Tensor, options: ConvOptions = {}): Tensor =>
  apply(convOp, [x, w], filled(x.shape.length - 2, options));

/** Transposed convolution of x [B, C, ...lengths] with w [C, O / groups, ...kernel]. */
export const convTranspose = (
  x: Tensor,
  w: Tensor,
  { outputPadding = new Array<number>(x.shape.length - 2).fill(0), ...options }: ConvTransposeOptions = {},
): Tensor => apply(convTransposeOp, [x, w], { ...filled(x.shape.length - 2, options), outputPadding });

export const convOps: readonly Op[] = [convOp, convTransposeOp];
