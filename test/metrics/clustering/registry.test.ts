import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kMeans, type Represented, representationMetrics } from '../../../src/metrics/clustering/index.ts';
import { health } from '../../../src/metrics/health/index.ts';
import { cases, close, pointsOf } from './stored.ts';

const [stored] = cases;
const points = pointsOf(stored);
const labels = Int32Array.from(stored.labels);
const truth = Int32Array.from(stored.truth);
const recordings = Int32Array.from(labels, (_, i) => Math.floor(i / 20));
const numbers = await health(points, { seed: 0, recordings });
const full: Represented = {
  points,
  clustering: { labels, clusters: stored.clusters },
  truth: { labels: truth, classes: 4 },
  recordings,
  health: numbers,
  probe: { classes: 4, labels: truth, predictions: truth.with(0, (truth[0] + 1) % 4) },
  neighbours: { classes: 4, labels: truth, predictions: truth },
};

const compute = async (name: string, input: Represented) => {
  const metric = representationMetrics.find((one) => one.name === name);
  assert.ok(metric, `no metric ${name}`);
  return metric.compute(input, { seed: 0 });
};

test('the names of the result file, each with its direction', () => {
  assert.deepEqual(Object.fromEntries(representationMetrics.map(({ name, direction }) => [name, direction])), {
    'probe-macro-f1': 'higher',
    'probe-macro-recall': 'higher',
    'probe-accuracy': 'higher',
    'knn-macro-f1': 'higher',
    silhouette: 'higher',
    'davies-bouldin': 'lower',
    'calinski-harabasz': 'higher',
    'adjusted-rand': 'higher',
    'normalised-mutual-information': 'higher',
    'silhouette-on-classes': 'higher',
    'davies-bouldin-on-classes': 'lower',
    'calinski-harabasz-on-classes': 'higher',
    'effective-rank': 'higher',
    'largest-share': 'lower',
    'dead-dimensions': 'lower',
    'mean-cosine': 'lower',
    uniformity: 'lower',
    alignment: 'lower',
    bridge: 'higher',
    'kappa-time': 'higher',
    'transition-sharpness': 'higher',
    'change-precision': 'higher',
    'change-recall': 'higher',
  });
});

for (const metric of representationMetrics) {
  test(`${metric.name} stays in its range, the same whatever the order of what it does not need`, async () => {
    const { value } = await compute(metric.name, full);
    assert.ok(value !== null && value >= metric.range[0] && value <= metric.range[1], `${value}`);
    const needed = { points, ...Object.fromEntries(metric.needs.map((need) => [need, full[need]])) };
    assert.equal((await compute(metric.name, needed)).value, value);
  });

  test(`${metric.name} is null with the reason where something is missing`, async () => {
    for (const need of metric.needs) {
      const { value, reason } = await compute(metric.name, { ...full, [need]: undefined });
      assert.equal(value, null);
      assert.match(reason!, /^no /);
    }
  });
}

test('values are those of the functions', async () => {
  assert.ok(close((await compute('silhouette', full)).value, stored.silhouette, 1e-8));
  assert.ok(close((await compute('davies-bouldin', full)).value, stored.daviesBouldin));
  assert.ok(close((await compute('adjusted-rand', full)).value, stored.adjustedRand));
  assert.equal((await compute('knn-macro-f1', full)).value, 1);
  assert.ok((await compute('probe-macro-recall', full)).value! < 1);
});

test('the same scores of the true classes, of the rows that have one', async () => {
  const cluster = { labels: truth, clusters: 4 };
  for (const name of ['silhouette', 'davies-bouldin', 'calinski-harabasz']) {
    const asClusters = await compute(name, { points, clustering: cluster });
    assert.equal((await compute(`${name}-on-classes`, full)).value, asClusters.value, name);
  }
  // Rows without a label are left out: the numbers of the others alone.
  const half = truth.map((label, i) => (i % 2 === 0 ? label : -1));
  const even = Int32Array.from(truth.keys()).filter((i) => i % 2 === 0);
  const { embeddings, width } = points;
  const own = new Float32Array(even.length * width);
  even.forEach((row, i) => {
    own.set(embeddings.subarray(row * width, (row + 1) * width), i * width);
  });
  const clustering = { labels: even.map((row) => truth[row]), clusters: 4 };
  const alone = await compute('davies-bouldin', { points: { embeddings: own, width }, clustering });
  const withHalf = await compute('davies-bouldin-on-classes', { points, truth: { labels: half, classes: 4 } });
  assert.equal(withHalf.value, alone.value);
  const none = await compute('davies-bouldin-on-classes', {
    points,
    truth: { labels: half.map(() => -1), classes: 4 },
  });
  assert.deepEqual([none.value, none.reason], [null, 'no labelled rows']);
});

test('health numbers go in as they were measured; the effective rank needs them not', async () => {
  assert.equal((await compute('largest-share', full)).value, numbers.largestShare.value);
  assert.equal((await compute('mean-cosine', full)).value, numbers.meanCosine.value);
  assert.equal((await compute('alignment', full)).value, numbers.alignment.value);
  assert.ok(close((await compute('effective-rank', { points })).value, numbers.effectiveRank.value!));
  const given = { ...numbers, effectiveRank: { value: 2 } };
  assert.equal((await compute('effective-rank', { points, health: given })).value, 2);
});

test('transitions are null with the reason where the label never changes inside a recording', async () => {
  const truthByRecording = { labels: recordings.map((r) => r % 4), classes: 4 };
  for (const name of ['transition-sharpness', 'change-precision', 'change-recall']) {
    const { value, reason } = await compute(name, { ...full, truth: truthByRecording });
    assert.equal(value, null, name);
    assert.match(reason!, /the label never changes inside a recording/, name);
  }
});

test('a clustering goes in as it comes out of k-means', async () => {
  const clustering = await kMeans(points, 4, { seed: 0 });
  assert.ok(close((await compute('silhouette', { points, clustering })).value, stored.silhouette, 1e-8));
});
