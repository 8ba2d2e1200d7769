import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  autoThreshold,
  neighbourSimilarities,
  otsu,
  quantile,
  thresholdOf,
  thresholdRule,
} from '../../../src/losses/contrastive/index.ts';

test('similarities of neighbours, by hand', () => {
  const features = [1, 0, 1, 1, -2, -2, 0, 0, 3, 4];
  const [a, b, c, d, ...rest] = neighbourSimilarities(features, 2);
  assert.ok(Math.abs(a - Math.SQRT1_2) < 1e-15 && Math.abs(b + 1) < 1e-15);
  assert.deepEqual([c, d, rest.length], [0, 0, 0]);
  assert.equal(neighbourSimilarities([1, 2], 2).length, 0);
  assert.throws(() => neighbourSimilarities([1, 2, 3], 2), /RangeError: 3 features are no whole number of rows of 2/);
});

test('quantile and otsu, by hand', () => {
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
  assert.equal(quantile([4, 1, 3, 2], 0), 1);
  assert.equal(quantile([4, 1, 3, 2], 1), 4);
  assert.equal(quantile([7], 0.3), 7);
  assert.ok(Math.abs(quantile([0, 10, 20, 30], 0.1) - 3) < 1e-12);
  assert.equal(otsu([0.9, 0.1, 0.95, 0.85, 0.2]), (0.2 + 0.85) / 2);
  assert.equal(otsu([0.5, 0.5, 0.5]), 0.5);
  for (const rule of [quantile, otsu]) assert.throws(() => rule([], 0.1), /RangeError: .*no neighbours/);
});

test('rules of the threshold', () => {
  for (const [text, rule] of [
    ['off', 'off'],
    ['otsu', 'otsu'],
    ['q10', 'q10'],
    ['0.4', 0.4],
    ['-1', -1],
  ] as const)
    assert.equal(thresholdRule(text), rule);
  for (const text of ['', 'q0', 'q100', 'q', '1.1', 'on', 'NaN'])
    assert.throws(() => thresholdRule(text), /RangeError: threshold must be off, otsu, q1 to q99 or a number/);
  assert.equal(thresholdOf('off', []), undefined);
  assert.equal(thresholdOf(0.3, []), 0.3);
  assert.equal(thresholdOf('q50', [1, 2, 9]), 2);
  assert.equal(thresholdOf('otsu', [0, 0.1, 1]), 0.55);
});

test('auto: on where the least similar neighbours are transitions, off where they are not, on without labels', () => {
  const similarities = Array.from({ length: 100 }, (_, i) => i / 100);
  const transitionsAt = (places: readonly number[]) => similarities.map((_, i) => (places.includes(i) ? 1 : 0));

  const seen = autoThreshold(similarities, transitionsAt([0, 1, 2, 50, 60, 70]));
  assert.deepEqual([seen.rule, seen.labelled, seen.baseRate, seen.precision], ['q10', 100, 0.06, 0.3]);
  const hidden = autoThreshold(similarities, transitionsAt([0, 40, 50, 60, 70, 80]));
  assert.deepEqual([hidden.rule, hidden.precision], ['off', 0.1]);
  // Exactly twice the base rate is enough: 1 of 10 flagged, 5 of 100.
  assert.equal(autoThreshold(similarities, transitionsAt([0, 40, 50, 60, 70])).rule, 'q10');

  const unlabelled = autoThreshold(similarities);
  assert.deepEqual([unlabelled.rule, unlabelled.labelled, unlabelled.baseRate], ['q10', 0, null]);
  assert.equal(autoThreshold(similarities, new Array(100).fill(-1)).rule, 'q10');
  const still = autoThreshold(similarities, new Array(100).fill(0));
  assert.deepEqual([still.rule, still.reason], ['off', 'the label never changes inside a recording']);

  // Missing labels count neither way.
  const partly = transitionsAt([0, 1, 50]).map((c, i) => (i % 2 === 1 && i > 1 ? -1 : c));
  const some = autoThreshold(similarities, partly);
  assert.deepEqual([some.labelled, some.baseRate, some.precision], [51, 3 / 51, 2 / 6]);
  assert.throws(() => autoThreshold([1, 2], [1]), /RangeError: .*2 similarities, but 1 changes/);
});
