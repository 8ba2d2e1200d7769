import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { InputError } from '../../src/array/errors.ts';
import { stream } from '../../src/array/random.ts';
import { answers } from '../../src/probe/answers.ts';
import { knn } from '../../src/probe/knn.ts';
import { type FittedLogistic, logistic, STRENGTHS } from '../../src/probe/logistic.ts';
import { ABSENT } from '../../src/probe/probe.ts';

interface Case {
  name: string;
  width: number;
  classes: number;
  x64: number[];
  labels: number[];
  test64: number[];
  testLabels: number[];
  logistic: { strength: number; balanced: boolean; weights: number[]; predictions: number[] }[];
  knn: number[];
}

const file = new URL('reference/probes.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };

const dataOf = (stored: Case) => ({
  ...stored,
  x: Float32Array.from(stored.x64, (x) => x / 64),
  test: Float32Array.from(stored.test64, (x) => x / 64),
  labels: Int32Array.from(stored.labels),
  testLabels: Int32Array.from(stored.testLabels),
});

/** Weights with intercepts of mean 0: they are free up to a constant. */
function settled({ weights, present }: FittedLogistic): number[] {
  const C = present.length;
  const last = weights.length - C;
  const mean = weights.subarray(last).reduce((a, b) => a + b) / C;
  return Array.from(weights, (w, at) => (at < last ? w : w - mean));
}

for (const stored of cases) {
  const { x, width, labels, classes, test: others } = dataOf(stored);

  test(`logistic: coefficients and answers as in scikit-learn, ${stored.name}`, async () => {
    for (const { strength, balanced, weights, predictions } of stored.logistic) {
      const fitted = await logistic.fit(x, width, labels, classes, {
        strengths: [strength],
        balanced,
        tolerance: 1e-10,
      });
      const what = `strength ${strength}${balanced ? ', balanced' : ''}`;
      assert.equal(fitted.chosen.converged, true, what);
      assert.ok(fitted.chosen.gradientNorm <= 1e-10);
      settled(fitted).forEach((value, at) => {
        assert.ok(
          Math.abs(value - weights[at]) < 1e-6 * Math.max(1, Math.abs(weights[at])),
          `${what}: ${value}, ${weights[at]}`,
        );
      });
      assert.deepEqual(Array.from(answers(await logistic.scores(fitted, others), classes)), predictions, what);
    }
  });

  test(`knn: votes as in scikit-learn, ${stored.name}`, async () => {
    const votes = await knn.scores(await knn.fit(x, width, labels, classes), others);
    stored.knn.forEach((share, at) => {
      assert.ok(
        Math.abs(votes[at] - share) < 1e-6,
        `item ${Math.floor(at / classes)}: ${votes[at]}, expected ${share}`,
      );
    });
  });
}

const { x, width, labels, classes, test: others, testLabels } = dataOf(cases[0]);
const validation = { x: others, labels: testLabels };

test('logistic: the strength with the best validation score is chosen, as if it had been fitted alone', async () => {
  const fitted = await logistic.fit(x, width, labels, classes, { validation, tolerance: 1e-9 });
  assert.deepEqual(
    fitted.trials.map(({ strength }) => strength),
    STRENGTHS,
  );
  const best = Math.max(...fitted.trials.map(({ score }) => score!));
  assert.equal(fitted.chosen.score, best);
  assert.ok(fitted.chosen.strength < 1e2 && fitted.chosen.strength > 1e-4);
  // The score is minus the mean log loss.
  const scores = await logistic.scores(fitted, others);
  let loss = 0;
  testLabels.forEach((label, i) => {
    const row = Array.from(scores.subarray(i * classes, (i + 1) * classes));
    loss += Math.log(row.reduce((sum, z) => sum + Math.exp(z), 0)) - row[label];
  });
  assert.ok(Math.abs(best + loss / testLabels.length) < 1e-6);
  const alone = await logistic.fit(x, width, labels, classes, { strengths: [fitted.chosen.strength], tolerance: 1e-9 });
  settled(alone).forEach((value, at) => {
    assert.ok(Math.abs(value - settled(fitted)[at]) < 1e-5);
  });
});

test('logistic: the score may be given, and of equally good strengths the largest is chosen', async () => {
  const seen: number[] = [];
  const score = (scores: Float32Array, wanted: Int32Array) => {
    assert.deepEqual(wanted, testLabels);
    seen.push(scores.length);
    return 1;
  };
  const fitted = await logistic.fit(x, width, labels, classes, { validation, score, strengths: [0.1, 10, 1] });
  assert.deepEqual(seen, new Array(3).fill((others.length / width) * classes));
  assert.deepEqual([fitted.chosen.strength, fitted.chosen.score], [10, 1]);
});

test('logistic: the same input gives the same bits, with one thread and with two', async () => {
  const one = await logistic.fit(x, width, labels, classes, { validation });
  const two = await logistic.fit(x, width, labels, classes, { validation, threads: 2 });
  assert.deepEqual(one.weights, two.weights);
  assert.deepEqual(one.trials, two.trials);
});

test('logistic: more rows than a block: the same bits for any threads, and the gradient is 0 row by row', async () => {
  const [n, wide, K] = [4500, 12, 3];
  const draw = stream(5, 'blocks');
  const y = Int32Array.from({ length: n }, () => draw.integer(K));
  const rows = Float32Array.from(
    { length: n * wide },
    (_, at) => (at % wide) + y[Math.floor(at / wide)] + 3 * draw.normal(),
  );
  const options = { strengths: [1e-2], tolerance: 1e-10, balanced: true };
  const fitted = await logistic.fit(rows, wide, y, K, options);
  const two = await logistic.fit(rows, wide, y, K, { ...options, threads: 2 });
  assert.deepEqual(two.weights, fitted.weights);
  assert.deepEqual(two.chosen, fitted.chosen);
  const counts = [0, 1, 2].map((k) => y.filter((label) => label === k).length);
  const { weights, scaling } = fitted;
  const gradient = weights.map((w, at) => (at < wide * K ? 1e-2 * w : 0));
  for (let i = 0; i < n; i++) {
    const z = Array.from({ length: wide + 1 }, (_, j) =>
      j < wide ? (rows[i * wide + j] - scaling.mean[j]) * scaling.inverse[j] : 1,
    );
    const powers = counts.map((_, k) => Math.exp(z.reduce((sum, value, j) => sum + value * weights[j * K + k], 0)));
    const total = powers.reduce((a, b) => a + b);
    for (let k = 0; k < K; k++) {
      const residual = (powers[k] / total - (y[i] === k ? 1 : 0)) / (K * counts[y[i]]);
      for (let j = 0; j <= wide; j++) gradient[j * K + k] += residual * z[j];
    }
  }
  for (const entry of gradient) assert.ok(Math.abs(entry) < 1e-9, `${entry}`);
  const scores = await logistic.scores(fitted, rows);
  const some = 4400 * wide;
  assert.deepEqual(scores.subarray(4400 * K), await logistic.scores(fitted, rows.subarray(some)));
});

test('logistic: columns near the ends of single precision and far from 0 still converge', async () => {
  const factors = [2 ** -120, 2 ** 100, 1, 1];
  const near = Float32Array.from(x, (value, at) => {
    const column = at % width;
    return column < factors.length ? value * factors[column] : value + (column === width - 1 ? 1e5 : 0);
  });
  const { chosen, weights } = await logistic.fit(near, width, labels, classes, { strengths: [1e-3] });
  assert.equal(chosen.converged, true);
  assert.ok(weights.every(Number.isFinite));
  const plain = await logistic.fit(x, width, labels, classes, { strengths: [1e-3] });
  assert.ok(Math.abs(chosen.objective - plain.chosen.objective) < 0.02);
});

test('logistic: scales of columns do not matter, constant columns get weight 0', async () => {
  const wide = width + 2;
  const stretched = (of: Float32Array) =>
    Float32Array.from({ length: (of.length / width) * wide }, (_, at) => {
      const [i, j] = [Math.floor(at / wide), at % wide];
      return j === width ? 0.1 : j > width ? 1e6 : of[i * width + j] * 2 ** (8 * j - 20);
    });
  const options = { strengths: [1e-2], tolerance: 1e-9 };
  const plain = await logistic.fit(x, width, labels, classes, options);
  const fitted = await logistic.fit(stretched(x), wide, labels, classes, options);
  const [a, b] = [await logistic.scores(plain, others), await logistic.scores(fitted, stretched(others))];
  a.forEach((value, at) => {
    assert.ok(Math.abs(value - b[at]) < 1e-5);
  });
  for (const weight of fitted.weights.subarray(width * classes, wide * classes)) assert.equal(weight, 0);
});

test('logistic: separable rows, equal columns and many of them still converge', async () => {
  const draw = stream(4, 'separable');
  const columns = 40;
  const y = Int32Array.from({ length: 60 }, (_, i) => i % 3);
  const rows = Float32Array.from({ length: 60 * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    return j % 2 === 0 ? y[i] * 5 : draw.normal();
  });
  const fitted = await logistic.fit(rows, columns, y, 3, { strengths: [1e-4] });
  assert.equal(fitted.chosen.converged, true);
  assert.ok(fitted.chosen.gradientNorm <= 1e-6);
  assert.deepEqual(answers(await logistic.scores(fitted, rows), 3), y);
});

test('logistic: a step limit is said', async () => {
  const { chosen } = await logistic.fit(x, width, labels, classes, { strengths: [1e-4], steps: 2 });
  assert.deepEqual([chosen.converged, chosen.steps], [false, 2]);
  assert.ok(chosen.gradientNorm > 1e-6);
});

test('logistic: a class without training rows is never answered', async () => {
  const shifted = labels.map((label) => (label < 2 ? label : label + 1));
  const wide = { validation: { x: others, labels: testLabels.map((label) => (label < 2 ? label : label + 1)) } };
  const fitted = await logistic.fit(x, width, shifted, classes + 1, wide);
  assert.deepEqual(fitted.present, [0, 1, 3, 4]);
  const scores = await logistic.scores(fitted, others);
  const plain = await logistic.scores(await logistic.fit(x, width, labels, classes, { validation }), others);
  for (let i = 0; i < testLabels.length; i++) {
    const row = Array.from(scores.subarray(i * 5, i * 5 + 5));
    assert.equal(row[2], ABSENT);
    assert.deepEqual(row.toSpliced(2, 1), Array.from(plain.subarray(i * 4, i * 4 + 4)));
  }
  // Validation rows of a class that training lacks do not decide.
  const unknown = { x: others, labels: testLabels.map(() => 4) };
  const kept = await logistic.fit(x, width, labels, classes + 1, { validation: unknown });
  assert.equal(kept.chosen.strength, 1e2);
});

test('both probes: one label only is an input error, shapes and numbers are checked', async () => {
  const options = { strengths: [1] };
  for (const probe of [logistic, knn]) {
    const fit = (rows: Float32Array, y: Int32Array, columns = width) => probe.fit(rows, columns, y, classes, options);
    await assert.rejects(
      fit(
        x,
        labels.map(() => 1),
      ),
      (error) => error instanceof InputError && /1 of 4 classes/.test(error.message),
    );
    await assert.rejects(fit(x.with(width + 2, Number.NaN), labels), /row 1, feature 2 is NaN/);
    await assert.rejects(fit(x, labels.subarray(1)), /99 labels/);
    await assert.rejects(fit(x, labels.with(0, 4)), /label 4 is not in 0\.\.3/);
    await assert.rejects(fit(x, labels, 7), /rows of width 7/);
  }
  const fitted = await logistic.fit(x, width, labels, classes, options);
  await assert.rejects(
    logistic.scores(fitted, others.with(0, Number.POSITIVE_INFINITY)),
    /row 0, feature 0 is Infinity/,
  );
  const bad: [object, RegExp][] = [
    [{}, /needs validation rows to choose among 7 strengths/],
    [{ strengths: [0] }, /a strength must be > 0 and finite, got 0/],
    [{ strengths: [] }, /needs a strength, got none/],
    [{ validation: { x: others, labels: labels } }, /100 labels for 60 rows/],
    [{ validation: { x: others, labels: testLabels.with(0, -1) } }, /label -1 is not in 0\.\.3/],
  ];
  for (const [given, message] of bad) await assert.rejects(logistic.fit(x, width, labels, classes, given), message);
  await assert.rejects(
    knn.fit(x, width, labels, classes, { neighbours: 0 }),
    /neighbours must be a whole number >= 1, got 0/,
  );
});
