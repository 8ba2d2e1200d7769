import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stream } from '../../../src/array/random.ts';
import { decide, decideAtAll, priorShift } from '../../../src/evaluate/decide.ts';
import { gammas } from '../../../src/evaluate/operating-point.ts';
import { describeArm } from '../../../src/pilot/arms.ts';
import { compare } from '../../../src/pilot/compare.ts';
import { confusionOf, meanConfusion, meanFoldCounts } from '../../../src/pilot/estimates.ts';
import { predictionsOf } from '../../../src/pilot/outcomes.ts';
import { rankings } from '../../../src/pilot/rankings.ts';
import * as schema from '../../../src/pilot/result.ts';
import { averagePrecision } from '../../../src/pilot/statistics/average-precision.ts';
import { weightedMean } from '../../../src/pilot/statistics/macro.ts';
import { planDifference } from '../../../src/pilot/statistics/plan-difference.ts';
import { armOf, longTail } from './long-tail.ts';

describe('a thousand classes, most of one item, one of none', () => {
  const C = 1000;
  const world = longTail(C, { largest: 300, power: 1.1, repeats: 2, folds: 2, empty: 1 });
  const outcomes = [
    armOf(world, 'cross-entropy', 'baseline', 1, 0),
    armOf(world, 'allnc', 'candidate', 3, -0.5),
    armOf(world, 'balanced-softmax', 'reference', 2.5, 0),
  ];
  const trained = meanFoldCounts(world.plan.folds, world.items.labels, C);
  const arm = describeArm(outcomes[1], world.items, world.plan, world.classes);
  const arms = outcomes.map((outcome) => ({
    method: outcome.arm.spec.name,
    role: outcome.arm.role,
    simplicity: outcome.arm.simplicity,
    predictions: predictionsOf(outcome, world.items, world.plan, C),
  }));
  const { criteria, guards } = world.plan.choices;
  const { comparisons, verdict } = compare({ arms, classes: world.classes, trained, criteria, guards });

  test('the arm is valid, with the three groups and the confusions in place of the matrix', () => {
    schema.arm.parse(arm);
    for (const name of ['recall-many', 'recall-medium', 'recall-few']) {
      const { value, interval, count } = arm.metrics[name];
      assert.ok(value !== null && interval !== null && interval[0] <= value && value <= interval[1]);
      assert.ok(count > 0 && arm.metricsAtGammaZero[name].value !== null);
    }
    const counts = ['recall-many', 'recall-medium', 'recall-few'].map((name) => arm.metrics[name].count);
    assert.equal(counts[0] + counts[1] + counts[2], world.items.labels.length);
    assert.deepEqual(arm.confusion, []);
    assert.equal(arm.confusions?.length, 500);
    assert.ok(JSON.stringify(arm).length < 2e6, `${JSON.stringify(arm).length} bytes`);
  });

  test('a class of one item has a recall and says what it lacks; one of none is null everywhere', () => {
    assert.ok(world.counts.filter((n) => n === 1).length > 500);
    const single = arm.classes[C - 2];
    assert.deepEqual([single.evaluated, single.trained], [1, 0.5]);
    assert.match(single.recall.reason ?? '', /^not measurable: needs 4 more items of this class/);
    assert.ok(single.recall.interval !== null && single.averagePrecision.value !== null);
    const { name: _, trained: __, evaluated, ...absent } = arm.classes[C - 1];
    assert.equal(evaluated, 0);
    for (const [name, one] of Object.entries(absent)) {
      const reason = name === 'precision' ? 'never predicted' : 'no evaluated items of this class';
      assert.deepEqual([one.value, one.interval, one.reason], [null, null, reason]);
    }
    assert.match(arm.metrics['macro-recall'].reason ?? '', /^mean over 999 of 1000 classes; 1 without evaluated items/);
    assert.match(arm.metrics['recall-few'].reason ?? '', /; 1 without evaluated items is left out/);
    assert.match(arm.metrics['average-precision'].reason ?? '', /; 1 classes without items are left out/);
  });

  test('every pair is compared on every class and group; singletons are never better or worse', () => {
    assert.equal(comparisons.length, 3 * (6 + C));
    for (const c of comparisons.slice(0, 50)) schema.comparison.parse(c);
    schema.verdict.parse(verdict);
    for (const c of comparisons)
      if (c.metric.includes('[') && c.count < 5) {
        assert.equal(c.state, 'undecided');
        assert.match(c.reason ?? '', /not measurable: needs [1-5] more items of this class/);
      }
    const few = comparisons.find((c) => c.metric === 'recall-few' && c.against === 'cross-entropy');
    assert.ok(few?.interval && few.interval[0] > 0 && few.state === 'better');
  });

  test('plans for what is open name a class and do not take long to make', () => {
    const plans = planDifference('macro-recall', arms[2].predictions, arms[1].predictions, 0.5);
    assert.ok(plans.length > 0);
    for (const { more } of plans) assert.ok(Number.isInteger(more) && more > 0);
  });

  test('the same again gives the same', () => {
    assert.deepEqual(describeArm(outcomes[1], world.items, world.plan, world.classes), arm);
  });
});

test('many gammas at once give what each gives alone, equal logits and untrained classes included', () => {
  const random = stream(1, 'decide at all');
  for (const counts of [
    [50, 9, 9, 3, 3, 3, 1, 0],
    [4, 4],
    [7, 0, 2],
    [3, 9, 9, 3],
  ]) {
    // Whole numbers, so that ties are frequent.
    const logits = Float32Array.from({ length: 300 * counts.length }, () => random.integer(6));
    const moved = gammas.map((gamma) => gamma + 0.3);
    const found = decideAtAll(logits, counts, moved);
    for (const [g, gamma] of moved.entries()) assert.deepEqual(found[g], decide(logits, counts, gamma));
    assert.deepEqual(decideAtAll(logits, counts, [1]), [decide(logits, counts, 1)]);
  }
});

test('average precision over blocks of classes is that of whole columns of log softmax', () => {
  const world = longTail(70, { largest: 60, power: 0.9, repeats: 3, folds: 3 });
  const { labels, itemOf } = world.items;
  const C = world.classes.length;
  const outcome = { ...armOf(world, 'allnc', 'candidate', 2, 0), offset: -0.7 };
  const columns = Array.from({ length: C }, () => Array.from({ length: 3 }, () => new Float64Array(labels.length)));
  for (const { trial, outcome: own } of outcome.trials) {
    const shift = priorShift(own.trainCounts, -0.7);
    for (const [i, row] of trial.fold.test.entries()) {
      const z = shift.map((s, c) => own.testLogits[i * C + c] + s);
      const total = Math.log(z.reduce((sum, v) => sum + Math.exp(v), 0));
      for (let c = 0; c < C; c++) columns[c][trial.fold.repeat][itemOf[row]] = z[c] - total;
    }
  }
  const { perClass, macro } = rankings(outcome, world.items, 3, C);
  const expected = columns.map((column, c) =>
    averagePrecision(
      column,
      labels.map((label) => (label === c ? 1 : 0)),
    ),
  );
  for (const [c, { value, bounds }] of expected.entries()) {
    const [l, u] = bounds(0.05);
    for (const [found, wanted] of [
      [perClass[c].value, value],
      [perClass[c].interval?.[0], l],
      [perClass[c].interval?.[1], u],
    ])
      assert.ok(Math.abs(found! - wanted!) < 1e-9, `class ${c}: ${found}, expected ${wanted}`);
    assert.equal(perClass[c].count, world.counts[c]);
  }
  const mean = weightedMean(expected.map((part) => ({ weight: 1 / C, ...part })));
  assert.ok(Math.abs(macro.value! - mean.value) < 1e-9 && Math.abs(macro.interval![0] - mean.bounds(0.05)[0]) < 1e-9);
});

test('confusions are those of the matrix, the most frequent first', () => {
  const random = stream(2, 'confusions');
  const classes = 60;
  const labels = Int32Array.from({ length: 400 }, () => random.integer(classes));
  const repeats = [0, 1].map(() => labels.map((c) => (random.uniform() < 0.5 ? c : random.integer(5))));
  const matrix = meanConfusion({ classes, labels, repeats });
  const { confusion, confusions } = confusionOf({ classes, labels, repeats });
  assert.deepEqual(confusion, []);
  const wrong = matrix.flatMap((row, c) => row.filter((n, to) => to !== c && n > 0));
  assert.equal(confusions?.length, wrong.length);
  confusions?.forEach((one, i) => {
    assert.equal(one.items, matrix[one.true][one.predicted]);
    assert.ok(one.true !== one.predicted && (i === 0 || one.items <= confusions[i - 1].items));
  });
  const few = { classes: 50, labels: labels.map((c) => c % 50), repeats: repeats.map((row) => row.map((c) => c % 50)) };
  assert.deepEqual(confusionOf(few), { confusion: meanConfusion(few) });
});
