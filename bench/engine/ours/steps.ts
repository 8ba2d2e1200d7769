import { array, float32, int32 } from '../../../src/array/array.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';
import { initialise, type Variable } from '../../../src/nn/variable.ts';
import type { Optimiser } from '../../../src/optim/index.ts';
import { compileLoop, type Feed, feed, type Program, read, type SessionOptions } from '../../../src/runtime/session.ts';
import type { StepLayout } from '../../../src/train/step.ts';
import type { StepProblem } from '../problems/step.ts';
import { serve } from '../serve.ts';

/** How the loop may be compiled: all are tried, the fastest is kept. */
const MODES: Readonly<Record<string, SessionOptions>> = {
  'loop, 1 thread': { threads: 1 },
  'loop, 2 threads': { threads: 2 },
};
/** The same without the processor's fast path, which only convolutions have. */
const PLAIN_MODES: typeof MODES = {
  'loop, plain convolutions, 1 thread': { threads: 1, fast: false },
  'loop, plain convolutions, 2 threads': { threads: 2, fast: false },
};

/** A training step and what it is fed. */
export interface Training {
  readonly problem: StepProblem;
  /** From `stepGraph`. */
  readonly graph: { readonly outputs: Readonly<Record<string, Tensor>>; readonly layout: StepLayout };
  readonly optimiser: Optimiser;
  readonly buffers: readonly Variable[];
  /** What the objective reads beside `indices`. */
  readonly feeds: Readonly<Record<string, Feed>>;
  /** Has convolutions, so that their plain form is tried, too. */
  readonly convolves?: boolean;
  /** Default: the problem's in every step. */
  readonly learningRate?: (t: number) => number;
}

/** Serves rounds of a training bench: all steps from the first weights on, the trainer's way. */
export async function serveSteps(training: Training): Promise<void> {
  const { graph } = training;
  const compiled = new Map<string, Promise<Program>>();
  const compile = (mode: string, options: SessionOptions) => {
    const program =
      compiled.get(mode) ?? compileLoop({ outputs: graph.outputs, state: graph.layout.state, counter: 't' }, options);
    compiled.set(mode, program);
    return program;
  };
  const fixed = fixedFeeds(training);
  await serve(
    Object.fromEntries(
      Object.entries({ ...MODES, ...(training.convolves ? PLAIN_MODES : {}) }).map(([mode, options]) => [
        mode,
        async () => round(training, fixed, await compile(mode, options)),
      ]),
    ),
  );
}

async function round({ problem, graph: { layout }, buffers }: Training, fixed: Record<string, Feed>, loop: Program) {
  const { steps, look } = problem;
  let state = firstState(problem, layout, buffers);
  const losses: number[] = [];
  const started = performance.now();
  for (let done = 0; done < steps; ) {
    const count = Math.min(look, steps - done);
    const result = await loop.run({
      ...fixed,
      ...Object.fromEntries(layout.state.map((name) => [`${name}_first`, state[name]])),
      from: feed(int32([], [done])),
      count: feed(array('int64', [], BigInt64Array.of(BigInt(count)))),
    });
    state = Object.fromEntries(layout.state.map((name) => [name, result[`${name}_last`]]));
    losses.push(...read(result.losses, 'float32'));
    if (!losses.every(Number.isFinite)) throw new Error('the loss is no longer a number');
    done += count;
  }
  return { value: (performance.now() - started) / steps, check: sums(losses, layout.parts.length).slice(0, 10) };
}

function firstState(problem: StepProblem, { state }: StepLayout, buffers: readonly Variable[]): Record<string, Feed> {
  const vector = (values: Float32Array) => feed(float32([values.length], values));
  const first: Readonly<Record<string, Float32Array>> = {
    parameters: problem.parameters,
    buffers: initialise(buffers, {} as never),
  };
  return Object.fromEntries(
    state.map((name) => [name, vector(first[name] ?? new Float32Array(problem.parameters.length))]),
  );
}

function fixedFeeds({ problem, graph: { layout }, optimiser, feeds, learningRate }: Training): Record<string, Feed> {
  const { steps, batch, indices } = problem;
  const schedule = Array.from({ length: steps }, (_, t) => {
    const values = optimiser.scalars(t, learningRate?.(t) ?? problem.learningRate);
    return layout.scalars.map((name) => values[name]);
  });
  return {
    ...feeds,
    indices: feed(int32([steps, batch], indices)),
    schedule: feed(float32([steps, layout.scalars.length], schedule.flat())),
  };
}

/** Of every `size` numbers: the loss of a step from its parts. */
function sums(values: readonly number[], size: number): number[] {
  return Array.from({ length: values.length / size }, (_, i) =>
    values.slice(i * size, (i + 1) * size).reduce((a, b) => a + b),
  );
}
