import type { DType, NdArray } from '../array/array.ts';

/** A known length, or the name of one that is only known when the model runs ("rows"). */
export type Dim = number | string;
export type Shape = readonly Dim[];

export type Attribute = number | string | boolean | readonly number[] | readonly string[];
export type Attributes = Readonly<Record<string, Attribute>>;

/** A value in the graph: immutable, known by what it is made of. */
export interface Tensor {
  readonly op: Op;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly shape: Shape;
  readonly dtype: DType;
  /** Only in constants. */
  readonly value?: NdArray;
  /** Only in values with a derivative of their own (`withGradient`). */
  readonly rule?: GradientRule;
}

/** Gradient of the loss with respect to a value, to gradients for what it depends on. */
export type GradientRule = (gradient: Tensor) => readonly Tensor[];

export interface TensorType {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** What an op becomes in the model file. */
export interface OnnxNode {
  /** ONNX operator, e.g. "Gemm". */
  readonly type: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  /** Inputs after the tensors: shapes, axes and the like, stored as constants. */
  readonly extra?: readonly NdArray[];
}

export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly ints: readonly number[] }
  | { readonly strings: readonly string[] };

export interface VjpArguments {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  /** Gradient of the loss with respect to the output, of the output's shape. */
  readonly gradient: Tensor;
  readonly attributes: Attributes;
}

/** Inputs on which the contract test checks an op: shapes or arrays, and its attributes. */
export interface OpExample {
  readonly inputs: readonly NdArray[];
  readonly attributes?: Attributes;
}

/**
 * One op: its name, shape rule, derivative, ONNX form and examples. A missing derivative does not compile: an op
 * without one says `vjp: 'none'`.
 */
export interface Op {
  readonly name: string;
  /** @throws RangeError naming the op and the shapes when they do not fit */
  readonly infer: (inputs: readonly TensorType[], attributes: Attributes) => TensorType;
  /** Gradient for each input (null: none), before broadcasting is undone, or 'none'. */
  readonly vjp: ((args: VjpArguments) => readonly (Tensor | null)[]) | 'none';
  /** ONNX node, or 'alias' (nothing is computed), 'input', 'constant'. */
  readonly onnx: ((attributes: Attributes, inputs: readonly TensorType[]) => OnnxNode) | 'alias' | 'input' | 'constant';
  readonly examples: readonly OpExample[];
}

/** Applies an op: checks shapes now, computes nothing. */
export function apply(op: Op, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor {
  return { op, inputs, attributes, ...op.infer(inputs, attributes) };
}

export function describe(types: readonly TensorType[]): string {
  return types.map((t) => `${t.dtype}[${t.shape.join(', ')}]`).join(', ');
}

/** Lengths as numbers. @throws RangeError when one is only known at run time */
export function staticShape(tensor: TensorType, place: string): number[] {
  return tensor.shape.map((dim) => {
    if (typeof dim === 'number') return dim;
    throw new RangeError(`${place}: needs lengths known in advance, got [${tensor.shape.join(', ')}]`);
  });
}

/** The shape that two shapes broadcast to (NumPy's rule). @throws RangeError when they do not */
export function broadcast(a: Shape, b: Shape, place: string): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const p = a[i - rank + a.length] ?? 1;
    const q = b[i - rank + b.length] ?? 1;
    if (p === q || q === 1) return p;
    if (p === 1) return q;
    throw new RangeError(`${place}: shapes [${a.join(', ')}] and [${b.join(', ')}] do not broadcast`);
  });
}
