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
  const mean = new Float64Array(width);
  for (let at = 0; at < x.length; at += width) for (let j = 0; j < width; j++) mean[j] += x[at + j];
  for (let j = 0; j < width; j++) mean[j] /= rows;
  const squares = new Float64Array(width);
  for (let at = 0; at < x.length; at += width) for (let j = 0; j < width; j++) squares[j] += (x[at + j] - mean[j]) ** 2;
  const inverse = squares.map((sum, j) => {
    const deviation = Math.sqrt(sum / rows);
    return deviation > ROUNDING * Math.abs(mean[j]) ? 1 / deviation : 0;
  });
  return { mean, inverse };
}

/** Standardised rows in float64 with a column of ones behind them [N * (width + 1)]: the ones carry the intercept. */
export function standardised(x: Float32Array, width: number, { mean, inverse }: Scaling): Float64Array {
  const rows = x.length / width;
  const values = new Float64Array(rows * (width + 1));
  for (let i = 0, from = 0, to = 0; i < rows; i++) {
    for (let j = 0; j < width; j++) values[to++] = (x[from++] - mean[j]) * inverse[j];
    values[to++] = 1;
  }
  return values;
}
