import type { Random } from '../array/random.ts';

type Init = (random: Random) => Float32Array;

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
