import { checkPoints, type Points } from '../clustering/points.ts';
import { neighbours } from '../health/neighbours.ts';

/**
 * Contrast at every boundary between neighbouring rows: Euclidean distance between the mean of the a <= span rows before
 * and the mean of the b <= span rows after, as many as the recording has, times sqrt(2 a b / ((a + b) span)), so that
 * noise weighs the same near a recording's ends (the factor is 1 elsewhere). It needs no label; drawn over time it shows
 * where the embedding moves on.
 *
 * @param recordings recording of every row [N], rows of one recording together and in the order of time
 * @returns [N]: entry i for the boundary between rows i and i + 1; NaN after the last row of a recording
 * @throws RangeError where shapes do not fit, a number is not finite or a recording's rows do not stand together
 */
export function contrast(points: Points, recordings: Int32Array, span: number): Float64Array {
  const { embeddings, width } = points;
  const rows = checkPoints('contrast', points);
  if (!Number.isInteger(span) || span < 1)
    throw new RangeError(`contrast: span must be a whole number >= 1, got ${span}`);
  const values = new Float64Array(rows).fill(Number.NaN);
  for (const i of neighbours('contrast', recordings, rows)) {
    let [first, last] = [i, i + 1];
    while (first > 0 && i - first + 1 < span && recordings[first - 1] === recordings[i]) first--;
    while (last + 1 < rows && last - i < span && recordings[last + 1] === recordings[i]) last++;
    let sum = 0;
    for (let j = 0; j < width; j++) {
      let [before, after] = [0, 0];
      for (let row = first; row <= i; row++) before += embeddings[row * width + j];
      for (let row = i + 1; row <= last; row++) after += embeddings[row * width + j];
      sum += (after / (last - i) - before / (i - first + 1)) ** 2;
    }
    const [a, b] = [i - first + 1, last - i];
    values[i] = Math.sqrt((sum * 2 * a * b) / ((a + b) * span));
  }
  return values;
}
