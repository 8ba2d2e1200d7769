import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide, priorShift, probabilities } from '../../src/evaluate/decide.ts';
import { floorsOf, gammas, operatingPoint } from '../../src/evaluate/operating-point.ts';
import { metrics } from '../../src/metrics/index.ts';

const metric = (name: string) => metrics.find((m) => m.name === name)!;

test('decide: argmax of z + gamma log pi, by hand', () => {
  // Classes of 90 and 10 training items: log pi = -0.105 and -2.303, 2.197 apart.
  const logits = Float32Array.from([1, 0, 0, 1, 0, 3, 0, 0]);
  assert.deepEqual([...decide(logits, [90, 10], 0)], [0, 1, 1, 0]);
  assert.deepEqual([...decide(logits, [90, 10], 1)], [0, 0, 1, 0]);
  assert.deepEqual([...decide(logits, [90, 10], -1)], [1, 1, 1, 1]);
});

test('decide: a class that training never saw is never chosen, whatever gamma', () => {
  const logits = Float32Array.from([0, 100, 50]);
  for (const gamma of [-2, 0, 2]) assert.deepEqual([...decide(logits, [5, 0, 5], gamma)], [2]);
  assert.deepEqual(priorShift([1, 0], 0), [0, Number.NEGATIVE_INFINITY]);
});

test('probabilities: softmax at the operating point, large logits kept finite', () => {
  const p = probabilities(Float32Array.from([0, 0, 1e4, -1e4]), [75, 25], 1);
  assert.ok(Math.abs(p[0] - 0.75) < 1e-12 && Math.abs(p[1] - 0.25) < 1e-12);
  assert.deepEqual([p[2], p[3]], [1, 0]);
});

/** 90 common items with margin 1 for the common class, 10 rare ones that lose by `loss`. */
function items(loss: number) {
  const labels = Int32Array.from({ length: 100 }, (_, i) => (i < 90 ? 0 : 1));
  const logits = Float32Array.from({ length: 200 }, (_, j) =>
    j % 2 === 1 ? (j >> 1 < 90 ? -1 - (j % 7) / 10 : -loss) : 0,
  );
  return { labels, logits, counts: [90, 10], offset: 0 };
}

test('operating point: the nearest to 0 of the gammas that are best', () => {
  // The rare items win below gamma = -0.5 / 2.197 = -0.23, the first common ones are lost below -1 / 2.197 = -0.46.
  assert.equal(operatingPoint(items(0.5), metric('macro-recall'), []), -0.3);
});

test('operating point: the offset of the method is added before the choice', () => {
  assert.equal(operatingPoint({ ...items(0.5), offset: -1 }, metric('macro-recall'), []), 0.6);
});

test('operating point: what breaks a floor is not chosen, however good its criterion', () => {
  // Rare items win only where some common ones are lost: the floor at full accuracy of the common class forbids it.
  const free = operatingPoint(items(1.2), metric('macro-recall'), []);
  assert.ok(free < -0.5);
  const answers = decide(items(1.2).logits, [90, 10], 0);
  const baseline = { classes: 2, labels: items(1.2).labels, predictions: answers };
  const floors = floorsOf([{ metric: metric('accuracy'), tolerance: 0.02 }], baseline);
  assert.deepEqual(
    floors.map((f) => f.value),
    [0.88],
  );
  const held = operatingPoint(items(1.2), metric('macro-recall'), floors);
  const kept = { ...baseline, predictions: decide(items(1.2).logits, [90, 10], held) };
  assert.ok(Number(metric('accuracy').compute(kept).value) >= 0.88);
});

test('operating point: where no gamma keeps the floor, the one that misses it least', () => {
  const floors = [{ metric: metric('accuracy'), value: 2 }];
  const gamma = operatingPoint(items(0.5), metric('macro-recall'), floors);
  assert.equal(gamma, -0.3, 'all 100 items right there');
});

test('the grid holds 0 and is symmetric', () => {
  assert.equal(gammas.length, 41);
  assert.ok(gammas.includes(0));
  assert.deepEqual(
    gammas
      .map((x) => -x)
      .toReversed()
      .map((x) => x + 0),
    gammas.map((x) => x + 0),
  );
});
