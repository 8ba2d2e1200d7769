/**
 * The class with the highest score of every item; of equal scores the lower class.
 * @param scores [N * C]
 * @returns [N], 0..C-1
 */
export function answers(scores: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: scores.length / classes }, (_, i) => {
    let best = 0;
    for (let c = 1; c < classes; c++) if (scores[i * classes + c] > scores[i * classes + best]) best = c;
    return best;
  });
}
