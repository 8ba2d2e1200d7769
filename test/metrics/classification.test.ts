import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { confusion, type Evaluated, metrics } from '../../src/metrics/index.ts';

interface Case {
  name: string;
  classes: number;
  trained: number[];
  labels: number[];
  predictions: number[];
  thousandths: number[];
  confusion: number[];
  expected: Record<string, { value: number | null; perClass?: (number | null)[] }>;
}

const file = new URL('reference/classification.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };

for (const stored of cases) {
  const input: Evaluated = {
    classes: stored.classes,
    labels: Int32Array.from(stored.labels),
    predictions: Int32Array.from(stored.predictions),
    scores: Float64Array.from(stored.thousandths, (x) => x / 1000),
    trained: stored.trained,
  };

  test(`scikit-learn gives the same, ${stored.name}`, () => {
    assert.deepEqual(Object.keys(stored.expected).sort(), metrics.map((metric) => metric.name).sort());
    for (const metric of metrics) {
      const expected = stored.expected[metric.name];
      const { value, perClass } = metric.compute(input);
      near(value, expected.value, metric.name);
      if (expected.perClass) assert.equal(perClass?.length, expected.perClass.length);
      expected.perClass?.forEach((number, c) => {
        near(perClass![c], number, `${metric.name}, class ${c}`);
      });
    }
  });

  test(`the confusion matrix is scikit-learn's, ${stored.name}`, () => {
    assert.deepEqual(Array.from(confusion(input)), stored.confusion);
  });

  test(`32-bit scores give the same to 32-bit precision, ${stored.name}`, () => {
    for (const metric of metrics) {
      const { value } = metric.compute({ ...input, scores: Float32Array.from(input.scores!) });
      const expected = stored.expected[metric.name].value;
      assert.ok(value === expected || Math.abs(value! - expected!) < 1e-6, metric.name);
    }
  });
}

function near(actual: number | null, expected: number | null, what: string) {
  if (expected === null) return assert.equal(actual, null, what);
  assert.ok(actual !== null && Math.abs(actual - expected) < 1e-9, `${what}: ${actual}, expected ${expected}`);
}

// Three classes, 8 items, one class never predicted. By hand: class 0 TP 3 FN 1 FP 2, class 1 TP 1 FN 2 FP 1, class 2
// TP 0 FN 1 (answered 0).
const worked: Evaluated = {
  classes: 3,
  labels: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 2),
  predictions: Int32Array.of(0, 0, 0, 1, 1, 0, 0, 0),
};

function measured(name: string, input: Evaluated) {
  return metrics.find((metric) => metric.name === name)!.compute(input);
}

test('a case worked by hand', () => {
  const recall = measured('macro-recall', worked);
  assert.deepEqual(recall.perClass, [3 / 4, 1 / 3, 0]);
  near(recall.value, (3 / 4 + 1 / 3) / 3, 'macro recall');
  const f1 = measured('macro-f1', worked);
  assert.deepEqual(f1.perClass, [6 / 10, 2 / 5, 0], 'F1 of a class with items and no hit is 0');
  near(measured('accuracy', worked).value, 4 / 8, 'accuracy');
  assert.equal(measured('g-mean', worked).value, 0);
});

test('precision of a class that is never predicted is null, left out of the mean and said', () => {
  const precision = measured('macro-precision', worked);
  assert.deepEqual(precision.perClass, [3 / 6, 1 / 2, null]);
  near(precision.value, 0.5, 'macro precision');
  assert.equal(precision.classesLeftOut, 1);
  assert.equal(precision.reason, 'classes left out: 1 (never predicted)');
  const ofClass = metrics.find((metric) => metric.name === 'macro-precision')!.ofClass!;
  assert.deepEqual(ofClass.compute(worked, 2), { value: null, reason: 'never predicted' });
});

test('precision of a class without items is null even where it was predicted', () => {
  const input = { classes: 2, labels: Int32Array.of(0, 0), predictions: Int32Array.of(0, 1) };
  assert.deepEqual(measured('macro-precision', input).perClass, [1, null]);
  assert.deepEqual(measured('macro-f1', input).perClass, [2 / 3, null]);
});

test('Matthews correlation is null, not 0, where only one class occurs or is answered', () => {
  const [zeros, mixed] = [Int32Array.of(0, 0, 0), Int32Array.of(0, 1, 1)];
  assert.deepEqual(measured('matthews', { classes: 2, labels: mixed, predictions: zeros }), {
    value: null,
    reason: 'only one class was predicted',
  });
  assert.deepEqual(measured('matthews', { classes: 2, labels: zeros, predictions: mixed }), {
    value: null,
    reason: 'all items are of one class',
  });
});

test('AUROC of a class that all items have is null', () => {
  const labels = Int32Array.of(0, 0);
  const input = { classes: 2, labels, predictions: labels, scores: Float64Array.of(0.9, 0.1, 0.8, 0.2) };
  assert.equal(measured('auroc', input).value, null);
  assert.match(measured('auroc', input).reason!, /no item of another class/);
  assert.equal(measured('average-precision', input).value, 1);
});

test('items of equal score are taken together in average precision', () => {
  // Class 1 has items 0 and 1. Scores .9 (own), .5 (own and rest tied), .1: 1/2 * 1 + 1/2 * 2/3.
  const input = {
    classes: 2,
    labels: Int32Array.of(1, 1, 0, 0),
    predictions: Int32Array.of(1, 0, 0, 0),
    scores: Float64Array.of(0.1, 0.9, 0.5, 0.5, 0.5, 0.5, 0.9, 0.1),
  };
  near(measured('average-precision', input).perClass![1], 1 / 2 + 1 / 3, 'average precision');
  near(measured('auroc', input).perClass![1], 3.5 / 4, 'AUROC');
});

test('calibration error of a constant confidence is its distance from the share of right answers', () => {
  const labels = Int32Array.from({ length: 40 }, (_, i) => (i < 24 ? 0 : 1));
  const scores = Float64Array.from({ length: 80 }, (_, at) => (at % 2 === 0 ? 0.75 : 0.25));
  const input = { classes: 2, labels, predictions: new Int32Array(40), scores };
  near(measured('expected-calibration-error', input).value, 0.75 - 0.6, 'calibration error');
});

test('scores that are not probabilities are refused where probabilities are needed', () => {
  const input = { classes: 2, labels: Int32Array.of(0), predictions: Int32Array.of(0) };
  for (const name of ['brier', 'expected-calibration-error']) {
    assert.throws(() => measured(name, { ...input, scores: Float64Array.of(2, 1) }), /item 0 add up to 3/);
    assert.throws(() => measured(name, { ...input, scores: Float64Array.of(1.5, -0.5) }), /item 0 has -0\.5/);
    assert.throws(() => measured(name, { ...input, scores: Float64Array.of(Infinity, 0) }), /add up to Infinity/);
  }
  assert.equal(measured('average-precision', { ...input, scores: Float64Array.of(2, 1) }).value, 1);
});
