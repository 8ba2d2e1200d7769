import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { InputError } from '../../src/array/errors.ts';
import { stream } from '../../src/array/random.ts';
import { ALPHAS, ridge } from '../../src/probe/ridge.ts';
import { shiftedInverse, tridiagonalise } from '../../src/probe/tridiagonal.ts';

interface Case {
  width: number;
  classes: number;
  standardise: boolean;
  x: number[];
  labels: number[];
  rows: number;
  alpha: number;
  errors: number[];
  coefficients: number[][];
  scores: number[][];
}

const reference: Record<string, Case> = JSON.parse(
  readFileSync(new URL('reference/ridge.json', import.meta.url), 'utf8'),
);

function close(got: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number, what: string) {
  assert.equal(got.length, wanted.length, what);
  const size = Math.max(...Array.from(wanted, Math.abs));
  for (let i = 0; i < wanted.length; i++)
    assert.ok(Math.abs(got[i] - wanted[i]) <= tolerance * size, `${what} ${i}: ${got[i]}, not ${wanted[i]}`);
}

for (const [name, one] of Object.entries(reference))
  test(`agrees with scikit-learn: ${name}`, async () => {
    const { width, classes, standardise, rows, labels } = one;
    const x = Float32Array.from(one.x);
    const fitted = await ridge.fit(x.slice(0, rows * width), width, Int32Array.from(labels.slice(0, rows)), classes, {
      standardise,
    });
    close([fitted.alpha], [one.alpha], 1e-12, 'alpha');
    one.errors.forEach((error, i) => {
      close([fitted.trials[i].error], [error], 1e-6, `leave-one-out error at ${fitted.trials[i].alpha}`);
    });
    close(fitted.weights, one.coefficients.flat(), 1e-6, 'weight');
    const scores = await ridge.scores(fitted, x.slice(rows * width));
    const wanted = classes === 2 ? one.scores.flatMap(([s]) => [-s, s]) : one.scores.flat();
    close(scores, wanted, 1e-6, 'score');
  });

/** Rows around one centre a class. */
function blobs(seed: number, rows: number, width: number, classes: number) {
  const random = stream(seed, 'blobs');
  const labels = Int32Array.from({ length: rows }, (_, i) => i % classes);
  const x = Float32Array.from(
    { length: rows * width },
    (_, i) => random.normal() + 2 * Math.sin(7 * labels[Math.floor(i / width)] + (i % width)),
  );
  return { x, labels };
}

test('leave-one-out errors are those of fits without the row', async () => {
  for (const [rows, width] of [
    [9, 14],
    [14, 5],
  ]) {
    const { x, labels } = blobs(rows, rows, width, 2);
    const options = { alphas: [0.5], standardise: false };
    const { trials } = await ridge.fit(x, width, labels, 2, options);
    let sum = 0;
    for (let out = 0; out < rows; out++) {
      const others = x.filter((_, i) => Math.floor(i / width) !== out);
      const rest = await ridge.fit(
        others,
        width,
        labels.filter((_, i) => i !== out),
        2,
        options,
      );
      const [, score] = await ridge.scores(rest, x.slice(out * width, (out + 1) * width));
      sum += (score - (labels[out] === 1 ? 1 : -1)) ** 2;
    }
    assert.ok(Math.abs(trials[0].error - sum / rows) < 1e-5, `${trials[0].error}, not ${sum / rows}`);
  }
});

test('blocks of features and of rows give what one block gives', async () => {
  // 2,500 features: three blocks; they are 50 features fifty times over, that is 50 with a penalty of a fiftieth.
  const { x, labels } = blobs(3, 30, 50, 3);
  const wide = Float32Array.from({ length: 30 * 2500 }, (_, i) => x[Math.floor(i / 2500) * 50 + (i % 50)]);
  const options = { standardise: false };
  const many = await ridge.fit(wide, 2500, labels, 3, { ...options, alphas: [5] });
  const few = await ridge.fit(x, 50, labels, 3, { ...options, alphas: [0.1] });
  close(await ridge.scores(many, wide), await ridge.scores(few, x), 1e-6, 'score');
  // 2,400 rows: three blocks; they are 40 rows sixty times over.
  const short = blobs(4, 40, 5, 2);
  const long = Float32Array.from({ length: 2400 * 5 }, (_, i) => short.x[i % 200]);
  const repeated = Int32Array.from({ length: 2400 }, (_, i) => short.labels[i % 40]);
  const one = await ridge.fit(short.x, 5, short.labels, 2, { ...options, alphas: [0.1] });
  const all = await ridge.fit(long, 5, repeated, 2, { ...options, alphas: [6] });
  close(await ridge.scores(all, short.x), await ridge.scores(one, short.x), 1e-6, 'score');
});

test('a class without training rows scores below all others and changes nothing for them', async () => {
  const { x, labels } = blobs(5, 24, 6, 3);
  const skipping = labels.map((label) => (label === 0 ? 0 : label + 1));
  const plain = await ridge.scores(await ridge.fit(x, 6, labels, 3), x);
  const fitted = await ridge.fit(x, 6, skipping, 5);
  assert.deepEqual(fitted.present, [0, 2, 3]);
  const scores = await ridge.scores(fitted, x);
  for (let i = 0; i < 24; i++) {
    const row = Array.from(scores.slice(i * 5, i * 5 + 5));
    assert.deepEqual([row[0], row[2], row[3]], Array.from(plain.slice(i * 3, i * 3 + 3)));
    assert.deepEqual([row[1], row[4]], [-1e9, -1e9]);
  }
  // Two of four: one target, its score for the one and its negative for the other.
  const two = await ridge.fit(
    x,
    6,
    labels.map((label) => (label === 0 ? 3 : 1)),
    4,
  );
  assert.equal(two.intercepts.length, 1);
  const [a, b, c, d] = await ridge.scores(two, x.slice(0, 6));
  assert.deepEqual([a, c, b], [-1e9, -1e9, -d]);
});

test('features that never change and one row a class are no trouble', async () => {
  const flat = await ridge.fit(new Float32Array(12).fill(0.1), 3, Int32Array.of(0, 1, 1, 1), 2);
  assert.deepEqual(Array.from(flat.weights), [0, 0, 0]);
  close(await ridge.scores(flat, Float32Array.of(0.1, 9, -9)), [-0.5, 0.5], 1e-6, 'score');
  const pair = await ridge.fit(Float32Array.of(1, 0, 0, 1), 2, Int32Array.of(0, 1), 2);
  const scores = await ridge.scores(pair, Float32Array.of(1, 0, 0, 1));
  assert.ok(scores[0] > scores[1] && scores[3] > scores[2], `${scores}`);
});

test('same rows, same bits', async () => {
  const { x, labels } = blobs(6, 30, 40, 3);
  assert.deepEqual(await ridge.fit(x, 40, labels, 3), await ridge.fit(x, 40, labels, 3));
});

test('refused: one class, labels and features that do not fit, penalties of 0', async () => {
  const x = Float32Array.of(1, 2, 3, 4);
  await assert.rejects(ridge.fit(x, 2, Int32Array.of(1, 1), 3), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /hold 1 of 3 classes/);
    return true;
  });
  await assert.rejects(ridge.fit(x, 2, Int32Array.of(0, 3), 3), /label 3 is not in 0\.\.2/);
  await assert.rejects(ridge.fit(x, 2, Int32Array.of(0, 1, 0), 2), RangeError);
  await assert.rejects(ridge.fit(x, 3, Int32Array.of(0, 1), 2), /no rows of width 3/);
  await assert.rejects(ridge.fit(x, 2, Int32Array.of(0, 1), 2, { alphas: [0, 1] }), /alphas must be > 0/);
  const holed = Float32Array.of(1, 2, Number.NaN, 4);
  await assert.rejects(ridge.fit(holed, 2, Int32Array.of(0, 1), 2), /row 1, feature 0 is NaN/);
  const fitted = await ridge.fit(x, 2, Int32Array.of(0, 1), 2);
  await assert.rejects(ridge.scores(fitted, holed), /not finite/);
});

test('penalties run from 1e-3 to 1e3', () => {
  assert.equal(ALPHAS.length, 10);
  assert.deepEqual([ALPHAS[0], ALPHAS[9]], [1e-3, 1e3]);
});

test('the tridiagonal form gives the matrix back, and its inverse', () => {
  for (const n of [1, 2, 3, 6, 33]) {
    const random = stream(n, 'matrix');
    const root = Float64Array.from({ length: n * n }, () => random.normal());
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) matrix[i * n + j] += root[i * n + k] * root[j * n + k];
    const t = tridiagonalise(matrix.slice(), n);
    const y = Float64Array.from({ length: n }, () => random.normal());
    const inverse = shiftedInverse(t, 0.3) ?? assert.fail('positive definite');
    const x = inverse.solve(y);
    const back = y.map((_, i) =>
      x.reduce((sum, value, j) => sum + (matrix[i * n + j] + (i === j ? 0.3 : 0)) * value, 0),
    );
    close(back, y, 1e-10, `n ${n}: product with the solution`);
    // The unit vectors in the basis: the inverse's diagonal.
    const diagonal = inverse.quadratic(t.basis, n);
    for (let i = 0; i < n; i++) {
      const unit = new Float64Array(n);
      unit[i] = 1;
      close([diagonal[i]], [inverse.solve(unit)[i]], 1e-9, `n ${n}: diagonal`);
    }
    assert.equal(shiftedInverse(t, -1e6), undefined);
  }
});
