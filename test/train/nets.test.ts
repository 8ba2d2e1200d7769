import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { array, float32, int32, size } from '../../src/array/array.ts';
import { gather, input, mean, mul, sub } from '../../src/graph/ops/index.ts';
import { oneHot } from '../../src/graph/segments.ts';
import { crossEntropy } from '../../src/losses/cross-entropy.ts';
import { encoderOf } from '../../src/nn/encoders/index.ts';
import { linear } from '../../src/nn/linear.ts';
import { packedLength, type Variable } from '../../src/nn/variable.ts';
import { adamw, type Optimiser, sgd } from '../../src/optim/index.ts';
import { compileLoop, type Feed, feed, read } from '../../src/runtime/session.ts';
import { stepGraph } from '../../src/train/step.ts';

interface Sample {
  every: number;
  norm: number;
  values: number[];
}
interface Stored {
  losses: number[];
  gradient: Sample;
  parameters: Sample;
  buffers?: Sample;
  length: number;
}
/** Made by reference/nets.py. */
const stored = JSON.parse(readFileSync(new URL('reference/nets.json', import.meta.url), 'utf8')) as Record<
  'resnet32' | 'dilated',
  Stored
>;
const STEPS = 10;

/** The same numbers as in nets.py. */
function wave(seed: number, length: number, factor: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => {
    const value = Math.sin(i * 12.9898 + seed * 78.233) * 43758.5453;
    return (value - Math.floor(value) - 0.5) * factor;
  });
}

/** First values in the order of the list: weights by their fan in, norms 1 and 0, biases small. */
function firstValues(variables: readonly Variable[]): Float32Array {
  const parts = variables.map(({ name, shape }, i) => {
    const length = size(shape);
    if (name.endsWith('.scale')) return new Float32Array(length).fill(1);
    if (name.endsWith('.shift')) return new Float32Array(length);
    if (name.endsWith('.bias')) return wave(i + 1, length, 0.1);
    return wave(i + 1, length, 2 * Math.sqrt(3 / size(shape.slice(1))));
  });
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

async function tenSteps(
  options: Omit<Parameters<typeof stepGraph>[0], 'optimiser'>,
  { optimiser, rate, fast }: { optimiser: Optimiser; rate: number; fast: boolean },
  feeds: Record<string, Feed>,
) {
  const { parameters, buffers = [] } = options;
  const { outputs, layout } = stepGraph({ ...options, optimiser });
  const program = await compileLoop({ outputs, state: layout.state, counter: 't' }, { fast });
  const first = firstValues(parameters);
  const running = buffers.flatMap((v) => [...v.init({} as never)]);
  const schedule = Array.from({ length: STEPS }, (_, t) => {
    const scalars: Record<string, number> = { ...optimiser.scalars(t, rate) };
    return layout.scalars.map((name) => scalars[name]);
  });
  const values: Record<string, Float32Array> = {
    parameters: first,
    buffers: buffers.length > 0 ? Float32Array.from(running) : new Float32Array(1),
  };
  const run = async (count: number) => {
    const state = layout.state.map((name) => {
      const data = values[name] ?? new Float32Array(packedLength(parameters));
      return [`${name}_first`, feed(float32([data.length], data))] as const;
    });
    return program.run({
      ...feeds,
      ...Object.fromEntries(state),
      schedule: feed(float32([STEPS, layout.scalars.length], schedule.flat())),
      from: feed(int32([], [0])),
      count: feed(array('int64', [], BigInt64Array.of(BigInt(count)))),
    });
  };
  return { one: await run(1), all: await run(STEPS), first };
}

function near(actual: ArrayLike<number>, { every, norm, values }: Sample, tolerance: number, what: string) {
  const own = Array.from(values, (_, i) => actual[i * every]);
  const scale = Math.max(...values.map(Math.abs));
  own.forEach((value, i) => {
    assert.ok(
      Math.abs(value - values[i]) <= tolerance * scale,
      `${what}[${i * every}]: ${value}, PyTorch ${values[i]}`,
    );
  });
  const length = Math.sqrt(Array.from(actual).reduce((total, v) => total + v * v, 0));
  assert.ok(Math.abs(length - norm) <= tolerance * norm, `${what}: norm ${length}, PyTorch ${norm}`);
}

function agree(losses: Float32Array, expected: Stored, what: string) {
  assert.equal(losses.length, STEPS);
  expected.losses.forEach((loss, t) => {
    assert.ok(Math.abs(losses[t] - loss) <= 1e-3 * Math.abs(loss), `${what}, step ${t}: ${losses[t]}, PyTorch ${loss}`);
  });
  assert.ok(expected.losses[STEPS - 1] !== expected.losses[0]);
}

for (const fast of [true, false]) {
  const path = fast ? 'fast path' : 'plain path';
  test(`ResNet-32, ${path}: ten SGD steps are PyTorch's to 1e-3`, async () => {
    const { layer, width } = encoderOf({ kind: 'resnet-cifar' }, [3, 32, 32]);
    const head = linear('head', width, 10);
    const parameters = [...layer.parameters, ...head.parameters];
    assert.equal(packedLength(parameters), stored.resnet32.length);
    const batch = 16;
    const { one, all, first } = await tenSteps(
      {
        parameters,
        buffers: layer.buffers,
        objective: (scope) => {
          const x = gather(input('x', ['steps', batch, 3, 32, 32]), scope.t);
          const target = oneHot(gather(input('labels', ['steps', batch], 'int32'), scope.t), 10);
          const logits = head.apply(layer.apply(x, scope), scope);
          return { classification: mean(crossEntropy.build({ logits, target }), { axes: [0] }) };
        },
      },
      { optimiser: sgd({ momentum: 0.9, weightDecay: 5e-4 }), rate: 0.001, fast },
      {
        x: feed(float32([STEPS, batch, 3, 32, 32], wave(1001, STEPS * batch * 3072, 3))),
        labels: feed(
          int32(
            [STEPS, batch],
            Int32Array.from({ length: STEPS * batch }, (_, i) => (i * 7) % 10),
          ),
        ),
      },
    );
    // The first velocity is the gradient and the weight decay.
    const gradient = read(one.moment0_last, 'float32').map((v, i) => v - 5e-4 * first[i]);
    near(gradient, stored.resnet32.gradient, 1e-3, 'gradient');
    agree(read(all.losses, 'float32'), stored.resnet32, path);
    near(read(all.parameters_last, 'float32'), stored.resnet32.parameters, 1e-3, 'parameters');
    near(read(all.buffers_last, 'float32'), stored.resnet32.buffers!, 1e-3, 'running statistics');
  });

  test(`dilated stack, ${path}: ten AdamW steps are PyTorch's to 1e-3`, async () => {
    const { layer, width } = encoderOf({ kind: 'dilated' }, [6, 120]);
    assert.equal(packedLength(layer.parameters), stored.dilated.length);
    const { one, all } = await tenSteps(
      {
        parameters: layer.parameters,
        objective: (scope) => {
          const d = sub(layer.apply(input('x', [4, 6, 120]), scope), input('target', [4, width]));
          return { regression: mean(mul(d, d), { axes: [0, 1] }) };
        },
      },
      { optimiser: adamw({ weightDecay: 1e-4 }), rate: 1e-3, fast },
      {
        x: feed(float32([4, 6, 120], wave(1002, 4 * 6 * 120, 3))),
        target: feed(float32([4, width], wave(1003, 4 * width, 1))),
      },
    );
    // The first moment is kept as a sum: after one step it is the gradient.
    near(read(one.moment0_last, 'float32'), stored.dilated.gradient, 1e-4, 'gradient');
    agree(read(all.losses, 'float32'), stored.dilated, path);
    near(read(all.parameters_last, 'float32'), stored.dilated.parameters, 1e-3, 'parameters');
  });
}
