import { array, float32, int32 } from '../array/array.ts';
import { stream } from '../array/random.ts';
import { classSampled, plainBatches } from '../data/samplers.ts';
import { initialise } from '../nn/variable.ts';
import { adamw, cosine } from '../optim/index.ts';
import { compile, compileLoop, type Feed, feed, type Program, read } from '../runtime/session.ts';
import { inferenceGraph, type TrainingLayout, trainingGraph } from './graphs.ts';
import type { Rows, TrainedNet, TrainingPlan } from './plan.ts';

export interface StepEvent {
  readonly step: number;
  readonly steps: number;
}

export interface TrainingOptions {
  readonly seed: number;
  /** Names the streams of this training, so that trials differ: repeat and fold. */
  readonly trial?: readonly (string | number)[];
  /** Rows for early stopping; without them the last step stands. */
  readonly validation?: Rows;
  /** Quality on validation rows, higher is better; needed with `validation`. `counts`: training items a class. */
  readonly score?: (logits: Float32Array, labels: Int32Array, counts: readonly number[]) => number;
  readonly onStep?: (event: StepEvent) => void;
}

/** Steps that are taken in one run of the program: long enough to make the way in and out cheap, short to watch. */
const STEPS_A_RUN = 25;

/** A training diverged: the loss is no longer a number. */
export class DivergenceError extends Error {
  override name = 'DivergenceError';
}

/**
 * Trains nets and runs them. Compiled programs are kept, so the trials of one plan share them.
 */
export class Trainer {
  readonly #training = new Map<string, Promise<{ program: Program; layout: TrainingLayout }>>();
  readonly #inference = new Map<string, Promise<Program<'logits' | 'embeddings'>>>();

  /**
   * Trains on all rows given. Same plan, rows and seed: the same bits.
   * @throws DivergenceError when a loss part stops being finite, naming it and the step
   */
  async train(plan: TrainingPlan, rows: Rows, options: TrainingOptions): Promise<TrainedNet> {
    const { program, layout } = await this.#trainingProgram(plan);
    const { net } = layout;
    const trial = options.trial ?? [];
    const counts = countClasses(rows.labels, plan.classes);
    const fixed = fixedFeeds(plan, layout, rows, counts, options.seed, trial);
    const random = stream(options.seed, 'init', ...trial);
    const vector = (data: Float32Array) => feed(float32([data.length], data));
    const parameters = initialise(net.parameters, random);
    let state: Record<string, Feed> = {
      parameters: vector(parameters),
      buffers: vector(initialise(net.buffers, random)),
      ...Object.fromEntries(
        Array.from({ length: layout.moments }, (_, i) => [`moment${i}`, vector(new Float32Array(parameters.length))]),
      ),
    };

    let best: { score: number; net: TrainedNet } | undefined;
    const snapshot = (keptAt: number): TrainedNet => ({
      parameters: read(state.parameters, 'float32').slice(),
      buffers: read(state.buffers, 'float32').slice(),
      counts,
      keptAt,
    });
    const every = Math.max(1, Math.ceil(plan.steps / plan.checks));
    for (let done = 0; done < plan.steps; ) {
      const count = Math.min(STEPS_A_RUN, every - (done % every), plan.steps - done);
      const result = await program.run({
        ...fixed,
        ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`${name}_first`, value])),
        from: feed(int32([], [done])),
        count: feed(array('int64', [], BigInt64Array.of(BigInt(count)))),
      });
      state = Object.fromEntries(Object.keys(state).map((name) => [name, result[`${name}_last`]]));
      checkFinite(read(result.losses, 'float32'), layout, plan, done);
      done += count;
      options.onStep?.({ step: done, steps: plan.steps });
      if (options.validation && options.score && (done % every === 0 || done === plan.steps)) {
        const now = snapshot(done);
        const { logits } = await this.run(plan, now, options.validation.x, ['logits']);
        const score = options.score(logits, options.validation.labels, counts);
        // Equal scores: the longer training stands.
        if (!best || score >= best.score) best = { score, net: now };
      }
    }
    return best?.net ?? snapshot(plan.steps);
  }

  /** Runs a trained net on x [rows, inputs]. Asked for are `logits` [rows, C] and `embeddings` [rows, D]. */
  async run<Out extends 'logits' | 'embeddings'>(
    plan: TrainingPlan,
    net: TrainedNet,
    x: Float32Array,
    wanted: readonly Out[],
  ): Promise<Record<Out, Float32Array>> {
    const program = await this.#inferenceProgram(plan);
    const feeds = {
      parameters: feed(float32([net.parameters.length], net.parameters)),
      buffers: feed(float32([net.buffers.length], net.buffers)),
      x: feed(float32([x.length / plan.inputs, plan.inputs], x)),
    };
    const into = Object.fromEntries(wanted.map((name) => [name, null]));
    const results = await program.run(feeds, into);
    return Object.fromEntries(wanted.map((name) => [name, read(results[name], 'float32')])) as Record<
      Out,
      Float32Array
    >;
  }

  #trainingProgram(plan: TrainingPlan) {
    // The number of steps and of rows is not part of the graph.
    return cached(this.#training, graphKey(plan), async () => {
      const { outputs, layout } = trainingGraph(plan);
      const moments = Array.from({ length: layout.moments }, (_, i) => `moment${i}`);
      const state = ['parameters', ...moments, 'buffers'];
      return { program: await compileLoop({ outputs, state, counter: 't' }), layout };
    });
  }

  #inferenceProgram(plan: TrainingPlan) {
    return cached(this.#inference, graphKey(plan), () => compile(inferenceGraph(plan)));
  }
}

function cached<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const existing = map.get(key);
  if (existing) return existing;
  const made = make();
  map.set(key, made);
  return made;
}

function graphKey({ spec, inputs, classes, widths, batch, weightDecay }: TrainingPlan): string {
  return JSON.stringify([spec.training, inputs, classes, widths, batch, weightDecay]);
}

/** What does not change from step to step. */
function fixedFeeds(
  plan: TrainingPlan,
  layout: TrainingLayout,
  rows: Rows,
  counts: readonly number[],
  seed: number,
  trial: readonly (string | number)[],
): Record<string, Feed> {
  const { steps, batch, classes, spec } = plan;
  const sampling = spec.method.sampling(spec.settings);
  const random = stream(seed, 'batches', ...trial);
  const indices =
    sampling.kind === 'epochs'
      ? plainBatches(rows.labels.length, batch, steps, random)
      : classSampled(rows.labels, classes, batch, steps, random, (t) => sampling.share(t / steps));
  const optimiser = adamw({ weightDecay: plan.weightDecay });
  const schedule = Array.from({ length: steps }, (_, t) => {
    const scalars = {
      ...spec.method.scalars(t / steps, spec.settings),
      ...optimiser.scalars(t, cosine(plan.learningRate, t, steps)),
    };
    return layout.scalars.map((name) => scalars[name as keyof typeof scalars]);
  });
  const facts = spec.method.facts(counts, spec.settings);
  const feeds: Record<string, Feed> = {
    x: feed(float32([rows.labels.length, plan.inputs], rows.x)),
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

/** @param losses [steps of this run, parts]  @param done steps before this run */
function checkFinite(losses: Float32Array, { parts }: TrainingLayout, plan: TrainingPlan, done: number): void {
  const at = losses.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const step = done + Math.floor(at / parts.length) + 1;
  throw new DivergenceError(
    `${plan.spec.name}: the loss part "${parts[at % parts.length]}" became ${losses[at]} at step ${step} of ${plan.steps}; ` +
      'the training has diverged (a smaller learning rate or cleaner inputs help)',
  );
}

export function countClasses(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}
