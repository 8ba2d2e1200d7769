/** Mean and scale of each of some quantities. */
export interface Moments {
  readonly mean: readonly number[];
  /** Population standard deviation; 1 where all values are equal. */
  readonly scale: readonly number[];
}

/**
 * Collects mean and scale of `width` quantities in one pass (Welford 1962), exact for equal values.
 * `add` takes their values as [width, n], row-major, n as it comes.
 */
export function moments(width: number): { add(values: ArrayLike<number>): void; done(): Moments } {
  const [count, mean, square] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  return {
    add(values) {
      const each = values.length / width;
      if (!Number.isInteger(each))
        throw new RangeError(`moments: ${values.length} values are no whole number for each of ${width}`);
      for (let k = 0; k < width; k++)
        for (let i = k * each; i < (k + 1) * each; i++) {
          const off = values[i] - mean[k];
          mean[k] += off / ++count[k];
          square[k] += off * (values[i] - mean[k]);
        }
    },
    done: () => ({
      mean: Array.from(mean),
      scale: Array.from(square, (sum, k) => (sum > 0 ? Math.sqrt(sum / count[k]) : 1)),
    }),
  };
}
