import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { stream } from '../../../src/array/random.ts';
import {
  alignment,
  alphaReq,
  bridge,
  deadDimensions,
  effectiveRank,
  health,
  largestShare,
  nesum,
  pairNumbers,
  singularValues,
} from '../../../src/metrics/health/index.ts';

interface Case {
  name: string;
  width: number;
  embeddings64: number[];
  recordings: number[];
  clusters: number;
  labels: number[];
  spectral: { sigma: number[]; effectiveRank: number; nesum: number; largestShare: number; alphaReq: number };
  dead: number;
  pairs: { meanCosine: number; uniformity: number; alignment: number };
  bridge: { kappaTime: number; balance: number; bridge: number };
}

const file = new URL('reference/health.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };

const pointsOf = ({ embeddings64, width }: Case) => ({
  embeddings: Float32Array.from(embeddings64, (x) => x / 64),
  width,
});
const points = (...rows: number[][]) => ({ embeddings: Float32Array.from(rows.flat()), width: rows[0].length });

function near(actual: number | null | undefined, expected: number, what: string, tolerance = 1e-9) {
  const bound = tolerance * Math.max(1, Math.abs(expected));
  assert.ok(typeof actual === 'number' && Math.abs(actual - expected) <= bound, `${what}: ${actual}, not ${expected}`);
}

for (const stored of cases) {
  test(`the numbers of the spectrum as in numpy, ${stored.name}`, async () => {
    const sigma = await singularValues(pointsOf(stored));
    assert.equal(sigma.length, stored.spectral.sigma.length);
    stored.spectral.sigma.forEach((value, k) => {
      near(sigma[k], value, `singular value ${k}`, (1e-10 * stored.spectral.sigma[0]) / Math.max(1, value));
    });
    near(effectiveRank(sigma).value, stored.spectral.effectiveRank, 'effective rank', 1e-7);
    near(nesum(sigma).value, stored.spectral.nesum, 'NESum');
    near(largestShare(sigma).value, stored.spectral.largestShare, 'largest share');
    near(alphaReq(sigma).value, stored.spectral.alphaReq, 'alpha-ReQ', 1e-7);
  });

  test(`pairs, alignment and dead dimensions as in numpy, ${stored.name}`, async () => {
    const { meanCosine, uniformity } = await pairNumbers(pointsOf(stored), { seed: 0 });
    near(meanCosine.value, stored.pairs.meanCosine, 'mean |cos|');
    near(uniformity.value, stored.pairs.uniformity, 'uniformity');
    const measured = alignment(pointsOf(stored), Int32Array.from(stored.recordings));
    near(measured.value, stored.pairs.alignment, 'alignment');
    assert.equal(deadDimensions(pointsOf(stored)).value, stored.dead);
  });

  test(`bridge number as in numpy, ${stored.name}`, () => {
    const { labels, recordings, clusters } = stored;
    const measured = bridge({ labels: Int32Array.from(labels), recordings: Int32Array.from(recordings), clusters });
    for (const key of ['kappaTime', 'balance', 'bridge'] as const)
      near(measured[key].value, stored.bridge[key], key, 1e-12);
  });
}

test('the order of rows and columns, a shift and a scale do not matter to the spectrum', async () => {
  const stored = cases[0];
  const { embeddings, width } = pointsOf(stored);
  const draw = stream(1, 'spectrum');
  const order = draw.shuffle(Array.from({ length: embeddings.length / width }, (_, i) => i));
  const columns = draw.shuffle(Array.from({ length: width }, (_, j) => j));
  const moved = Float32Array.from(order.flatMap((i) => columns.map((j) => embeddings[i * width + j] * 4 - 32)));
  const sigma = await singularValues({ embeddings: moved, width });
  near(effectiveRank(sigma).value, stored.spectral.effectiveRank, 'effective rank', 1e-7);
  near(alphaReq(sigma).value, stored.spectral.alphaReq, 'alpha-ReQ', 1e-7);
});

test('what lies along one line has rank 1, equal directions the rank of their number', async () => {
  const line = await singularValues(points([1, 2, 3], [2, 4, 6], [-3, -6, -9], [0, 0, 0]));
  near(effectiveRank(line).value, 1, 'line', 1e-9);
  near(largestShare(line).value, 1, 'line', 1e-12);
  const cross = await singularValues(points([1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]));
  near(effectiveRank(cross).value, 3, 'cross', 1e-12);
  near(nesum(cross).value, 3, 'cross', 1e-12);
  near(alphaReq(cross).value, 0, 'cross', 1e-12);
  // Two eigenvalues 1 and 1/4: the slope is log 4 / log 2.
  near(alphaReq(Float64Array.of(1, 0.5)).value, 2, 'two', 1e-12);
});

test('no item, equal rows and a single direction are null with the reason, never 0', async () => {
  const none = { embeddings: new Float32Array(), width: 2 };
  const same = points([0.1, 0.7], [0.1, 0.7], [0.1, 0.7]);
  for (const [given, reason] of [
    [none, 'no item'],
    [same, 'all rows are equal'],
  ] as const) {
    const sigma = await singularValues(given);
    for (const measure of [effectiveRank, nesum, largestShare, alphaReq])
      assert.deepEqual(measure(sigma), { value: null, reason });
  }
  assert.deepEqual(deadDimensions(none), { value: null, reason: 'no item' });
  assert.equal(deadDimensions(same).value, 1);
  assert.deepEqual(alphaReq(await singularValues(points([1, 2], [2, 4], [-3, -6]))), {
    value: null,
    reason: 'one eigenvalue only',
  });
  const one = await pairNumbers(points([1, 2]), { seed: 0 });
  assert.deepEqual(one.uniformity, { value: null, reason: 'fewer than 2 items' });
  assert.deepEqual(alignment(points([1, 2], [1, 3]), Int32Array.of(0, 1)), {
    value: null,
    reason: 'no recording has two rows',
  });
});

test('zero rows have cosine 0 with every row, and are said', async () => {
  const given = points([0, 0], [1, 0], [-2, 0]);
  const { meanCosine, uniformity } = await pairNumbers(given, { seed: 0 });
  assert.deepEqual(meanCosine, { value: 1 / 3, reason: '1 zero rows have no direction' });
  near(uniformity.value, Math.log((2 * Math.exp(-2) + Math.exp(-8)) / 3), 'uniformity', 1e-12);
  assert.equal(alignment(given, Int32Array.of(0, 0, 0)).value, (1 + 4) / 2);
});

test('equal directions have |cos| 1 and uniformity 0', async () => {
  const { meanCosine, uniformity } = await pairNumbers(points([1, 2], [2, 4], [3, 6]), { seed: 0 });
  near(meanCosine.value, 1, 'mean |cos|', 1e-12);
  near(uniformity.value, 0, 'uniformity', 1e-12);
});

test('beyond the limit pairs of a seeded sample, said', async () => {
  const stored = cases[5];
  const sampled = await pairNumbers(pointsOf(stored), { seed: 1, upTo: 200 });
  assert.equal(sampled.meanCosine.reason, 'a sample of 200 of 600 items');
  assert.ok(Math.abs(sampled.meanCosine.value! - stored.pairs.meanCosine) < 0.1);
  assert.deepEqual(sampled, await pairNumbers(pointsOf(stored), { seed: 1, upTo: 200 }));
});

test('all health numbers at once, alignment only where recordings are given', async () => {
  const stored = cases[0];
  const without = await health(pointsOf(stored), { seed: 0 });
  assert.deepEqual(without.alignment, { value: null, reason: 'no recordings given' });
  near(without.effectiveRank.value, stored.spectral.effectiveRank, 'effective rank', 1e-7);
  const recordings = Int32Array.from(stored.recordings);
  near((await health(pointsOf(stored), { seed: 0, recordings })).alignment.value, stored.pairs.alignment, 'alignment');
});

test('numbers that are not finite are refused with their place', async () => {
  const bad = points([1, 2], [3, Number.NaN]);
  await assert.rejects(singularValues(bad), /row 1, column 1 is NaN/);
  await assert.rejects(pairNumbers(bad, { seed: 0 }), /row 1, column 1 is NaN/);
  assert.throws(() => deadDimensions(bad), /row 1, column 1 is NaN/);
  assert.throws(() => alignment(bad, Int32Array.of(0, 0)), /row 1, column 1 is NaN/);
});
