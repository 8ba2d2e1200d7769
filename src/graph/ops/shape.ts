import { array, float32, type NdArray, size } from '../../array/array.ts';
import { apply, broadcast, type Op, type Shape, staticShape, type Tensor } from '../tensor.ts';
import { cast } from './elementwise.ts';
import { full } from './source.ts';

const X = float32([2, 3], [0.5, -1.2, 2.1, 0.3, 1.7, -0.4]);
const Y = float32([1, 3], [1.5, 0.7, -2.2]);

export function int64(values: readonly number[]): NdArray<'int64'> {
  return array('int64', [values.length], BigInt64Array.from(values.map(BigInt)));
}

/** At most one length may be a name; it stands as -1 in the model. */
const reshapeOp: Op = {
  name: 'reshape',
  infer: ([x], a) => {
    const shape = a.shape as Shape;
    const known = (s: Shape) => size(s.filter((n) => typeof n === 'number'));
    const names = (s: Shape) => s.filter((n) => typeof n === 'string').join();
    if (known(x.shape) !== known(shape) || names(x.shape) !== names(shape))
      throw new RangeError(`reshape: [${x.shape.join(', ')}] does not fit [${shape.join(', ')}]`);
    return { shape, dtype: x.dtype };
  },
  vjp: ({ inputs: [x], gradient }) => [reshape(gradient, x.shape)],
  onnx: (a) => ({ type: 'Reshape', extra: [int64((a.shape as Shape).map((n) => (typeof n === 'string' ? -1 : n)))] }),
  examples: [
    { inputs: [X], attributes: { shape: [3, 2] } },
    { inputs: [X], attributes: { shape: [6] } },
  ],
};

const broadcastToOp: Op = {
  name: 'broadcastTo',
  infer: ([x], a) => {
    const shape = a.shape as Shape;
    if (broadcast(x.shape, shape, 'broadcastTo').join() !== shape.join())
      throw new RangeError(`broadcastTo: [${x.shape.join(', ')}] is larger than [${shape.join(', ')}]`);
    return { shape, dtype: x.dtype };
  },
  vjp: ({ gradient }) => [gradient],
  onnx: (a) => ({ type: 'Expand', extra: [int64(a.shape as readonly number[])] }),
  examples: [{ inputs: [Y], attributes: { shape: [2, 3] } }],
};

const transposeOp: Op = {
  name: 'transpose',
  infer: ([x], a) => {
    const order = a.order as readonly number[];
    if ([...order].sort().join() !== x.shape.map((_, i) => i).join())
      throw new RangeError(`transpose: [${order}] is no order of [${x.shape.join(', ')}]`);
    return { shape: order.map((i) => x.shape[i]), dtype: x.dtype };
  },
  vjp: ({ gradient, attributes }) => {
    const order = attributes.order as readonly number[];
    return [
      transpose(
        gradient,
        order.map((_, i) => order.indexOf(i)),
      ),
    ];
  },
  onnx: (a) => ({ type: 'Transpose', attributes: { perm: { ints: a.order as readonly number[] } } }),
  examples: [
    { inputs: [X], attributes: { order: [1, 0] } },
    { inputs: [float32([1, 2, 3], X.data)], attributes: { order: [2, 0, 1] } },
  ],
};

const concatOp: Op = {
  name: 'concat',
  infer: (inputs, { axis }) => {
    const at = axis as number;
    const [first] = inputs;
    for (const x of inputs)
      if (x.dtype !== first.dtype || x.shape.some((n, i) => i !== at && n !== first.shape[i]))
        throw new RangeError(
          `concat: shapes differ beside axis ${at}: ${inputs.map((t) => `[${t.shape.join(', ')}]`).join(', ')}`,
        );
    const total = inputs.reduce((n, x) => n + staticShape({ ...x, shape: [x.shape[at]] }, 'concat')[0], 0);
    return { shape: first.shape.map((n, i) => (i === at ? total : n)), dtype: first.dtype };
  },
  vjp: ({ inputs, gradient, attributes }) => {
    const axis = attributes.axis as number;
    let start = 0;
    return inputs.map((x) => {
      const end = start + (x.shape[axis] as number);
      const part = slice(gradient, { axis, start, end });
      start = end;
      return part;
    });
  },
  onnx: ({ axis }) => ({ type: 'Concat', attributes: { axis: { int: axis as number } } }),
  examples: [
    { inputs: [X, Y], attributes: { axis: 0 } },
    { inputs: [X, float32([2, 1], [7, 8]), X], attributes: { axis: 1 } },
  ],
};

interface Range {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
}

const sliceOp: Op = {
  name: 'slice',
  infer: ([x], a) => {
    const { axis, start, end } = a as unknown as Range;
    const length = x.shape[axis];
    if (typeof length !== 'number' || start < 0 || end > length || start >= end)
      throw new RangeError(`slice: ${start}..${end} is not within axis ${axis} of [${x.shape.join(', ')}]`);
    return { shape: x.shape.map((n, i) => (i === axis ? end - start : n)), dtype: x.dtype };
  },
  vjp: ({ inputs: [x], gradient, attributes }) => {
    const { axis, start, end } = attributes as unknown as Range;
    const shape = staticShape(x, 'slice');
    const zeros = (length: number) =>
      full(
        shape.map((n, i) => (i === axis ? length : n)),
        0,
        x.dtype,
      );
    const parts = [start > 0 ? zeros(start) : null, gradient, end < shape[axis] ? zeros(shape[axis] - end) : null];
    const present = parts.filter((part) => part !== null);
    return [present.length === 1 ? present[0] : concat(present, axis)];
  },
  onnx: ({ axis, start, end }) => ({
    type: 'Slice',
    extra: [int64([start as number]), int64([end as number]), int64([axis as number])],
  }),
  examples: [
    { inputs: [X], attributes: { axis: 1, start: 1, end: 3 } },
    { inputs: [X], attributes: { axis: 0, start: 0, end: 1 } },
  ],
};

/** x with an axis read from its end. */
const reverseOp: Op = {
  name: 'reverse',
  infer: ([x], { axis }) => {
    if (!((axis as number) in x.shape)) throw new RangeError(`reverse: no axis ${axis} in [${x.shape.join(', ')}]`);
    return { shape: x.shape, dtype: x.dtype };
  },
  vjp: ({ gradient, attributes }) => [reverse(gradient, attributes.axis as number)],
  onnx: ({ axis }) => ({
    type: 'Slice',
    extra: [int64([-1]), int64([Number.MIN_SAFE_INTEGER]), int64([axis as number]), int64([-1])],
  }),
  examples: [{ inputs: [X], attributes: { axis: 1 } }],
};

/** Rows of x [N, ...] by number; indices [B] give [B, ...]. */
const gatherOp: Op = {
  name: 'gather',
  infer: ([x, indices]) => {
    if (indices.dtype !== 'int32' && indices.dtype !== 'int64')
      throw new RangeError(`gather: indices must be whole numbers, got ${indices.dtype}`);
    return { shape: [...indices.shape, ...x.shape.slice(1)], dtype: x.dtype };
  },
  vjp: ({ inputs: [x, indices], gradient }) => [
    scatterAdd(cast(indices, 'int64'), gradient, staticShape(x, 'gather')),
    null,
  ],
  onnx: () => ({ type: 'Gather', attributes: { axis: { int: 0 } } }),
  examples: [
    { inputs: [X, array('int64', [4], new BigInt64Array([1n, 0n, 1n, 1n]))] },
    { inputs: [X, array('int64', [1], new BigInt64Array([1n]))] },
  ],
};

/** Zeros of `shape` plus every row of `updates` added at its index: the derivative of gather. */
const scatterAddOp: Op = {
  name: 'scatterAdd',
  infer: ([zeros]) => ({ shape: zeros.shape, dtype: zeros.dtype }),
  vjp: ({ inputs: [, indices], gradient }) => [gradient, null, gather(gradient, reshape(indices, [indices.shape[0]]))],
  onnx: () => ({ type: 'ScatterND', attributes: { reduction: { string: 'add' } } }),
  examples: [
    {
      inputs: [
        float32([2, 3], new Float32Array(6)),
        array('int64', [3, 1], new BigInt64Array([1n, 0n, 1n])),
        float32([3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]),
      ],
    },
  ],
};

export const reshape = (x: Tensor, shape: Shape): Tensor =>
  x.shape.join() === shape.join() ? x : apply(reshapeOp, [x], { shape: shape as readonly number[] });
export const broadcastTo = (x: Tensor, shape: readonly number[]): Tensor =>
  x.shape.join() === shape.join() ? x : apply(broadcastToOp, [x], { shape });
export const transpose = (x: Tensor, order: readonly number[]): Tensor => apply(transposeOp, [x], { order });
export const concat = (parts: readonly Tensor[], axis: number): Tensor =>
  parts.length === 1 ? parts[0] : apply(concatOp, parts, { axis });
export const slice = (x: Tensor, { axis, start, end }: Range): Tensor =>
  start === 0 && end === x.shape[axis] ? x : apply(sliceOp, [x], { axis, start, end });
export const reverse = (x: Tensor, axis: number): Tensor => apply(reverseOp, [x], { axis });
export const gather = (x: Tensor, indices: Tensor): Tensor => apply(gatherOp, [x, indices]);
export const scatterAdd = (indices: Tensor, updates: Tensor, shape: readonly number[]): Tensor =>
  apply(scatterAddOp, [full(shape, 0, updates.dtype), reshape(indices, [...indices.shape, 1]), updates]);

export const shapeOps: readonly Op[] = [
  reshapeOp,
  broadcastToOp,
  transposeOp,
  concatOp,
  sliceOp,
  reverseOp,
  gatherOp,
  scatterAddOp,
];
