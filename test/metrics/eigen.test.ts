import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { symmetricEigen } from '../../src/metrics/collapse/eigen.ts';

/** A [n, n] symmetric; checks A v = lambda v and orthonormal v, both relative to the size of A. */
function holds(matrix: Float64Array, n: number, tolerance: number): number[] {
  const { values, vectors } = symmetricEigen(matrix, n);
  const size = Math.max(1, ...matrix.map(Math.abs)) * n;
  for (let k = 0; k < n; k++) {
    const v = vectors.subarray(k * n, (k + 1) * n);
    for (let i = 0; i < n; i++) {
      const product = v.reduce((sum, x, j) => sum + matrix[i * n + j] * x, 0);
      assert.ok(Math.abs(product - values[k] * v[i]) < tolerance * size, `A v of eigenvalue ${values[k]}`);
    }
    for (let other = 0; other <= k; other++) {
      const dot = v.reduce((sum, x, j) => sum + x * vectors[other * n + j], 0);
      assert.ok(Math.abs(dot - (other === k ? 1 : 0)) < tolerance * n, `vectors ${k} and ${other}`);
    }
  }
  return Array.from(values).sort((a, b) => a - b);
}

test('eigenvalues known by hand', () => {
  assert.deepEqual(holds(Float64Array.of(4), 1, 1e-14), [4]);
  assert.deepEqual(holds(new Float64Array(9), 3, 1e-14), [0, 0, 0]);
  const [low, high] = holds(Float64Array.of(2, 1, 1, 2), 2, 1e-14);
  assert.ok(Math.abs(low - 1) < 1e-14 && Math.abs(high - 3) < 1e-14);
  // Second differences: 2 - 2 cos(k pi / (n + 1)).
  const n = 12;
  const chain = Float64Array.from({ length: n * n }, (_, at) => {
    const apart = Math.abs(Math.floor(at / n) - (at % n));
    return apart === 0 ? 2 : apart === 1 ? -1 : 0;
  });
  holds(chain, n, 1e-14).forEach((value, k) => {
    assert.ok(Math.abs(value - (2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)))) < 1e-13);
  });
});

test('random, singular and repeated eigenvalues', () => {
  const draw = stream(1, 'eigen');
  for (const [n, rank] of [
    [3, 3],
    [20, 20],
    [40, 7],
    [60, 1],
  ]) {
    const factors = Float64Array.from({ length: n * rank }, () => draw.normal());
    const matrix = Float64Array.from({ length: n * n }, (_, at) => {
      let sum = 0;
      for (let r = 0; r < rank; r++) sum += factors[Math.floor(at / n) * rank + r] * factors[(at % n) * rank + r];
      return sum;
    });
    const values = holds(matrix, n, 1e-13);
    const trace = Array.from({ length: n }, (_, i) => matrix[i * n + i]).reduce((a, b) => a + b);
    assert.ok(Math.abs(values.reduce((a, b) => a + b) - trace) < 1e-12 * trace);
    assert.equal(values.filter((value) => value > 1e-10 * trace).length, rank);
  }
  const simplex = Float64Array.from({ length: 64 }, (_, at) => (Math.floor(at / 8) === at % 8 ? 7 / 8 : -1 / 8));
  const values = holds(simplex, 8, 1e-14);
  assert.ok(Math.abs(values[0]) < 1e-14 && values.slice(1).every((value) => Math.abs(value - 1) < 1e-14));
});

test('a matrix with NaN or of the wrong size is refused', () => {
  assert.throws(() => symmetricEigen(Float64Array.of(Number.NaN), 1), RangeError);
  assert.throws(() => symmetricEigen(new Float64Array(3), 2), /3 entries, needs 2 x 2/);
});
