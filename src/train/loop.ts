import { array, float32, int32 } from '../array/array.ts';
import { InputError } from '../array/errors.ts';
import { stream } from '../array/random.ts';
import { type Feed, feed, type Program, read } from '../runtime/session.ts';
import type { TrainingState } from './checkpoint.ts';
import type { StepLayout } from './step.ts';

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

/** How a training is watched, stopped and taken up again. */
export interface LoopOptions {
  readonly onStep?: (event: StepEvent) => void;
  /** Stops within a few steps: `onCheckpoint` gets the state, then the signal's reason is thrown. */
  readonly signal?: AbortSignal;
  /** Steps between two calls of `onCheckpoint`; without it only a stop makes one. */
  readonly checkpointEvery?: number;
  /** Seconds between two calls of `onCheckpoint`, for long trainings; it changes no number. */
  readonly checkpointSeconds?: number;
  readonly onCheckpoint?: (state: TrainingState) => void;
  /** Goes on from here instead of from the start. */
  readonly resume?: TrainingState;
}

/** Looks at a net while it is trained. They change no bit of the training. */
export interface Looks<L> {
  /** Steps after which to look, ascending; 0: before the first. */
  readonly at: readonly number[];
  /** What is seen (averaged parameters and buffers where there are any), as data that JSON holds: checkpoints keep it. */
  readonly onLook: (net: Pick<Kept, 'parameters' | 'buffers'>, step: number) => Promise<L>;
}

/** A training that is ready to run. */
export interface Loop<L = unknown> {
  /** What diverges is called by this name. */
  readonly name: string;
  /** From `compileLoop` with the outputs and the state of `stepGraph`. */
  readonly program: Program;
  readonly layout: StepLayout;
  readonly steps: number;
  /** Everything that is fed but the state, the counter, noise and what `drawn` gives. */
  readonly feeds: Readonly<Record<string, Feed>>;
  /** What is made anew for every run of steps: those from `from` on, `count` of them. */
  readonly drawn?: (from: number, count: number) => Readonly<Record<string, Feed>>;
  readonly first: TrainingState;
  /** Names the stream that noise is drawn from. */
  readonly seed: number;
  readonly trial: readonly (string | number)[];
  readonly learningRate: (t: number) => number;
  /** Looks at the net (parameters and buffers, averaged ones where there are any) every so many steps: its score. */
  readonly check?: {
    readonly every: number;
    /** Not before so many steps are taken. Default: from the start. */
    readonly from?: number;
    readonly score: (net: Pick<Kept, 'parameters' | 'buffers'>) => Promise<number>;
  };
  /** The first state's key tells the steps of looks apart. */
  readonly looks?: Looks<L>;
}

/** A net at some step of its training. */
export interface Kept {
  readonly parameters: Float32Array;
  readonly buffers: Float32Array;
  /** Steps after which these numbers were kept. */
  readonly keptAt: number;
}

/** Most steps in one run of the program: enough to make the way in and out cheap. */
const MOST_STEPS = 25;
/** Seconds that a run should take at most, so that a stop is heard soon. */
const RUN_SECONDS = 0.2;

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
 * Runs all steps and gives the net that `check` liked best (the later of equals), else the last one, and what was seen
 * at the looks, those before a stop included.
 * How many steps a run of the program takes follows from how long they take; it changes no bit of the result.
 * @throws DivergenceError when a loss part stops being finite, naming it and the step
 * @throws InputError when `resume` is the state of another training
 */
export async function runLoop<L>(
  loop: Loop<L>,
  options: LoopOptions = {},
): Promise<Kept & { readonly looks: readonly L[] }> {
  const { program, layout, steps, feeds, check, looks } = loop;
  const { key } = loop.first;
  const { checkpointEvery = Number.POSITIVE_INFINITY, checkpointSeconds = Number.POSITIVE_INFINITY, resume } = options;
  if (resume && resume.key !== key)
    throw new InputError(
      `resume: the checkpoint belongs to another training (${resume.key}, this one is ${key}); start anew`,
    );
  let { step: done, tensors, best } = resume ?? loop.first;
  const seen = [...(resume?.looks ?? [])] as L[];
  const state = (): TrainingState => ({
    key,
    step: done,
    tensors,
    ...(best ? { best } : {}),
    ...(looks ? { looks: [...seen] } : {}),
  });
  const lookIfDue = async () => {
    if (looks?.at[seen.length] === done) seen.push(await looks.onLook(netAt(tensors), done));
  };
  await lookIfDue();
  const every = check?.every ?? steps;
  let pace = 1;
  let saved = performance.now();
  while (done < steps) {
    if (options.signal?.aborted) {
      options.onCheckpoint?.(state());
      throw options.signal.reason;
    }
    const started = performance.now();
    const next = looks?.at[seen.length] ?? steps;
    const stops = [every - (done % every), checkpointEvery - (done % checkpointEvery), next - done, steps - done];
    const count = Math.min(pace, ...stops);
    const first = Object.entries(tensors).map(([name, data]) => [`${name}_first`, vector(data)] as const);
    const result = await program.run({
      ...feeds,
      ...noise(loop, done, count),
      ...loop.drawn?.(done, count),
      ...Object.fromEntries(first),
      from: feed(int32([], [done])),
      count: feed(array('int64', [], BigInt64Array.of(BigInt(count)))),
    });
    const losses = read(result.losses, 'float32');
    checkFinite(losses, loop, state());
    tensors = Object.fromEntries(Object.keys(tensors).map((name) => [name, read(result[`${name}_last`], 'float32')]));
    done += count;
    const seconds = (performance.now() - started) / 1000;
    pace = Math.max(1, Math.min(MOST_STEPS, Math.floor((RUN_SECONDS * count) / seconds)));
    if (check && done > (check.from ?? 0) && (done % every === 0 || done === steps)) {
      const net = netAt(tensors);
      const score = await check.score(net);
      // Equal scores: the longer training stands.
      if (!best || score >= best.score) best = { score, step: done, ...net };
    }
    await lookIfDue();
    if (done % checkpointEvery === 0 || performance.now() - saved > 1000 * checkpointSeconds) {
      options.onCheckpoint?.(state());
      saved = performance.now();
    }
    options.onStep?.({
      step: done,
      steps,
      losses: meanLosses(losses, layout.parts),
      learningRate: loop.learningRate(done - 1),
      stepsPerSecond: count / seconds,
    });
  }
  const { parameters, buffers } = best ?? netAt(tensors);
  return { parameters, buffers, keptAt: best?.step ?? steps, looks: seen };
}

/** The net of a state: the averaged one where averages are kept. */
function netAt(tensors: TrainingState['tensors']): Pick<Kept, 'parameters' | 'buffers'> {
  const { parameters, buffers, average_parameters = parameters, average_buffers = buffers } = tensors;
  return { parameters: average_parameters, buffers: average_buffers };
}

/** Each step draws from a stream of its own, so that a training that goes on draws what it would have drawn. */
function noise({ layout, seed, trial }: Loop, from: number, count: number): Record<string, Feed> {
  return Object.fromEntries(
    Object.entries(layout.noise).map(([name, shape]) => {
      const size = shape.reduce((n, m) => n * m, 1);
      const values = new Float32Array(count * size);
      for (let i = 0; i < count; i++) {
        const random = stream(seed, 'noise', name, from + i, ...trial);
        for (let j = 0; j < size; j++) values[i * size + j] = random.uniform();
      }
      return [`noise.${name}`, feed(float32([count, ...shape], values))];
    }),
  );
}

const vector = (data: Float32Array) => feed(float32([data.length], data));

/** @param losses [steps of this run, parts]  @param before the state at its start */
function checkFinite(losses: Float32Array, { name, layout: { parts }, steps }: Loop, before: TrainingState): void {
  const at = losses.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const step = before.step + Math.floor(at / parts.length) + 1;
  throw new DivergenceError(
    `${name}: the loss part "${parts[at % parts.length]}" became ${losses[at]} at step ${step} of ${steps}; ` +
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
