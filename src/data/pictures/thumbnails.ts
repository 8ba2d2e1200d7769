import type { PictureSet } from './picture-set.ts';

/** Longest side of a thumbnail. */
const SIDE = 32;

/**
 * Brightness (0.299 red + 0.587 green + 0.114 blue) of some pictures, each cut into at most 32 x 32 cells and averaged over
 * each.
 * @param rows which pictures
 * @returns row-major [rows, height, width], 0..255
 */
export function thumbnails(
  { shape: [channels, height, width], pixels }: Pick<PictureSet, 'shape' | 'pixels'>,
  rows: ArrayLike<number>,
): { values: Float32Array; height: number; width: number } {
  const [rowOf, columnOf] = [cells(height, SIDE), cells(width, SIDE)];
  const [high, wide] = [Math.min(height, SIDE), Math.min(width, SIDE)];
  const weights = channels === 3 ? [0.299, 0.587, 0.114] : [1];
  const share = new Float32Array(high * wide);
  for (const y of rowOf) for (const x of columnOf) share[y * wide + x]++;
  const values = new Float32Array(rows.length * high * wide);
  const sums = new Float64Array(high * wide);
  for (let r = 0; r < rows.length; r++) {
    sums.fill(0);
    for (let c = 0; c < channels; c++) {
      let at = (rows[r] * channels + c) * height * width;
      const weight = weights[c];
      for (let y = 0; y < height; y++) {
        const line = rowOf[y] * wide;
        for (let x = 0; x < width; x++) sums[line + columnOf[x]] += weight * pixels[at++];
      }
    }
    for (let p = 0; p < sums.length; p++) values[r * sums.length + p] = sums[p] / share[p];
  }
  return { values, height: high, width: wide };
}

/** The cell 0..min(n, most)-1 of each of n places: neighbours together, as many in each as the division allows. */
export function cells(n: number, most: number): Int32Array {
  const count = Math.min(n, most);
  return Int32Array.from({ length: n }, (_, i) => Math.floor((i * count) / n));
}
