import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../../src/array/random.ts';
import {
  adjustedMutualInformation,
  adjustedRand,
  normalisedMutualInformation,
} from '../../../src/metrics/clustering/index.ts';
import { cases, close } from './stored.ts';

const pairing = (labels: number[], clusters: number, truth: number[], classes: number) => ({
  clustering: { labels: Int32Array.from(labels), clusters },
  truth: { labels: Int32Array.from(truth), classes },
});

const measures = [adjustedRand, normalisedMutualInformation, adjustedMutualInformation];

for (const stored of cases)
  test(`agreement with labels as in scikit-learn, ${stored.name}`, () => {
    const classes = Math.max(...stored.truth) + 1;
    const names = stream(1, stored.name).shuffle(Array.from({ length: stored.clusters + 2 }, (_, k) => k));
    const plain = pairing(stored.labels, stored.clusters, stored.truth, classes);
    const renamed = pairing(
      stored.labels.map((k) => names[k]),
      stored.clusters + 2,
      stored.truth.map((c) => classes - c),
      classes + 1,
    );
    for (const given of [plain, renamed])
      measures.forEach((measure, m) => {
        const expected = [stored.adjustedRand, stored.normalised, stored.adjusted][m];
        const { value, reason } = measure(given);
        assert.ok(close(value, expected), `${measure.name}: ${value}, expected ${expected}`);
        assert.equal(reason, undefined);
      });
  });

test('the same groups under other names agree fully, chance not at all', () => {
  const truth = [0, 0, 1, 1, 1, 2];
  const given = pairing([2, 2, 0, 0, 0, 1], 3, truth, 3);
  for (const measure of measures) assert.ok(close(measure(given).value, 1, 1e-12));
  const draw = stream(3, 'chance');
  const random = () => Array.from({ length: 3000 }, () => draw.integer(4));
  const chance = pairing(random(), 4, random(), 4);
  assert.ok(Math.abs(adjustedRand(chance).value!) < 0.005);
  assert.ok(Math.abs(adjustedMutualInformation(chance).value!) < 0.005);
});

test('a case worked by hand', () => {
  // Pairs together: in both 1, in the labels 2, in the clusters 3, of 6; expected 2 * 3 / 6 = 1.
  const given = pairing([0, 0, 0, 1], 2, [0, 0, 1, 1], 2);
  assert.ok(close(adjustedRand(given).value, 0, 1e-12));
  const entropies = (Math.log(2) + 0.75 * Math.log(4 / 3) + 0.25 * Math.log(4)) / 2;
  const mutual = 0.5 * Math.log(4 / 3) + 0.25 * Math.log(2 / 3) + 0.25 * Math.log(2);
  assert.ok(close(normalisedMutualInformation(given).value, mutual / entropies, 1e-12));
});

test('one cluster is 0; one label, single rows and no label are null with the reason', () => {
  const one = pairing([0, 0, 0, 0], 3, [0, 0, 1, 1], 2);
  for (const measure of measures) assert.equal(measure(one).value, 0);
  const wanted: [number[], string][] = [
    [[1, 1, 1, 1], 'one label only'],
    [[0, 1, 2, 3], 'every class has a single item'],
    [[-1, -1, -1, -1], 'no labelled item'],
  ];
  for (const [truth, reason] of wanted)
    for (const measure of measures)
      assert.deepEqual(measure(pairing([0, 0, 1, 1], 2, truth, 4)), { value: null, reason });
});

test('rows without a label are left out and said', () => {
  const whole = pairing([0, 1, 0, 1, 1], 2, [0, 1, 1, 0, 1], 2);
  const more = pairing([0, 1, 0, 0, 1, 1, 1], 2, [0, 1, -1, 1, 0, 1, -1], 2);
  for (const measure of measures) {
    assert.equal(measure(more).value, measure(whole).value);
    assert.equal(measure(more).reason, '2 items without a label left out');
  }
});

test('input that does not fit is refused', () => {
  for (const measure of measures) {
    assert.throws(() => measure(pairing([0, 1], 2, [0], 1)), /2 clusters for 1 rows/);
    assert.throws(() => measure(pairing([0, 2], 2, [0, 1], 2)), /clusters\[1\] is 2, must be 0\.\.1/);
    assert.throws(() => measure(pairing([0, 1], 2, [0, -2], 2)), /labels\[1\] is -2, must be -1\.\.1/);
  }
});
