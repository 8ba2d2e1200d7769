import { array, float32, int32 } from '../array/array.ts';
import { stream } from '../array/random.ts';
import { classSampled, plainBatches } from '../data/samplers.ts';
import { initialise } from '../nn/variable.ts';
import { adamw, cosine } from '../optim/index.ts';
import { buffer, compile, type Feed, feed, type Program, read } from '../runtime/session.ts';
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
    const size = [initialise(net.parameters, stream(options.seed, 'init', ...trial)).length];
    const names = ['parameters', ...Array.from({ length: layout.moments }, (_, i) => `moment${i}`), 'buffers'];
    const first = (name: string): Feed => {
      const random = stream(options.seed, 'init', ...trial);
      if (name === 'parameters') return feed(float32(size, initialise(net.parameters, random)));
      const start = name === 'buffers' ? initialise(net.buffers, random) : new Float32Array(size[0]);
      return feed(float32([start.length], start));
    };
    // Two sets of buffers, read and written in turn.
    let state = Object.fromEntries(names.map((name) => [name, first(name)]));
    let spare = Object.fromEntries(names.map((name) => [name, buffer(state[name].dims)]));
    const losses = buffer([layout.parts.length]);
    const t = new Int32Array(1);
    const step = feed(array('int32', [], t));

    let best: { score: number; net: TrainedNet } | undefined;
    const snapshot = (keptAt: number): TrainedNet => ({
      parameters: read(state.parameters, 'float32').slice(),
      buffers: read(state.buffers, 'float32').slice(),
      counts,
      keptAt,
    });
    const every = Math.max(1, Math.ceil(plan.steps / plan.checks));
    for (; t[0] < plan.steps; t[0]++) {
      const into = Object.fromEntries([...names.map((name) => [`${name}_next`, spare[name]]), ['losses', losses]]);
      await program.run({ ...fixed, ...state, t: step }, into);
      [state, spare] = [spare, state];
      checkFinite(read(losses, 'float32'), layout, plan, t[0]);
      const done = t[0] + 1;
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
      return { program: await compile(outputs), layout };
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

function checkFinite(losses: Float32Array, layout: TrainingLayout, plan: TrainingPlan, t: number): void {
  losses.forEach((value, i) => {
    if (!Number.isFinite(value))
      throw new DivergenceError(
        `${plan.spec.name}: the loss part "${layout.parts[i]}" became ${value} at step ${t + 1} of ${plan.steps}; ` +
          'the training has diverged (a smaller learning rate or cleaner inputs help)',
      );
  });
}

export function countClasses(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}
