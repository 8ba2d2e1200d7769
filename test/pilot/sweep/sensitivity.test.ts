import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Criterion, isGood, sensitivity, type Tried } from '../../../src/pilot/sweep/sensitivity.ts';

const criteria: Criterion[] = [
  { metric: 'probe-macro-f1', margin: 0.01, direction: 'higher' },
  { metric: 'davies-bouldin', margin: 0.1, direction: 'lower' },
];
const numbers = (f1: number | null, db: number | null): Tried['metrics'] =>
  Object.fromEntries(
    Object.entries({ 'probe-macro-f1': f1, 'davies-bouldin': db }).map(([name, value]) => [
      name,
      { value, interval: null, count: 3 },
    ]),
  );
const baseline = numbers(0.6, 1.2);

test('good: on every criterion no more than its margin worse, a smaller Davies-Bouldin being better', () => {
  const good = (f1: number | null, db: number | null) => isGood(numbers(f1, db), baseline, criteria);
  assert.equal(good(0.7, 0.9), true);
  assert.equal(good(0.595, 1.25), true);
  assert.equal(good(0.58, 0.9), false);
  assert.equal(good(0.7, 1.35), false);
  assert.equal(good(0.6, 0.2), true);
  assert.equal(good(0.6, 1.2), true);
});

test('a missing number: unknown, unless another criterion fails already', () => {
  assert.equal(isGood(numbers(null, 0.9), baseline, criteria), null);
  assert.equal(isGood(numbers(null, 2), baseline, criteria), false);
  assert.equal(isGood(numbers(0.5, null), baseline, criteria), false);
  assert.equal(isGood(numbers(0.7, 0.9), numbers(0.6, null), criteria), null);
  assert.equal(isGood({}, baseline, criteria), null);
});

test('a worked case: region, points near the best, effects', () => {
  // margin 0.1 and 1 by threshold off and q10.
  const all: Tried[] = [
    { point: { margin: '0.1', threshold: 'off' }, metrics: numbers(0.5, 0.4) },
    { point: { margin: '0.1', threshold: 'q10' }, metrics: numbers(0.54, 0.6) },
    { point: { margin: '1', threshold: 'off' }, metrics: numbers(0.61, 1) },
    { point: { margin: '1', threshold: 'q10' }, metrics: numbers(0.615, 1.05) },
  ];
  const { region, near, effects } = sensitivity(all, baseline, criteria);
  assert.deepEqual(region, { good: 2, of: 4 });
  assert.deepEqual(near, [
    { metric: 'probe-macro-f1', points: 2, of: 4 },
    { metric: 'davies-bouldin', points: 1, of: 4 },
  ]);
  // Means of F1: margin 0.52 and 0.6125, threshold 0.555 and 0.5775; of Davies-Bouldin 0.5 and 1.025, 0.7 and 0.825.
  assert.deepEqual(
    effects.map(({ name, metric, range }) => [name, metric, Number(range.toFixed(9))]),
    [
      ['margin', 'probe-macro-f1', 0.0925],
      ['margin', 'davies-bouldin', 0.525],
      ['threshold', 'probe-macro-f1', 0.0225],
      ['threshold', 'davies-bouldin', 0.125],
    ],
  );
});

test('points without a number are left out of their criterion, and of the region where that is open', () => {
  const all: Tried[] = [
    { point: { margin: '0.1' }, metrics: numbers(0.7, null) },
    { point: { margin: '0.3' }, metrics: numbers(null, 0.9) },
    { point: { margin: '1' }, metrics: numbers(0.66, 0.95) },
  ];
  const { region, near, effects } = sensitivity(all, baseline, criteria);
  assert.deepEqual(region, { good: 1, of: 1 });
  assert.deepEqual(
    near.map(({ points, of }) => [points, of]),
    [
      [1, 2],
      [2, 2],
    ],
  );
  assert.deepEqual(
    effects.map(({ metric, range }) => [metric, Number(range.toFixed(9))]),
    [
      ['probe-macro-f1', 0.04],
      ['davies-bouldin', 0.05],
    ],
  );
});

test('nothing tried, or one value of a setting: no effects; many values as from a range: none', () => {
  const empty = sensitivity([], baseline, criteria);
  assert.deepEqual(empty.region, { good: 0, of: 0 });
  assert.deepEqual(empty.effects, []);
  assert.deepEqual(
    empty.near.map(({ points, of }) => [points, of]),
    [
      [0, 0],
      [0, 0],
    ],
  );
  const one: Tried = { point: { margin: '1', temperature: '0.1' }, metrics: numbers(0.6, 1) };
  assert.deepEqual(sensitivity([one, { ...one, metrics: numbers(0.7, 1) }], baseline, criteria).effects, []);
  const many = Array.from(
    { length: 21 },
    (_, i): Tried => ({ point: { margin: `${i}` }, metrics: numbers(i / 21, 1) }),
  );
  assert.deepEqual(sensitivity(many, baseline, criteria).effects, []);
  assert.equal(sensitivity(many.slice(0, 20), baseline, criteria).effects.length, 2);
});
