import { stream } from '../array/random.ts';
import { initialise, type Variable } from '../nn/variable.ts';
import type { TrainingState } from './checkpoint.ts';
import type { StepLayout } from './step.ts';

interface Kept {
  readonly parameters: readonly Variable[];
  readonly buffers: readonly Variable[];
}

/** Parameters and buffers at their first values, moments at 0, averages where they start from. */
export function firstState(
  key: string,
  { variables, state }: Pick<StepLayout, 'state'> & { readonly variables: Kept },
  seed: number,
  trial: readonly (string | number)[],
): TrainingState {
  const random = stream(seed, 'init', ...trial);
  const parameters = initialise(variables.parameters, random);
  const buffers = initialise(variables.buffers, random);
  const values: Record<string, Float32Array> = {
    parameters,
    buffers,
    average_parameters: parameters,
    average_buffers: buffers,
  };
  const tensors = state.map((name) => [name, values[name] ?? new Float32Array(parameters.length)] as const);
  return { key, step: 0, tensors: Object.fromEntries(tensors) };
}

/** What was made under that key before, or now. */
export function cached<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const existing = map.get(key);
  if (existing) return existing;
  const made = make();
  map.set(key, made);
  return made;
}
