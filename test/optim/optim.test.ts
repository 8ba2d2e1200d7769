import assert from 'node:assert/strict';
import { test } from 'node:test';
import { float32 } from '../../src/array/array.ts';
import { input } from '../../src/graph/ops/index.ts';
import { adamw, cosine, type Optimiser, sgd } from '../../src/optim/index.ts';
import { compile, type Feed, feed, read } from '../../src/runtime/session.ts';

/** Steps on one weight from 1 with gradient 0.5 and learning rate 0.1. */
async function walk(optimiser: Optimiser, steps: number): Promise<number[]> {
  const names = Object.keys(optimiser.scalars(0, 0.1));
  const moments = Array.from({ length: optimiser.moments }, (_, i) => input(`m${i}`, [1]));
  const next = optimiser.update(input('w', [1]), input('g', [1]), moments, (name) => input(name, []));
  const outputs = next.moments.map((m, i) => [`m${i}_next`, m] as const);
  const program = await compile({ w_next: next.weights, ...Object.fromEntries(outputs) });
  const one = (value: number) => feed(float32([1], [value]));
  let state: Record<string, Feed> = { w: one(1), ...Object.fromEntries(moments.map((_, i) => [`m${i}`, one(0)])) };
  const path: number[] = [];
  for (let t = 0; t < steps; t++) {
    const scalars = optimiser.scalars(t, 0.1);
    const feeds = Object.fromEntries(names.map((name) => [name, feed(float32([], [scalars[name]]))]));
    const result: Record<string, Feed> = await program.run({ ...state, g: one(0.5), ...feeds });
    state = Object.fromEntries(Object.keys(state).map((name) => [name, result[`${name}_next`]]));
    path.push(read(state.w, 'float32')[0]);
  }
  return path;
}

function close(actual: readonly number[], expected: readonly number[]) {
  assert.equal(actual.length, expected.length);
  for (const [i, x] of expected.entries())
    assert.ok(Math.abs(actual[i] - x) < 1e-6, `step ${i}: ${actual[i]}, not ${x}`);
}

test('sgd with momentum, by hand: b = 0.9 b + g, w = w - 0.1 b', async () => {
  close(await walk(sgd(), 3), [0.95, 0.855, 0.7195]);
});

test('sgd with weight decay adds wd w to the gradient', async () => {
  // b: 0.6, then 0.54 + 0.5 + 0.094 = 1.134
  close(await walk(sgd({ weightDecay: 0.1 }), 2), [0.94, 0.8266]);
});

test('adamw on a constant gradient takes steps of lr, after the decay of lr wd w', async () => {
  close(await walk(adamw({ weightDecay: 0 }), 3), [0.9, 0.8, 0.7]);
  close(await walk(adamw({ weightDecay: 0.5 }), 2), [0.85, 0.85 * 0.95 - 0.1]);
});

test('cosine: the peak first, half of it half-way, nearly nothing last', () => {
  assert.equal(cosine(1e-3, 0, 100), 1e-3);
  assert.ok(Math.abs(cosine(1e-3, 50, 100) - 5e-4) < 1e-12);
  assert.ok(cosine(1e-3, 99, 100) < 1e-6);
});
