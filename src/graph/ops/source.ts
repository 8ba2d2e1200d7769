import type { DType, NdArray } from '../../array/array.ts';
import { array, size } from '../../array/array.ts';
import { type Attributes, apply, type GradientRule, type Op, type Shape, type Tensor } from '../tensor.ts';

const inputOp: Op = {
  name: 'input',
  infer: (_, a) => ({ shape: a.shape as Shape, dtype: a.dtype as DType }),
  vjp: 'none',
  onnx: 'input',
  examples: [],
};

const constantOp: Op = {
  name: 'constant',
  infer: (_, a) => ({ shape: a.shape as Shape, dtype: a.dtype as DType }),
  vjp: 'none',
  onnx: 'constant',
  examples: [],
};

/** The same value with no derivative. An alias: the model file has no node for it. */
const stopGradientOp: Op = {
  name: 'stopGradient',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  vjp: 'none',
  onnx: 'alias',
  examples: [],
};

/** A value whose derivative is given by hand. An alias of its first input. */
const withGradientOp: Op = {
  name: 'withGradient',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  vjp: ({ output, gradient }) => [null, ...(output.rule?.(gradient) ?? [])],
  onnx: 'alias',
  examples: [],
};

/** A value that is also known as one piece of work. An alias of its first input. */
const compositeOp: Op = {
  name: 'composite',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  vjp: ({ inputs, gradient }) => inputs.map((_, i) => (i === 0 ? gradient : null)),
  onnx: 'alias',
  examples: [],
};

/** A value fed at every run, known by its name. */
export function input(name: string, shape: Shape, dtype: DType = 'float32'): Tensor {
  return apply(inputOp, [], { name, shape: shape as readonly number[], dtype });
}

/** A value fixed in the model. */
export function constant(value: NdArray): Tensor {
  return { ...apply(constantOp, [], { shape: value.shape, dtype: value.dtype }), value };
}

/** A fixed scalar of a floating dtype (whole numbers for the others). */
export function scalar(value: number, dtype: DType = 'float32'): Tensor {
  return full([], value, dtype);
}

/** A fixed array with `value` everywhere. */
export function full(shape: readonly number[], value: number, dtype: DType = 'float32'): Tensor {
  const length = size(shape);
  if (dtype === 'float64') return constant(array(dtype, shape, new Float64Array(length).fill(value)));
  if (dtype === 'int32') return constant(array(dtype, shape, new Int32Array(length).fill(value)));
  if (dtype === 'float32') return constant(array(dtype, shape, new Float32Array(length).fill(value)));
  throw new TypeError(`full: dtype ${dtype} is not supported`);
}

export const stopGradient = (x: Tensor): Tensor => apply(stopGradientOp, [x]);

/**
 * `value` with a derivative written by hand, where the closed form is cheaper than what `grad` would make of it.
 * @param wrt what the value depends on  @param rule gradients for each of them, from the value's gradient
 */
export function withGradient(value: Tensor, wrt: readonly Tensor[], rule: GradientRule): Tensor {
  return { ...apply(withGradientOp, [value, ...wrt]), rule };
}

/**
 * `value`, named as what it is as a whole, so that a pass that knows a better way can make it from `inputs` alone.
 * Everyone else sees the value.
 */
export function composite(name: string, value: Tensor, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor {
  return apply(compositeOp, [value, ...inputs], { ...attributes, name });
}

export const sourceOps: readonly Op[] = [inputOp, constantOp, stopGradientOp, withGradientOp, compositeOp];
