import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { answers } from '../../src/probe/answers.ts';
import { knn } from '../../src/probe/knn.ts';

const votes = async (rows: number[][], labels: number[], query: number[], neighbours: number) =>
  Array.from(
    await knn.scores(
      await knn.fit(Float32Array.from(rows.flat()), 2, Int32Array.from(labels), 3, { neighbours }),
      Float32Array.from(query),
    ),
    (share) => Math.round(share * 1000) / 1000,
  );

test('lengths do not count, directions do', async () => {
  const rows = [
    [1, 0],
    [100, 10],
    [0, 1],
    [1, 50],
    [-1, 0],
  ];
  assert.deepEqual(await votes(rows, [0, 0, 1, 1, 2], [0.001, 0], 2), [1, 0, 0]);
  assert.deepEqual(await votes(rows, [0, 0, 1, 1, 2], [0, 9], 3), [0.333, 0.667, 0]);
});

test('a zero row is as far from every row; of equally near rows the earlier ones vote', async () => {
  const rows = [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [-1, -1],
  ];
  assert.deepEqual(await votes(rows, [2, 1, 0, 0, 0], [5, 5], 2), [0.5, 0.5, 0]);
  assert.deepEqual(await votes(rows, [2, 1, 0, 0, 0], [0, 0], 1), [0, 0, 1]);
  // The zero row, cosine 0, comes before the row behind, cosine -1.
  assert.deepEqual(await votes(rows, [2, 1, 1, 1, 0], [5, 5], 4), [0, 0.75, 0.25]);
});

test('fewer training rows than neighbours: all of them vote', async () => {
  assert.deepEqual(
    await votes(
      [
        [1, 0],
        [0, 1],
      ],
      [0, 2],
      [1, 2],
      5,
    ),
    [0.5, 0, 0.5],
  );
});

test('more rows than a block: as by looking at each pair', async () => {
  const draw = stream(1, 'knn');
  const [n, m, width] = [700, 530, 3];
  const x = Float32Array.from({ length: n * width }, () => draw.normal());
  const queries = Float32Array.from({ length: m * width }, () => draw.normal());
  const labels = Int32Array.from({ length: n }, () => draw.integer(4));
  const found = await knn.scores(await knn.fit(x, width, labels, 4), queries);
  const cosine = (i: number, q: number) => {
    let [dot, a, b] = [0, 0, 0];
    for (let j = 0; j < width; j++) {
      const [u, v] = [x[i * width + j], queries[q * width + j]];
      dot += u * v;
      a += u * u;
      b += v * v;
    }
    return dot / Math.sqrt(a * b);
  };
  for (const q of [0, 1, 300, 511, 512, 529]) {
    const order = Array.from(labels.keys()).sort((a, b) => cosine(b, q) - cosine(a, q));
    const expected = [0, 0, 0, 0];
    for (const i of order.slice(0, 5)) expected[labels[i]]++;
    assert.deepEqual(
      Array.from(found.subarray(q * 4, q * 4 + 4), (share) => Math.round(share * 5)),
      expected,
    );
  }
});

test('answers: the highest score, of equal ones the lower class', () => {
  assert.deepEqual(Array.from(answers(Float32Array.of(0, 1, 1, -2, -3, -2, 0, 0, 5), 3)), [1, 0, 2]);
});
