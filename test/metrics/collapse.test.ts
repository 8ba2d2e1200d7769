import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { type Collapse, type CollapseInput, neuralCollapse } from '../../src/metrics/index.ts';

interface Case {
  name: string;
  classes: number;
  width: number;
  labels: number[];
  predictions: number[];
  embeddings64: number[];
  weights64: number[];
  collapse: Collapse;
}

const file = new URL('reference/collapse.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };

function inputOf({ classes, width, labels, predictions, embeddings64, weights64 }: Case): CollapseInput {
  return {
    classes,
    width,
    labels: Int32Array.from(labels),
    predictions: Int32Array.from(predictions),
    embeddings: Float32Array.from(embeddings64, (x) => x / 64),
    weights: Float32Array.from(weights64, (x) => x / 64),
  };
}

function near(actual: Collapse, expected: Collapse, tolerance = 1e-9) {
  for (const [key, value] of Object.entries(expected)) {
    const [got, wanted] = [[actual[key as keyof Collapse]].flat(), [value].flat()];
    assert.equal(got.length, wanted.length, key);
    wanted.forEach((number, i) => {
      const at = `${key}[${i}]: ${got[i]}, expected ${number}`;
      if (typeof number !== 'number') assert.equal(got[i], number, at);
      else assert.ok(Math.abs((got[i] as number) - number) <= tolerance * Math.max(1, Math.abs(number)), at);
    });
  }
}

for (const stored of cases) {
  test(`numpy gives the same, ${stored.name}`, () => near(neuralCollapse(inputOf(stored)), stored.collapse));

  test(`the order of items and the numbers of classes do not matter, ${stored.name}`, () => {
    const input = inputOf(stored);
    const { classes, width } = input;
    const draw = stream(5, stored.name);
    const order = draw.shuffle(stored.labels.map((_, i) => i));
    const names = draw.shuffle(Array.from({ length: classes }, (_, c) => c));
    const weights = new Float64Array(classes * width);
    const perClass = (values: readonly (number | null)[]) => {
      const renamed: (number | null)[] = [];
      values.forEach((value, c) => {
        renamed[names[c]] = value;
      });
      return renamed;
    };
    names.forEach((to, c) => {
      weights.set(input.weights.subarray(c * width, (c + 1) * width), to * width);
    });
    const moved = neuralCollapse({
      ...input,
      weights,
      labels: Int32Array.from(order, (i) => names[input.labels[i]]),
      predictions: Int32Array.from(order, (i) => names[input.predictions[i]]),
      embeddings: Float64Array.from(order.flatMap((i) => [...input.embeddings.subarray(i * width, (i + 1) * width)])),
    });
    const { nc1PerClass, nc3PerClass } = stored.collapse;
    near(moved, { ...stored.collapse, nc1PerClass: perClass(nc1PerClass), nc3PerClass: perClass(nc3PerClass) });
  });
}

test('class means that do not span their space are said', () => {
  const reasons = cases.map((stored) => neuralCollapse(inputOf(stored)).reason);
  assert.deepEqual(reasons, [undefined, undefined, undefined, 'the class means span 3 of 4 dimensions', undefined]);
});

// Means (2, 0) and (-2, 0); Sigma_B = diag(4, 0), its pseudo-inverse diag(1/4, 0); residuals (+-1, 0) in class 0 and
// (0, +-3) in class 1, so Sigma_0 = diag(1, 0), Sigma_1 = diag(0, 9): NC1 of the classes 1/4/2 and 0.
const worked: CollapseInput = {
  classes: 2,
  width: 2,
  embeddings: Float32Array.of(3, 0, 1, 0, -2, 3, -2, -3),
  labels: Int32Array.of(0, 0, 1, 1),
  predictions: Int32Array.of(0, 0, 1, 0),
  weights: Float32Array.of(1, 1, 1, -1),
};

test('a case worked by hand', () => {
  near(neuralCollapse(worked), {
    nc1Balanced: 1 / 16,
    nc1Pooled: 1 / 16,
    nc1PerClass: [1 / 8, 0],
    nc2NormMeans: 0,
    nc2AngleMeans: 0,
    nc2NormClassifier: 0,
    nc2AngleClassifier: 0,
    nc3: 2, // centred head (0, 1), (0, -1): at right angles to the means
    nc3PerClass: [1, 1],
    nc4: 1 / 4,
  });
});

test('full collapse is 0 everywhere', () => {
  const corners = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const full = neuralCollapse({
    classes: 3,
    width: 3,
    embeddings: Float64Array.of(...corners, ...corners),
    labels: Int32Array.of(0, 1, 2, 0, 1, 2),
    predictions: Int32Array.of(0, 1, 2, 0, 1, 2),
    weights: Float64Array.from(corners, (x) => 5 * x),
  });
  assert.equal(full.reason, undefined);
  for (const number of Object.values(full).flat()) assert.ok(Math.abs(number as number) < 1e-12);
});

test('a class of one item has no NC1: null, left out of the mean, said', () => {
  const input = {
    ...worked,
    classes: 3,
    embeddings: Float32Array.of(...worked.embeddings, 0, 6),
    labels: Int32Array.of(0, 0, 1, 1, 2),
    predictions: Int32Array.of(0, 0, 1, 0, 2),
    weights: Float32Array.of(1, 1, 1, -1, 0, 3),
  };
  const measured = neuralCollapse(input);
  assert.equal(measured.nc1PerClass[2], null);
  const [first, second] = measured.nc1PerClass as number[];
  assert.ok(Math.abs(measured.nc1Balanced! - (first + second) / 2) < 1e-12);
  assert.ok(Math.abs(measured.nc1Pooled! - (first + second) / 2) < 1e-12, 'two items each');
  assert.equal(measured.reason, 'no NC1 of 1 class with 1 item');
  assert.notEqual(measured.nc3, null);
});

test('classes without items are left out and said; answers with them do not count in NC4', () => {
  const input = {
    ...worked,
    classes: 3,
    predictions: Int32Array.of(0, 0, 1, 2),
    weights: Float32Array.of(1, 1, 1, -1, 7, 3),
  };
  const measured = neuralCollapse(input);
  near(measured, {
    ...neuralCollapse(worked),
    nc1PerClass: [1 / 8, 0, null],
    nc3PerClass: [1, 1, null],
    nc4: 0,
    nc2NormClassifier: measured.nc2NormClassifier,
    nc2AngleClassifier: measured.nc2AngleClassifier,
  });
  assert.ok(measured.nc2AngleClassifier! > 0.1, 'the head is measured with all its rows');
  assert.equal(measured.reason, 'left out: 1 class with no item; no NC4 of 1 item answered with a class without items');
});

test('one class, no item and equal means give null with the reason', () => {
  const one = neuralCollapse({ ...worked, labels: new Int32Array(4) });
  assert.equal(one.nc1Balanced, null);
  assert.equal(one.nc4, null);
  assert.equal(one.reason, 'left out: 1 class with no item; fewer than 2 classes with items');
  const none = new Int32Array();
  const empty = neuralCollapse({ ...worked, embeddings: new Float32Array(), labels: none, predictions: none });
  assert.equal(empty.nc3, null);
  assert.match(empty.reason!, /fewer than 2 classes/);
  const dead = neuralCollapse({ ...worked, embeddings: new Float32Array(8).fill(0.1) });
  assert.deepEqual(
    [dead.nc1Balanced, dead.nc1PerClass, dead.nc2AngleMeans, dead.nc3],
    [null, [null, null], null, null],
  );
  assert.equal(dead.reason, 'the class means coincide: no NC1, NC2, NC3');
  const blank = neuralCollapse({ ...worked, weights: new Float32Array(4) });
  assert.deepEqual([blank.nc2AngleClassifier, blank.nc3, blank.nc3PerClass], [null, null, [null, null]]);
  assert.match(blank.reason!, /classifier vectors coincide/);
});

test('input that does not fit is refused', () => {
  const bad: [Partial<CollapseInput>, RegExp][] = [
    [{ width: 3 }, /embeddings has 8 numbers, needs 4 x 3/],
    [{ width: 0 }, /width must be a whole number >= 1/],
    [{ classes: 3 }, /weights has 4 numbers, needs 3 x 2/],
    [{ labels: Int32Array.of(0, 0, 1, 2) }, /labels\[3\] is 2/],
    [{ predictions: Int32Array.of(0) }, /4 labels but 1 predictions/],
    [{ embeddings: worked.embeddings.with(5, Number.NaN) }, /embeddings row 2, column 1 is NaN/],
  ];
  for (const [change, message] of bad)
    assert.throws(
      () => neuralCollapse({ ...worked, ...change }),
      (error) => error instanceof RangeError && message.test(error.message),
    );
});
