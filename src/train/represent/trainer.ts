import { float32, int32 } from '../../array/array.ts';
import { stream } from '../../array/random.ts';
import { drawSequences, type SequenceStarts } from '../../data/series/sequences.ts';
import { neighbourSimilarities, thresholdOf } from '../../losses/contrastive/index.ts';
import { learningRate } from '../../optim/schedule.ts';
import { optimiserOf } from '../../optim/spec.ts';
import {
  compile,
  compileLoop,
  type Feed,
  feed,
  type Program,
  read,
  type SessionOptions,
} from '../../runtime/session.ts';
import { type Kept, type LoopOptions, runLoop } from '../loop.ts';
import { cached, firstState } from '../start.ts';
import { type SequenceEncoder, sequenceEncoder } from './encoder.ts';
import { embeddingGraph, type RepresentationLayout, representationGraph, variablesOf } from './graph.ts';
import type { RepresentationPlan } from './plan.ts';

/** Training windows in the order of time, and where sequences of them begin. */
export interface SequenceRows {
  /** [rows, ...shape], row-major. */
  readonly x: Float32Array;
  /** [rows], -1 for none; needed where the method uses labels. */
  readonly labels: Int32Array;
  /** Places in these rows. */
  readonly starts: SequenceStarts;
}

export interface RepresentationOptions extends LoopOptions {
  readonly seed: number;
  /** Names the streams of this training: repeat and fold. */
  readonly trial?: readonly (string | number)[];
  /** Looks at the net `checks` times while it is trained. */
  readonly onCheck?: (net: EncoderValues, look: number) => Promise<void>;
}

/** The numbers of an encoder, trained or not. */
export type EncoderValues = Pick<Kept, 'parameters' | 'buffers'>;

/** Windows in one run of an encoder that sees each alone. */
const BLOCK = 2048;

/** Trains encoders of windows and runs them. Compiled programs are kept, so the trials of one plan share them. */
export class RepresentationTrainer {
  readonly #session: SessionOptions;
  readonly #training = new Map<string, Promise<{ program: Program; layout: RepresentationLayout }>>();
  readonly #inference = new Map<string, Promise<Program<'embeddings'>>>();

  constructor(session: SessionOptions = {}) {
    this.#session = session;
  }

  /**
   * Trains on sequences of the rows given. Same plan, rows and seed: the same bits, also when stopped and resumed.
   * @throws DivergenceError when a loss part stops being finite   @throws InputError when `resume` is of another training
   */
  async train(plan: RepresentationPlan, rows: SequenceRows, options: RepresentationOptions): Promise<EncoderValues> {
    const { program, layout } = await this.#trainingProgram(plan);
    const { seed, trial = [], onCheck } = options;
    const { spec, ...rest } = plan;
    const key = JSON.stringify([spec.name, rest, seed, trial, rows.labels.length, rows.starts.starts.length]);
    let looks = 0;
    return runLoop(
      {
        name: spec.name,
        program,
        layout,
        steps: plan.steps,
        feeds: feedsOf(plan, layout, rows, stream(seed, 'batches', ...trial)),
        first: firstState(key, layout, seed, trial),
        seed,
        trial,
        learningRate: (t) => learningRate(plan.schedule, plan.learningRate, t, plan.steps),
        check: onCheck && {
          every: Math.max(1, Math.ceil(plan.steps / plan.checks)),
          score: async (net) => {
            await onCheck(net, ++looks);
            return 0; // none is liked better: the last step stands
          },
        },
      },
      options,
    );
  }

  /** The encoder at its first values: those that a training of the same plan, seed and trial starts from. */
  first(plan: RepresentationPlan, seed: number, trial: readonly (string | number)[] = []): EncoderValues {
    const variables = variablesOf(plan, sequenceEncoder(plan, plan.sequenceSteps));
    const { tensors } = firstState('', { variables, state: ['parameters', 'buffers'] }, seed, trial);
    return { parameters: tensors.parameters, buffers: tensors.buffers };
  }

  /**
   * Embeddings of windows x [rows, ...shape], [rows, D] row-major.
   * @param runs lengths of the unbroken stretches that the rows are made of, in their order: an encoder that sees
   *   neighbours sees those of one stretch
   */
  async embed(
    plan: RepresentationPlan,
    net: EncoderValues,
    x: Float32Array,
    runs: readonly number[],
  ): Promise<{ embeddings: Float32Array; width: number }> {
    const { width, alone } = sequenceEncoder(plan, plan.sequenceSteps);
    const size = plan.shape.reduce((n, m) => n * m, 1);
    const rows = x.length / size;
    const total = runs.reduce((a, b) => a + b, 0);
    if (total !== rows) throw new RangeError(`embed: runs of ${total} rows in all for ${rows} rows`);
    const embeddings = new Float32Array(rows * width);
    const fixed = {
      parameters: feed(float32([net.parameters.length], net.parameters)),
      buffers: feed(float32([net.buffers.length], net.buffers)),
    };
    let from = 0;
    for (const count of alone ? blocks(rows) : runs) {
      const part = x.subarray(from * size, (from + count) * size);
      const program = await this.#inferenceProgram(plan, alone ? undefined : count);
      const out = await program.run({ ...fixed, x: feed(float32([count, ...plan.shape], part)) });
      embeddings.set(read(out.embeddings, 'float32'), from * width);
      from += count;
    }
    return { embeddings, width };
  }

  #trainingProgram(plan: RepresentationPlan) {
    return cached(this.#training, graphKey(plan), async () => {
      const { outputs, layout } = representationGraph(plan);
      const program = await compileLoop({ outputs, state: layout.state, counter: 't' }, this.#session);
      return { program, layout };
    });
  }

  /** @param count windows of a stretch; not given: any number, each alone */
  #inferenceProgram(plan: RepresentationPlan, count: number | undefined) {
    return cached(this.#inference, `${graphKey(plan)} ${count}`, () => {
      const encoder: SequenceEncoder = sequenceEncoder(plan, count ?? plan.sequenceSteps);
      return compile(embeddingGraph(plan, encoder, count ?? 'rows'), this.#session);
    });
  }
}

function* blocks(rows: number): Generator<number> {
  for (let from = 0; from < rows; from += BLOCK) yield Math.min(BLOCK, rows - from);
}

/** The number of steps and how their numbers are made are not part of the graph. */
function graphKey({
  spec,
  steps: _,
  learningRate: __,
  schedule: ___,
  checks: ____,
  threshold,
  ...rest
}: RepresentationPlan) {
  return JSON.stringify([spec.name, threshold === undefined || threshold === 'off', rest]);
}

/** What does not change from step to step. */
function feedsOf(
  plan: RepresentationPlan,
  layout: RepresentationLayout,
  { x, labels, starts }: SequenceRows,
  random: ReturnType<typeof stream>,
): Record<string, Feed> {
  const { steps, sequences, sequenceSteps, threshold = 'off' } = plan;
  const batch = sequences * sequenceSteps;
  const indices = drawSequences(starts, sequences, steps, random);
  const size = plan.shape.reduce((n, m) => n * m, 1);
  // Entry i: of rows i and i + 1; what lies between two recordings is never asked for.
  const similarities = threshold === 'off' ? new Float64Array() : neighbourSimilarities(x, size);
  const optimiser = optimiserOf(plan.optimiser);
  const numbers = Array.from({ length: steps }, (_, t) => {
    const own = indices.subarray(t * batch, (t + 1) * batch);
    const pairs = Array.from(own).filter((_, i) => (i + 1) % sequenceSteps !== 0);
    const theta = thresholdOf(
      threshold,
      pairs.map((row) => similarities[row]),
    );
    const scalars = { theta, ...optimiser.scalars(t, learningRate(plan.schedule, plan.learningRate, t, steps)) };
    return layout.scalars.map((name) => (scalars as Record<string, number>)[name]);
  });
  return {
    x: feed(float32([labels.length, ...plan.shape], x)),
    indices: feed(int32([steps, batch], indices)),
    schedule: feed(float32([steps, layout.scalars.length], numbers.flat())),
    ...(plan.spec.method.usesLabels ? { labels: feed(int32([labels.length], labels)) } : {}),
  };
}
