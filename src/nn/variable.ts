import type { Random } from '../array/random.ts';
import { concat, reshape, slice } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';

/** A named tensor that training keeps: a parameter, a running statistic, a class-mean memory. */
export interface Variable {
  readonly name: string;
  readonly shape: readonly number[];
  /** First values, row-major. */
  readonly init: (random: Random) => Float32Array;
}

/** A moving average: keep * present value + rate * new value. */
export interface Moving {
  readonly keep: number;
  readonly rate: number;
}

/** Where layers read their variables and leave new values of running statistics. */
export interface Scope {
  /** Batch statistics and memory updates (training) or running statistics (in use). */
  readonly training: boolean;
  read(variable: Variable): Tensor;
  /**
   * The variable's value in the next step: keep * present value + rate * `value`; by default `value` itself.
   * Never part of the derivative.
   */
  write(variable: Variable, value: Tensor, moving?: Moving): void;
  /**
   * Uniform numbers in [0, 1), new in every step, drawn outside from a seeded stream of this name: once a step for each
   * name. In training only.
   */
  noise(name: string, shape: readonly number[]): Tensor;
}

/** A piece of a net. */
export interface Layer {
  readonly parameters: readonly Variable[];
  /** Kept by training but not learnt. */
  readonly buffers: readonly Variable[];
  apply(x: Tensor, scope: Scope): Tensor;
}

const length = (variable: Variable) => variable.shape.reduce((n, m) => n * m, 1);

/** Total number of elements: at least 1, since a graph input of length 0 is not allowed. */
export function packedLength(variables: readonly Variable[]): number {
  return Math.max(
    1,
    variables.reduce((n, v) => n + length(v), 0),
  );
}

/** The variables as slices of one flat tensor [packedLength], in their order. */
export function unpack(flat: Tensor, variables: readonly Variable[]): Map<Variable, Tensor> {
  let start = 0;
  return new Map(
    variables.map((variable) => {
      const end = start + length(variable);
      const part = reshape(slice(flat, { axis: 0, start, end }), variable.shape);
      start = end;
      return [variable, part];
    }),
  );
}

/**
 * The other way round: one flat tensor, as the last thing in a graph (nothing can be derived through it, since a part
 * that is a reshaped row vector [1, n] is joined as that).
 */
export function pack(parts: readonly Tensor[]): Tensor {
  const rows = parts.map((part) => {
    const [source] = part.op.name === 'reshape' ? part.inputs : [part];
    return reshape(source, [1, (part.shape as readonly number[]).reduce((n, m) => n * m, 1)]);
  });
  const joined = concat(rows, 1);
  return reshape(joined, [Number(joined.shape[1])]);
}

/** First values of all variables as one flat array. Each draws from the stream in the order of the list. */
export function initialise(variables: readonly Variable[], random: Random): Float32Array {
  const flat = new Float32Array(packedLength(variables));
  let start = 0;
  for (const variable of variables) {
    const values = variable.init(random);
    if (values.length !== length(variable))
      throw new RangeError(`initialise: ${variable.name} [${variable.shape}] got ${values.length} values`);
    flat.set(values, start);
    start += values.length;
  }
  return flat;
}

/** The variables that are learnt and those that are frozen, each in their order. */
export function split(
  variables: readonly Variable[],
  isLearnt: (variable: Variable) => boolean,
): { learnt: Variable[]; frozen: Variable[] } {
  return { learnt: variables.filter(isLearnt), frozen: variables.filter((v) => !isLearnt(v)) };
}

/** One variable's values in a flat array, as a view. */
export function viewOf(flat: Float32Array, variables: readonly Variable[], name: string): Float32Array {
  let start = 0;
  for (const variable of variables) {
    if (variable.name === name) return flat.subarray(start, start + length(variable));
    start += length(variable);
  }
  throw new RangeError(`no variable "${name}"; there are: ${variables.map((v) => v.name).join(', ')}`);
}

/** Layers one after the other. */
export function sequential(...layers: readonly Layer[]): Layer {
  return {
    parameters: layers.flatMap((layer) => layer.parameters),
    buffers: layers.flatMap((layer) => layer.buffers),
    apply: (x, scope) => layers.reduce((h, layer) => layer.apply(h, scope), x),
  };
}
