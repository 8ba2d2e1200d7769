import { CHUNK, products, type Rows } from './vectors.ts';

export interface Disagreement {
  /** Share of the items counted; null when none is. */
  readonly value: number | null;
  /** Items answered with a class that has no mean: neither agreement nor disagreement. */
  readonly leftOut: number;
}

/**
 * NC4: share of items whose nearest class mean (Euclidean) differs from the head's answer (Papyan, Han, Donoho 2020).
 * At equal distance the answer counts as nearest. With g the mean of the class means,
 *
 *   argmin_c |h - mu_c|  =  argmax_c  (h - g) . M_c - |M_c|^2 / 2,   M_c = mu_c - g
 *
 * @param embeddings [N * D]   @param means [C * D]   @param present the classes with items, the rows of `centred`
 * @param centred M [present classes, D]
 */
export function nearestMeanDisagreement(
  embeddings: ArrayLike<number>,
  predictions: Int32Array,
  means: Float64Array,
  present: readonly number[],
  centred: Rows,
): Disagreement {
  const { count, width, values: M } = centred;
  const rowOf = new Map(present.map((c, row) => [c, row]));
  const centre = Float64Array.from({ length: width }, (_, j) => means[present[0] * width + j] - M[j]);
  const halfSquares = Float64Array.from({ length: count }, (_, c) => {
    const row = M.subarray(c * width, (c + 1) * width);
    return row.reduce((sum, x) => sum + x * x, 0) / 2;
  });
  const items = new Float64Array(CHUNK * width);
  const along = new Float64Array(CHUNK * count);
  let [differ, leftOut] = [0, 0];
  for (let start = 0; start < predictions.length; start += CHUNK) {
    const answers = predictions.subarray(start, start + CHUNK);
    for (let at = 0; at < answers.length * width; at++) items[at] = embeddings[start * width + at] - centre[at % width];
    products(items, answers.length, M, count, width, along);
    answers.forEach((answer, at) => {
      const own = rowOf.get(answer);
      if (own === undefined) leftOut++;
      else if (anyNearer(along.subarray(at * count, (at + 1) * count), halfSquares, own)) differ++;
    });
  }
  const counted = predictions.length - leftOut;
  return { value: counted === 0 ? null : differ / counted, leftOut };
}

function anyNearer(along: Float64Array, halfSquares: Float64Array, own: number): boolean {
  const mark = along[own] - halfSquares[own];
  for (let c = 0; c < along.length; c++) if (along[c] - halfSquares[c] > mark) return true;
  return false;
}
