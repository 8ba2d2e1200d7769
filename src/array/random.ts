/**
 * Seeded random streams by name. A stream depends on its seed and its name alone, so adding a draw to one never moves
 * another ("split", "init", "batches", "bootstrap", ...).
 *
 * Generator: xoshiro128** (Blackman, Vigna 2018), state filled by splitmix32 from an FNV-1a hash of seed and name.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Uniform whole number in [0, n). @throws RangeError when n is not a positive whole number */
  integer(n: number): number;
  /** Standard normal (Box-Muller). */
  normal(): number;
  /** Shuffles in place (Fisher-Yates) and returns its argument. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T;
}

/** The stream called `name` of `seed`: the same pair gives the same numbers on every machine. */
export function stream(seed: number | string, ...name: (string | number)[]): Random {
  const next = xoshiro128(fnv1a([seed, ...name].join('/')));
  const uniform = () => next() / 4294967296;
  return {
    uniform,
    integer(n) {
      if (!Number.isInteger(n) || n < 1) throw new RangeError(`random: integer(n) needs a whole n >= 1, got ${n}`);
      return Math.floor(uniform() * n);
    },
    normal() {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      return radius * Math.cos(2 * Math.PI * uniform());
    },
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = Math.floor(uniform() * (i + 1));
        const swap = items[i];
        items[i] = items[j];
        items[j] = swap;
      }
      return items;
    },
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function xoshiro128(seed: number): () => number {
  const splitmix = () => {
    seed = (seed + 0x9e3779b9) | 0;
    let z = seed ^ (seed >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()];
  return () => {
    const fives = Math.imul(b, 5);
    const result = Math.imul((fives << 7) | (fives >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  };
}
