export interface Eigen {
  /** Eigenvalues [n], in no particular order. */
  readonly values: Float64Array;
  /** Eigenvectors [n, n]: row k belongs to values[k], orthonormal. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder reflections to tridiagonal form, then implicitly
 * shifted QR steps (Golub, Van Loan, Matrix Computations, 8.3). About 6 n^3 operations; errors of the order of
 * n 2^-52 times the largest eigenvalue.
 *
 * @param matrix [n * n], symmetric (only read)
 * @throws RangeError when an entry is not finite
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  if (matrix.length !== n * n) throw new RangeError(`eigen: ${matrix.length} entries, needs ${n} x ${n}`);
  if (!matrix.every(Number.isFinite)) throw new RangeError('eigen: the matrix has entries that are not finite');
  const work = Float64Array.from(matrix);
  const off = reduce(work, n);
  const values = Float64Array.from({ length: n }, (_, i) => work[i * n + i]);
  const vectors = transposedBasis(work, n);
  iterate(values, off, vectors, n);
  return { values, vectors };
}

/**
 * A = Q T Q^T in place, Q a product of H_k = I - 2 v v^T. Afterwards the diagonal of `a` is that of T, and row k holds
 * v_k right of the diagonal (zeros where no reflection was needed). Returns the off-diagonal of T.
 */
function reduce(a: Float64Array, n: number): Float64Array {
  const off = new Float64Array(Math.max(n - 1, 0));
  const p = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    const v = a.subarray(k * n, (k + 1) * n);
    const first = v[k + 1];
    let tail = 0;
    for (let j = k + 2; j < n; j++) tail += v[j] ** 2;
    if (tail === 0) {
      off[k] = first;
      v.fill(0, k + 1);
      continue;
    }
    const length = Math.sqrt(first ** 2 + tail);
    off[k] = first > 0 ? -length : length; // the sign without cancellation in the next line
    v[k + 1] = first - off[k];
    const scale = 1 / Math.sqrt(v[k + 1] ** 2 + tail);
    for (let j = k + 1; j < n; j++) v[j] *= scale;
    reflectBothSides(a, v, p, k + 1, n);
  }
  return off;
}

/** B <- H B H on the rows and columns from `start`: B - 2 v w^T - 2 w v^T with p = B v, w = p - (v . p) v. */
function reflectBothSides(a: Float64Array, v: Float64Array, p: Float64Array, start: number, n: number): void {
  let along = 0;
  for (let i = start; i < n; i++) {
    let sum = 0;
    for (let j = start; j < n; j++) sum += a[i * n + j] * v[j];
    p[i] = sum;
    along += sum * v[i];
  }
  for (let i = start; i < n; i++) p[i] -= along * v[i];
  for (let i = start; i < n; i++) {
    const [vi, wi] = [2 * v[i], 2 * p[i]];
    for (let j = start; j < n; j++) a[i * n + j] -= vi * p[j] + wi * v[j];
  }
}

/** Q^T from the reflections. Backwards, so that H_k touches only the rows and columns after k. */
function transposedBasis(a: Float64Array, n: number): Float64Array {
  const basis = new Float64Array(n * n);
  for (let i = 0; i < n; i++) basis[i * n + i] = 1;
  for (let k = n - 2; k >= 0; k--) {
    for (let i = k + 1; i < n; i++) {
      let dot = 0;
      for (let j = k + 1; j < n; j++) dot += basis[i * n + j] * a[k * n + j];
      if (dot === 0) continue;
      for (let j = k + 1; j < n; j++) basis[i * n + j] -= 2 * dot * a[k * n + j];
    }
  }
  return basis;
}

/** QR steps on the last block that is not yet diagonal, until there is none. */
function iterate(d: Float64Array, e: Float64Array, rows: Float64Array, n: number): void {
  let size = 0;
  for (const x of d) size = Math.max(size, Math.abs(x));
  for (const x of e) size = Math.max(size, Math.abs(x));
  const negligible = (k: number) => Math.abs(e[k]) <= Number.EPSILON * size;
  let steps = 0;
  for (let high = n - 1; high > 0; ) {
    if (negligible(high - 1)) {
      high--;
      continue;
    }
    let low = high - 1;
    while (low > 0 && !negligible(low - 1)) low--;
    if (++steps > 60 * n) throw new Error(`eigen: no convergence after ${steps} steps at n = ${n}`);
    step(d, e, rows, low, high, n);
  }
}

/** One QR step with Wilkinson's shift on rows low..high: rotations chase the bulge down the off-diagonal. */
function step(d: Float64Array, e: Float64Array, rows: Float64Array, low: number, high: number, n: number): void {
  const half = (d[high - 1] - d[high]) / 2;
  const last = e[high - 1];
  const root = Math.hypot(half, last);
  const shift = d[high] - last ** 2 / (half < 0 ? half - root : half + root);
  let x = d[low] - shift;
  let bulge = e[low];
  for (let k = low; k < high; k++) {
    const r = Math.hypot(x, bulge);
    const c = r === 0 ? 1 : x / r;
    const s = r === 0 ? 0 : bulge / r;
    if (k > low) e[k - 1] = r;
    const [a, b, between] = [d[k], d[k + 1], e[k]];
    const twist = 2 * c * s * between;
    d[k] = c * c * a + twist + s * s * b;
    d[k + 1] = s * s * a - twist + c * c * b;
    e[k] = c * s * (b - a) + (c * c - s * s) * between;
    if (k < high - 1) {
      x = e[k];
      bulge = s * e[k + 1];
      e[k + 1] *= c;
    }
    rotate(rows, k * n, n, c, s);
  }
}

/** Rows at `start` and the next: (c s; -s c). */
function rotate(rows: Float64Array, start: number, n: number, c: number, s: number): void {
  for (let j = start; j < start + n; j++) {
    const upper = rows[j];
    const lower = rows[j + n];
    rows[j] = c * upper + s * lower;
    rows[j + n] = c * lower - s * upper;
  }
}
