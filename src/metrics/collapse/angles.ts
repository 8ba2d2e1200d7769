import { checkMatrix, checkSize } from './check.ts';
import { centredRows, gram, lengths } from './vectors.ts';

/**
 * Angles in degrees between vectors less their mean, [n][n]: 0 on the diagonal, null where a vector lies on the centre.
 *
 * @param vectors [n * width]   @throws RangeError where shapes do not fit or a number is not finite
 */
export function angleMatrix(vectors: ArrayLike<number>, width: number): (number | null)[][] {
  const place = 'angles';
  checkSize(place, 'width', width);
  const n = vectors.length / width;
  checkMatrix(place, 'vectors', vectors, n, width);
  const every = Array.from({ length: n }, (_, i) => i);
  const products = gram(centredRows(vectors, every, width));
  const norms = lengths(products, n);
  return every.map((a) =>
    every.map((b) => {
      if (norms[a] === 0 || norms[b] === 0) return null;
      if (a === b) return 0;
      // Rounding may carry a cosine past 1.
      const cosine = Math.max(-1, Math.min(1, products[a * n + b] / (norms[a] * norms[b])));
      return (Math.acos(cosine) * 180) / Math.PI;
    }),
  );
}
