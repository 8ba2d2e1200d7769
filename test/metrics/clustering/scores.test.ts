import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../../src/array/random.ts';
import { calinskiHarabasz, daviesBouldin, silhouette } from '../../../src/metrics/clustering/index.ts';
import { stratifiedSample } from '../../../src/metrics/clustering/sample.ts';
import { cases, close, pointsOf, rows } from './stored.ts';

const seed = { seed: 0 };

for (const stored of cases) {
  const points = pointsOf(stored);
  const labels = Int32Array.from(stored.labels);
  const { clusters } = stored;

  test(`silhouette, Davies-Bouldin and Calinski-Harabasz as in scikit-learn, ${stored.name}`, async () => {
    const measured = await silhouette(points, labels, clusters, seed);
    assert.ok(close(measured.value, stored.silhouette, 1e-8), `${measured.value}, expected ${stored.silhouette}`);
    stored.silhouettes.forEach((value, k) => {
      assert.ok(close(measured.perClass![k], value, 1e-8), `cluster ${k}`);
    });
    assert.equal(measured.items, labels.length);
    assert.ok(close(daviesBouldin(points, labels, clusters).value, stored.daviesBouldin));
    assert.ok(close(calinskiHarabasz(points, labels, clusters).value, stored.calinskiHarabasz));
  });

  test(`the order of rows, the clusters' numbers, a shift and an empty cluster change nothing, ${stored.name}`, async () => {
    const draw = stream(2, stored.name);
    const order = draw.shuffle(stored.labels.map((_, i) => i));
    const names = draw.shuffle(Array.from({ length: clusters + 1 }, (_, k) => k));
    const { width } = points;
    const moved = {
      width,
      embeddings: Float32Array.from(order.flatMap((i) => [...points.embeddings.subarray(i * width, (i + 1) * width)])),
    };
    moved.embeddings.forEach((x, at) => {
      moved.embeddings[at] = x + 4;
    });
    const renamed = Int32Array.from(order, (i) => names[labels[i]]);
    const again = await silhouette(moved, renamed, clusters + 1, seed);
    assert.ok(close(again.value, stored.silhouette, 1e-8));
    assert.equal(again.perClass![names[clusters]], null);
    assert.ok(close(daviesBouldin(moved, renamed, clusters + 1).value, stored.daviesBouldin));
    assert.ok(close(calinskiHarabasz(moved, renamed, clusters + 1).value, stored.calinskiHarabasz));
  });
}

test('a case worked by hand', async () => {
  // Rows 0, 1 | 4, 6: a = 1, 1, 2, 2; b = 5, 4, 3.5, 5.5. Centres 0.5 and 5, spread 0.5 and 1.
  const points = rows([0], [1], [4], [6]);
  const labels = Int32Array.of(0, 0, 1, 1);
  const expected = (4 / 5 + 3 / 4 + 1.5 / 3.5 + 3.5 / 5.5) / 4;
  assert.ok(close((await silhouette(points, labels, 2, seed)).value, expected, 1e-8));
  assert.ok(close(daviesBouldin(points, labels, 2).value, 1.5 / 4.5));
  assert.ok(close(calinskiHarabasz(points, labels, 2).value, (4 * 2.25 ** 2) / (2.5 / 2)));
});

test('a row alone in its cluster scores 0', async () => {
  const { perClass, value } = await silhouette(rows([0], [1], [9]), Int32Array.of(0, 0, 1), 2, seed);
  assert.equal(perClass![1], 0);
  assert.ok(close(value, (8 / 9 + 7 / 8) / 3, 1e-8));
});

test('one cluster, single rows only and no rows are null with the reason', async () => {
  const points = rows([0], [1], [2]);
  const none = { embeddings: new Float32Array(), width: 3 };
  const wanted: [typeof points, number[], string][] = [
    [points, [1, 1, 1], 'one cluster only'],
    [points, [2, 0, 1], 'every cluster has a single item'],
    [none, [], 'no item'],
  ];
  for (const [of, labels, reason] of wanted) {
    const numbers = Int32Array.from(labels);
    const expected = { value: null, reason };
    assert.deepEqual(await silhouette(of, numbers, 3, seed), { ...expected, items: labels.length });
    assert.deepEqual(daviesBouldin(of, numbers, 3), expected);
    assert.deepEqual(calinskiHarabasz(of, numbers, 3), expected);
  }
});

test('coinciding centres and no spread are null, never 0', () => {
  const ring = rows([1, 0], [-1, 0], [0, 1], [0, -1]);
  assert.deepEqual(daviesBouldin(ring, Int32Array.of(0, 0, 1, 1), 2), {
    value: null,
    reason: 'the centres of clusters 0 and 1 coincide',
  });
  const same = rows(...new Array(6).fill([0.1, 0.7]));
  assert.equal(daviesBouldin(same, Int32Array.of(0, 0, 1, 1, 2, 2), 3).value, null);
  const points = rows([0.1], [0.1], [0.7], [0.7]);
  assert.deepEqual(calinskiHarabasz(points, Int32Array.of(0, 0, 1, 1), 2), {
    value: null,
    reason: 'no spread within the clusters',
  });
  assert.equal(daviesBouldin(points, Int32Array.of(0, 0, 1, 1), 2).value, 0);
});

test('rows that are all equal score 0, clusters of equal rows 1', async () => {
  const same = rows(...new Array(6).fill([0.1, 0.7]));
  assert.equal((await silhouette(same, Int32Array.of(0, 0, 1, 1, 2, 2), 3, seed)).value, 0);
  const tight = rows([100.1], [100.1], [100.7], [100.7]);
  assert.ok(close((await silhouette(tight, Int32Array.of(0, 0, 1, 1), 2, seed)).value, 1, 1e-7));
});

test('rows that come again in another block: squares of 0 that rounding makes negative do no harm', async () => {
  const draw = stream(6, 'twins');
  const first = Array.from({ length: 520 }, () => [draw.normal(), 3 * draw.normal(), 0.1 * draw.normal()]);
  const all = [...first, ...first];
  const labels = Int32Array.from(all, (_, i) => ((i % 520) * 7) % 3);
  const points = rows(...all);
  const at = (i: number) => points.embeddings.subarray(3 * i, 3 * i + 3);
  const scores = all.map((_, i) => {
    const [sums, counts] = [new Float64Array(3), new Float64Array(3)];
    for (let j = 0; j < all.length; j++) {
      if (i === j) continue;
      sums[labels[j]] += Math.hypot(...at(i).map((value, k) => value - at(j)[k]));
      counts[labels[j]]++;
    }
    const means = sums.map((sum, k) => sum / counts[k]);
    const b = Math.min(...means.filter((_, k) => k !== labels[i]));
    return (b - means[labels[i]]) / Math.max(b, means[labels[i]]);
  });
  const expected = scores.reduce((sum, score) => sum + score, 0) / all.length;
  assert.ok(close((await silhouette(points, labels, 3, seed)).value, expected, 1e-7));
});

test('beyond the limit a sample in which every cluster has its share, its size said', async () => {
  const stored = cases[5];
  const labels = Int32Array.from(stored.labels);
  const limit = { seed: 4, upTo: 300 };
  const sampled = await silhouette(pointsOf(stored), labels, 3, limit);
  assert.equal(sampled.items, 300);
  assert.equal(sampled.reason, 'a sample of 300 of 600 items, every cluster with its share');
  assert.ok(Math.abs(sampled.value! - stored.silhouette) < 0.03);
  assert.deepEqual(sampled, await silhouette(pointsOf(stored), labels, 3, limit));
  assert.notEqual(sampled.value, (await silhouette(pointsOf(stored), labels, 3, { ...limit, seed: 5 })).value);
});

test('a stratified sample has whole shares', () => {
  const labels = Int32Array.from({ length: 100 }, (_, i) => (i < 50 ? 0 : i < 83 ? 2 : 1));
  const chosen = stratifiedSample(labels, Int32Array.of(50, 17, 33), 10, stream(1, 'sample'));
  const counts = [0, 0, 0];
  for (const i of chosen) counts[labels[i]]++;
  assert.deepEqual(counts, [5, 2, 3]);
  assert.equal(new Set(chosen).size, 10);
});

test('input that does not fit is refused', async () => {
  const points = rows([0, 1], [1, 1], [2, 1]);
  const labels = Int32Array.of(0, 1, 1);
  const scores = [
    (p: typeof points, l: Int32Array, k: number) => silhouette(p, l, k, seed),
    async (p: typeof points, l: Int32Array, k: number) => daviesBouldin(p, l, k),
    async (p: typeof points, l: Int32Array, k: number) => calinskiHarabasz(p, l, k),
  ];
  for (const score of scores) {
    await assert.rejects(score(points, labels, 1), /labels\[1\] is 1, must be 0\.\.0/);
    await assert.rejects(score(points, labels.subarray(1), 2), /2 labels for 3 rows/);
    const bad = { ...points, embeddings: points.embeddings.with(5, Number.POSITIVE_INFINITY) };
    await assert.rejects(score(bad, labels, 2), /row 2, column 1 is Infinity/);
  }
});
