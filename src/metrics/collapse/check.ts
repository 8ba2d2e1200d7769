/** @throws RangeError unless `values` holds rows * width finite numbers */
export function checkMatrix(place: string, what: string, values: ArrayLike<number>, rows: number, width: number): void {
  if (values.length !== rows * width)
    throw new RangeError(`${place}: ${what} has ${values.length} numbers, needs ${rows} x ${width}`);
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw new RangeError(`${place}: ${what} row ${Math.floor(i / width)}, column ${i % width} is ${values[i]}`);
}

/** @throws RangeError unless `value` is a whole number >= 1 */
export function checkSize(place: string, what: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`${place}: ${what} must be a whole number >= 1, got ${value}`);
}
