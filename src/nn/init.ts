import type { Random } from '../array/random.ts';

/** First values of a variable, drawn from its stream. */
export type Init = (random: Random) => Float32Array;

/** Uniform in [-bound, bound]. */
export function uniform(length: number, bound: number): Init {
  return (random) => Float32Array.from({ length }, () => (2 * random.uniform() - 1) * bound);
}

/** Every element the same. */
export function fill(length: number, value: number): Init {
  return () => new Float32Array(length).fill(value);
}

/**
 * U(-1/sqrt(fan_in), 1/sqrt(fan_in)): Kaiming uniform with a = sqrt(5), PyTorch's default for linear layers.
 * @see He et al. 2015
 */
export function kaimingUniform(length: number, fanIn: number): Init {
  return uniform(length, 1 / Math.sqrt(fanIn));
}

/**
 * Normal with standard deviation gain / sqrt(fan): Kaiming normal; gain sqrt(2) is that of ReLU.
 * @param fan inputs of one output (fan in) or outputs of one input (fan out): channels / groups x taps of the kernel
 * @see He et al. 2015
 */
export function kaimingNormal(length: number, fan: number, gain = Math.SQRT2): Init {
  return (random) => Float32Array.from({ length }, () => (random.normal() * gain) / Math.sqrt(fan));
}

/** Uniform within gain sqrt(6 / (fan in + fan out)). @see Glorot, Bengio 2010 */
export function xavierUniform(length: number, fanIn: number, fanOut: number, gain = 1): Init {
  return uniform(length, gain * Math.sqrt(6 / (fanIn + fanOut)));
}

/** Normal with standard deviation gain sqrt(2 / (fan in + fan out)). @see Glorot, Bengio 2010 */
export function xavierNormal(length: number, fanIn: number, fanOut: number, gain = 1): Init {
  return kaimingNormal(length, fanIn + fanOut, gain * Math.SQRT2);
}

/**
 * A random [rows, columns] matrix, evenly drawn among those whose rows (or columns, where these are fewer) have length
 * `gain` and are at right angles: Gram-Schmidt on normal vectors. @see Saxe et al. 2014
 */
export function orthogonal(rows: number, columns: number, gain = 1): Init {
  return (random) => {
    const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
    const vectors: Float64Array[] = [];
    while (vectors.length < count) {
      const v = Float64Array.from({ length }, () => random.normal());
      // Twice: the first pass leaves what rounding lost.
      for (const other of [...vectors, ...vectors]) {
        const along = dot(v, other);
        for (let i = 0; i < length; i++) v[i] -= along * other[i];
      }
      const norm = Math.sqrt(dot(v, v));
      if (norm > 1e-6) vectors.push(v.map((e) => e / norm));
    }
    return Float32Array.from({ length: rows * columns }, (_, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      return gain * (rows <= columns ? vectors[row][column] : vectors[column][row]);
    });
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, v, i) => total + v * b[i], 0);
}
