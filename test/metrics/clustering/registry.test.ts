import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kMeans, type Represented, representationMetrics } from '../../../src/metrics/clustering/index.ts';
import { cases, close, pointsOf } from './stored.ts';

const [stored] = cases;
const points = pointsOf(stored);
const labels = Int32Array.from(stored.labels);
const truth = Int32Array.from(stored.truth);
const full: Represented = {
  points,
  clustering: { labels, clusters: stored.clusters },
  truth: { labels: truth, classes: 4 },
  recordings: Int32Array.from(labels, (_, i) => Math.floor(i / 20)),
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
    silhouette: 'higher',
    'davies-bouldin': 'lower',
    'calinski-harabasz': 'higher',
    'adjusted-rand': 'higher',
    'probe-macro-f1': 'higher',
    'probe-macro-recall': 'higher',
    'knn-macro-f1': 'higher',
    'effective-rank': 'higher',
    bridge: 'higher',
    'kappa-time': 'higher',
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

test('a clustering goes in as it comes out of k-means', async () => {
  const clustering = await kMeans(points, 4, { seed: 0 });
  assert.ok(close((await compute('silhouette', { points, clustering })).value, stored.silhouette, 1e-8));
});
