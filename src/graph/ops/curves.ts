import { array, float32 } from '../../array/array.ts';
import { apply, broadcast, describe, type Op, type Tensor } from '../tensor.ts';
import { cast, equal, exp, greater, mul, neg, type Operand, sub } from './elementwise.ts';
import { scalar } from './source.ts';

const X = float32([2, 3], [0.5, -1.2, 2.1, 0.3, 1.7, -0.4]);
const POSITIVE = float32([2, 3], [0.5, 1.2, 2.1, 0.3, 1.7, 0.4]);

/** 1 / (1 + exp(-x)). */
const sigmoidOp: Op = {
  name: 'sigmoid',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  vjp: ({ output: y, gradient }) => [mul(gradient, mul(y, sub(1, y)))],
  onnx: () => ({ type: 'Sigmoid' }),
  examples: [{ inputs: [X] }],
};

/** Error function; derivative 2/sqrt(pi) exp(-x^2). */
const erfOp: Op = {
  name: 'erf',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  vjp: ({ inputs: [x], gradient }) => [mul(gradient, mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI)))],
  onnx: () => ({ type: 'Erf' }),
  examples: [{ inputs: [X] }],
};

/** |x|; no gradient at 0. */
const absOp: Op = {
  name: 'abs',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  vjp: ({ inputs: [x], gradient }) => [mul(gradient, sub(cast(greater(x, 0), x.dtype), cast(greater(0, x), x.dtype)))],
  onnx: () => ({ type: 'Abs' }),
  examples: [{ inputs: [X] }],
};

/** x to a fixed power. A fractional power needs x >= 0 and is slow on the CPU (prefer sqrt, mul, reciprocal). */
const powOp: Op = {
  name: 'pow',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  vjp: ({ inputs: [x], gradient, attributes }) => {
    const exponent = attributes.exponent as number;
    return [mul(gradient, mul(pow(x, exponent - 1), exponent))];
  },
  onnx: ({ exponent }, [x]) => ({ type: 'Pow', extra: [plain(exponent as number, x.dtype)] }),
  examples: [
    { inputs: [X], attributes: { exponent: 3 } },
    { inputs: [POSITIVE], attributes: { exponent: 0.7 } },
    { inputs: [POSITIVE], attributes: { exponent: -1.5 } },
  ],
};

/** Where the two are equal the gradient goes to the second, as for min(constant, x) at the constant. */
const minimumOp: Op = {
  name: 'minimum',
  infer: ([a, b]) => {
    if (a.dtype !== b.dtype) throw new RangeError(`minimum: dtypes differ: ${describe([a, b])}`);
    return { shape: broadcast(a.shape, b.shape, 'minimum'), dtype: a.dtype };
  },
  vjp: ({ inputs: [a, b], gradient }) => {
    const first = cast(greater(b, a), gradient.dtype);
    return [mul(gradient, first), mul(gradient, sub(1, first))];
  },
  onnx: () => ({ type: 'Min' }),
  examples: [{ inputs: [X, float32([3], [1.5, 0.7, -2.2])] }, { inputs: [X, float32([2, 1], [0.9, -1.1])] }],
};

/** x held within [low, high]; the gradient passes within and at the bounds, not outside (as in PyTorch). */
const clipOp: Op = {
  name: 'clip',
  infer: ([x], { low, high }) => {
    if (!((low as number) <= (high as number))) throw new RangeError(`clip: needs low <= high, got ${low}, ${high}`);
    return { shape: x.shape, dtype: x.dtype };
  },
  vjp: ({ inputs: [x], output: y, gradient }) => [mul(gradient, cast(equal(x, y), x.dtype))],
  onnx: ({ low, high }, [x]) => ({
    type: 'Clip',
    extra: [plain(low as number, x.dtype), plain(high as number, x.dtype)],
  }),
  examples: [{ inputs: [X], attributes: { low: -0.7, high: 1.9 } }],
};

/** A fixed scalar as the model stores it. */
function plain(value: number, dtype: Tensor['dtype']) {
  return dtype === 'float64' ? array(dtype, [], Float64Array.of(value)) : float32([], [value]);
}

export const sigmoid = (x: Tensor): Tensor => apply(sigmoidOp, [x]);
export const erf = (x: Tensor): Tensor => apply(erfOp, [x]);
export const abs = (x: Tensor): Tensor => apply(absOp, [x]);
export const pow = (x: Tensor, exponent: number): Tensor => apply(powOp, [x], { exponent });
export const clip = (x: Tensor, low: number, high: number): Tensor => apply(clipOp, [x], { low, high });
export const minimum = (a: Tensor, b: Operand): Tensor =>
  apply(minimumOp, [a, typeof b === 'number' ? scalar(b, a.dtype) : b]);

export const curveOps: readonly Op[] = [sigmoidOp, erfOp, absOp, powOp, minimumOp, clipOp];
