/** Mean and scale of each column, found on training rows. */
export interface Scaling {
  readonly mean: Float64Array;
  /** 1 / standard deviation (of the N rows); 0 for a constant column, which then says nothing. */
  readonly inverse: Float64Array;
}

/** A standard deviation below this share of the column's mean is rounding of single precision. */
const ROUNDING = 1e-7;

/** Scaling to mean 0 and standard deviation 1. @param x finite rows [N * width], N >= 1 */
export function fitScaling(x: Float32Array, width: number): Scaling {
  const rows = x.length / width;
  const none = new Float64Array(width);
  const mean = columnSums(x, width, none, 1).map((sum) => sum / rows);
  const inverse = columnSums(x, width, mean, 2).map((sum, j) => {
    const deviation = Math.sqrt(sum / rows);
    return deviation > ROUNDING * Math.abs(mean[j]) ? 1 / deviation : 0;
  });
  return { mean, inverse };
}

/** Sum over rows of (x - from)^power in each column. Four rows at a time, so that each sum is fetched less often. */
function columnSums(x: Float32Array, width: number, from: Float64Array, power: 1 | 2): Float64Array {
  const sums = new Float64Array(width);
  const whole = x.length - (x.length % (4 * width));
  for (let at = 0; at < whole; at += 4 * width)
    for (let j = 0, a = at, b = a + width, c = b + width, d = c + width; j < width; j++, a++, b++, c++, d++) {
      const f = from[j];
      const p = x[a] - f;
      const q = x[b] - f;
      const r = x[c] - f;
      const s = x[d] - f;
      sums[j] += power === 1 ? p + q + (r + s) : p * p + q * q + (r * r + s * s);
    }
  for (let at = whole; at < x.length; at++) {
    const difference = x[at] - from[at % width];
    sums[at % width] += power === 1 ? difference : difference * difference;
  }
  return sums;
}
