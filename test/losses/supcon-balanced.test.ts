import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { array, float32 } from '../../src/array/array.ts';
import { grad } from '../../src/graph/grad.ts';
import { constant, input, mul, sum } from '../../src/graph/ops/index.ts';
import { supconBalanced } from '../../src/losses/supcon-balanced.ts';
import { compile, feed, read } from '../../src/runtime/session.ts';

interface Case {
  temperature: number;
  values: number[];
  /** Derivatives of the weighted sum of the values. */
  embeddings: number[];
  prototypes: number[];
}
/** Made by reference/supcon-balanced.py. */
const stored: Record<'labels' | 'weight' | 'embeddings' | 'prototypes', number[]> & { cases: Case[] } = JSON.parse(
  readFileSync(new URL('reference/supcon-balanced.json', import.meta.url), 'utf8'),
);
const [C, D] = [4, 5];

const codes = (labels: readonly number[], classes: number) =>
  Float64Array.from({ length: labels.length * classes }, (_, i) =>
    labels[Math.floor(i / classes)] === i % classes ? 1 : 0,
  );

function close(got: ArrayLike<number>, wanted: readonly number[], tolerance = 1e-11): void {
  assert.equal(got.length, wanted.length);
  wanted.forEach((w, i) => {
    assert.ok(Math.abs(got[i] - w) < tolerance * Math.max(1, Math.abs(w)), `${i}: ${got[i]}, not ${w}`);
  });
}

for (const { temperature, ...expected } of stored.cases)
  test(`supcon-balanced, temperature ${temperature}: values and derivatives are PyTorch's, taken pair by pair`, async () => {
    const rows = stored.labels.length;
    const embeddings = input('embeddings', [rows, D], 'float64');
    const prototypes = input('prototypes', [C, D], 'float64');
    const target = constant(array('float64', [rows, C], codes(stored.labels, C)));
    const weight = constant(array('float64', [rows], Float64Array.from(stored.weight)));
    const values = supconBalanced(temperature).build({ embeddings, target, prototypes });
    const [dh, dw] = grad(sum(mul(values, weight), { axes: [0] }), [embeddings, prototypes]);
    const program = await compile({ values, dh, dw });
    const result = await program.run({
      embeddings: feed(array('float64', [rows, D], Float64Array.from(stored.embeddings))),
      prototypes: feed(array('float64', [C, D], Float64Array.from(stored.prototypes))),
    });
    close(read(result.values, 'float64'), expected.values);
    close(read(result.dh, 'float64'), expected.embeddings);
    close(read(result.dw, 'float64'), expected.prototypes);
  });

/** Values and derivatives in float32. */
async function run(labels: readonly number[], h: readonly number[], w: readonly number[], temperature = 0.1) {
  const [rows, classes] = [labels.length, w.length / 2];
  const embeddings = input('embeddings', [rows, 2]);
  const prototypes = input('prototypes', [classes, 2]);
  const target = constant(float32([rows, classes], codes(labels, classes)));
  const values = supconBalanced(temperature).build({ embeddings, target, prototypes });
  const [dh, dw] = grad(sum(values, { axes: [0] }), [embeddings, prototypes]);
  const feeds = { embeddings: feed(float32([rows, 2], h)), prototypes: feed(float32([classes, 2], w)) };
  const result = await (await compile({ values, dh, dw })).run(feeds);
  return { values: read(result.values, 'float32'), dh: read(result.dh, 'float32'), dw: read(result.dw, 'float32') };
}

test('supcon-balanced by hand: a class counts once, however many rows it has', async () => {
  // Row 0 lies on its prototype, all others opposite: log((e^10 + e^-10) / e^10) with one row of class 1 or with five.
  const wanted = Math.log1p(Math.exp(-20));
  for (const others of [1, 5]) {
    const opposite = new Array<number>(others).fill(1);
    const h = [1, 0, ...opposite.flatMap(() => [-2, 0])];
    const { values } = await run([0, ...opposite], h, [3, 0, -1, 0]);
    close(values.slice(0, 1), [wanted], 1e-6);
  }
  // All the same: every class has the same share, so log C.
  close((await run([0, 0, 1], [1, 1, 1, 1, 1, 1], [1, 1, 1, 1])).values, [Math.LN2, Math.LN2, Math.LN2], 1e-6);
});

test('supcon-balanced in float32: finite at a low temperature, with zero rows, with one row and with one class', async () => {
  const cases = [
    await run([0, 1, 1], [1, 0, -1, 0, 1, 0], [-1, 0, 1, 0], 1e-3),
    await run([0, 1, 1], [0, 0, 0, 0, 1, 0], [0, 0, 0, 0], 0.01),
    await run([1], [2, 1], [1, 0, 0, 1]),
    await run([0, 0], [1e4, 0, -1e4, 1], [1, 0]),
  ];
  for (const [i, { values, dh, dw }] of cases.entries())
    for (const x of [...values, ...dh, ...dw]) assert.ok(Number.isFinite(x), `case ${i}: ${x}`);
  // One class alone: row 0 lies on its prototype and opposite to row 1, so log((e^10 + e^-10) / 2); row 1 opposite to both.
  close(cases[3].values, [10 - Math.LN2, 0], 1e-4);
});

test('supcon-balanced: a temperature of 0 is refused', () => {
  assert.throws(() => supconBalanced(0), /supcon-balanced: the temperature must be > 0, got 0/);
});
