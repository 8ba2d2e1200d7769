import { float32, int32 } from '../array/array.ts';
import { stream } from '../array/random.ts';
import { augment } from '../data/items/augment.ts';
import { classSampled, mixShares, plainBatches } from '../data/samplers.ts';
import { averageRate } from '../optim/average.ts';
import { optimiserOf } from '../optim/spec.ts';
import { compile, compileLoop, type Feed, feed, type Program, read, type SessionOptions } from '../runtime/session.ts';
import { inferenceGraph, type TrainingLayout, trainingGraph } from './graphs.ts';
import { type Looks, type Loop, type LoopOptions, runLoop } from './loop.ts';
import type { Rows, TrainedNet, TrainingPlan } from './plan.ts';
import { rateAt, stageStarts, stepInStage } from './stages.ts';
import { cached, firstState } from './start.ts';

export interface TrainingOptions<L = unknown> extends LoopOptions {
  readonly seed: number;
  /** Names the streams of this training, so that trials differ: repeat and fold. */
  readonly trial?: readonly (string | number)[];
  /** Rows for early stopping; without them the last step stands. */
  readonly validation?: Rows;
  /** Quality on validation rows, higher is better; needed with `validation`. `counts`: training items a class. */
  readonly score?: (logits: Float32Array, labels: Int32Array, counts: readonly number[]) => number;
  /** Looks at the net at chosen steps, beside early stopping, and gives back what was seen. */
  readonly looks?: Looks<L>;
}

/** Values of x that go through a net at once: what lies between its layers is many times as large. */
const MOST_VALUES = 2 ** 20;

/**
 * Trains nets and runs them. Compiled programs are kept, so the trials of one plan share them.
 */
export class Trainer {
  readonly #session: SessionOptions;
  readonly #training = new Map<string, Promise<{ program: Program; layout: TrainingLayout }>>();
  readonly #inference = new Map<string, Promise<Program<'logits' | 'embeddings'>>>();

  constructor(session: SessionOptions = {}) {
    this.#session = session;
  }

  /**
   * Trains on all rows given. Same plan, rows and seed: the same bits, also when stopped and resumed in between.
   * @throws DivergenceError when a loss part stops being finite, naming it and the step
   * @throws InputError when `resume` is the state of another training
   */
  async train<L>(
    plan: TrainingPlan,
    rows: Rows,
    options: TrainingOptions<L>,
  ): Promise<TrainedNet & { readonly looks: readonly L[] }> {
    const { program, layout } = await this.#trainingProgram(plan);
    const { seed, trial = [], validation, score, looks } = options;
    const counts = countClasses(rows.labels, plan.classes);
    const key = stateKey(plan, counts, options);
    const indices = batchesOf(plan, rows.labels, seed, trial);
    const kept = await runLoop(
      {
        name: plan.spec.name,
        program,
        layout,
        steps: plan.steps,
        feeds: fixedFeeds(plan, layout, rows, counts, indices, seed, trial),
        drawn: augmented(plan, rows, indices, seed, trial),
        first: firstState(key, { ...layout, variables: layout.net }, seed, trial),
        seed,
        trial,
        learningRate: (t) => rateAt(plan, t),
        check:
          validation && score
            ? {
                every: Math.max(1, Math.ceil(plan.steps / plan.checks)),
                from: stageStarts(plan).at(-1),
                score: async (net) => {
                  const { logits } = await this.run(plan, net, validation.x, ['logits']);
                  return score(logits, validation.labels, counts);
                },
              }
            : undefined,
        looks,
      },
      options,
    );
    return { ...kept, counts };
  }

  /** Runs a trained net on x [rows, ...shape]. Asked for are `logits` [rows, C] and `embeddings` [rows, D]. */
  async run<Out extends 'logits' | 'embeddings'>(
    plan: TrainingPlan,
    net: Pick<TrainedNet, 'parameters' | 'buffers'>,
    x: Float32Array,
    wanted: readonly Out[],
  ): Promise<Record<Out, Float32Array>> {
    const program = await this.#inferenceProgram(plan);
    const size = plan.shape.reduce((n, m) => n * m, 1);
    const rows = x.length / size;
    const fixed = {
      parameters: feed(float32([net.parameters.length], net.parameters)),
      buffers: feed(float32([net.buffers.length], net.buffers)),
    };
    const into = Object.fromEntries(wanted.map((name) => [name, null]));
    const most = Math.max(1, Math.floor(MOST_VALUES / size));
    const parts: Record<Out, Float32Array>[] = [];
    for (let from = 0; from < Math.max(rows, 1); from += most) {
      const count = Math.min(most, rows - from);
      const part = x.subarray(from * size, (from + count) * size);
      const results = await program.run({ ...fixed, x: feed(float32([count, ...plan.shape], part)) }, into);
      parts.push(byName(wanted, (name) => read(results[name], 'float32')));
    }
    return byName(wanted, (name) => joined(parts.map((part) => part[name])));
  }

  #trainingProgram(plan: TrainingPlan) {
    return cached(this.#training, graphKey(plan), async () => {
      const { outputs, layout } = trainingGraph(plan);
      const repeated = { outputs, state: layout.state, counter: 't' };
      return { program: await compileLoop(repeated, this.#session), layout };
    });
  }

  #inferenceProgram(plan: TrainingPlan) {
    return cached(this.#inference, graphKey(plan), () => compile(inferenceGraph(plan), this.#session));
  }
}

/** The number of steps and of rows is not part of the graph, nor how the numbers of the steps are made. */
function graphKey({ spec, steps: _, learningRate: __, schedule: ___, checks: ____, ...rest }: TrainingPlan): string {
  return JSON.stringify([spec.training, rest]);
}

function byName<Out extends string>(names: readonly Out[], make: (name: Out) => Float32Array) {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Out, Float32Array>;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0];
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let from = 0;
  for (const part of parts) {
    whole.set(part, from);
    from += part.length;
  }
  return whole;
}

/** Which rows each step takes [steps, B]. */
function batchesOf(
  { spec, steps, batch, classes }: TrainingPlan,
  labels: Int32Array,
  seed: number,
  trial: readonly (string | number)[],
): Int32Array {
  const sampling = spec.method.sampling(spec.settings);
  const random = stream(seed, 'batches', ...trial);
  return sampling.kind === 'epochs'
    ? plainBatches(labels.length, batch, steps, random)
    : classSampled(labels, classes, batch, steps, random, (t) => sampling.share(t / steps));
}

/** Batches changed at random, each step from a stream of its own, so that a training that goes on draws the same. */
function augmented(
  { augment: augmentation, batch, shape }: TrainingPlan,
  { x, labels }: Rows,
  indices: Int32Array,
  seed: number,
  trial: readonly (string | number)[],
): Loop['drawn'] {
  if (!augmentation) return undefined;
  const size = shape.reduce((n, m) => n * m, 1);
  return (from, count) => {
    const values = new Float32Array(count * batch * size);
    const plain = new Float32Array(batch * size);
    const classes = new Int32Array(batch);
    for (let step = 0; step < count; step++) {
      for (let i = 0; i < batch; i++) {
        const row = indices[(from + step) * batch + i];
        plain.set(x.subarray(row * size, (row + 1) * size), i * size);
        classes[i] = labels[row];
      }
      const random = stream(seed, 'augment', from + step, ...trial);
      values.set(augment(plain, classes, shape, random, augmentation), step * batch * size);
    }
    return { batches: feed(float32([count, batch, ...shape], values)) };
  };
}

/** What does not change from step to step. */
function fixedFeeds(
  plan: TrainingPlan,
  layout: TrainingLayout,
  rows: Rows,
  counts: readonly number[],
  indices: Int32Array,
  seed: number,
  trial: readonly (string | number)[],
): Record<string, Feed> {
  const { steps, batch, classes, spec } = plan;
  const optimiser = optimiserOf(plan.optimiser);
  const shares = spec.method.mix && mixShares(spec.method.mix(spec.settings), steps, stream(seed, 'mix', ...trial));
  const schedule = Array.from({ length: steps }, (_, t) => {
    const scalars = {
      ...spec.method.scalars(t / steps, spec.settings),
      ...optimiser.scalars(stepInStage(plan, t), rateAt(plan, t)),
      mix: shares?.[t] ?? 1,
      average: averageRate(plan.average ?? 0, t),
    };
    return layout.scalars.map((name) => scalars[name as keyof typeof scalars]);
  });
  const facts = spec.method.facts(counts, spec.settings);
  const feeds: Record<string, Feed> = {
    ...(plan.augment ? {} : { x: feed(float32([rows.labels.length, ...plan.shape], rows.x)) }),
    labels: feed(int32([rows.labels.length], rows.labels)),
    indices: feed(int32([steps, batch], indices)),
    schedule: feed(float32([steps, layout.scalars.length], schedule.flat())),
  };
  if (layout.facts.length > 0)
    feeds.facts = feed(
      float32(
        [layout.facts.length, classes],
        layout.facts.flatMap((name) => [...facts[name]]),
      ),
    );
  if (layout.drawsClasses) {
    const draws = stream(seed, 'classes', ...trial);
    feeds.drawn = feed(
      int32(
        [steps, batch],
        Int32Array.from({ length: steps * batch }, () => draws.integer(classes)),
      ),
    );
  }
  return feeds;
}

/** Tells trainings apart: method with settings, sizes, schedule, seed and class counts, and the steps of looks. */
function stateKey(plan: TrainingPlan, counts: readonly number[], { seed, trial = [], looks }: TrainingOptions): string {
  const { spec, ...rest } = plan;
  return JSON.stringify([spec.training, rest, seed, trial, counts, ...(looks ? [looks.at] : [])]);
}

export function countClasses(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}
