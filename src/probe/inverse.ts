import { array } from '../array/array.ts';
import { input, matmul } from '../graph/ops/index.ts';
import { compile, feed, read, type SessionOptions } from '../runtime/session.ts';

/** Product of a [rows, inner] and b [inner, columns], given the number of rows. */
type Multiply = (a: Float64Array, b: Float64Array, rows: number) => Promise<Float64Array>;

/** Up to this size without products on the engine. */
const SMALL = 64;

/**
 * Inverse of a symmetric positive definite matrix by halves,
 *
 *   [A  B; B^T  D]^-1 = [A^-1 + E S^-1 E^T   -E S^-1; -S^-1 E^T   S^-1]      E = A^-1 B, S = D - B^T E,
 *
 * the products on the engine, and small ones by Cholesky's factors.
 *
 * @param matrix [n * n] (only read)
 * @throws RangeError when the matrix is not positive definite
 */
export async function inverse(matrix: Float64Array, n: number, session: SessionOptions = {}): Promise<Float64Array> {
  const product = matmul(input('a', ['rows', 'inner'], 'float64'), input('b', ['inner', 'columns'], 'float64'));
  const program = await compile({ product }, session);
  const multiply: Multiply = async (a, b, rows) => {
    const inner = a.length / rows;
    const feeds = { a: array('float64', [rows, inner], a), b: array('float64', [inner, b.length / inner], b) };
    return read((await program.run({ a: feed(feeds.a), b: feed(feeds.b) })).product, 'float64');
  };
  try {
    return await byHalves(matrix, n, 0, multiply);
  } finally {
    await program.release();
  }
}

/** @param first row of the whole matrix where this part begins, for the message */
async function byHalves(matrix: Float64Array, n: number, first: number, multiply: Multiply): Promise<Float64Array> {
  if (n <= SMALL) return byCholesky(matrix, n, first);
  const h = n >> 1;
  const m = n - h;
  const b = part(matrix, n, [0, h], [h, n]);
  const a = await byHalves(part(matrix, n, [0, h], [0, h]), h, first, multiply);
  const e = await multiply(a, b, h);
  const taken = await multiply(part(matrix, n, [h, n], [0, h]), e, m);
  const schur = part(matrix, n, [h, n], [h, n]).map((value, at) => value - taken[at]);
  const s = await byHalves(schur, m, first + h, multiply);
  const corner = await multiply(e, s, h);
  const added = await multiply(corner, transposed(e, h), h);
  const result = new Float64Array(n * n);
  for (let i = 0; i < h; i++) {
    for (let j = 0; j < h; j++) result[i * n + j] = a[i * h + j] + (added[i * h + j] + added[j * h + i]) / 2;
    for (let j = 0; j < m; j++) result[i * n + h + j] = result[(h + j) * n + i] = -corner[i * m + j];
  }
  for (let i = 0; i < m; i++) result.set(s.subarray(i * m, (i + 1) * m), (h + i) * n + h);
  return result;
}

/** A = L L^T, A^-1 = L^-T L^-1 (Golub, Van Loan, 4.2). */
function byCholesky(matrix: Float64Array, n: number, first: number): Float64Array {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let p = i * n, q = j * n, end = p + j; p < end; p++, q++) sum -= lower[p] * lower[q];
      if (i !== j) lower[i * n + j] = sum / lower[j * n + j];
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum);
      else throw new RangeError(`inverse: the matrix is not positive definite in row ${first + i}`);
    }
  // Rows of L^-1: (e_i - sum_{k < i} L_ik row_k) / L_ii.
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    rows[i * n + i] = 1;
    for (let k = 0; k < i; k++) addRow(rows, i * n, rows, k * n, -lower[i * n + k], k + 1);
    for (let at = i * n; at <= i * n + i; at++) rows[at] /= lower[i * n + i];
  }
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let a = 0; a <= i; a++) addRow(result, a * n, rows, i * n, rows[i * n + a], a + 1);
  for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) result[b * n + a] = result[a * n + b];
  return result;
}

/** `count` numbers of `to` plus factor times those of `from`. */
function addRow(to: Float64Array, p: number, from: Float64Array, q: number, factor: number, count: number): void {
  for (const end = p + count; p < end; p++, q++) to[p] += factor * from[q];
}

type Range = readonly [number, number];

function part(matrix: Float64Array, n: number, [top, bottom]: Range, [left, right]: Range): Float64Array {
  const result = new Float64Array((bottom - top) * (right - left));
  for (let i = top; i < bottom; i++)
    result.set(matrix.subarray(i * n + left, i * n + right), (i - top) * (right - left));
  return result;
}

function transposed(matrix: Float64Array, rows: number): Float64Array {
  const columns = matrix.length / rows;
  return matrix.map((_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)]);
}
