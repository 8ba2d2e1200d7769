import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../../src/array/random.ts';
import { type AlarmNumbers, bridge, prettyButUseless } from '../../../src/metrics/health/index.ts';

const of = (labels: number[], recordings: number[], clusters = 2) =>
  bridge({ labels: Int32Array.from(labels), recordings: Int32Array.from(recordings), clusters });

test('a case worked by hand: neighbours never cross recordings', () => {
  // Neighbours 0-1, 1-2 | 3-4, 4-5: same, other | same, same. p = 3/4, pi = 1/3, 2/3.
  const { kappaTime, balance, bridge: number } = of([0, 0, 1, 1, 1, 1], [7, 7, 7, 3, 3, 3]);
  const chance = 5 / 9;
  assert.ok(Math.abs(kappaTime.value! - (3 / 4 - chance) / (1 - chance)) < 1e-12);
  const entropy = Math.log(3) / 3 + (2 / 3) * Math.log(3 / 2);
  assert.ok(Math.abs(balance.value! - Math.exp(entropy) / 2) < 1e-12);
  assert.ok(Math.abs(number.value! - kappaTime.value! * balance.value!) < 1e-12);
});

test('clusters that follow time have kappa 1, thrown dice 0', () => {
  const recordings = Array.from({ length: 8 }, (_, i) => i >> 1);
  assert.equal(of([0, 0, 1, 1, 0, 0, 1, 1], recordings).bridge.value, 1);
  const draw = stream(1, 'bridge');
  const dice = Array.from({ length: 20_000 }, () => draw.integer(3));
  const { kappaTime, balance } = of(
    dice,
    dice.map(() => 0),
    3,
  );
  assert.ok(Math.abs(kappaTime.value!) < 0.02);
  assert.ok(balance.value! > 0.999);
});

test('the names of clusters and recordings do not matter', () => {
  const labels = [0, 0, 1, 2, 2, 1, 1, 0, 2];
  const recordings = [0, 0, 0, 1, 1, 1, 2, 2, 2];
  const renamed = of(
    labels.map((k) => [2, 0, 1][k]),
    recordings.map((r) => 5 - r),
    3,
  );
  assert.ok(Math.abs(renamed.bridge.value! - of(labels, recordings, 3).bridge.value!) < 1e-12);
});

test('an empty cluster costs balance; one cluster, no neighbours and no row are null with the reason', () => {
  assert.ok(Math.abs(of([0, 0, 1, 1], [0, 0, 0, 0], 4).balance.value! - 0.5) < 1e-12);
  const one = of([1, 1, 1], [0, 0, 0]);
  assert.deepEqual(one.kappaTime, { value: null, reason: 'one cluster only' });
  assert.deepEqual(one.bridge, { value: null, reason: 'one cluster only' });
  assert.ok(Math.abs(one.balance.value! - 0.5) < 1e-12);
  assert.deepEqual(of([0, 1, 0], [0, 1, 2]).bridge, { value: null, reason: 'no recording has two rows' });
  assert.deepEqual(of([], []).balance, { value: null, reason: 'no item' });
});

test('a recording in two pieces and wrong numbers are refused', () => {
  assert.throws(() => of([0, 1, 0, 1], [4, 4, 5, 4]), /recording 4 goes on in row 3 after another/);
  assert.throws(() => of([0, 2], [0, 0]), /labels\[1\] is 2, must be 0\.\.1/);
  assert.throws(() => of([0], [0, 0]), /1 labels for 2 rows/);
});

const baseline: AlarmNumbers = { silhouette: 0.3, daviesBouldin: 1.2, kappaTime: 0.6 };
const pretty: AlarmNumbers = { silhouette: 0.8, daviesBouldin: 0.5, kappaTime: 0.3 };

test('the alarm needs both prettier clusters and kappa more than 0.1 below', () => {
  const raised = (change: Partial<AlarmNumbers>) => prettyButUseless({ ...pretty, ...change }, baseline).raised;
  assert.deepEqual(prettyButUseless(pretty, baseline), { kind: 'pretty-but-useless', raised: true });
  assert.equal(raised({ silhouette: 0.3 }), false);
  assert.equal(raised({ daviesBouldin: 1.2 }), false);
  assert.equal(raised({ kappaTime: 0.51 }), false);
  assert.equal(raised({ kappaTime: 0.49 }), true);
  assert.equal(prettyButUseless(baseline, baseline).raised, false);
});

test('a number that is missing leaves the alarm open, with the reason', () => {
  assert.deepEqual(prettyButUseless({ ...pretty, kappaTime: null }, { ...baseline, silhouette: null }), {
    kind: 'pretty-but-useless',
    raised: null,
    reason: 'undefined: silhouette of the baseline, kappa-time of the candidate',
  });
});
