import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { averagePrecision, averagePrecisionDifference } from '../../../src/pilot/statistics/average-precision.ts';
import { difference } from '../../../src/pilot/statistics/difference.ts';
import { accuracy, macroF1, macroRecall, recallIntervals } from '../../../src/pilot/statistics/metrics.ts';
import { nadeauBengio } from '../../../src/pilot/statistics/nadeau-bengio.ts';
import type { Predictions } from '../../../src/pilot/statistics/predictions.ts';
import { correctness, correctnessDifference, itemsByClass } from '../../../src/pilot/statistics/predictions.ts';
import { recall } from '../../../src/pilot/statistics/recall.ts';
import { recallDifference } from '../../../src/pilot/statistics/recall-difference.ts';

// Stored values of an independent implementation in numpy and scipy: reference/intervals.py.
type Triple = [number, number, number];
interface Answer {
  alpha: number;
  recallWithoutSeeds: Triple[];
  recall: Triple[];
  recallDifferenceWithoutSeeds: Triple[];
  recallDifference: Triple[];
  accuracy: Triple;
  accuracyDifference: Triple;
  macroRecall: Triple;
  macroRecallDifference: Triple;
  macroF1: Triple;
  macroF1Difference: Triple;
}
interface Case {
  name: string;
  classes: number;
  labels: number[];
  a: number[][];
  b: number[][];
  groups: number[] | null;
  answers: Answer[];
}
const reference = JSON.parse(readFileSync(new URL('./reference/intervals.json', import.meta.url), 'utf8')) as {
  cases: Case[];
  averagePrecision: {
    labels: number[];
    a: number[][];
    b: number[][];
    answers: { alpha: number; one: Triple; difference: Triple }[];
  }[];
  nadeauBengio: {
    values: number[];
    answers: { folds: number; level: number; groups: number | null; interval: [number, number] }[];
  };
};

function agree(
  label: string,
  value: number | null,
  interval: readonly number[] | null,
  expected: Triple,
  range: number[],
) {
  assert.ok(value !== null && interval !== null, label);
  const clipped = [expected[0], Math.max(range[0], expected[1]), Math.min(range[1], expected[2])];
  for (const [i, actual] of [value, ...interval].entries())
    assert.ok(Math.abs(actual - clipped[i]) < 1e-9, `${label}, number ${i}: ${actual}, reference ${clipped[i]}`);
}

for (const stored of reference.cases)
  test(`I1-I5 agree with the reference: ${stored.name}`, () => {
    const arm = (rows: number[][]): Predictions => ({
      classes: stored.classes,
      labels: Int32Array.from(stored.labels),
      repeats: rows.map((row) => Int32Array.from(row)),
      ...(stored.groups ? { groups: Int32Array.from(stored.groups) } : {}),
    });
    const a = arm(stored.a);
    const b = arm(stored.b);
    const unit = [0, 1];
    const signed = [-1, 1];
    for (const answer of stored.answers) {
      const level = 1 - answer.alpha;
      for (const [c, items] of itemsByClass(a).entries()) {
        const one = recall(correctness(a, items));
        agree(`I1 class ${c}`, one.value, one.bounds(answer.alpha), answer.recallWithoutSeeds[c], unit);
        const two = recallDifference(correctnessDifference(a, b, items));
        const wide = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
        agree(`I2 class ${c}`, two.value, two.bounds(answer.alpha), answer.recallDifferenceWithoutSeeds[c], wide);
        const own = recallIntervals(a, { level })[c];
        agree(`I1 + I4 class ${c}`, own.value, own.interval, answer.recall[c], unit);
        const change = difference({ recall: c }, a, b, { level });
        agree(`I2 + I4 class ${c}`, change.value, change.interval, answer.recallDifference[c], signed);
      }
      const checks = [
        ['accuracy', accuracy(a, { level }), answer.accuracy, unit],
        ['accuracy difference', difference('accuracy', a, b, { level }), answer.accuracyDifference, signed],
        ['macro recall', macroRecall(a, { level }), answer.macroRecall, unit],
        ['macro recall difference', difference('macro-recall', a, b, { level }), answer.macroRecallDifference, signed],
        ['balanced accuracy', difference('balanced-accuracy', a, b, { level }), answer.macroRecallDifference, signed],
        ['macro F1', macroF1(a, { level }), answer.macroF1, unit],
        ['macro F1 difference', difference('macro-f1', a, b, { level }), answer.macroF1Difference, signed],
      ] as const;
      for (const [label, measured, expected, range] of checks)
        agree(label, measured.value, measured.interval, expected, [...range]);
    }
  });

test('I6 agrees with the reference, tied scores included', () => {
  for (const stored of reference.averagePrecision)
    for (const answer of stored.answers) {
      const one = averagePrecision(stored.a, stored.labels);
      agree('average precision', one.value, one.bounds(answer.alpha), answer.one, [0, 1]);
      const change = averagePrecisionDifference(stored.a, stored.b, stored.labels);
      agree('difference', change.value, change.bounds(answer.alpha), answer.difference, [-2, 2]);
      assert.equal(change.measurable, change.positives >= 10);
    }
});

test('Nadeau-Bengio agrees with the reference', () => {
  const { values, answers } = reference.nadeauBengio;
  for (const { folds, level, groups, interval } of answers) {
    const found = nadeauBengio(values, folds, level, groups ?? undefined);
    assert.ok(Math.abs(found.interval[0] - interval[0]) < 1e-12 && Math.abs(found.interval[1] - interval[1]) < 1e-12);
  }
  assert.throws(() => nadeauBengio([1], 5), /needs at least 2 fold values, got 1/);
  assert.throws(() => nadeauBengio([1, 2], 1), /needs at least 2 folds, got 1/);
  assert.throws(() => nadeauBengio([1, 2], 2, 0.95, 1), /needs at least 2 groups, got 1/);
});
