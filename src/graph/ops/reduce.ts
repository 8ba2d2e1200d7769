import { array, float32 } from '../../array/array.ts';
import { type Attributes, apply, type Op, staticShape, type Tensor, type TensorType } from '../tensor.ts';
import { mul, sub } from './elementwise.ts';
import { broadcastTo, reshape } from './shape.ts';

const X = float32([2, 3], [0.5, -1.2, 2.1, 0.3, 1.7, -0.4]);

interface Reduction {
  readonly axes: readonly number[];
  readonly keep?: boolean;
}

function infer([x]: readonly TensorType[], { axes, keep }: Attributes): TensorType {
  const gone = new Set(axes as readonly number[]);
  for (const axis of gone)
    if (!Number.isInteger(axis) || axis < 0 || axis >= x.shape.length)
      throw new RangeError(`reduce: axis ${axis} is not one of [${x.shape.join(', ')}]`);
  const shape = keep ? x.shape.map((n, i) => (gone.has(i) ? 1 : n)) : x.shape.filter((_, i) => !gone.has(i));
  return { shape, dtype: x.dtype };
}

/** The gradient of a reduction spread back over the reduced axes. */
function spread(gradient: Tensor, x: Tensor, axes: readonly number[]): Tensor {
  const kept = staticShape(x, 'reduce').map((n, i) => (axes.includes(i) ? 1 : n));
  return broadcastTo(reshape(gradient, kept), staticShape(x, 'reduce'));
}

const reduceSumOp: Op = {
  name: 'reduceSum',
  infer,
  vjp: ({ inputs: [x], gradient, attributes }) => [spread(gradient, x, attributes.axes as readonly number[])],
  // ReduceSum alone takes its axes as an input in opset 17.
  onnx: ({ axes, keep }) => ({
    type: 'ReduceSum',
    attributes: { keepdims: { int: keep ? 1 : 0 } },
    extra: [
      array('int64', [(axes as readonly number[]).length], BigInt64Array.from((axes as readonly number[]).map(BigInt))),
    ],
  }),
  examples: [
    { inputs: [X], attributes: { axes: [0], keep: false } },
    { inputs: [X], attributes: { axes: [1], keep: true } },
    { inputs: [X], attributes: { axes: [0, 1], keep: false } },
  ],
};

const reduceMeanOp: Op = {
  name: 'reduceMean',
  infer,
  vjp: ({ inputs: [x], gradient, attributes }) => {
    const shape = staticShape(x, 'reduceMean');
    const axes = attributes.axes as readonly number[];
    const count = axes.reduce((product, axis) => product * shape[axis], 1);
    return [spread(mul(gradient, 1 / count), x, axes)];
  },
  onnx: ({ axes, keep }) => ({
    type: 'ReduceMean',
    attributes: { keepdims: { int: keep ? 1 : 0 }, axes: { ints: axes as readonly number[] } },
  }),
  examples: reduceSumOp.examples,
};

/** Largest value along the axes. For shifting logits and the like: no derivative. */
const reduceMaxOp: Op = {
  name: 'reduceMax',
  infer,
  vjp: 'none',
  onnx: ({ axes, keep }) => ({
    type: 'ReduceMax',
    attributes: { keepdims: { int: keep ? 1 : 0 }, axes: { ints: axes as readonly number[] } },
  }),
  examples: [{ inputs: [X], attributes: { axes: [1], keep: true } }],
};

const softmaxOp: Op = {
  name: 'softmax',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  vjp: ({ gradient: g, output: y }) => {
    const gy = mul(g, y);
    return [sub(gy, mul(y, sum(gy, { axes: [y.shape.length - 1], keep: true })))];
  },
  onnx: () => ({ type: 'Softmax', attributes: { axis: { int: -1 } } }),
  examples: [{ inputs: [X] }],
};

const logSoftmaxOp: Op = {
  name: 'logSoftmax',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  vjp: ({ inputs: [x], gradient: g }) => [sub(g, mul(softmax(x), sum(g, { axes: [x.shape.length - 1], keep: true })))],
  onnx: () => ({ type: 'LogSoftmax', attributes: { axis: { int: -1 } } }),
  examples: [{ inputs: [X] }],
};

/** Sum over the axes; `keep` leaves them with length 1. */
export const sum = (x: Tensor, { axes, keep = false }: Reduction): Tensor => apply(reduceSumOp, [x], { axes, keep });
/** Mean over the axes; `keep` leaves them with length 1. */
export const mean = (x: Tensor, { axes, keep = false }: Reduction): Tensor => apply(reduceMeanOp, [x], { axes, keep });
export const reduceMax = (x: Tensor, { axes, keep = false }: Reduction): Tensor =>
  apply(reduceMaxOp, [x], { axes, keep });
/** Along the last axis. */
export const softmax = (x: Tensor): Tensor => apply(softmaxOp, [x]);
/** Along the last axis. */
export const logSoftmax = (x: Tensor): Tensor => apply(logSoftmaxOp, [x]);

export const reduceOps: readonly Op[] = [reduceSumOp, reduceMeanOp, reduceMaxOp, softmaxOp, logSoftmaxOp];
