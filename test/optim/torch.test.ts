import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { float32 } from '../../src/array/array.ts';
import { input } from '../../src/graph/ops/index.ts';
import {
  average,
  averageRate,
  clipByNorm,
  clipByValue,
  learningRate,
  linear,
  type Schedule,
  stepped,
} from '../../src/optim/index.ts';
import { compile, feed, read } from '../../src/runtime/session.ts';

const stored: {
  peak: number;
  schedules: { schedule: Schedule; steps: number; rates: number[] }[];
  clips: { gradient: number[]; limit: number; norm: number[]; value: number[] }[];
  average: { decay: number; weights: number[][]; path: number[][] };
} = JSON.parse(readFileSync(new URL('reference/optim.json', import.meta.url), 'utf8'));

const vector = (values: readonly number[]) => feed(float32([values.length], values));

function close(got: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  assert.equal(got.length, wanted.length);
  wanted.forEach((w, i) => {
    assert.ok(Math.abs(got[i] - w) <= tolerance, `${i}: ${got[i]}, PyTorch ${w}`);
  });
}

for (const { schedule, steps, rates } of stored.schedules)
  test(`schedule ${JSON.stringify(schedule)} over ${steps} steps is PyTorch's`, () => {
    const got = rates.map((_, t) => learningRate(schedule, stored.peak, t, steps));
    close(got, rates, 1e-15 * stored.peak * steps);
  });

test('cosine without warm-up: the bits of half a cosine', () => {
  for (const steps of [7, 800, 4999])
    for (let t = 0; t < steps; t += 3) {
      const wanted = 0.5 * 1e-3 * (1 + Math.cos((Math.PI * t) / steps));
      assert.equal(learningRate({ kind: 'cosine' }, 1e-3, t, steps), wanted);
      assert.equal(learningRate({ kind: 'cosine', warmUp: 0 }, 1e-3, t, steps), wanted);
    }
});

test('a warm-up that rounds to all steps never leaves it, one that rounds to none is none', () => {
  assert.deepEqual(
    [0, 1].map((t) => learningRate({ kind: 'cosine', warmUp: 0.9 }, 3, t, 2)),
    [1, 2],
  );
  assert.equal(learningRate({ kind: 'cosine', warmUp: 0.04 }, 3, 0, 10), 3);
});

test('shares and factors out of range are named', () => {
  assert.throws(() => learningRate({ kind: 'cosine', warmUp: 1 }, 1, 0, 9), /warmUp must be in \[0, 1\), got 1/);
  const unknown = { kind: 'warm' } as unknown as Schedule;
  assert.throws(() => learningRate(unknown, 1, 0, 9), /constant, cosine, linear or step, got {"kind":"warm"}/);
  assert.throws(() => stepped(1, 0, 9, [0.5, 30]), /at must be shares in \(0, 1\), got 30/);
  assert.throws(() => stepped(1, 0, 9, [0.5], 0), /factor must be > 0, got 0/);
  assert.throws(() => linear(1, 0, 9, -1), /end must be >= 0, got -1/);
  assert.throws(() => averageRate(1, 0), /the decay must be in \[0, 1\), got 1/);
  assert.throws(() => clipByNorm(input('g', [2]), 0), /clip: the limit must be > 0, got 0/);
});

for (const { gradient, limit, norm, value } of stored.clips)
  test(`clipping to ${limit}: by norm and by value as PyTorch does`, async () => {
    const g = input('g', [gradient.length]);
    const program = await compile({ norm: clipByNorm(g, limit), value: clipByValue(g, limit) });
    const result = await program.run({ g: vector(gradient) });
    close(read(result.norm, 'float32'), norm, 1e-6);
    close(read(result.value, 'float32'), value, 1e-6);
  });

test('clipping by norm: a gradient within the limit keeps its bits, a long one of a million numbers its norm', async () => {
  const length = 1_000_000;
  const g = input('g', [length]);
  const program = await compile({ y: clipByNorm(g, 2) });
  const long = Float32Array.from({ length }, (_, i) => Math.sin(i));
  const clipped = read((await program.run({ g: feed(float32([length], long)) })).y, 'float32');
  const norm = Math.sqrt(clipped.reduce((total, v) => total + v * v, 0));
  assert.ok(Math.abs(norm - 2) < 1e-5, `${norm}`);
  const small = long.map((v) => v * 1e-3);
  assert.deepEqual(read((await program.run({ g: feed(float32([length], small)) })).y, 'float32'), small);
});

test("averaged weights are those of PyTorch's AveragedModel with the rate of each step", async () => {
  const { decay, weights, path } = stored.average;
  const program = await compile({ next: average(input('present', [3]), input('value', [3]), input('keep', [])) });
  let present = vector(weights[0]);
  for (const [t, wanted] of path.entries()) {
    const keep = feed(float32([], [averageRate(decay, t)]));
    ({ next: present } = await program.run({ present, value: vector(weights[t + 1]), keep }));
    close(read(present, 'float32'), wanted, 1e-6);
  }
});

test('the rate of averaging rises from a tenth to the decay', () => {
  assert.equal(averageRate(0.99, 0), 0.1);
  assert.equal(averageRate(0.99, 80), 0.9);
  assert.equal(averageRate(0.99, 890), 0.99);
  assert.equal(averageRate(0.99, 10_000), 0.99);
});
