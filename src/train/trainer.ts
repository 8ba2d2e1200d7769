import { array, float32, int32 } from '../array/array.ts';
import { InputError } from '../array/errors.ts';
import { stream } from '../array/random.ts';
import { classSampled, plainBatches } from '../data/samplers.ts';
import { initialise } from '../nn/variable.ts';
import { adamw, cosine } from '../optim/index.ts';
import { compile, compileLoop, type Feed, feed, type Program, read } from '../runtime/session.ts';
import type { TrainingState } from './checkpoint.ts';
import { inferenceGraph, type TrainingLayout, trainingGraph } from './graphs.ts';
import type { Rows, TrainedNet, TrainingPlan } from './plan.ts';

/** What is told after every run of a few steps. */
export interface StepEvent {
  /** Steps taken so far, of `steps`. */
  readonly step: number;
  readonly steps: number;
  /** Loss parts by name, mean over the steps since the last event. */
  readonly losses: Readonly<Record<string, number>>;
  /** Learning rate of the last step. */
  readonly learningRate: number;
  readonly stepsPerSecond: number;
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
  /** Stops within a few steps (milliseconds): `onCheckpoint` gets the state, then the signal's reason is thrown. */
  readonly signal?: AbortSignal;
  /** Steps between two calls of `onCheckpoint`; without it only a stop makes one. */
  readonly checkpointEvery?: number;
  readonly onCheckpoint?: (state: TrainingState) => void;
  /** Goes on from here instead of from the start. */
  readonly resume?: TrainingState;
}

/** Steps that are taken in one run of the program: long enough to make the way in and out cheap, short to watch. */
const STEPS_A_RUN = 25;

/** A training diverged: the loss is no longer a number. */
export class DivergenceError extends Error {
  override name = 'DivergenceError';
  /** The state before the run of steps in which it happened. */
  readonly lastGood: TrainingState;

  constructor(message: string, lastGood: TrainingState) {
    super(message);
    this.lastGood = lastGood;
  }
}

/**
 * Trains nets and runs them. Compiled programs are kept, so the trials of one plan share them.
 */
export class Trainer {
  readonly #training = new Map<string, Promise<{ program: Program; layout: TrainingLayout }>>();
  readonly #inference = new Map<string, Promise<Program<'logits' | 'embeddings'>>>();

  /**
   * Trains on all rows given. Same plan, rows and seed: the same bits, also when stopped and resumed in between.
   * @throws DivergenceError when a loss part stops being finite, naming it and the step
   * @throws InputError when `resume` is the state of another training
   */
  async train(plan: TrainingPlan, rows: Rows, options: TrainingOptions): Promise<TrainedNet> {
    const { program, layout } = await this.#trainingProgram(plan);
    const trial = options.trial ?? [];
    const counts = countClasses(rows.labels, plan.classes);
    const fixed = fixedFeeds(plan, layout, rows, counts, options.seed, trial);
    const key = stateKey(plan, counts, options);
    let { step: done, tensors, best } = options.resume ?? firstState(key, layout, options.seed, trial);
    if (options.resume && options.resume.key !== key)
      throw new InputError(
        `resume: the checkpoint belongs to another training (${options.resume.key}, this one is ${key}); start anew`,
      );
    const state = (): TrainingState => ({ key, step: done, tensors, ...(best ? { best } : {}) });
    const every = Math.max(1, Math.ceil(plan.steps / plan.checks));
    const { checkpointEvery = Number.POSITIVE_INFINITY } = options;
    while (done < plan.steps) {
      if (options.signal?.aborted) {
        options.onCheckpoint?.(state());
        throw options.signal.reason;
      }
      const started = performance.now();
      const count = Math.min(
        STEPS_A_RUN,
        every - (done % every),
        checkpointEvery - (done % checkpointEvery),
        plan.steps - done,
      );
      const first = Object.entries(tensors).map(([name, data]) => [`${name}_first`, vector(data)] as const);
      const result = await program.run({
        ...fixed,
        ...Object.fromEntries(first),
        from: feed(int32([], [done])),
        count: feed(array('int64', [], BigInt64Array.of(BigInt(count)))),
      });
      const losses = read(result.losses, 'float32');
      checkFinite(losses, layout, plan, state());
      tensors = Object.fromEntries(Object.keys(tensors).map((name) => [name, read(result[`${name}_last`], 'float32')]));
      done += count;
      if (options.validation && options.score && (done % every === 0 || done === plan.steps)) {
        const { parameters, buffers } = tensors;
        const net = { parameters, buffers, counts, keptAt: done };
        const { logits } = await this.run(plan, net, options.validation.x, ['logits']);
        const score = options.score(logits, options.validation.labels, counts);
        // Equal scores: the longer training stands.
        if (!best || score >= best.score) best = { score, step: done, parameters, buffers };
      }
      if (done % checkpointEvery === 0) options.onCheckpoint?.(state());
      options.onStep?.({
        step: done,
        steps: plan.steps,
        losses: meanLosses(losses, layout.parts),
        learningRate: cosine(plan.learningRate, done - 1, plan.steps),
        stepsPerSecond: (1000 * count) / (performance.now() - started),
      });
    }
    const { parameters, buffers } = best ?? tensors;
    return { parameters, buffers, counts, keptAt: best?.step ?? plan.steps };
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

const vector = (data: Float32Array) => feed(float32([data.length], data));

/** Parameters and buffers at their first values, moments at 0. */
function firstState(
  key: string,
  { net, moments }: TrainingLayout,
  seed: number,
  trial: readonly (string | number)[],
): TrainingState {
  const random = stream(seed, 'init', ...trial);
  const parameters = initialise(net.parameters, random);
  const buffers = initialise(net.buffers, random);
  const zeros = Array.from({ length: moments }, (_, i) => [`moment${i}`, new Float32Array(parameters.length)] as const);
  return { key, step: 0, tensors: { parameters, ...Object.fromEntries(zeros), buffers } };
}

/** Tells trainings apart: method with settings, sizes, schedule, seed and class counts. */
function stateKey(plan: TrainingPlan, counts: readonly number[], { seed, trial = [] }: TrainingOptions): string {
  const { spec, ...rest } = plan;
  return JSON.stringify([spec.training, rest, seed, trial, counts]);
}

/** @param losses [steps of this run, parts]  @param before the state at its start */
function checkFinite(losses: Float32Array, { parts }: TrainingLayout, plan: TrainingPlan, before: TrainingState): void {
  const at = losses.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const step = before.step + Math.floor(at / parts.length) + 1;
  throw new DivergenceError(
    `${plan.spec.name}: the loss part "${parts[at % parts.length]}" became ${losses[at]} at step ${step} of ${plan.steps}; ` +
      'the training has diverged (a smaller learning rate or cleaner inputs help)',
    before,
  );
}

/** @param losses [steps, parts] */
function meanLosses(losses: Float32Array, parts: readonly string[]): Record<string, number> {
  const steps = losses.length / parts.length;
  return Object.fromEntries(
    parts.map((part, i) => {
      let sum = 0;
      for (let t = 0; t < steps; t++) sum += losses[t * parts.length + i];
      return [part, sum / steps];
    }),
  );
}

export function countClasses(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}
