import { perChannel } from '../graph/normalise.ts';
import { add, conv } from '../graph/ops/index.ts';
import { type Init, kaimingUniform } from './init.ts';
import type { Layer } from './variable.ts';

export interface ConvLayerOptions {
  readonly stride?: number;
  readonly dilation?: number;
  readonly groups?: number;
  /**
   * Zeros at both ends, or [begin, end]; 'same': as many as keep the length at stride 1, the odd one at the end.
   * Default 0.
   */
  readonly padding?: number | readonly [number, number] | 'same';
  /** A layer before batch norm needs none: the norm takes it away. Default true. */
  readonly bias?: boolean;
  /** First weights, from their number and fan in. Default: PyTorch's (`kaimingUniform`). */
  readonly init?: (length: number, fanIn: number) => Init;
}

/** 1-d convolution of x [B, inputs, L]: weights [outputs, inputs / groups, kernel]. */
export function conv1d(name: string, inputs: number, outputs: number, kernel: number, options: ConvLayerOptions = {}) {
  return convolution(name, inputs, outputs, [kernel], options);
}

/** 2-d convolution of x [B, inputs, H, W]: weights [outputs, inputs / groups, kernel, kernel]. */
export function conv2d(name: string, inputs: number, outputs: number, kernel: number, options: ConvLayerOptions = {}) {
  return convolution(name, inputs, outputs, [kernel, kernel], options);
}

function convolution(
  name: string,
  inputs: number,
  outputs: number,
  kernel: readonly number[],
  options: ConvLayerOptions,
): Layer {
  const { stride = 1, dilation = 1, groups = 1, padding = 0, bias = true, init = kaimingUniform } = options;
  if (inputs % groups !== 0 || outputs % groups !== 0)
    throw new RangeError(`conv "${name}": ${inputs} to ${outputs} channels do not divide into ${groups} groups`);
  const shape = [outputs, inputs / groups, ...kernel];
  const fanIn = shape.slice(1).reduce((n, m) => n * m, 1);
  const weight = { name: `${name}.weight`, shape, init: init(outputs * fanIn, fanIn) };
  const offset = { name: `${name}.bias`, shape: [outputs], init: kaimingUniform(outputs, fanIn) };
  const ends = kernel.map((taps) => padEnds(padding, (taps - 1) * dilation));
  const settings = {
    strides: kernel.map(() => stride),
    dilations: kernel.map(() => dilation),
    pads: [...ends.map(([begin]) => begin), ...ends.map(([, end]) => end)],
    groups,
  };
  return {
    parameters: bias ? [weight, offset] : [weight],
    buffers: [],
    apply(x, scope) {
      const y = conv(x, scope.read(weight), settings);
      return bias ? add(y, perChannel(scope.read(offset), y.shape)) : y;
    },
  };
}

function padEnds(padding: ConvLayerOptions['padding'], total: number): readonly [number, number] {
  if (padding === 'same') return [Math.floor(total / 2), Math.ceil(total / 2)];
  return typeof padding === 'object' ? padding : [padding ?? 0, padding ?? 0];
}
