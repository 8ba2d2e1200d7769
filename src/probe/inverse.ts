/**
 * Inverse of a symmetric positive definite matrix by Cholesky's factors: A = L L^T, A^-1 = L^-T L^-1 (Golub, Van Loan,
 * 4.2), about n^3 / 2 multiplications and additions.
 *
 * @param matrix [n * n] (only read)
 * @throws RangeError when the matrix is not positive definite
 */
export function inverse(matrix: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let p = i * n, q = j * n, end = p + j; p < end; p++, q++) sum -= lower[p] * lower[q];
      if (i !== j) lower[i * n + j] = sum / lower[j * n + j];
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum);
      else throw new RangeError(`inverse: the matrix is not positive definite in row ${i}`);
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
