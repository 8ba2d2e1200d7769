import assert from 'node:assert/strict';
import { test } from 'node:test';
import { float32, size } from '../../src/array/array.ts';
import { type Random, stream } from '../../src/array/random.ts';
import { blocked } from '../../src/graph/blocked.ts';
import { gelu } from '../../src/graph/functions.ts';
import { grad, topological } from '../../src/graph/grad.ts';
import * as g from '../../src/graph/ops/index.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { probeFastPath } from '../../src/runtime/fast-path.ts';
import { compile, type Feed, feed, read } from '../../src/runtime/session.ts';

/** Inputs of a random graph: values by name. */
class Inputs {
  readonly feeds: Record<string, Feed> = {};
  readonly tensors: Tensor[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  make(shape: readonly number[], factor = 1): Tensor {
    const name = `in${this.tensors.length}`;
    const values = Float32Array.from({ length: size(shape) }, () => factor * this.#random.normal());
    this.feeds[name] = feed(float32(shape, values));
    const tensor = g.input(name, shape);
    this.tensors.push(tensor);
    return tensor;
  }
}

/** Convolutions with everything that may lie between them: affine chains, residuals, sums, values used twice. */
function randomNet(random: Random, inputs: Inputs): Tensor {
  const series = random.uniform() < 0.4;
  const batch = [3, 16, 32][random.integer(3)];
  const lengths = series ? [9 + random.integer(8)] : [5 + random.integer(4), 4 + random.integer(4)];
  const axes = lengths.length;
  const pick = (values: readonly number[]) => values[random.integer(values.length)];
  const made: Tensor[] = [inputs.make([batch, pick([3, 16, 32]), ...lengths])];
  const any = () => made[random.integer(made.length)];
  const convolved = (x: Tensor) => {
    const kernel = Array.from({ length: axes }, () => pick([1, 2, 3]));
    const w = inputs.make([pick([16, 32, 5]), x.shape[1] as number, ...kernel], 0.2);
    const long = (x.shape.slice(2) as number[]).every((n) => n > 3);
    return g.conv(x, w, {
      strides: kernel.map(() => (long ? pick([1, 1, 2]) : 1)),
      dilations: kernel.map(() => (long ? pick([1, 1, 2]) : 1)),
      pads: [...kernel, ...kernel].map(() => pick([1, 2])),
    });
  };
  const perChannel = (x: Tensor) => inputs.make([1, x.shape[1] as number, ...x.shape.slice(2).map(() => 1)]);
  const same = (x: Tensor) => made.filter((other) => other.shape.join() === x.shape.join());
  while (made.length < 9) {
    const x = any();
    const others = same(x);
    const rules: (() => Tensor)[] = [
      () => convolved(x),
      () => convolved(x),
      () => g.relu(x),
      () => gelu(x),
      () => g.relu(g.add(g.mul(x, perChannel(x)), others[random.integer(others.length)])),
      () => g.sub(g.mul(g.sub(x, perChannel(x)), perChannel(x)), others[random.integer(others.length)]),
      () => g.add(perChannel(x), x),
      () => g.sub(perChannel(x), g.mul(x, perChannel(x))),
      () => g.mul(x, g.tanh(others[random.integer(others.length)])),
      () => g.mul(x, 0.5),
      () => {
        const over = x.shape.slice(2).map((_, i) => i + 2);
        return g.sub(x, g.mul(g.sum(x, { axes: over, keep: true }), 0.05));
      },
    ];
    made.push(rules[random.integer(rules.length)]());
  }
  const parts = made.slice(-3).map((x) => g.mean(g.mul(x, g.tanh(x)), { axes: x.shape.map((_, i) => i) }));
  return parts.reduce((a, b) => g.add(a, b));
}

for (let seed = 0; seed < 40; seed++)
  test(`random net ${seed}: blocks of channels change no value and no gradient`, async () => {
    const random = stream(seed, 'blocked');
    const inputs = new Inputs(random);
    const loss = randomNet(random, inputs);
    const gradients = grad(loss, inputs.tensors);
    const outputs: Record<string, Tensor> = { loss };
    gradients.forEach((gradient, i) => {
      outputs[`gradient${i}`] = gradient;
    });
    const plain = await (await compile(outputs, { fast: false })).run(inputs.feeds);
    const fast = await (await compile(outputs)).run(inputs.feeds);
    for (const name of Object.keys(outputs)) {
      const [a, b] = [read(plain[name], 'float32'), read(fast[name], 'float32')];
      assert.deepEqual(fast[name].dims, plain[name].dims, name);
      const scale = Math.max(1e-6, ...a.map(Math.abs));
      a.forEach((value, i) => {
        assert.ok(Math.abs(value - b[i]) <= 2e-4 * scale, `${name}[${i}]: plain ${value}, blocked ${b[i]}`);
      });
    }
  });

const ownOps = (outputs: Record<string, Tensor>) =>
  topological(Object.values(outputs)).filter(({ op }) => /Blocks|blocked/.test(op.name)).length;

test('what lies between two convolutions stays in blocks', () => {
  const x = g.input('x', [16, 16, 6, 6]);
  const w = g.input('w', [16, 16, 3, 3]);
  const c = g.input('c', [1, 16, 1, 1]);
  const pads = [1, 1, 1, 1];
  const h = g.relu(g.add(g.mul(g.conv(x, w, { pads }), c), x));
  const { y } = blocked({ y: g.conv(h, w, { pads }) }, 16);
  // Into blocks, one convolution with product, sum and ReLU inside, another one, and out again.
  assert.deepEqual(
    topological([y])
      .map(({ op }) => op.name)
      .filter((name) => /Blocks|blocked|relu|add/.test(name))
      .sort(),
    ['blockedConv', 'blockedConv', 'fromBlocks', 'toBlocks'],
  );
});

test('a graph without whole blocks is left as it is', () => {
  const y = g.conv(g.input('x', [2, 3, 6, 6]), g.input('w', [5, 3, 3, 3]));
  assert.equal(blocked({ y }, 16).y, y);
  const grouped = g.conv(g.input('x', [2, 32, 6, 6]), g.input('w', [32, 16, 3, 3]), { groups: 2 });
  assert.equal(ownOps(blocked({ grouped }, 16)), 0);
});

test('the probe tells whole blocks or none', async () => {
  assert.ok([0, 8, 16].includes(await probeFastPath()));
});
