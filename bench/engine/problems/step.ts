import { type Random, stream } from '../../../src/array/random.ts';
import { initialise, type Variable } from '../../../src/nn/variable.ts';

/** What both sides of a training bench start from, so that they must come to the same numbers. */
export interface StepProblem {
  readonly steps: number;
  /** Steps after which the losses are looked at: as many as the trainer takes in one run of the program. */
  readonly look: number;
  /** Items a step. */
  readonly batch: number;
  /** The same in every step, but where a bench says otherwise. */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** All items: [items, ...] row-major. */
  readonly x: Float32Array;
  /** Which items each step takes: [steps * batch]. */
  readonly indices: Int32Array;
  /** Shapes of the parameters in the net's order, and their first values, flat. */
  readonly shapes: readonly (readonly number[])[];
  readonly parameters: Float32Array;
  /** Channels of the batch norms in the net's order. Running statistics start from 0 and 1. */
  readonly norms: readonly number[];
}

/** The fields that follow from the net. */
export function netFields(net: { parameters: readonly Variable[]; buffers: readonly Variable[] }, random: Random) {
  return {
    shapes: net.parameters.map(({ shape }) => shape),
    parameters: initialise(net.parameters, random),
    norms: net.buffers.filter(({ name }) => name.endsWith('.mean')).map(({ shape: [width] }) => width),
  };
}

/** Items drawn evenly for each step. */
export function drawn(random: Random, steps: number, batch: number, items: number): Int32Array {
  return Int32Array.from({ length: steps * batch }, () => random.integer(items));
}

export const randomOf = (bench: string) => stream(0, 'bench', bench);

export function normals(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => random.normal());
}
