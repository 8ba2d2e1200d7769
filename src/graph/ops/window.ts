import { type Attributes, type OnnxAttribute, staticShape, type Tensor, type TensorType } from '../tensor.ts';

/** How a window moves over the axes after the first two, one number an axis. */
export interface Window {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Padding at the beginning of each axis, then at the end of each. */
  readonly pads: readonly number[];
}

/** A window with what is left out filled in: stride 1, dilation 1, no padding. */
export function windowOf(axes: number, { strides, dilations, pads }: Partial<Window>): Window {
  return {
    strides: strides ?? new Array<number>(axes).fill(1),
    dilations: dilations ?? new Array<number>(axes).fill(1),
    pads: pads ?? new Array<number>(2 * axes).fill(0),
  };
}

/** The window in an op's attributes. @throws RangeError when it does not fit `axes` axes */
export function readWindow(place: string, axes: number, attributes: Attributes): Window {
  const { strides, dilations, pads } = attributes as unknown as Window;
  const whole = (values: readonly number[], length: number, least: number) =>
    values.length === length && values.every((n) => Number.isInteger(n) && n >= least);
  if (!whole(strides, axes, 1) || !whole(dilations, axes, 1) || !whole(pads, 2 * axes, 0))
    throw new RangeError(
      `${place}: strides [${strides}], dilations [${dilations}], pads [${pads}] do not fit ${axes} axes`,
    );
  return { strides, dilations, pads };
}

/** Lengths of the axes after the first two. @throws RangeError when there are none or they are not known in advance */
export function lengthsOf(place: string, x: TensorType): number[] {
  if (x.shape.length < 3) throw new RangeError(`${place}: needs [B, C, length, ...], got [${x.shape.join(', ')}]`);
  return staticShape({ ...x, shape: x.shape.slice(2) }, place);
}

/** Reach of a kernel of `taps` taps. */
export const reach = (taps: number, dilation: number): number => (taps - 1) * dilation + 1;

/** How often a window fits: floor((length + padding - reach) / stride) + 1. @throws RangeError when it never fits */
export function steps(place: string, lengths: readonly number[], kernel: readonly number[], window: Window): number[] {
  const { strides, dilations, pads } = window;
  return lengths.map((length, i) => {
    const padded = length + pads[i] + pads[i + lengths.length];
    const count = Math.floor((padded - reach(kernel[i], dilations[i])) / strides[i]) + 1;
    if (count < 1)
      throw new RangeError(`${place}: length ${length} with its padding is shorter than kernel ${kernel[i]}`);
    return count;
  });
}

/** The window in the form of the model file. */
export function windowAttributes(attributes: Attributes): Record<string, OnnxAttribute> {
  const { strides, dilations, pads } = attributes as unknown as Window;
  return { strides: { ints: strides }, dilations: { ints: dilations }, pads: { ints: pads } };
}

/** x [B, C, ...] seen as [B C, 1, ...]: each channel by itself. */
export function channelsApart(place: string, x: Tensor): number[] {
  const [batch, channels, ...lengths] = staticShape(x, place);
  return [batch * channels, 1, ...lengths];
}
