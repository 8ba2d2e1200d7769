import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../../src/array/random.ts';
import { adjustedRand, kMeans } from '../../../src/metrics/clustering/index.ts';
import { lloyd } from '../../../src/metrics/clustering/lloyd.ts';
import { centred, squaredLengths } from '../../../src/metrics/clustering/points.ts';
import { rowProducts } from '../../../src/metrics/clustering/product.ts';
import { cases, close, pointsOf, rows, type Stored } from './stored.ts';

/** Lloyd's steps from scikit-learn's starting centres, on centred rows. */
async function fromStart(stored: Stored) {
  const points = pointsOf(stored);
  const { width } = points;
  const x = centred(points);
  const shift = Float64Array.from({ length: width }, (_, j) => points.embeddings[j] - x[j]);
  const start = Float64Array.from(stored.start64, (value, at) => value / 64 - shift[at % width]);
  const engine = await rowProducts(width);
  const run = await lloyd({ x, width, squares: squaredLengths(x, width) }, start, engine, 1000);
  await engine.release();
  return { ...run, centres: run.centres.map((value, at) => value + shift[at % width]) };
}

for (const stored of cases) {
  test(`Lloyd's steps from given centres end where scikit-learn's do, ${stored.name}`, async () => {
    const run = await fromStart(stored);
    assert.equal(run.converged, true);
    assert.deepEqual(Array.from(run.labels), stored.lloyd.labels);
    run.centres.forEach((value, at) => {
      assert.ok(close(value, stored.lloyd.centres[at], 1e-9), `centre ${at}: ${value}`);
    });
  });

  test(`the best of 10 starts is within 2 % of scikit-learn's best of 200, ${stored.name}`, async () => {
    const found = await kMeans(pointsOf(stored), stored.clusters, { seed: 1 });
    assert.ok(found.inertia <= stored.best.inertia * 1.02, `${found.inertia} > ${stored.best.inertia}`);
    assert.ok(found.inertia >= stored.best.inertia * (1 - 1e-9) || found.inertia < 1e-9);
    assert.equal(found.converged, true);
    assert.equal(found.reason, undefined);
  });
}

test('separated clusters are found exactly', async () => {
  const [stored] = cases;
  const found = await kMeans(pointsOf(stored), stored.clusters, { seed: 3 });
  const truth = { labels: Int32Array.from(stored.best.labels), classes: stored.clusters };
  assert.equal(adjustedRand({ clustering: found, truth }).value, 1);
  assert.ok(close(found.inertia, stored.best.inertia, 1e-10));
});

test('what comes out is a fixed point: labels are nearest centres, centres are means', async () => {
  const stored = cases[1];
  const points = pointsOf(stored);
  const x = centred(points);
  const { width } = points;
  const { labels, centres, inertia, clusters } = await kMeans(points, 6, { seed: 5 });
  let sum = 0;
  labels.forEach((label, i) => {
    const distances = Array.from({ length: clusters }, (_, k) =>
      x
        .subarray(i * width, (i + 1) * width)
        .reduce((total, value, j) => total + (value - centres[k * width + j]) ** 2, 0),
    );
    assert.ok(distances[label] <= Math.min(...distances) + 1e-12);
    sum += distances[label];
  });
  assert.ok(close(inertia, sum, 1e-12));
  for (let k = 0; k < clusters; k++)
    for (let j = 0; j < width; j++) {
      const own = [...labels.keys()].filter((i) => labels[i] === k).map((i) => x[i * width + j]);
      assert.ok(Math.abs(centres[k * width + j] - own.reduce((a, b) => a + b) / own.length) < 1e-12);
    }
});

test('the same seed gives the same bits with one thread and with two', async () => {
  const points = pointsOf(cases[5]);
  const [one, again, two, other] = [
    await kMeans(points, 4, { seed: 7 }),
    await kMeans(points, 4, { seed: 7 }),
    await kMeans(points, 4, { seed: 7, threads: 2 }),
    await kMeans(points, 4, { seed: 8, restarts: 1 }),
  ];
  assert.deepEqual(one, again);
  assert.deepEqual(one, two);
  assert.notDeepEqual(one.labels, other.labels);
});

test('fewer distinct rows than clusters: the clusters that there are, the rest empty, said', async () => {
  const draw = stream(1, 'duplicates');
  const distinct = [
    [0.1, 0.7],
    [1.3, 0.2],
    [-0.4, 5.1],
  ];
  const points = rows(...Array.from({ length: 40 }, () => distinct[draw.integer(3)]));
  const found = await kMeans(points, 5, { seed: 0 });
  assert.equal(found.found, 3);
  assert.equal(found.reason, '3 distinct clusters found of 5');
  assert.equal(found.converged, true);
  assert.ok(found.inertia < 1e-20);
  for (let i = 0; i < 40; i++)
    for (let j = 0; j < i; j++)
      assert.equal(found.labels[i] === found.labels[j], points.embeddings[2 * i] === points.embeddings[2 * j]);
  const same = await kMeans(rows(...new Array(6).fill([2.7, 3.1, 1e-3])), 3, { seed: 0 });
  assert.deepEqual([same.found, same.inertia, same.reason], [1, 0, '1 distinct clusters found of 3']);
  const few = await kMeans(rows([1, 2], [3, 4]), 4, { seed: 0 });
  assert.deepEqual([few.found, few.inertia], [2, 0]);
});

test('an empty cluster takes the farthest row', async () => {
  const x = Float64Array.of(-6, -5, -4, 4, 5, 6.5);
  const engine = await rowProducts(1);
  // Nothing is nearest to 100: the row at 6.5 goes there, 2.5 away from its centre 4, farther than any other.
  const run = await lloyd({ x, width: 1, squares: squaredLengths(x, 1) }, Float64Array.of(-5, 4, 100), engine, 1);
  await engine.release();
  assert.deepEqual(Array.from(run.labels), [0, 0, 0, 1, 1, 2]);
  assert.deepEqual(Array.from(run.centres), [-5, 4.5, 6.5]);
});

test('values at the ends of 32 bits and constant columns do no harm', async () => {
  for (const scale of [1e-38, 1e30, 4e37]) {
    const points = rows([0, 1, 7], [0.1, 1, 7], [0.9, 1, 7], [1, 1, 7]);
    const large = { ...points, embeddings: points.embeddings.map((x) => x * scale) };
    const { labels, inertia } = await kMeans(large, 2, { seed: 0 });
    assert.deepEqual([labels[0] === labels[1], labels[2] === labels[3], labels[0] === labels[2]], [true, true, false]);
    assert.ok(Number.isFinite(inertia));
  }
});

test('one cluster and one row', async () => {
  const one = await kMeans(rows([1, 2], [3, 5]), 1, { seed: 0 });
  assert.deepEqual([Array.from(one.labels), one.inertia, one.found], [[0, 0], 6.5, 1]);
  assert.equal((await kMeans(rows([1, 2]), 1, { seed: 0 })).inertia, 0);
});

test('a step limit is said', async () => {
  const stopped = await kMeans(pointsOf(cases[5]), 5, { seed: 0, steps: 1, restarts: 1 });
  assert.equal(stopped.converged, false);
  assert.match(stopped.reason!, /not converged after 2 steps/);
});

test('input that does not fit is refused with its place', async () => {
  const points = rows([1, 2], [3, 4], [5, 6]);
  const bad: [() => Promise<unknown>, RegExp][] = [
    [
      () => kMeans({ ...points, embeddings: points.embeddings.with(3, Number.NaN) }, 2, { seed: 0 }),
      /row 1, column 1 is NaN/,
    ],
    [
      () => kMeans({ ...points, embeddings: points.embeddings.with(4, Number.NEGATIVE_INFINITY) }, 2, { seed: 0 }),
      /row 2, column 0 is -Infinity/,
    ],
    [() => kMeans({ ...points, width: 4 }, 2, { seed: 0 }), /6 numbers are no rows of width 4/],
    [() => kMeans(points, 0, { seed: 0 }), /clusters must be a whole number >= 1, got 0/],
    [() => kMeans(points, 2, { seed: 0, restarts: 0 }), /restarts must be/],
    [() => kMeans({ embeddings: new Float32Array(), width: 2 }, 2, { seed: 0 }), /needs a row/],
  ];
  for (const [run, message] of bad)
    await assert.rejects(
      run,
      (error) => error instanceof RangeError && message.test(error.message) && error.message.startsWith('k-means: '),
    );
});
