/** Some rows of a matrix [.. * width], no more than it has. */
export function rowsAt<T extends Float32Array | Float64Array | Int32Array>(
  values: T,
  width: number,
  rows: ArrayLike<number>,
): T {
  const own = values.slice(0, rows.length * width) as T;
  for (let i = 0; i < rows.length; i++) own.set(values.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  return own;
}
