import { array, float32, int32 } from '../array/array.ts';
import { stream } from '../array/random.ts';
import { grad } from '../graph/grad.ts';
import { input, matmul, mean, mul, relu, softmax, sub } from '../graph/ops/index.ts';
import type { Repeated } from '../onnx/encode.ts';
import { type DeviceName, defaultDevice } from './devices.ts';
import { compile, compileLoop, type Feed, feed, read } from './session.ts';

/*
 * A process of its own, started by `probeDevice` with the name of a device: does a little work there and on the
 * processor, compares, and prints one line of JSON (`Answer`). Drivers crash and hang; here they take nothing with them.
 */

/** Milliseconds that the work took, or why it could not be done. */
export type Answer = { readonly device: number; readonly processor: number } | { readonly reason: string };

/** Rows, width and hidden width of the work: a step of training as on a table of usual size. */
const [ROWS, WIDTH, HIDDEN, STEPS] = [128, 64, 128, 25];

/** Largest difference to the processor's numbers, relative: some devices multiply with 10 bits of mantissa. */
const TOLERANCE = 2e-2;

/** Least squares by gradient descent: y = relu(x A) B learns to be x. */
function step(): Repeated {
  const x = input('x', [ROWS, WIDTH]);
  const weights = { a: input('a', [WIDTH, HIDDEN]), b: input('b', [HIDDEN, WIDTH]) };
  const gap = sub(matmul(relu(matmul(x, weights.a)), weights.b), x);
  const [da, db] = grad(mean(mul(gap, gap), { axes: [0, 1] }), [weights.a, weights.b]);
  const outputs = { a_next: sub(weights.a, mul(da, 0.5)), b_next: sub(weights.b, mul(db, 0.5)) };
  return { outputs, state: ['a', 'b'], counter: 't' };
}

function feeds(): Record<string, Feed> {
  const random = stream(0, 'probe');
  const normal = (shape: [number, number], scale: number) =>
    feed(
      float32(
        shape,
        Array.from({ length: shape[0] * shape[1] }, () => scale * random.normal()),
      ),
    );
  return {
    x: normal([ROWS, WIDTH], 1),
    a_first: normal([WIDTH, HIDDEN], 0.1),
    b_first: normal([HIDDEN, WIDTH], 0.1),
    from: feed(int32([], [0])),
    count: feed(array('int64', [], BigInt64Array.of(BigInt(STEPS)))),
  };
}

/** The weights learnt, and the shortest of several runs in milliseconds. */
async function work(device: DeviceName): Promise<{ numbers: Float32Array; milliseconds: number }> {
  const program = await compileLoop(step(), { device });
  const given = feeds();
  let numbers = new Float32Array();
  let milliseconds = Number.POSITIVE_INFINITY;
  // The first runs make the device ready; a slow one is not asked five times.
  const begun = performance.now();
  for (let run = 0; run < 5 && performance.now() - begun < 1000; run++) {
    const started = performance.now();
    const result = await program.run(given);
    numbers = new Float32Array(read(result.b_last, 'float32'));
    milliseconds = Math.min(milliseconds, performance.now() - started);
  }
  await program.release();
  return { numbers, milliseconds };
}

/** A graph of which nothing may be left to the processor: a provider that only hands everything back is none. */
async function computesItself(device: DeviceName): Promise<void> {
  const x = input('x', [8, 8]);
  const program = await compile({ y: softmax(relu(matmul(x, x))) }, { device, whole: true });
  const { y } = await program.run({ x: feed(float32([8, 8], new Float32Array(64).fill(1))) });
  const wrong = read(y, 'float32').find((v) => !(Math.abs(v - 1 / 8) < TOLERANCE));
  if (wrong !== undefined) throw new Error(`computes wrongly: ${wrong} in place of 0.125`);
  await program.release();
}

async function answer(device: DeviceName): Promise<Answer> {
  try {
    await computesItself(device);
    const there = await work(device);
    const here = await work(defaultDevice);
    const scale = here.numbers.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    const gap = here.numbers.reduce((most, v, i) => Math.max(most, Math.abs(v - there.numbers[i])), 0);
    if (!(gap <= TOLERANCE * scale))
      return { reason: `computes other numbers than the processor (${gap} apart, of ${scale})` };
    return { device: there.milliseconds, processor: here.milliseconds };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

process.stdout.write(`\n${JSON.stringify(await answer(process.argv[2] as DeviceName))}\n`);
