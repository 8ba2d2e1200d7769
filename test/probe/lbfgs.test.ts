import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { inverse } from '../../src/probe/inverse.ts';
import { lbfgs } from '../../src/probe/lbfgs.ts';

/** A symmetric positive definite matrix with eigenvalues from 1 to `condition`, and its product with a vector. */
function positive(n: number, condition: number) {
  const draw = stream(1, 'positive', n);
  const matrix = Float64Array.from({ length: n * n }, (_, at) =>
    Math.floor(at / n) === at % n ? condition ** ((at % n) / Math.max(1, n - 1)) : 0,
  );
  for (let k = 0; k < 3; k++) {
    const v = Float64Array.from({ length: n }, () => draw.normal());
    const square = v.reduce((sum, x) => sum + x * x, 0);
    for (const byRows of [true, false])
      for (let a = 0; a < n; a++) {
        const at = (j: number) => (byRows ? a * n + j : j * n + a);
        let along = 0;
        for (let j = 0; j < n; j++) along += matrix[at(j)] * v[j];
        for (let j = 0; j < n; j++) matrix[at(j)] -= ((2 * along) / square) * v[j];
      }
  }
  const times = (x: Float64Array) => x.map((_, i) => x.reduce((sum, value, j) => sum + matrix[i * n + j] * value, 0));
  return { matrix, times };
}

test('the inverse times the matrix is 1, however often it is halved', async () => {
  for (const n of [1, 30, 64, 65, 131, 300]) {
    const { matrix, times } = positive(n, 1e4);
    const inverted = await inverse(matrix, n);
    for (let k = 0; k < n; k++)
      times(inverted.slice(k * n, (k + 1) * n)).forEach((value, i) => {
        assert.ok(Math.abs(value - (i === k ? 1 : 0)) < 1e-9);
        assert.equal(inverted[i * n + k], inverted[k * n + i]);
      });
  }
  assert.deepEqual(Array.from(await inverse(Float64Array.of(4, 2, 2, 2), 2)), [0.5, -0.5, -0.5, 1]);
  await assert.rejects(inverse(Float64Array.of(1, 2, 2, 1), 2), /not positive definite in row 1/);
  const { matrix } = positive(100, 10);
  await assert.rejects(inverse(matrix.with(80 * 101, -1), 100), /not positive definite in row 80/);
});

const quadratic = (times: (x: Float64Array) => Float64Array, b: Float64Array) => async (x: Float64Array) => {
  const product = times(x);
  const value = x.reduce((sum, entry, i) => sum + entry * (product[i] / 2 - b[i]), 0);
  return { value, gradient: product.map((entry, i) => entry - b[i]) };
};

test('a quadratic is solved; the inverse second derivative makes it one step', async () => {
  const n = 30;
  const { matrix, times } = positive(n, 1e3);
  const draw = stream(2, 'b');
  const wanted = Float64Array.from({ length: n }, () => draw.normal());
  const evaluate = quadratic(times, times(wanted));
  const plain = await lbfgs(evaluate, new Float64Array(n), { tolerance: 1e-9, steps: 1000 });
  assert.equal(plain.converged, true);
  plain.x.forEach((value, i) => {
    assert.ok(Math.abs(value - wanted[i]) < 1e-8);
  });
  const inverted = await inverse(matrix, n);
  const precondition = async (v: Float64Array) =>
    v.map((_, i) => v.reduce((sum, value, j) => sum + inverted[i * n + j] * value, 0));
  const guided = await lbfgs(evaluate, new Float64Array(n), { tolerance: 1e-9, steps: 1000, precondition });
  assert.equal(guided.steps, 1);
  assert.ok(plain.steps > 10);
});

test('a smooth function that is no quadratic, from far away', async () => {
  // sum log cosh (x_i - i) + x_i^2 / 100
  const evaluate = async (x: Float64Array) => ({
    value: x.reduce((sum, entry, i) => sum + Math.log(Math.cosh(entry - i)) + entry ** 2 / 100, 0),
    gradient: x.map((entry, i) => Math.tanh(entry - i) + entry / 50),
  });
  const end = await lbfgs(evaluate, new Float64Array(5).fill(60), { tolerance: 1e-12, steps: 200 });
  assert.equal(end.converged, true);
  end.x.forEach((value, i) => {
    assert.ok(Math.abs(Math.tanh(value - i) + value / 50) <= 1e-12);
  });
});

test('at the minimum nothing is done; what rounding forbids ends without convergence', async () => {
  const evaluate = quadratic((x) => x, Float64Array.of(1, 1));
  assert.deepEqual((await lbfgs(evaluate, Float64Array.of(1, 1), { tolerance: 0, steps: 9 })).steps, 0);
  const noisy = async (x: Float64Array) => ({ value: 1, gradient: x.map(() => 1) });
  const end = await lbfgs(noisy, Float64Array.of(0), { tolerance: 1e-3, steps: 9 });
  assert.equal(end.converged, false);
  assert.equal(end.gradientNorm, 1);
});
