import { float32 } from '../array/array.ts';
import { grad } from '../graph/grad.ts';
import { add, concat, constant, gather, greater, input, mul, reshape, slice, sub, where } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';
import { type Moving, pack, packedLength, type Scope, unpack, type Variable } from '../nn/variable.ts';
import { average } from '../optim/average.ts';
import { clipByNorm } from '../optim/clip.ts';
import type { Optimiser } from '../optim/index.ts';

/** What an objective may use in a step. */
export interface StepScope extends Scope {
  /** Which step this is (int32 scalar, 0, 1, ...): what is fed for all steps is gathered by it. */
  readonly t: Tensor;
  /** A number of this step, by its name in `scalars`. */
  readonly scalar: (name: string) => Tensor;
}

export interface StepOptions {
  /** What is learnt. */
  readonly parameters: readonly Variable[];
  /** What is kept without being learnt: running statistics, memories. */
  readonly buffers?: readonly Variable[];
  /** What is read and never changes, such as an encoder that is trained already. */
  readonly frozen?: readonly Variable[];
  /** Scalar loss parts by name, already weighted; their sum is minimised. Its own inputs are fed as they are. */
  readonly objective: (scope: StepScope) => Readonly<Record<string, Tensor>>;
  readonly optimiser: Optimiser;
  /** Names of the numbers of a step that the objective asks for. The optimiser's come on top. */
  readonly scalars?: readonly string[];
  /** Longest gradient (2-norm over all parameters); a longer one is scaled down to it. Default: no limit. */
  readonly clip?: number;
  /**
   * The scalar of a step that says whether a variable learns in it (1) or stands still (0), whatever momentum and weight
   * decay say; a parameter's moments are 0 meanwhile. None: it always learns.
   */
  readonly learns?: (variable: Variable) => string | undefined;
  /** Also keep a moving average of parameters and buffers, by the scalar `average` of each step. */
  readonly average?: boolean;
}

/** What the loop around a step must feed and may read. */
export interface StepLayout {
  /** Names of the state, each a flat vector: output NAME_next is input NAME of the next step. */
  readonly state: readonly string[];
  /** Columns of the input `schedule` [steps, S]. */
  readonly scalars: readonly string[];
  /** Loss parts in the order of the output `losses`. */
  readonly parts: readonly string[];
  /** Noise by name: input `noise.NAME` [steps of a run, ...shape], uniform in [0, 1). */
  readonly noise: Readonly<Record<string, readonly number[]>>;
}

/**
 * One whole training step as a graph: objective, derivative, optimiser.
 *
 * Fed: `schedule` [steps, S], `t` [] (the step), `from` [] (first step of the run; where there is noise), `frozen`
 * (flat, where there is any), the objective's own inputs, and the state: `parameters`, `moment0`.., `buffers`, and
 * `average_parameters`, `average_buffers` where averages are kept.
 * Gives NAME_next for each state and `losses` [parts].
 */
export function stepGraph(options: StepOptions): { outputs: Record<string, Tensor>; layout: StepLayout } {
  const { parameters: learnt, buffers: kept = [], frozen = [], objective, optimiser, clip } = options;
  const t = input('t', [], 'int32');
  const scalars = [
    ...new Set([
      ...(options.scalars ?? []),
      ...Object.keys(optimiser.scalars(0, 1)),
      ...(options.average ? ['average'] : []),
    ]),
  ];
  const stepScalars = gather(input('schedule', ['steps', scalars.length]), t);
  const scalar = (name: string) => pick(stepScalars, scalars.indexOf(name), name);

  const parameters = input('parameters', [packedLength(learnt)]);
  const buffers = input('buffers', [packedLength(kept)]);
  const values = new Map([...unpack(parameters, learnt), ...unpack(buffers, kept)]);
  if (frozen.length > 0)
    for (const entry of unpack(input('frozen', [packedLength(frozen)]), frozen)) values.set(...entry);
  const written = new Map<string, Written>();
  const noise: Record<string, readonly number[]> = {};
  const scope: StepScope = {
    training: true,
    t,
    scalar,
    read: (variable) => found(values, variable),
    write: (variable, value, moving = { keep: 0, rate: 1 }) => written.set(variable.name, { value, ...moving }),
    noise(name, shape) {
      if (name in noise) throw new RangeError(`noise "${name}" is drawn twice; give each place its own name`);
      noise[name] = shape;
      return gather(input(`noise.${name}`, ['count', ...shape]), sub(t, input('from', [], 'int32')));
    },
  };

  const parts = objective(scope);
  const loss = Object.values(parts).reduce((a, b) => add(a, b));
  const whole = pack(
    grad(
      loss,
      learnt.map((v) => scope.read(v)),
    ),
  );
  const gradient = clip === undefined ? whole : clipByNorm(whole, clip);
  const moments = Array.from({ length: optimiser.moments }, (_, i) => input(`moment${i}`, [packedLength(learnt)]));
  const updated = optimiser.update(parameters, gradient, moments, scalar);
  const next: Record<string, Tensor> = {
    parameters: updated.weights,
    ...Object.fromEntries(updated.moments.map((m, i) => [`moment${i}`, m])),
    buffers: moved(buffers, kept, written),
  };
  if (options.learns) {
    const now = { learnt: learning(learnt, options.learns, scalar), kept: learning(kept, options.learns, scalar) };
    for (const name of Object.keys(next)) {
      const before = name === 'buffers' ? buffers : name === 'parameters' ? parameters : 0;
      next[name] = where(name === 'buffers' ? now.kept : now.learnt, next[name], before);
    }
  }
  if (options.average)
    for (const name of ['parameters', 'buffers'])
      next[`average_${name}`] = average(input(`average_${name}`, next[name].shape), next[name], scalar('average'));
  return {
    outputs: {
      ...Object.fromEntries(Object.entries(next).map(([name, value]) => [`${name}_next`, value])),
      losses: concat(
        Object.values(parts).map((part) => reshape(part, [1])),
        0,
      ),
    },
    layout: { state: Object.keys(next), scalars, parts: Object.keys(parts), noise },
  };
}

/** Which numbers of the variables learn in this step: true or false [N]. */
function learning(
  variables: readonly Variable[],
  learns: (variable: Variable) => string | undefined,
  scalar: (name: string) => Tensor,
): Tensor {
  const shares = (name: string | undefined) => {
    const values = variables.flatMap((v) => new Array<number>(packedLength([v])).fill(learns(v) === name ? 1 : 0));
    return constant(float32([packedLength(variables)], values.length > 0 ? values : [0]));
  };
  const parts = [...new Set(variables.map(learns))].map((name) =>
    name === undefined ? shares(name) : mul(shares(name), scalar(name)),
  );
  return greater(parts.length > 0 ? parts.reduce((a, b) => add(a, b)) : shares(undefined), 0.5);
}

interface Written extends Moving {
  readonly value: Tensor;
}

/** All buffers one step on, at once: keep * present values + rate * what was written. */
function moved(buffers: Tensor, variables: readonly Variable[], written: ReadonlyMap<string, Written>): Tensor {
  if (variables.length === 0) return buffers;
  const present = unpack(buffers, variables);
  const parts = variables.map((v) => written.get(v.name) ?? { value: found(present, v), keep: 0, rate: 1 });
  const each = (pick: (part: Written) => number) => {
    const values = variables.flatMap((v, i) => new Array<number>(packedLength([v])).fill(pick(parts[i])));
    return constant(float32([values.length], values));
  };
  const kept = mul(
    buffers,
    each((part) => part.keep),
  );
  return add(
    kept,
    mul(
      pack(parts.map((part) => part.value)),
      each((part) => part.rate),
    ),
  );
}

/** Variables are known by name: the net is built anew for each graph. @throws RangeError when it has none such */
export function found(values: ReadonlyMap<Variable, Tensor>, variable: Variable): Tensor {
  for (const [key, value] of values) if (key.name === variable.name) return value;
  throw new RangeError(`no variable "${variable.name}" in this net`);
}

/** Element or row i along the first axis. */
export function pick(x: Tensor, i: number, name: string): Tensor {
  if (i < 0) throw new RangeError(`no number called "${name}" in this step`);
  return reshape(slice(x, { axis: 0, start: i, end: i + 1 }), x.shape.slice(1));
}
