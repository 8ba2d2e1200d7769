import { array, float32 } from '../../array/array.ts';
import { apply, broadcast, describe, type Op, type Tensor } from '../tensor.ts';
import { scalar } from './source.ts';

/** A number may stand where a tensor is wanted: it becomes a scalar of the other operand's dtype. */
export type Operand = Tensor | number;
function pair(a: Operand, b: Operand): [Tensor, Tensor] {
  const dtype = typeof a === 'number' ? (typeof b === 'number' ? 'float32' : b.dtype) : a.dtype;
  return [typeof a === 'number' ? scalar(a, dtype) : a, typeof b === 'number' ? scalar(b, dtype) : b];
}

type BinaryRule = (gradient: Tensor, a: Tensor, b: Tensor, output: Tensor) => readonly (Tensor | null)[];
type UnaryRule = (gradient: Tensor, x: Tensor, output: Tensor) => Tensor;

const A = float32([2, 3], [0.5, -1.2, 2.1, 0.3, 1.7, -0.4]);
const B = float32([3], [1.5, 0.7, -2.2]);
const COLUMN = float32([2, 1], [0.9, -1.1]);
const POSITIVE = float32([2, 3], [0.5, 1.2, 2.1, 0.3, 1.7, 0.4]);

function binary(name: string, type: string, rule: BinaryRule | 'none', comparison = false): Op {
  return {
    name,
    infer: ([a, b]) => {
      if (a.dtype !== b.dtype) throw new RangeError(`${name}: dtypes differ: ${describe([a, b])}`);
      return { shape: broadcast(a.shape, b.shape, name), dtype: comparison ? 'bool' : a.dtype };
    },
    vjp: rule === 'none' ? 'none' : ({ inputs: [a, b], gradient, output }) => rule(gradient, a, b, output),
    onnx: () => ({ type }),
    examples: [{ inputs: [A, B] }, { inputs: [A, COLUMN] }, { inputs: [COLUMN, B] }],
  };
}

function unary(name: string, type: string, rule: UnaryRule, example = A, attributes = {}): Op {
  return {
    name,
    infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
    vjp: ({ inputs: [x], gradient, output }) => [rule(gradient, x, output)],
    onnx: () => ({ type, attributes }),
    examples: [{ inputs: [example] }],
  };
}

const addOp = binary('add', 'Add', (g) => [g, g]);
const subOp = binary('sub', 'Sub', (g) => [g, neg(g)]);
const mulOp = binary('mul', 'Mul', (g, a, b) => [mul(narrow(g, b), b), mul(narrow(g, a), a)]);
const divOp = binary('div', 'Div', (g, _, b, y) => [div(g, b), neg(div(mul(g, y), b))]);
/** Where the two are equal the gradient goes to the second, as for max(constant, x) at the constant. */
const maximumOp = binary('maximum', 'Max', (g, a, b) => {
  const first = cast(greater(a, b), g.dtype);
  return [mul(g, first), mul(g, sub(1, first))];
});
/** Remainder with the sign of the dividend, for float64 (time of day). */
const fmodOp: Op = {
  ...binary('fmod', 'Mod', 'none'),
  onnx: () => ({ type: 'Mod', attributes: { fmod: { int: 1 } } }),
  examples: [
    {
      inputs: [array('float64', [2], new Float64Array([86401.5, 7])), array('float64', [1], new Float64Array([86400]))],
    },
  ],
};
const greaterOp = binary('greater', 'Greater', 'none', true);
const equalOp: Op = {
  ...binary('equal', 'Equal', 'none', true),
  examples: [
    { inputs: [array('int32', [3, 1], new Int32Array([0, 2, 1])), array('int32', [3], new Int32Array([0, 1, 2]))] },
  ],
};

/** A gradient before it was only stretched to the shape of what it is multiplied with. */
function narrow(gradient: Tensor, other: Tensor): Tensor {
  const stretched = gradient.op.name === 'broadcastTo' && gradient.shape.join() === other.shape.join();
  return stretched ? gradient.inputs[0] : gradient;
}

const negOp = unary('neg', 'Neg', (g) => neg(g));
const expOp = unary('exp', 'Exp', (g, _, y) => mul(g, y));
const logOp = unary('log', 'Log', (g, x) => div(g, x), POSITIVE);
const sqrtOp = unary('sqrt', 'Sqrt', (g, _, y) => div(mul(g, 0.5), y), POSITIVE);
const reciprocalOp = unary('reciprocal', 'Reciprocal', (g, _, y) => neg(mul(g, mul(y, y))), POSITIVE);
const tanhOp = unary('tanh', 'Tanh', (g, _, y) => mul(g, sub(1, mul(y, y))));
const sinOp = unary('sin', 'Sin', (g, x) => mul(g, cos(x)));
const cosOp = unary('cos', 'Cos', (g, x) => neg(mul(g, sin(x))));
const reluOp = unary('relu', 'Relu', (g, _, y) => mul(g, above(y)));
/** clip(alpha x + beta, 0, 1): no derivative, for derivatives written by hand. */
const hardSigmoidOp: Op = {
  name: 'hardSigmoid',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  vjp: 'none',
  onnx: ({ alpha, beta }) => ({
    type: 'HardSigmoid',
    attributes: { alpha: { float: alpha as number }, beta: { float: beta as number } },
  }),
  examples: [
    { inputs: [A], attributes: { alpha: 1e38, beta: 0 } },
    { inputs: [A], attributes: { alpha: 0.5, beta: 0.5 } },
  ],
};
const isNanOp: Op = {
  name: 'isNan',
  infer: ([x]) => ({ shape: x.shape, dtype: 'bool' }),
  vjp: 'none',
  onnx: () => ({ type: 'IsNaN' }),
  examples: [{ inputs: [float32([3], [1, Number.NaN, 0])] }],
};

const ONNX_TYPE = { float32: 1, uint8: 2, int32: 6, int64: 7, string: 8, bool: 9, float64: 11 } as const;

const castOp: Op = {
  name: 'cast',
  infer: ([x], a) => ({ shape: x.shape, dtype: a.to as keyof typeof ONNX_TYPE }),
  vjp: ({ inputs: [x], gradient, attributes }) => [
    x.dtype === 'float32' || x.dtype === 'float64'
      ? attributes.to === 'float32' || attributes.to === 'float64'
        ? cast(gradient, x.dtype)
        : null
      : null,
  ],
  onnx: (a) => ({ type: 'Cast', attributes: { to: { int: ONNX_TYPE[a.to as keyof typeof ONNX_TYPE] } } }),
  examples: [
    { inputs: [A], attributes: { to: 'float32' } },
    { inputs: [array('bool', [2], new Uint8Array([1, 0]))], attributes: { to: 'float32' } },
    { inputs: [array('int32', [2], new Int32Array([1, 5]))], attributes: { to: 'int64' } },
  ],
};

const whereOp: Op = {
  name: 'where',
  infer: ([condition, a, b]) => {
    if (condition.dtype !== 'bool' || a.dtype !== b.dtype)
      throw new RangeError(`where: needs bool and two equal dtypes, got ${describe([condition, a, b])}`);
    return {
      shape: broadcast(condition.shape, broadcast(a.shape, b.shape, 'where'), 'where'),
      dtype: a.dtype,
    };
  },
  vjp: ({ inputs: [condition], gradient }) => [null, where(condition, gradient, 0), where(condition, 0, gradient)],
  onnx: () => ({ type: 'Where' }),
  examples: [{ inputs: [array('bool', [2, 1], new Uint8Array([1, 0])), A, B] }],
};

export const add = (a: Operand, b: Operand): Tensor => apply(addOp, pair(a, b));
export const sub = (a: Operand, b: Operand): Tensor => apply(subOp, pair(a, b));
export const mul = (a: Operand, b: Operand): Tensor => apply(mulOp, pair(a, b));
export const div = (a: Operand, b: Operand): Tensor => apply(divOp, pair(a, b));
export const maximum = (a: Operand, b: Operand): Tensor => apply(maximumOp, pair(a, b));
export const fmod = (a: Tensor, b: Tensor): Tensor => apply(fmodOp, [a, b]);
export const greater = (a: Operand, b: Operand): Tensor => apply(greaterOp, pair(a, b));
export const equal = (a: Tensor, b: Tensor): Tensor => apply(equalOp, [a, b]);
export const neg = (x: Tensor): Tensor => apply(negOp, [x]);
export const exp = (x: Tensor): Tensor => apply(expOp, [x]);
export const log = (x: Tensor): Tensor => apply(logOp, [x]);
export const sqrt = (x: Tensor): Tensor => apply(sqrtOp, [x]);
export const reciprocal = (x: Tensor): Tensor => apply(reciprocalOp, [x]);
export const tanh = (x: Tensor): Tensor => apply(tanhOp, [x]);
export const sin = (x: Tensor): Tensor => apply(sinOp, [x]);
export const cos = (x: Tensor): Tensor => apply(cosOp, [x]);
export const relu = (x: Tensor): Tensor => apply(reluOp, [x]);
/** clip(alpha x + beta, 0, 1) in one pass; no derivative. */
export const hardSigmoid = (x: Tensor, alpha: number, beta: number): Tensor =>
  apply(hardSigmoidOp, [x], { alpha, beta });
/**
 * 1 where x > least, else 0: a saturated hard sigmoid, 2.5 times faster than Greater and Cast on the CPU. No derivative.
 * @param least in [0, 1]
 */
export const above = (x: Tensor, least = 0): Tensor =>
  x.dtype === 'float32' ? hardSigmoid(x, 1e38, -1e38 * least) : cast(greater(x, least), x.dtype);
export const isNan = (x: Tensor): Tensor => apply(isNanOp, [x]);
export const cast = (x: Tensor, to: Tensor['dtype']): Tensor => (x.dtype === to ? x : apply(castOp, [x], { to }));
export const where = (condition: Tensor, a: Operand, b: Operand): Tensor => apply(whereOp, [condition, ...pair(a, b)]);

export const elementwiseOps: readonly Op[] = [
  addOp,
  subOp,
  mulOp,
  divOp,
  maximumOp,
  fmodOp,
  greaterOp,
  equalOp,
  negOp,
  expOp,
  logOp,
  sqrtOp,
  reciprocalOp,
  tanhOp,
  sinOp,
  cosOp,
  reluOp,
  hardSigmoidOp,
  isNanOp,
  castOp,
  whereOp,
];
