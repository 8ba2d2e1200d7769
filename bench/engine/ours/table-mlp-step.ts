import { array, float32, int32 } from '../../../src/array/array.ts';
import { initialise } from '../../../src/nn/variable.ts';
import { adamw, cosine } from '../../../src/optim/index.ts';
import { compileLoop, type Feed, feed, type Program, read } from '../../../src/runtime/session.ts';
import { type TrainingLayout, trainingGraph } from '../../../src/train/graphs.ts';
import { type Problem, planOf, readProblem } from '../problem.ts';
import { serve } from '../serve.ts';

/** As many steps in one run of the program as the trainer takes. */
const STEPS_A_RUN = 25;

const problem = readProblem(process.argv[2]);
const { outputs, layout } = trainingGraph(planOf(problem.steps));
const names = ['parameters', 'moment0', 'moment1', 'buffers'];
const program = (threads: number) => compileLoop({ outputs, state: names, counter: 't' }, { threads });
const [one, two] = [await program(1), await program(2)];
const fixed = fixedFeeds(problem, layout);

await serve({
  'loop, 1 thread': () => round(one),
  'loop, 2 threads': () => round(two),
});

/** All steps from the first weights on; the trainer's way, without its early stopping. */
async function round(loop: Program) {
  const { steps } = problem;
  let state = firstState();
  const losses: number[] = [];
  const started = performance.now();
  for (let done = 0; done < steps; ) {
    const count = Math.min(STEPS_A_RUN, steps - done);
    const result = await loop.run({
      ...fixed,
      ...Object.fromEntries(names.map((name) => [`${name}_first`, state[name]])),
      from: feed(int32([], [done])),
      count: feed(array('int64', [], BigInt64Array.of(BigInt(count)))),
    });
    state = Object.fromEntries(names.map((name) => [name, result[`${name}_last`]]));
    losses.push(...read(result.losses, 'float32'));
    if (!losses.every(Number.isFinite)) throw new Error('the loss is no longer a number');
    done += count;
  }
  return { value: (performance.now() - started) / steps, check: losses.slice(0, 10) };
}

function firstState(): Record<string, Feed> {
  const { length } = problem.parameters;
  const vector = (values: ArrayLike<number>) => feed(float32([values.length], Float32Array.from(values)));
  return {
    parameters: vector(problem.parameters),
    moment0: vector(new Float32Array(length)),
    moment1: vector(new Float32Array(length)),
    buffers: vector(initialise(layout.net.buffers, {} as never)),
  };
}

function fixedFeeds({ x, labels, indices, inputs, batch, steps, ...rest }: Problem, { scalars }: TrainingLayout) {
  const optimiser = adamw({ weightDecay: rest.weightDecay });
  const schedule = Array.from({ length: steps }, (_, t) => {
    const values: Readonly<Record<string, number>> = optimiser.scalars(t, cosine(rest.learningRate, t, steps));
    return scalars.map((name) => values[name]);
  });
  return {
    x: feed(float32([labels.length, inputs], x)),
    labels: feed(int32([labels.length], labels)),
    indices: feed(int32([steps, batch], indices)),
    schedule: feed(float32([steps, scalars.length], schedule.flat())),
  };
}
