import { symmetricEigen } from './eigen.ts';
import type { ClassMeans } from './means.ts';
import { CHUNK, gram, products, type Rows } from './vectors.ts';

/** Eigenvalues of Sigma_B below this share of the largest count as 0 in its pseudo-inverse. */
const CUT_OFF = 1e-6;

export interface Variability {
  /** tr(Sigma_W pinv(Sigma_B)) / C with Sigma_W the mean of the class covariances. */
  readonly balanced: number | null;
  /** The same with Sigma_W = (1/N) sum over items, so that large classes dominate. */
  readonly pooled: number | null;
  /** tr(Sigma_c pinv(Sigma_B)) / C [all classes]; null for a class of fewer than 2 items. */
  readonly perClass: (number | null)[];
  /** Rank of Sigma_B under the cut-off; at most C - 1 and at most the width. */
  readonly rank: number;
}

/**
 * NC1, variability within the classes over that between them (Papyan, Han, Donoho 2020). C is the number of classes
 * with items. A class of one item has no covariance: it is left out of Sigma_W (its mean stays in Sigma_B).
 *
 * Only the span of the class means counts, so with pinv(Sigma_B) = A^T A, A [rank, D],
 *
 *   tr(Sigma_c pinv(Sigma_B)) = (1/n_c) sum_{i in c} |A (h_i - mu_c)|^2
 *
 * and no D x D covariance of the items is needed.
 *
 * @param embeddings [N * D]   @param centred means of the classes with items, less their mean, not all zero
 */
export function variability(
  embeddings: ArrayLike<number>,
  labels: Int32Array,
  { counts, means }: ClassMeans,
  centred: Rows,
): Variability {
  const { width, count: C } = centred;
  const whitening = rootOfPseudoInverse(centred);
  const sums = new Float64Array(counts.length);
  const residuals = new Float64Array(CHUNK * width);
  const projected = new Float64Array(CHUNK * whitening.rank);
  for (let start = 0; start < labels.length; start += CHUNK) {
    const items = labels.subarray(start, start + CHUNK);
    items.forEach((c, at) => {
      for (let j = 0; j < width; j++)
        residuals[at * width + j] = embeddings[(start + at) * width + j] - means[c * width + j];
    });
    products(residuals, items.length, whitening.rows, whitening.rank, width, projected);
    items.forEach((c, at) => {
      for (let k = at * whitening.rank; k < (at + 1) * whitening.rank; k++) sums[c] += projected[k] ** 2;
    });
  }
  const perClass = Array.from(counts, (n, c) => (n < 2 ? null : sums[c] / n / C));
  const values = perClass.filter((value) => value !== null);
  if (values.length === 0) return { balanced: null, pooled: null, perClass, rank: whitening.rank };
  const items = counts.reduce((sum, n) => (n < 2 ? sum : sum + n), 0);
  return {
    balanced: values.reduce((sum, value) => sum + value, 0) / values.length,
    pooled: sums.reduce((sum, part) => sum + part, 0) / items / C,
    perClass,
    rank: whitening.rank,
  };
}

/**
 * A with A^T A = pinv(Sigma_B), Sigma_B = M^T M / C: rows v_k / sqrt(lambda_k) for the eigenpairs above the cut-off. The
 * smaller of M M^T [C, C] and M^T M [D, D] is decomposed: an eigenvector u of the first gives M^T u / |M^T u|.
 */
function rootOfPseudoInverse(centred: Rows): { rows: Float64Array; rank: number } {
  const { count: C, width, values: M } = centred;
  const byClass = C <= width;
  const smaller = byClass ? centred : transposed(centred);
  const eigen = symmetricEigen(
    gram(smaller).map((product) => product / C),
    smaller.count,
  );
  const largest = Math.max(...eigen.values);
  const kept = [...eigen.values.keys()].filter((k) => eigen.values[k] > CUT_OFF * largest);
  const rows = new Float64Array(kept.length * width);
  kept.forEach((k, at) => {
    const lambda = eigen.values[k];
    const row = rows.subarray(at * width, (at + 1) * width);
    if (!byClass) for (let j = 0; j < width; j++) row[j] = eigen.vectors[k * width + j] / Math.sqrt(lambda);
    else
      for (let c = 0; c < C; c++) {
        const share = eigen.vectors[k * C + c] / (lambda * Math.sqrt(C));
        for (let j = 0; j < width; j++) row[j] += share * M[c * width + j];
      }
  });
  return { rows, rank: kept.length };
}

function transposed({ count, width, values }: Rows): Rows {
  const turned = new Float64Array(values.length);
  for (let a = 0; a < count; a++) for (let j = 0; j < width; j++) turned[j * count + a] = values[a * width + j];
  return { count: width, width: count, values: turned };
}
