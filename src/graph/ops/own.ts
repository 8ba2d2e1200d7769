import { apply, type Op, type Shape, type Tensor } from '../tensor.ts';

/**
 * Ops of the runtime itself, for `graph/blocked` alone: they are in no list of ops and in no exported model.
 *
 * The blocked convolutions (onnxruntime, domain com.microsoft.nchwc) are undocumented, so `runtime/fast-path` probes them
 * first. Shapes are those of the plain layout [B, C, H, W]; the numbers lie as [B, C / lanes, H, W, lanes].
 */
const DOMAIN = 'com.microsoft.nchwc';

const toBlocksOp: Op = {
  name: 'toBlocks',
  infer: ([{ shape, dtype }]) => ({ shape, dtype }),
  vjp: 'none',
  onnx: ({ channelsLast }) => ({
    type: 'ReorderInput',
    domain: DOMAIN,
    ...(channelsLast ? { attributes: { channels_last: { int: 1 } } } : {}),
  }),
  examples: [],
};

const fromBlocksOp: Op = {
  name: 'fromBlocks',
  infer: ([{ shape, dtype }]) => ({ shape, dtype }),
  vjp: 'none',
  onnx: (_, [x]) => ({
    type: 'ReorderOutput',
    domain: DOMAIN,
    attributes: { channels: { int: x.shape[1] as number } },
  }),
  examples: [],
};

/** Everything is known to the pass that makes it: the output's shape, the kernel. */
const blockedConvOp: Op = {
  name: 'blockedConv',
  infer: ([x], { shape }) => ({ shape: shape as Shape, dtype: x.dtype }),
  vjp: 'none',
  onnx: ({ kernel, strides, dilations, pads, groups, activation }) => ({
    type: 'Conv',
    domain: DOMAIN,
    attributes: {
      kernel_shape: { ints: kernel as readonly number[] },
      strides: { ints: strides as readonly number[] },
      dilations: { ints: dilations as readonly number[] },
      pads: { ints: pads as readonly number[] },
      group: { int: groups as number },
      ...(activation ? { activation: { string: activation as string } } : {}),
    },
  }),
  examples: [],
};

/** x Phi(x) in one pass. */
const wholeGeluOp: Op = {
  name: 'wholeGelu',
  infer: ([{ shape, dtype }]) => ({ shape, dtype }),
  vjp: 'none',
  onnx: () => ({ type: 'Gelu', domain: 'com.microsoft' }),
  examples: [],
};

export const wholeGelu = (x: Tensor): Tensor => apply(wholeGeluOp, [x]);

export interface BlockedConvOptions {
  /** Of the output, plain: [B, O, H, W]. */
  readonly shape: Shape;
  readonly kernel: readonly [number, number];
  readonly strides?: readonly [number, number];
  readonly dilations?: readonly [number, number];
  readonly pads?: readonly [number, number, number, number];
  readonly groups?: number;
  readonly activation?: 'Relu';
}

/** x [B, C, H, W] into blocks of channels. */
export const toBlocks = (x: Tensor): Tensor => apply(toBlocksOp, [x], { channelsLast: false });

/** x [B, H, W, C] into blocks of channels: the numbers of [B, C, H, W], still under x's shape. */
export const lastToBlocks = (x: Tensor): Tensor => apply(toBlocksOp, [x], { channelsLast: true });

export const fromBlocks = (x: Tensor): Tensor => apply(fromBlocksOp, [x]);

/**
 * Convolution of blocked x with a filter in blocks [O / lanes, I / lanes, taps, lanes of I, lanes of O] (fewer input
 * channels than lanes: plain x, filter [O / lanes, I, taps, lanes of O]; one channel a group: filter [C]).
 * @param rest bias [O], then what is added before the activation (blocked, of the output's shape)
 */
export function blockedConv(x: Tensor, filter: Tensor, rest: readonly Tensor[], options: BlockedConvOptions): Tensor {
  const { shape, kernel, strides = [1, 1], dilations = [1, 1], pads = [0, 0, 0, 0], groups = 1, activation } = options;
  const attributes = { shape: shape as readonly number[], kernel, strides, dilations, pads, groups };
  return apply(blockedConvOp, [x, filter, ...rest], activation ? { ...attributes, activation } : attributes);
}
