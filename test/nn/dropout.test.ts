import assert from 'node:assert/strict';
import { test } from 'node:test';
import { float32, size } from '../../src/array/array.ts';
import { stream } from '../../src/array/random.ts';
import { constant, full, input } from '../../src/graph/ops/index.ts';
import { identity } from '../../src/nn/activation.ts';
import { dropout } from '../../src/nn/dropout.ts';
import { mlp } from '../../src/nn/encoders/mlp.ts';
import { initialise, type Layer, type Scope, split } from '../../src/nn/variable.ts';
import { compile, read } from '../../src/runtime/session.ts';
import { pass } from './harness.ts';

/** A training scope that counts what is drawn and feeds it from a stream by name. */
function scopeOf(drawn: Record<string, readonly number[]>): Scope {
  return {
    training: true,
    read: () => assert.fail('nothing to read'),
    write: () => assert.fail('nothing to write'),
    noise(name, shape) {
      drawn[name] = shape;
      const random = stream(3, 'noise', name);
      const values = Float32Array.from({ length: size(shape) }, () => random.uniform());
      return constant(float32(shape, values));
    },
  };
}

const ones = async (layer: Layer, shape: readonly number[], drawn = {}) => {
  const { y } = await (await compile({ y: layer.apply(full(shape, 1), scopeOf(drawn)) })).run({});
  return [...read(y, 'float32')];
};

test('dropout: numbers are 0 or scaled up, in the share that the rate says, and their mean stays', async () => {
  const drawn: Record<string, readonly number[]> = {};
  const y = await ones(dropout('a', 0.2), [100, 100], drawn);
  assert.deepEqual(drawn, { a: [100, 100] });
  assert.deepEqual([...new Set(y)].sort(), [0, 1.25]);
  // 10,000 draws: standard error 0.4 %.
  assert.ok(Math.abs(y.filter((v) => v === 0).length / 10000 - 0.2) < 0.015);
});

test('dropout: another name is other noise, the same name the same bits', async () => {
  const [a, again, b] = [dropout('a', 0.5), dropout('a', 0.5), dropout('b', 0.5)];
  assert.deepEqual(await ones(a, [8, 8]), await ones(again, [8, 8]));
  assert.notDeepEqual(await ones(a, [8, 8]), await ones(b, [8, 8]));
});

test('dropout of channels: all positions of a channel go together', async () => {
  const drawn: Record<string, readonly number[]> = {};
  const y = await ones(dropout('a', 0.5, { channels: true }), [6, 5, 2, 3], drawn);
  assert.deepEqual(drawn, { a: [6, 5, 1, 1] });
  const channels = Array.from({ length: 30 }, (_, i) => new Set(y.slice(6 * i, 6 * i + 6)));
  assert.ok(channels.every((values) => values.size === 1));
  assert.deepEqual([...new Set(y)].sort(), [0, 2]);
});

test('dropout in use is x itself and draws nothing; rate 0 is no layer at all', () => {
  const x = input('x', ['rows', 4]);
  const fail = () => assert.fail('nothing is asked for in use');
  const inUse: Scope = { training: false, read: fail, write: fail, noise: fail };
  assert.equal(dropout('a', 0.9).apply(x, inUse), x);
  assert.equal(dropout('a', 0), identity);
  for (const rate of [1, -0.1, Number.NaN])
    assert.throws(() => dropout('a', rate), { message: `dropout "a": the rate must be in [0, 1), got ${rate}` });
});

test('an mlp with dropout has the same parameters and use, but other values in training', async () => {
  const random = stream(1, 'mlp');
  const [plain, dropping] = [mlp(3, [8, 6]), mlp(3, [8, 6], { dropout: 0.5 })];
  const first = initialise(plain.parameters, random);
  const x = { shape: [5, 3], data: Float32Array.from({ length: 15 }, () => random.normal()) };
  const run = (layer: Layer) =>
    pass(layer, x, first, initialise(layer.buffers, random), (n) => new Float32Array(n).fill(1));
  assert.deepEqual(
    dropping.parameters.map(({ name }) => name),
    plain.parameters.map(({ name }) => name),
  );
  const [a, b] = [await run(plain), await run(dropping)];
  assert.notDeepEqual(a.y, b.y);
  assert.ok(b.y.filter((v) => v === 0).length > a.y.filter((v) => v === 0).length);
});

test('split: learnt and frozen variables, each in their order', () => {
  const { parameters } = mlp(3, [8, 6]);
  const { learnt, frozen } = split(parameters, ({ name }) => !name.startsWith('encoder.0'));
  assert.deepEqual(
    [learnt, frozen].map((list) => list.map(({ name }) => name)),
    [
      ['encoder.1.weight', 'encoder.1.norm.scale', 'encoder.1.norm.shift'],
      ['encoder.0.weight', 'encoder.0.norm.scale', 'encoder.0.norm.shift'],
    ],
  );
});
