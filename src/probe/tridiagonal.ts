/**
 * A symmetric matrix as Q T Q^T, T tridiagonal, Q orthogonal. It does what an eigen-decomposition would do for
 * (A + alpha I)^-1 at many alphas, at a fraction of the cost: a tridiagonal system takes a handful of operations a row.
 */
export interface Tridiagonal {
  readonly n: number;
  /** Diagonal of T [n]. */
  readonly diagonal: Float64Array;
  /** Next to the diagonal of T [n]; the last is 0. */
  readonly beside: Float64Array;
  /** Q^T, row-major [n, n]. */
  readonly basis: Float64Array;
}

/**
 * Householder reflections from the last row up (Golub, Van Loan, Matrix Computations, 8.3.1): about n^3 multiplications
 * and additions, half of them for Q. Each pass over the matrix does the update of one step and the product of the next,
 * since memory is what it waits for (Dongarra, Hammarling, Sorensen 1989).
 * @param a [n * n], symmetric, finite; overwritten (only the lower half is read)
 */
export function tridiagonalise(a: Float64Array, n: number): Tridiagonal {
  if (a.length !== n * n) throw new RangeError(`tridiagonal: ${a.length} entries, needs ${n} x ${n}`);
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  let v = new Float64Array(n);
  let w = new Float64Array(n);
  let [nextV, product] = [new Float64Array(n), new Float64Array(n)];
  for (let k = n - 1; k >= 0; k--) {
    // Row k after all earlier reflections but the last one, which is applied here.
    const row = a.subarray(k * n, k * n + k + 1);
    for (let j = 0; j <= k; j++) row[j] -= 2 * (v[k] * w[j] + w[k] * v[j]);
    diagonal[k] = row[k];
    if (k === 0) break;
    beside[k - 1] = reflector(row, nextV, k);
    product.fill(0);
    updateAndMultiply(a, n, k, v, w, nextV, product);
    let along = 0;
    for (let j = 0; j < k; j++) along += nextV[j] * product[j];
    for (let j = 0; j < k; j++) product[j] -= along * nextV[j];
    row.set(nextV.subarray(0, k));
    [v, w, nextV, product] = [nextV, product, v, w];
  }
  return { n, diagonal, beside, basis: formBasis(a, n) };
}

/** Unit vector v [k] with (I - 2 v v^T) row = (0, ..., 0, r): returns r. No reflection needed: v = 0. */
function reflector(row: Float64Array, v: Float64Array, k: number): number {
  const last = row[k - 1];
  let others = 0;
  for (let j = 0; j < k - 1; j++) others += row[j] ** 2;
  v.fill(0);
  if (others === 0) return last;
  const length = Math.sqrt(others + last ** 2);
  const left = last > 0 ? -length : length; // the sign without cancellation in the next line
  const end = last - left;
  const scale = 1 / Math.sqrt(others + end ** 2);
  for (let j = 0; j < k - 1; j++) v[j] = row[j] * scale;
  v[k - 1] = end * scale;
  return left;
}

/** B <- B - 2 v w^T - 2 w v^T on the leading k rows and columns (lower half), and product = B next. */
function updateAndMultiply(
  a: Float64Array,
  n: number,
  k: number,
  v: Float64Array,
  w: Float64Array,
  next: Float64Array,
  product: Float64Array,
): void {
  for (let i = 0; i < k; i++) {
    const start = i * n;
    const [vi, wi, ni] = [2 * v[i], 2 * w[i], next[i]];
    let sum = 0;
    for (let j = 0; j < i; j++) {
      const value = a[start + j] - (vi * w[j] + wi * v[j]);
      a[start + j] = value;
      sum += value * next[j];
      product[j] += value * ni;
    }
    const own = a[start + i] - (vi * w[i] + wi * v[i]);
    a[start + i] = own;
    product[i] += sum + own * ni;
  }
}

/**
 * Q^T = H_1 H_2 ... H_{n-1}: row k of `a` holds the vector of H_k, which touches the first k rows and columns alone.
 * Four rows go through all reflections together: they stay in the cache, and their sums need not wait for each other.
 */
function formBasis(a: Float64Array, n: number): Float64Array {
  const basis = new Float64Array(n * n);
  const rows = [0, 1, 2, 3].map(() => new Float64Array(n));
  for (let first = 0; first < n; first += 4) {
    rows.forEach((row, i) => {
      row.fill(0);
      if (first + i < n) row[first + i] = 1;
    });
    for (let k = first + 1; k < n; k++) reflectRows(rows, a.subarray(k * n, k * n + k), k);
    rows.forEach((row, i) => {
      if (first + i < n) basis.set(row, (first + i) * n);
    });
  }
  return basis;
}

/** Each row <- row (I - 2 v v^T). */
function reflectRows([a, b, c, d]: readonly Float64Array[], v: Float64Array, k: number): void {
  let [p, q, r, s] = [0, 0, 0, 0];
  for (let j = 0; j < k; j++) {
    const value = v[j];
    p += a[j] * value;
    q += b[j] * value;
    r += c[j] * value;
    s += d[j] * value;
  }
  [p, q, r, s] = [2 * p, 2 * q, 2 * r, 2 * s];
  for (let j = 0; j < k; j++) {
    const value = v[j];
    a[j] -= p * value;
    b[j] -= q * value;
    c[j] -= r * value;
    d[j] -= s * value;
  }
}

/** T + alpha I = L D L^T, L with `below` under a diagonal of ones. */
interface Factors {
  readonly pivots: Float64Array;
  readonly below: Float64Array;
}

/** @returns undefined when T + alpha I is not positive definite in double precision */
function factor({ n, diagonal, beside }: Tridiagonal, alpha: number): Factors | undefined {
  const pivots = new Float64Array(n);
  const below = new Float64Array(n);
  let carry = 0;
  for (let j = 0; j < n; j++) {
    pivots[j] = diagonal[j] + alpha - carry;
    if (!(pivots[j] > 0)) return undefined;
    below[j] = beside[j] / pivots[j];
    carry = below[j] * beside[j];
  }
  return { pivots, below };
}

/** (A + alpha I)^-1 for one alpha. */
export interface Inverse {
  /** (A + alpha I)^-1 y. */
  solve(y: Float64Array): Float64Array;
  /** x^T (A + alpha I)^-1 x for each of `count` vectors x, given as Q^T X [n, count]. */
  quadratic(rotated: Float64Array, count: number): Float64Array;
}

/** @returns undefined when A + alpha I is not positive definite in double precision */
export function shiftedInverse(matrix: Tridiagonal, alpha: number): Inverse | undefined {
  const factors = factor(matrix, alpha);
  if (!factors) return undefined;
  const { n, basis } = matrix;
  const { pivots, below } = factors;
  return {
    solve(y) {
      const z = new Float64Array(n);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) z[i] += basis[i * n + j] * y[j];
      for (let i = 1; i < n; i++) z[i] -= below[i - 1] * z[i - 1];
      for (let i = n - 1; i >= 0; i--) z[i] = z[i] / pivots[i] - (i + 1 < n ? below[i] * z[i + 1] : 0);
      const x = new Float64Array(n);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) x[j] += basis[i * n + j] * z[i];
      return x;
    },
    quadratic(rotated, count) {
      const z = new Float64Array(count);
      const total = new Float64Array(count);
      for (let i = 0; i < n; i++) {
        const [factorAbove, inverse] = [i > 0 ? below[i - 1] : 0, 1 / pivots[i]];
        for (let c = 0; c < count; c++) {
          z[c] = rotated[i * count + c] - factorAbove * z[c];
          total[c] += z[c] ** 2 * inverse;
        }
      }
      return total;
    },
  };
}
