import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array } from '../../src/array/array.ts';
import { type Random, stream } from '../../src/array/random.ts';
import { grad } from '../../src/graph/grad.ts';
import * as g from '../../src/graph/ops/index.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { compile, feed, read } from '../../src/runtime/session.ts';

/** A value with the same computed by plain loops: what no encoding, merging or fusing may change. */
interface Pair {
  readonly tensor: Tensor;
  readonly value: Float64Array;
}

const N = 3;
const each = (a: Float64Array, rule: (x: number, i: number) => number) => a.map(rule);

const unary: readonly ((a: Pair) => Pair)[] = [
  (a) => ({ tensor: g.tanh(a.tensor), value: each(a.value, Math.tanh) }),
  (a) => ({ tensor: g.neg(a.tensor), value: each(a.value, (x) => -x) }),
  (a) => ({ tensor: g.exp(g.mul(a.tensor, 0.1)), value: each(a.value, (x) => Math.exp(0.1 * x)) }),
  (a) => ({
    tensor: g.transpose(a.tensor, [1, 0]),
    value: each(a.value, (_, i) => a.value[(i % N) * N + Math.floor(i / N)]),
  }),
  (a) => ({ tensor: g.stopGradient(a.tensor), value: a.value }),
  (a) => ({
    tensor: g.broadcastTo(g.sum(a.tensor, { axes: [1], keep: true }), [N, N]),
    value: each(a.value, (_, i) => {
      const row = Math.floor(i / N) * N;
      return a.value[row] + a.value[row + 1] + a.value[row + 2];
    }),
  }),
];
const binary: readonly ((a: Pair, b: Pair) => Pair)[] = [
  (a, b) => ({ tensor: g.add(a.tensor, b.tensor), value: each(a.value, (x, i) => x + b.value[i]) }),
  (a, b) => ({ tensor: g.sub(a.tensor, b.tensor), value: each(a.value, (x, i) => x - b.value[i]) }),
  (a, b) => ({ tensor: g.mul(a.tensor, b.tensor), value: each(a.value, (x, i) => x * b.value[i]) }),
  (a, b) => ({
    tensor: g.matmul(a.tensor, b.tensor),
    value: each(a.value, (_, i) => {
      let sum = 0;
      for (let k = 0; k < N; k++) sum += a.value[Math.floor(i / N) * N + k] * b.value[k * N + (i % N)];
      return sum;
    }),
  }),
];

/** A graph of `size` values that uses earlier ones again and again, equal ones among them. */
function randomGraph(random: Random, leaves: readonly Pair[], size: number): Pair[] {
  const made = [...leaves];
  const pick = () => made[random.integer(made.length)];
  while (made.length < size) {
    // A squashed value keeps the numbers small however deep the graph gets.
    const next =
      random.uniform() < 0.4
        ? unary[random.integer(unary.length)](pick())
        : binary[random.integer(binary.length)](pick(), pick());
    made.push(next.value.every((x) => Math.abs(x) < 50) ? next : unary[0](next));
  }
  return made;
}

for (let seed = 0; seed < 40; seed++)
  test(`random graph ${seed}: every value is that of plain loops, the gradient that of differences`, async () => {
    const random = stream(seed, 'graph');
    const data = ['a', 'b'].map(() => Float64Array.from({ length: N * N }, () => random.normal()));
    const inputs = ['a', 'b'].map((name) => g.input(name, [N, N], 'float64'));
    const leaves = inputs.map((tensor, i) => ({ tensor, value: data[i] }));
    const made = randomGraph(random, leaves, 25);
    const feeds = () => Object.fromEntries(data.map((d, i) => ['ab'[i], feed(array('float64', [N, N], d))]));
    const last = made.slice(-5);
    const outputs = Object.fromEntries(last.map(({ tensor }, i) => [`out${i}`, tensor]));
    const result = await (await compile(outputs)).run(feeds());
    last.forEach(({ value }, i) => {
      const got = read(result[`out${i}`], 'float64');
      value.forEach((x, j) => {
        assert.ok(Math.abs(got[j] - x) <= 1e-9 * Math.max(1, Math.abs(x)), `out${i}[${j}]: ${got[j]}, not ${x}`);
      });
    });

    // Only graphs without a stop have the derivative that differences see.
    const loss = g.sum(g.tanh(g.mul(last[4].tensor, 0.1)), { axes: [0, 1] });
    const stops = (t: Tensor): boolean => t.op.name === 'stopGradient' || t.inputs.some(stops);
    if (stops(loss)) return;
    const [da, db] = grad(loss, inputs);
    const program = await compile({ loss, da, db });
    const analytic = await program.run(feeds());
    for (const [k, d] of data.entries())
      for (const j of [0, 4, 8]) {
        const kept = d[j];
        const at = async (x: number) => {
          d[j] = x;
          return read((await program.run(feeds(), { loss: null })).loss, 'float64')[0];
        };
        const numeric = ((await at(kept + 1e-5)) - (await at(kept - 1e-5))) / 2e-5;
        d[j] = kept;
        const got = read(k === 0 ? analytic.da : analytic.db, 'float64')[j];
        assert.ok(
          Math.abs(got - numeric) <= 1e-5 * Math.max(1, Math.abs(numeric)),
          `${'ab'[k]}[${j}]: ${got}, differences ${numeric}`,
        );
      }
  });
