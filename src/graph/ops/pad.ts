import { array, float32 } from '../../array/array.ts';
import { apply, type Op, staticShape, type Tensor } from '../tensor.ts';
import { int64, slice } from './shape.ts';

const X = float32([2, 3], [0.5, -1.2, 2.1, 0.3, 1.7, -0.4]);

/** x with `value` around it: `pads` before each axis, then after each. A length that is a name cannot be padded. */
const padOp: Op = {
  name: 'pad',
  infer: ([x], attributes) => {
    const pads = attributes.pads as readonly number[];
    const rank = x.shape.length;
    if (pads.length !== 2 * rank || pads.some((n) => !Number.isInteger(n) || n < 0))
      throw new RangeError(`pad: pads [${pads}] do not fit [${x.shape.join(', ')}]`);
    const shape = x.shape.map((n, i) => {
      const extra = pads[i] + pads[i + rank];
      return extra === 0 ? n : staticShape({ ...x, shape: [n] }, 'pad')[0] + extra;
    });
    return { shape, dtype: x.dtype };
  },
  vjp: ({ inputs: [x], gradient, attributes }) => {
    const pads = attributes.pads as readonly number[];
    const lengths = staticShape(x, 'pad');
    return [lengths.reduce((g, n, axis) => slice(g, { axis, start: pads[axis], end: pads[axis] + n }), gradient)];
  },
  onnx: ({ pads, value }, [x]) => ({
    type: 'Pad',
    extra: [
      int64(pads as readonly number[]),
      x.dtype === 'float64' ? array('float64', [], Float64Array.of(value as number)) : float32([], [value as number]),
    ],
  }),
  examples: [
    { inputs: [X], attributes: { pads: [0, 1, 2, 0], value: 0 } },
    { inputs: [float32([1, 2, 3], X.data)], attributes: { pads: [0, 0, 3, 0, 1, 0], value: -2.5 } },
  ],
};

/**
 * x with a constant around its last axes.
 * @param pads before each of the padded axes, then after each; axes before them stay as they are
 */
export function pad(x: Tensor, pads: readonly number[], value = 0): Tensor {
  if (pads.every((n) => n === 0)) return x;
  const half = pads.length / 2;
  const leading = new Array<number>(Math.max(0, x.shape.length - half)).fill(0);
  return apply(padOp, [x], { pads: [...leading, ...pads.slice(0, half), ...leading, ...pads.slice(half)], value });
}

export const padOps: readonly Op[] = [padOp];
