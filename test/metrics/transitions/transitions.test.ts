import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../../src/array/random.ts';
import {
  changePoints,
  contrast,
  type TransitionInput,
  transitionSharpness,
} from '../../../src/metrics/transitions/index.ts';

const of = (values: number[], labels: number[], recordings = labels.map(() => 0)): TransitionInput => ({
  points: { embeddings: Float32Array.from(values), width: 1 },
  labels: Int32Array.from(labels),
  classes: 5,
  recordings: Int32Array.from(recordings),
});
const NEVER = 'the label never changes inside a recording';

test('sharpness worked by hand: across over within, not across recordings nor beside unlabelled rows', () => {
  // Distances 1, 4, 2 | 3, 8 and, between the recordings, 90; the label changes at 4 and 8.
  const values = [0, 1, 5, 7, 97, 100, 108];
  const labels = [0, 0, 1, 1, 2, 2, 0];
  const recordings = [0, 0, 0, 0, 1, 1, 1];
  assert.deepEqual(transitionSharpness(of(values, labels, recordings)), { value: 6 / 2 });
  assert.deepEqual(transitionSharpness(of(values, [0, 0, 1, 1, -1, 2, 0], recordings)), { value: 6 / 1.5 });
});

test('sharpness does not depend on the scale, and is 1 where changes do not show', () => {
  const draw = stream(1, 'sharpness');
  const values = Array.from({ length: 4000 }, () => draw.normal());
  const labels = values.map((_, i) => (i >> 2) % 3);
  const { value } = transitionSharpness(of(values, labels));
  assert.ok(Math.abs(value! - 1) < 0.06);
  const scaled = transitionSharpness(
    of(
      values.map((x) => 8 * Math.fround(x)),
      labels,
    ),
  );
  assert.ok(Math.abs(scaled.value! - value!) < 1e-12);
});

test('where the label never changes inside a recording everything is null with the reason', () => {
  const given = of([0, 1, 5, 9], [0, 0, 1, 1], [0, 0, 1, 1]);
  assert.deepEqual(transitionSharpness(given), { value: null, reason: NEVER });
  const { precision, recall } = changePoints(given);
  assert.deepEqual(
    [precision, recall],
    [
      { value: null, reason: NEVER },
      { value: null, reason: NEVER },
    ],
  );
  assert.deepEqual(changePoints(of([], [])).recall, { value: null, reason: NEVER });
  const unlabelled = of([0, 1, 5], [0, -1, 1]);
  assert.equal(transitionSharpness(unlabelled).reason, NEVER);
});

test('sharpness without neighbours of one label, or with equal ones, is null', () => {
  assert.equal(transitionSharpness(of([0, 1, 0], [0, 1, 0])).reason, 'no neighbours with the same label');
  assert.equal(transitionSharpness(of([3, 3, 9], [0, 0, 1])).reason, 'neighbours with the same label coincide');
});

test('contrast worked by hand', () => {
  const { points, recordings } = of([0, 2, 10, 12, 50], [0, 0, 0, 0, 0], [0, 0, 0, 0, 1]);
  const factor = (a: number, b: number, span: number) => Math.sqrt((2 * a * b) / ((a + b) * span));
  const near = (span: number, expected: number[]) => {
    const values = contrast(points, recordings, span);
    expected.forEach((value, i) => {
      assert.ok(Math.abs(values[i] - value) < 1e-12, `${values[i]}, expected ${value}`);
    });
    assert.ok(Number.isNaN(values[3]) && Number.isNaN(values[4]));
  };
  near(1, [2, 8, 2]);
  // 0 | 2 10, 0 2 | 10 12, 2 10 | 12
  near(2, [6 * factor(1, 2, 2), 10, 6 * factor(2, 1, 2)]);
  near(9, [8 * factor(1, 3, 9), 10 * factor(2, 2, 9), 8 * factor(3, 1, 9)]);
});

/** Two recordings of noise with a step of `height` wherever the label changes. */
function steps(height: number) {
  const draw = stream(2, 'steps');
  const labels = Array.from({ length: 300 }, (_, i) => [0, 1, 0, 2, 1, 0][Math.floor(i / 50)]);
  return of(
    labels.map((label) => height * label + 0.1 * draw.normal()),
    labels,
    labels.map((_, i) => (i < 150 ? 0 : 1)),
  );
}

test('clear steps are found where they are, and only they', () => {
  const { precision, recall, found, changes } = changePoints(steps(3));
  assert.deepEqual(Array.from(changes), [49, 99, 199, 249]);
  assert.deepEqual(Array.from(found), [49, 99, 199, 249]);
  assert.deepEqual([precision, recall], [{ value: 1 }, { value: 1 }]);
});

test('what is off by more than the tolerance does not count', () => {
  const given = steps(3);
  const late = { ...given, labels: given.labels.map((_, i, all) => all[Math.max(i < 150 ? 0 : 150, i - 2)]) };
  assert.equal(changePoints(late, { tolerance: 2 }).recall.value, 1);
  const { precision, recall } = changePoints(late, { tolerance: 1 });
  assert.deepEqual([precision.value, recall.value], [0, 0]);
});

test('a change has one match; another peak beside it is a false one', () => {
  const values = Array.from({ length: 60 }, (_, i) => (i < 20 ? 0 : i < 26 ? 5 : 10) + (i % 2) * 0.01);
  const labels = values.map((_, i) => (i < 23 ? 0 : 1));
  const { precision, recall, found } = changePoints(of(values, labels), { tolerance: 3, span: 1 });
  assert.deepEqual(Array.from(found), [19, 25]);
  assert.deepEqual([precision.value, recall.value], [1 / 2, 1]);
});

test('noise without steps: few peaks, and none found is null', () => {
  const flat = of(new Array(20).fill(1), [...new Array(10).fill(0), ...new Array(10).fill(1)]);
  const { precision, recall } = changePoints(flat);
  assert.deepEqual(precision, { value: null, reason: 'no change point found' });
  assert.deepEqual(recall, { value: 0 });
  const { found } = changePoints(steps(0), { strictness: 4 });
  assert.ok(found.length <= 6, `${found.length} found`);
});

test('change points beside unlabelled rows count neither for nor against', () => {
  const given = steps(3);
  const hidden = { ...given, labels: given.labels.map((label, i) => (i >= 95 && i < 105 ? -1 : label)) };
  const { precision, recall, changes } = changePoints(hidden);
  assert.deepEqual(Array.from(changes), [49, 199, 249]);
  assert.deepEqual(precision, { value: 1, reason: '1 change points beside unlabelled rows left out' });
  assert.deepEqual(recall, { value: 1 });
});

test('input that does not fit is refused', () => {
  const given = steps(1);
  assert.throws(() => changePoints(given, { tolerance: -1 }), /tolerance must be a whole number >= 0, got -1/);
  assert.throws(() => changePoints(given, { span: 0 }), /span must be a whole number >= 1, got 0/);
  assert.throws(() => changePoints(given, { strictness: Number.NaN }), /strictness must be >= 0/);
  assert.throws(
    () => transitionSharpness({ ...given, labels: given.labels.with(3, 5) }),
    /labels\[3\] is 5, must be -1\.\.4/,
  );
  assert.throws(
    () => transitionSharpness({ ...given, recordings: given.recordings.with(40, 9) }),
    /recording 0 goes on in row 41/,
  );
  const bad = { ...given.points, embeddings: given.points.embeddings.with(2, Number.NaN) };
  assert.throws(() => transitionSharpness({ ...given, points: bad }), /row 2, column 0 is NaN/);
});
