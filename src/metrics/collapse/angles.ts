import { checkMatrix, checkSize } from './check.ts';
import { centredRows, gram, lengths } from './vectors.ts';

/**
 * Angles in degrees between some of the vectors, each less the mean of all of them, [m][m]: 0 on the diagonal, null where
 * a vector lies on the centre.
 *
 * @param vectors [n * width]   @param chosen rows of `vectors` [m]
 * @throws RangeError where shapes do not fit or a number is not finite
 */
export function angleMatrix(vectors: ArrayLike<number>, width: number, chosen: readonly number[]): (number | null)[][] {
  const place = 'angles';
  checkSize(place, 'width', width);
  const n = vectors.length / width;
  checkMatrix(place, 'vectors', vectors, n, width);
  const every = Array.from({ length: n }, (_, i) => i);
  const { values } = centredRows(vectors, every, width);
  const own = { count: chosen.length, width, values: new Float64Array(chosen.length * width) };
  chosen.forEach((row, at) => {
    own.values.set(values.subarray(row * width, (row + 1) * width), at * width);
  });
  const products = gram(own);
  const norms = lengths(products, own.count);
  return chosen.map((_, a) =>
    chosen.map((_, b) => {
      if (norms[a] === 0 || norms[b] === 0) return null;
      if (a === b) return 0;
      // Rounding may carry a cosine past 1.
      const cosine = Math.max(-1, Math.min(1, products[a * own.count + b] / (norms[a] * norms[b])));
      return (Math.acos(cosine) * 180) / Math.PI;
    }),
  );
}
