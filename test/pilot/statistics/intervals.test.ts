import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { difference } from '../../../src/pilot/statistics/difference.ts';
import { normalCdf } from '../../../src/pilot/statistics/distributions.ts';
import { holm } from '../../../src/pilot/statistics/holm.ts';
import { groupFactor } from '../../../src/pilot/statistics/macro.ts';
import {
  accuracy,
  f1Intervals,
  macroF1,
  macroRecall,
  precisionIntervals,
  recallIntervals,
} from '../../../src/pilot/statistics/metrics.ts';
import type { Predictions } from '../../../src/pilot/statistics/predictions.ts';
import { recall } from '../../../src/pilot/statistics/recall.ts';
import { recallDifference } from '../../../src/pilot/statistics/recall-difference.ts';
import { repeatTerm, withRepeats } from '../../../src/pilot/statistics/repeats.ts';

// Cases worked by hand, and edges.
const ones = (n: number) => new Float64Array(n).fill(1);
const zeros = (n: number) => new Float64Array(n);
const near = (actual: number, expected: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);
const arm = (labels: number[], repeats: number[][], groups?: number[]): Predictions => ({
  classes: Math.max(...labels) + 1,
  labels: Int32Array.from(labels),
  repeats: repeats.map((row) => Int32Array.from(row)),
  ...(groups ? { groups: Int32Array.from(groups) } : {}),
});

describe('I1', () => {
  test('100 %: l = .025^(1/n); 0 % mirrors it', () => {
    for (const n of [1, 2, 7, 100]) {
      const [l, u] = recall({ values: [ones(n)] }).bounds(0.05);
      near(l, 0.025 ** (1 / n));
      assert.equal(u, 1);
      const [below, above] = recall({ values: [zeros(n)] }).bounds(0.05);
      assert.equal(below, 0);
      near(above, 1 - l);
    }
    // Groups of 3 and 1: m = (9 + 1)/4; a failure not seen is taken to strike m^(2/3) items at once.
    near(
      recall({ values: [ones(4)], groups: Int32Array.of(5, 5, 5, 2) }).bounds(0.05)[0],
      0.025 ** (2.5 ** (2 / 3) / 4),
    );
  });

  test('identical repeats count as one', () => {
    const row = Float64Array.of(1, 1, 0, 1, 0, 1, 1);
    assert.deepEqual(recall({ values: [row, row, row] }).bounds(0.05), recall({ values: [row] }).bounds(0.05));
  });

  test('three repeats all right give exactly 1, whatever a third rounds to', () => {
    const found = recall({ values: [ones(10), ones(10), ones(10)] });
    assert.equal(found.value, 1);
    near(found.bounds(0.05)[0], 0.025 ** 0.1);
  });

  test('one group counts as one item', () => {
    const [l, u] = recall({ values: [Float64Array.of(1, 1, 0, 1)], groups: Int32Array.of(3, 3, 3, 3) }).bounds(0.05);
    // ne = n/dmax = 1, k = .75: both ends far out; width .98 or more (intervals.md: G = 1 has .98).
    assert.ok(l < 0.02 && u > 0.97, `${l} ${u}`);
  });

  test('one repeat, half right, by hand: deff = (W n/(n-1) + 4)/(W + 4)', () => {
    // n = 4, p = .5: V = 4/3 * 4 * .25 / 16 = 1/12, dhat = 4/3, W = 4, deff = (16/3 + 4)/8 = 7/6, ne = 24/7, k = 12/7.
    const [l, u] = recall({ values: [Float64Array.of(1, 0, 1, 0)] }).bounds(0.05);
    near(l + u, 1);
    // scipy.stats.beta.ppf(.025, 12/7, 12/7 + 1)
    near(l, BETA_HALF_OF_FOUR);
  });
});

describe('I2', () => {
  test('no changed item: half-width 3.395/sqrt((n+3)(n+2))', () => {
    for (const n of [1, 5, 30, 337]) {
      const { value, bounds } = recallDifference({ values: [zeros(n)] });
      const [l, u] = bounds(0.05);
      assert.equal(value, 0);
      near(u, 3.395 / Math.sqrt((n + 3) * (n + 2)), 1e-4 * u);
      near(l, -u);
    }
    // Equivalence within one point needs 337 items (intervals.md).
    assert.ok(recallDifference({ values: [zeros(337)] }).bounds(0.05)[1] < 0.01);
    assert.ok(recallDifference({ values: [zeros(336)] }).bounds(0.05)[1] > 0.01);
  });

  test('every item improves: n = 4 gives l = -.085, n = 5 gives +.047 (intervals.md)', () => {
    near(recallDifference({ values: [ones(4)] }).bounds(0.05)[0], -0.085, 5e-4);
    near(recallDifference({ values: [ones(5)] }).bounds(0.05)[0], 0.047, 5e-4);
  });

  test('one-way changes that show a difference: 5 of 5-8 items, 6 of 10-300', () => {
    const lower = (n: number, changed: number) =>
      recallDifference({ values: [Float64Array.from({ length: n }, (_, i) => (i < changed ? 1 : 0))] }).bounds(0.05)[0];
    for (const n of [5, 6, 8]) assert.ok(lower(n, 5) > 0 && lower(n, 4) <= 0, `n ${n}`);
    for (const n of [10, 50, 300]) assert.ok(lower(n, 6) > 0 && lower(n, 5) <= 0, `n ${n}`);
  });

  test('arms exchanged: the interval is mirrored; p-value is 2(1 - Phi(|e|/sqrt V))', () => {
    const labels = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1];
    const a = arm(labels, [[0, 0, 1, 1, 1, 0, 0, 1, 1, 0]]);
    const b = arm(labels, [[0, 0, 0, 0, 0, 0, 1, 1, 0, 0]]);
    const forth = difference({ recall: 0 }, a, b);
    const back = difference({ recall: 0 }, b, a);
    near(forth.value ?? 9, 2 / 7);
    near(forth.interval?.[0] ?? 9, -(back.interval?.[1] ?? 9));
    const { centre, variance } = recallDifference({ values: [Float64Array.of(0, 0, 1, 1, 1, 0, -1)] });
    near(forth.pValue ?? 9, 2 * (1 - normalCdf(Math.abs(centre) / Math.sqrt(variance))), 1e-8);
    near(forth.pValue ?? 9, back.pValue ?? 9);
    assert.equal(forth.reason, 'seed noise not measured (one repeat)');
    assert.equal(forth.seedError, null);
  });
});

describe('I3', () => {
  test('groups of one class each, or none: f = 1; classes that err together: f > 1', () => {
    const items = Float64Array.of(1, 0, 1, 0);
    const whole = { weight: 0.5, items, value: 0.5 };
    assert.equal(groupFactor([whole, whole]), 1);
    const apart = groupFactor([
      { ...whole, groups: Int32Array.of(0, 1, 2, 3) },
      { ...whole, groups: Int32Array.of(4, 5, 6, 7) },
    ]);
    assert.equal(apart, 1);
    // Both classes of a group err together: VJ = 4/3 * 4 (1/8)^2 = 1/12, VI = 1/24: f = sqrt 2.
    const groups = Int32Array.of(0, 1, 2, 3);
    near(
      groupFactor([
        { ...whole, groups },
        { ...whole, groups },
      ]),
      Math.SQRT2,
    );
    const still = { weight: 0.5, items: ones(4), value: 1, groups };
    assert.equal(groupFactor([still, still]), 1);
  });

  test('macro recall of equal classes, all right: l = 1 - (1 - l_c)/sqrt C', () => {
    const p = arm([0, 0, 0, 1, 1, 1], [[0, 0, 0, 1, 1, 1]]);
    const found = macroRecall(p);
    assert.equal(found.value, 1);
    near(found.interval?.[0] ?? 9, 1 - (1 - 0.025 ** (1 / 3)) / Math.SQRT2);
    assert.equal(found.interval?.[1], 1);
  });
});

describe('I4', () => {
  test('one repeat: no term; equal repeats: a term of 0 leaves the interval as it is', () => {
    const row = Float64Array.of(1, 0, 1, 1);
    assert.equal(repeatTerm([{ weight: 1, values: [row] }]), null);
    const term = repeatTerm([{ weight: 1, values: [row, row] }]);
    assert.equal(term?.variance, 0);
    const bounds = () => [0.1, 0.9] as [number, number];
    assert.deepEqual(withRepeats(0.5, bounds, term)(0.05), [0.1, 0.9]);
  });

  test('all right in one repeat, all wrong in the other: by hand', () => {
    // E = 0, S2 = .5, V_R = .25. Bounds .5 -+ .3: V = (.3/z)^2 + .25, nu = (V/.25)^2.
    const term = repeatTerm([{ weight: 1, values: [ones(4), zeros(4)] }]);
    near(term?.variance ?? 9, 0.25);
    const [l, u] = withRepeats(0.5, () => [0.2, 0.8], term)(0.05);
    near(l + u, 1);
    near(u - 0.5, HALF_OF_TWO_REPEATS, 1e-9);
  });

  test('one item has no noise of its own', () => {
    const term = repeatTerm([{ weight: 1, values: [ones(1), zeros(1), ones(1)] }]);
    assert.deepEqual(term?.noise, [0]);
    near(term?.variance ?? 9, 1 / 9);
  });

  test('never narrower, and seed and sampling error stand apart', () => {
    const labels = [...Array<number>(20).fill(0), ...Array<number>(10).fill(1)];
    const good = labels.slice();
    const bad = labels.map((c, i) => (i % 3 === 0 ? 1 - c : c));
    const found = recallIntervals(arm(labels, [good, bad, good, bad]))[0];
    const alone = recall({
      values: [good, bad, good, bad].map((row) => Float64Array.from(row.slice(0, 20), (c) => 1 - c)),
    });
    const [l, u] = alone.bounds(0.05);
    assert.ok(found.interval && found.interval[0] < l && found.interval[1] >= Math.min(1, u));
    assert.ok(found.seedError && found.seedError > 0.05 && found.samplingError && found.samplingError > 0.02);
  });
});

describe('precision, F1 and macro F1', () => {
  test('one repeat: precision is Clopper-Pearson-like on the predicted items, F1 follows the share of hits', () => {
    const p = arm([0, 0, 0, 0, 1, 1, 1], [[0, 0, 0, 1, 1, 1, 0]]);
    const [zero] = precisionIntervals(p);
    near(zero.value ?? 9, 3 / 4);
    assert.equal(zero.count, 4);
    const same = recall({ values: [Float64Array.of(1, 1, 1, 0)] }).bounds(0.05);
    near(zero.interval?.[0] ?? 9, same[0]);
    near(zero.interval?.[1] ?? 9, same[1]);
    const [f1] = f1Intervals(p);
    near(f1.value ?? 9, (2 * 3) / (4 + 4));
    assert.ok(f1.interval && f1.interval[0] < 0.75 && f1.interval[1] > 0.75);
    near(macroF1(p).value ?? 9, (0.75 + 2 / 3) / 2);
  });

  test('never predicted, never right: null with the reason, or 0 with an interval', () => {
    const p = arm([0, 0, 0, 1, 1], [[0, 0, 0, 0, 0]]);
    assert.deepEqual(precisionIntervals(p)[1].value, null);
    assert.equal(precisionIntervals(p)[1].reason, 'never predicted');
    assert.equal(f1Intervals(p)[1].value, 0);
    assert.equal(f1Intervals(p)[1].interval?.[0], 0);
    assert.ok(macroF1(p).interval);
  });

  test('a perfect arm', () => {
    const p = arm([0, 0, 1, 1], [[0, 0, 1, 1]]);
    for (const found of [precisionIntervals(p)[0], f1Intervals(p)[0], macroF1(p), accuracy(p)]) {
      assert.equal(found.value, 1);
      assert.equal(found.interval?.[1], 1);
      assert.ok(found.interval[0] < 0.9);
    }
  });

  test('how seed noise and groups enter macro F1 is said to be unmeasured', () => {
    const p = arm(
      [0, 0, 1, 1],
      [
        [0, 0, 1, 1],
        [0, 1, 1, 1],
      ],
    );
    assert.match(macroF1(p).reason ?? '', /seed noise .* not measured/);
    assert.match(difference('macro-f1', p, p).reason ?? '', /seed noise .* not measured/);
  });
});

describe('few, none, wrong', () => {
  test('below 5 items or groups: the interval stands, with how many more are needed', () => {
    const a = arm([0, 0, 0, 0, 0, 1, 1, 1], [[1, 1, 1, 1, 1, 0, 0, 0]]);
    const b = arm([0, 0, 0, 0, 0, 1, 1, 1], [[0, 0, 0, 0, 0, 1, 1, 1]]);
    const rare = difference({ recall: 1 }, a, b);
    assert.equal(rare.value, 1);
    assert.ok(rare.interval && rare.interval[0] <= 0);
    assert.match(rare.reason ?? '', /^not measurable: needs 2 more items of this class; seed noise/);
    assert.match(recallIntervals(b)[1].reason ?? '', /^not measurable: needs 2 more items of this class/);
    assert.doesNotMatch(difference({ recall: 0 }, a, b).reason ?? '', /not measurable/);
    const grouped = { ...a, groups: Int32Array.of(0, 0, 1, 1, 1, 2, 3, 4) };
    const found = difference({ recall: 0 }, grouped, { ...b, groups: grouped.groups });
    assert.equal(found.count, 2);
    assert.match(found.reason ?? '', /needs 3 more groups of this class/);
  });

  test('a class without items: its own numbers null, left out of means and said', () => {
    const p: Predictions = { classes: 3, labels: Int32Array.of(0, 1, 1), repeats: [Int32Array.of(0, 2, 1)] };
    for (const found of [recallIntervals(p)[2], f1Intervals(p)[2]]) {
      assert.equal(found.value, null);
      assert.equal(found.interval, null);
      assert.match(found.reason ?? '', /no evaluated items/);
    }
    // Class 0: 1 of 1; class 1: 1 of 2, answered once: recall 1/2, F1 2/3. Class 2 has no items.
    assert.equal(macroRecall(p).value, 0.75);
    assert.ok(Math.abs(Number(macroF1(p).value) - 5 / 6) < 1e-12);
    for (const found of [macroRecall(p), macroF1(p), difference('macro-recall', p, p), difference('macro-f1', p, p)])
      assert.match(found.reason ?? '', /mean over 2 of 3 classes; 1 without evaluated items is left out/);
    assert.equal(difference('macro-recall', p, p).value, 0);
    assert.equal(difference({ recall: 2 }, p, p).reason, 'not measurable: needs 5 more items of this class');
    assert.equal(precisionIntervals(p)[2].value, 0, 'predicted once, never right');
  });

  test('a higher level is wider', () => {
    const p = arm(
      [0, 0, 0, 0, 0, 1, 1, 1],
      [
        [0, 0, 0, 1, 0, 1, 1, 0],
        [0, 0, 0, 0, 0, 1, 1, 0],
      ],
    );
    for (const measure of [accuracy, macroRecall, macroF1]) {
      const [narrow, wide] = [measure(p).interval, measure(p, { level: 0.99 }).interval];
      assert.ok(narrow && wide && wide[0] < narrow[0]);
    }
  });

  test('arms that do not match are refused by name', () => {
    const a = arm([0, 1], [[0, 1]]);
    assert.throws(
      () =>
        difference(
          'accuracy',
          a,
          arm(
            [0, 1],
            [
              [0, 1],
              [0, 1],
            ],
          ),
        ),
      /1 repeats against 2/,
    );
    assert.throws(() => difference('accuracy', a, arm([1, 1], [[0, 1]])), /different items or labels/);
    assert.throws(() => difference({ recall: 2 }, a, a), /class 2 is not one of 0..1/);
    assert.throws(() => accuracy(arm([0, 1], [[0, 2]])), /item 1 has class 2, classes are 0..1/);
    assert.throws(() => accuracy({ ...a, repeats: [] }), /at least one repeat/);
  });
});

test('Holm: step down, not all at alpha/m', () => {
  const p = (value: number) => (alpha: number) => value <= alpha;
  assert.deepEqual(holm([p(0.01), p(0.04), p(0.03)]), [true, false, false]);
  assert.deepEqual(holm([p(0.01), p(0.02), p(0.04)]), [true, true, true]);
  assert.deepEqual(holm([p(0.02), p(0.03), p(0.9)]), [false, false, false]);
  assert.deepEqual(holm([]), []);
});

// From scipy 1.17: beta.ppf(.025, 12/7, 19/7) and the I4 half-width of the two-repeat case.
const BETA_HALF_OF_FOUR = 0.05118689258134352;
const HALF_OF_TWO_REPEATS = 4.54943313901496;
