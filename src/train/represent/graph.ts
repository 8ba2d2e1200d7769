import { add, cast, concat, gather, greater, input, mul, reshape, slice, sub } from '../../graph/ops/index.ts';
import { oneHot } from '../../graph/segments.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { packedLength, type Scope, unpack, type Variable } from '../../nn/variable.ts';
import { optimiserOf } from '../../optim/spec.ts';
import { frozenScope } from '../graphs.ts';
import { type StepLayout, type StepScope, stepGraph } from '../step.ts';
import { type SequenceEncoder, sequenceEncoder } from './encoder.ts';
import type { RepresentationPlan } from './plan.ts';

export interface RepresentationLayout extends StepLayout {
  readonly encoder: SequenceEncoder;
  readonly variables: { readonly parameters: readonly Variable[]; readonly buffers: readonly Variable[] };
}

/** Everything that a plan's training keeps. */
export function variablesOf(plan: RepresentationPlan, encoder: SequenceEncoder): RepresentationLayout['variables'] {
  const own = plan.spec.method.variables?.(encoder.width, plan.classes) ?? [];
  return { parameters: [...encoder.parameters, ...own], buffers: encoder.buffers };
}

/**
 * One whole training step of an encoder on sequences of windows as a graph (`stepGraph`).
 *
 * Fed beside what every step is fed: `x` [rows, ...shape] (all training windows), `indices` [steps, S * T] (which windows
 * each step takes, sequence after sequence), `labels` [rows] (where the method uses labels; -1 for none).
 * The number `theta` of a step is its threshold, where there is one.
 */
export function representationGraph(plan: RepresentationPlan): {
  outputs: Record<string, Tensor>;
  layout: RepresentationLayout;
} {
  const { spec, shape, classes, sequences, sequenceSteps: steps } = plan;
  const { method, settings } = spec;
  const { objective } = method;
  if (!objective) throw new RangeError(`${spec.name}: nothing is trained`);
  const encoder = sequenceEncoder(plan, steps);
  const variables = variablesOf(plan, encoder);
  const rows = sequences * steps;
  const thresholded = plan.threshold !== undefined && plan.threshold !== 'off';
  const { outputs, layout } = stepGraph({
    ...variables,
    optimiser: optimiserOf(plan.optimiser),
    scalars: thresholded ? ['theta'] : [],
    clip: plan.clip,
    objective(scope) {
      const indices = gather(input('indices', ['steps', rows], 'int32'), scope.t);
      const x = gather(input('x', ['rows', ...shape]), indices);
      const target = method.usesLabels
        ? oneHot(gather(input('labels', ['rows'], 'int32'), indices), classes)
        : undefined;
      const features = reshape(x, [rows, shape.reduce((n, m) => n * m, 1)]);
      const common = { steps, features, ...(thresholded ? { threshold: scope.scalar('theta') } : {}) };
      if (method.views === 1)
        return objective({ windows: { z: encoder.embed(x, scope), ...common }, target, scope }, settings);
      const views = ['first', 'second'].map((name) => distorted(x, name, spec.settings, scope));
      const both = encoder.embed(concat(views, 0), scope);
      const [z, other] = [0, 1].map((i) => slice(both, { axis: 0, start: i * rows, end: (i + 1) * rows }));
      return objective({ windows: { z, other, ...common }, target, scope }, settings);
    },
  });
  return { outputs, layout: { ...layout, encoder, variables } };
}

/**
 * A view of windows x [N, ...shape], standardised: each value times a factor of its window, plus noise, or 0 where masked.
 * Noise is uniform with the standard deviation `jitter`.
 */
function distorted(
  x: Tensor,
  name: string,
  { jitter, scale, mask }: RepresentationPlan['spec']['settings'],
  scope: StepScope,
): Tensor {
  const shape = x.shape as readonly number[];
  const wide = 2 * Math.sqrt(3) * Number(jitter);
  const ones = [shape[0], ...shape.slice(1).map(() => 1)];
  const around = (noise: Tensor, width: number) => mul(sub(noise, 0.5), width);
  const factor = add(around(scope.noise(`${name}.scale`, ones), 2 * Number(scale)), 1);
  const noisy = add(mul(x, factor), around(scope.noise(`${name}.jitter`, shape), wide));
  return mul(noisy, cast(greater(scope.noise(`${name}.mask`, shape), Number(mask)), 'float32'));
}

/** The encoder in use: `x` [sequences * steps, ...shape] to `embeddings` [rows, D]. */
export function embeddingGraph(
  plan: RepresentationPlan,
  encoder: SequenceEncoder,
  rows: number | string,
): Record<'embeddings', Tensor> {
  const { parameters, buffers } = variablesOf(plan, encoder);
  const values = new Map([
    ...unpack(input('parameters', [packedLength(parameters)]), parameters),
    ...unpack(input('buffers', [packedLength(buffers)]), buffers),
  ]);
  const scope: Scope = frozenScope(values);
  return { embeddings: encoder.embed(input('x', [rows, ...plan.shape]), scope) };
}
