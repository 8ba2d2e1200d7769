import { add, concat, gather, input, mul, slice, stopGradient, sub } from '../graph/ops/index.ts';
import { oneHot } from '../graph/segments.ts';
import type { Tensor } from '../graph/tensor.ts';
import { encoderOf } from '../nn/encoders/index.ts';
import type { Head } from '../nn/head.ts';
import { type Layer, packedLength, type Scope, unpack, type Variable } from '../nn/variable.ts';
import { optimiserOf } from '../optim/spec.ts';
import type { TrainingPlan } from './plan.ts';
import { found, pick, type StepLayout, stepGraph } from './step.ts';

/** The net of a plan: its layers and the order in which their variables are packed. */
export interface Net {
  readonly encoder: Layer;
  /** Width of an embedding. */
  readonly width: number;
  readonly head: Head;
  readonly memory: readonly Variable[];
  /** What the method learns beside them, for the training alone. */
  readonly layers?: readonly Layer[];
  readonly parameters: readonly Variable[];
  readonly buffers: readonly Variable[];
}

export function netOf({ spec: { method, settings }, shape, classes, encoder: spec }: TrainingPlan): Net {
  const { layer: encoder, width } = encoderOf(spec, shape);
  const head = method.head(width, classes, settings);
  const memory = method.memory?.(width, classes, settings) ?? [];
  const layers = method.layers?.(width, classes, settings) ?? [];
  return {
    encoder,
    width,
    head,
    memory,
    layers,
    parameters: [...encoder.parameters, ...head.parameters, ...layers.flatMap((layer) => layer.parameters)],
    buffers: [...encoder.buffers, ...layers.flatMap((layer) => layer.buffers), ...memory],
  };
}

/** What the loop must feed to a training step beside the state. */
export interface TrainingLayout extends StepLayout {
  readonly net: Net;
  readonly facts: readonly string[];
  readonly drawsClasses: boolean;
}

/**
 * One whole training step of a classifier as a graph (`stepGraph`): batch gathered, forward, backward, optimiser.
 *
 * Fed beside what every step is fed: `x` [rows, ...shape] and `labels` [rows] (all training rows, shared memory),
 * `indices` [steps, B] (which rows each step takes), `facts` [F, C], `drawn` [steps, B] (where the method draws classes).
 * Where the plan augments, in place of `x`: `batches` [steps of a run, B, ...shape], already gathered and changed.
 */
export function trainingGraph(plan: TrainingPlan): { outputs: Record<string, Tensor>; layout: TrainingLayout } {
  const { method, settings } = plan.spec;
  const { classes, batch } = plan;
  const net = netOf(plan);
  const scalars = [...Object.keys(method.scalars(0, settings)), ...(method.mix ? ['mix'] : [])];
  const facts = Object.keys(method.facts(new Array(classes).fill(1), settings));
  const factRows = facts.length > 0 ? input('facts', [facts.length, classes]) : undefined;
  const fact = (name: string) => {
    if (!factRows || !facts.includes(name)) throw new RangeError(`method ${method.name}: no fact "${name}"`);
    return pick(factRows, facts.indexOf(name), name);
  };
  const { outputs, layout } = stepGraph({
    parameters: net.parameters,
    buffers: net.buffers,
    optimiser: optimiserOf(plan.optimiser),
    scalars,
    clip: plan.clip,
    average: plan.average !== undefined,
    learns: method.learns && ((variable) => method.learns?.(variable, settings)),
    objective(scope) {
      const rows = gather(input('indices', ['steps', batch], 'int32'), scope.t);
      const x = plan.augment
        ? gather(input('batches', ['count', batch, ...plan.shape]), sub(scope.t, input('from', [], 'int32')))
        : gather(input('x', ['rows', ...plan.shape]), rows);
      const target = oneHot(gather(input('labels', ['rows'], 'int32'), rows), classes);
      const mixed = (each: Tensor) => (method.mix ? mixRows(each, scope.scalar('mix')) : each);
      const items = mixed(x);
      return method.objective(
        {
          embeddings: net.encoder.apply(items, scope),
          embeddingsInUse: () => stopGradient(net.encoder.apply(items, { ...scope, training: false })),
          target: mixed(target),
          head: net.head,
          scope,
          memory: net.memory,
          layers: net.layers ?? [],
          fact,
          scalar: scope.scalar,
          drawnClasses: () => oneHot(gather(input('drawn', ['steps', batch], 'int32'), scope.t), classes),
        },
        settings,
      );
    },
  });
  return {
    outputs,
    layout: { ...layout, net, facts, drawsClasses: method.drawsClasses?.(settings) ?? false },
  };
}

/** share x_i + (1 - share) x_{i+1}, the last row with the first. x [B, ...] */
function mixRows(x: Tensor, share: Tensor): Tensor {
  const rows = Number(x.shape[0]);
  if (rows < 2) return x;
  const next = concat([slice(x, { axis: 0, start: 1, end: rows }), slice(x, { axis: 0, start: 0, end: 1 })], 0);
  return add(mul(x, share), mul(next, sub(1, share)));
}

/** The net in use: `x` [rows, ...shape] to `logits` [rows, C] and `embeddings` [rows, D]. */
export function inferenceGraph(plan: TrainingPlan): Record<'logits' | 'embeddings', Tensor> {
  const net = netOf(plan);
  const parameters = input('parameters', [packedLength(net.parameters)]);
  const buffers = input('buffers', [packedLength(net.buffers)]);
  const values = new Map([...unpack(parameters, net.parameters), ...unpack(buffers, net.buffers)]);
  return forward(net, input('x', ['rows', ...plan.shape]), values);
}

/** The net in use on given inputs, with given values of its variables. */
export function forward(
  net: Net,
  x: Tensor,
  values: ReadonlyMap<Variable, Tensor>,
): Record<'logits' | 'embeddings', Tensor> {
  const scope = frozenScope(values);
  const embeddings = net.encoder.apply(x, scope);
  return { embeddings, logits: net.head.logits(embeddings, scope) };
}

/** Where a net in use reads its variables. */
export function frozenScope(values: ReadonlyMap<Variable, Tensor>): Scope {
  return {
    training: false,
    read: (variable) => found(values, variable),
    write: () => {
      throw new TypeError('a net in use writes nothing');
    },
    noise: () => {
      throw new TypeError('a net in use draws nothing');
    },
  };
}
