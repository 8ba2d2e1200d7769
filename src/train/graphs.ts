import { float32 } from '../array/array.ts';
import { grad } from '../graph/grad.ts';
import { add, concat, constant, gather, input, mul, reshape, slice } from '../graph/ops/index.ts';
import { oneHot } from '../graph/segments.ts';
import type { Tensor } from '../graph/tensor.ts';
import { mlp } from '../nn/encoders/mlp.ts';
import type { Head } from '../nn/head.ts';
import { type Layer, type Moving, pack, packedLength, type Scope, unpack, type Variable } from '../nn/variable.ts';
import { adamw } from '../optim/index.ts';
import type { TrainingPlan } from './plan.ts';

/** The net of a plan: its layers and the order in which their variables are packed. */
export interface Net {
  readonly encoder: Layer;
  readonly head: Head;
  readonly memory: readonly Variable[];
  readonly parameters: readonly Variable[];
  readonly buffers: readonly Variable[];
}

export function netOf({ spec: { method, settings }, inputs, classes, widths }: TrainingPlan): Net {
  const encoder = mlp(inputs, widths);
  const embedding = widths[widths.length - 1];
  const head = method.head(embedding, classes, settings);
  const memory = method.memory?.(embedding, classes, settings) ?? [];
  return {
    encoder,
    head,
    memory,
    parameters: [...encoder.parameters, ...head.parameters],
    buffers: [...encoder.buffers, ...memory],
  };
}

/** Names of what is fed to a training step beside the state. */
export interface TrainingLayout {
  readonly net: Net;
  readonly scalars: readonly string[];
  readonly facts: readonly string[];
  /** Loss parts in the order of the output `losses`. */
  readonly parts: readonly string[];
  readonly drawsClasses: boolean;
  readonly moments: number;
}

/**
 * One whole training step as a graph: batch gathered, forward, backward, optimiser.
 *
 * Fed: `x` [rows, inputs] and `labels` [rows] (all training rows, shared memory), `indices` [steps, B] (which rows each
 * step takes), `schedule` [steps, S] (numbers of each step), `t` [] (the step), `facts` [F, C], `drawn` [steps, B]
 * (where the method draws classes), and the state: `parameters`, `moment0`.., `buffers`.
 * Gives the new state and `losses` (the parts of this step).
 */
export function trainingGraph(plan: TrainingPlan): { outputs: Record<string, Tensor>; layout: TrainingLayout } {
  const { method, settings } = plan.spec;
  const { classes, batch } = plan;
  const net = netOf(plan);
  const optimiser = adamw({ weightDecay: plan.weightDecay });

  const t = input('t', [], 'int32');
  const rowsOfStep = gather(input('indices', ['steps', batch], 'int32'), t);
  const x = gather(input('x', ['rows', plan.inputs]), rowsOfStep);
  const target = oneHot(gather(input('labels', ['rows'], 'int32'), rowsOfStep), classes);

  const scalars = Object.keys({ ...method.scalars(0, settings), ...optimiser.scalars(0, plan.learningRate) });
  const stepScalars = gather(input('schedule', ['steps', scalars.length]), t);
  const scalar = (name: string) => pick(stepScalars, scalars.indexOf(name), name);
  const facts = Object.keys(method.facts(new Array(classes).fill(1), settings));
  const factRows = facts.length > 0 ? input('facts', [facts.length, classes]) : undefined;
  const fact = (name: string) => {
    if (!factRows || !facts.includes(name)) throw new RangeError(`method ${method.name}: no fact "${name}"`);
    return pick(factRows, facts.indexOf(name), name);
  };

  const parameters = input('parameters', [packedLength(net.parameters)]);
  const buffers = input('buffers', [packedLength(net.buffers)]);
  const current = new Map([...unpack(parameters, net.parameters), ...unpack(buffers, net.buffers)]);
  const written = new Map<Variable, Written>();
  const scope: Scope = {
    training: true,
    read: (variable) => found(current, variable),
    write: (variable, value, moving = { keep: 0, rate: 1 }) => written.set(variable, { value, ...moving }),
  };

  const embeddings = net.encoder.apply(x, scope);
  const parts = method.objective(
    {
      embeddings,
      target,
      head: net.head,
      scope,
      memory: net.memory,
      fact,
      scalar,
      drawnClasses: () => oneHot(gather(input('drawn', ['steps', batch], 'int32'), t), classes),
    },
    settings,
  );
  const loss = Object.values(parts).reduce((a, b) => add(a, b));
  const gradient = pack(
    grad(
      loss,
      net.parameters.map((v) => scope.read(v)),
    ),
  );
  const moments = Array.from({ length: optimiser.moments }, (_, i) =>
    input(`moment${i}`, [packedLength(net.parameters)]),
  );
  const updated = optimiser.update(parameters, gradient, moments, scalar);
  const outputs: Record<string, Tensor> = {
    parameters_next: updated.weights,
    ...Object.fromEntries(updated.moments.map((m, i) => [`moment${i}_next`, m])),
    buffers_next: moved(buffers, net.buffers, written),
    losses: concat(
      Object.values(parts).map((part) => reshape(part, [1])),
      0,
    ),
  };
  return {
    outputs,
    layout: {
      net,
      scalars,
      facts,
      parts: Object.keys(parts),
      drawsClasses: method.drawsClasses?.(settings) ?? false,
      moments: optimiser.moments,
    },
  };
}

/** The net in use: `x` [rows, inputs] to `logits` [rows, C] and `embeddings` [rows, D]. */
export function inferenceGraph(plan: TrainingPlan): Record<'logits' | 'embeddings', Tensor> {
  const net = netOf(plan);
  const parameters = input('parameters', [packedLength(net.parameters)]);
  const buffers = input('buffers', [packedLength(net.buffers)]);
  const values = new Map([...unpack(parameters, net.parameters), ...unpack(buffers, net.buffers)]);
  return forward(net, input('x', ['rows', plan.inputs]), values);
}

/** The net in use on given inputs, with given values of its variables. */
export function forward(
  net: Net,
  x: Tensor,
  values: ReadonlyMap<Variable, Tensor>,
): Record<'logits' | 'embeddings', Tensor> {
  const scope: Scope = {
    training: false,
    read: (variable) => found(values, variable),
    write: () => {
      throw new TypeError('a net in use writes nothing');
    },
  };
  const embeddings = net.encoder.apply(x, scope);
  return { embeddings, logits: net.head.logits(embeddings, scope) };
}

interface Written extends Moving {
  readonly value: Tensor;
}

/** All buffers one step on, at once: keep * present values + rate * what was written. */
function moved(buffers: Tensor, variables: readonly Variable[], written: ReadonlyMap<Variable, Written>): Tensor {
  if (variables.length === 0) return buffers;
  const present = unpack(buffers, variables);
  const parts = variables.map((v) => written.get(v) ?? { value: found(present, v), keep: 0, rate: 1 });
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

/** Variables are known by name: the net is built anew for each graph. */
function found(values: ReadonlyMap<Variable, Tensor>, variable: Variable): Tensor {
  for (const [key, value] of values) if (key.name === variable.name) return value;
  throw new RangeError(`no variable "${variable.name}" in this net`);
}

/** Element or row i along the first axis. */
function pick(x: Tensor, i: number, name: string): Tensor {
  if (i < 0) throw new RangeError(`no schedule called "${name}"`);
  return reshape(slice(x, { axis: 0, start: i, end: i + 1 }), x.shape.slice(1));
}
