import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { balancedSample, sampleSize } from '../../src/evaluate/sample.ts';

/** Labels of so many items a class, mixed. */
const labelsOf = (counts: readonly number[]) =>
  Int32Array.from(stream(1, 'mixed').shuffle(counts.flatMap((n, c) => new Array<number>(n).fill(c))));
const countsIn = (labels: Int32Array, places: Int32Array, classes: number) => {
  const counts = new Array<number>(classes).fill(0);
  for (const place of places) counts[labels[place]]++;
  return counts;
};

for (const [counts, budget, floor, expected] of [
  [[100, 10, 3], 30, 1, [17, 10, 3]],
  [[100, 50, 3], 30, 1, [13, 13, 3]],
  [[100, 50, 3], 6, 5, [5, 5, 3]],
  [[100, 0, 3], 1000, 5, [100, 0, 3]],
  [[8, 8, 8], 0, 2, [2, 2, 2]],
] as const)
  test(`of ${counts} items a budget of ${budget} and at least ${floor} takes ${expected}`, () => {
    const labels = labelsOf(counts);
    const places = balancedSample(labels, counts.length, { budget, floor }, stream(2, 'sample'));
    assert.deepEqual(countsIn(labels, places, counts.length), expected);
    assert.deepEqual(places, places.toSorted());
    assert.equal(new Set(places).size, places.length);
    assert.equal(sampleSize(counts, { budget, floor }), places.length);
  });

test('the same stream draws the same items; every item of a large class is drawn as often as another', () => {
  const labels = labelsOf([20, 4]);
  const draw = (seed: number) => balancedSample(labels, 2, { budget: 9, floor: 1 }, stream(seed, 'sample'));
  assert.deepEqual(draw(3), draw(3));
  const often = new Array<number>(labels.length).fill(0);
  for (let seed = 0; seed < 2000; seed++) for (const place of draw(seed)) often[place]++;
  labels.forEach((label, i) => {
    // 5 of 20: 500 times of 2000, with a standard deviation of 19.
    if (label === 0) assert.ok(Math.abs(often[i] - 500) < 95, `item ${i}: ${often[i]}`);
    else assert.equal(often[i], 2000);
  });
});
