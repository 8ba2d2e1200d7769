import { array } from '../../array/array.ts';
import { stream } from '../../array/random.ts';
import { abs, exp, input, matmul, mul, sub, sum } from '../../graph/ops/index.ts';
import { compile, feed, read } from '../../runtime/session.ts';
import { type Computing, type Points, takeRows } from '../clustering/points.ts';
import type { Measured } from '../metric.ts';
import { directions, zerosSaid } from './directions.ts';

export interface PairOptions extends Computing {
  /** Of the sample, where one is drawn. */
  readonly seed: number | string;
  /** Largest number of rows of which all pairs are taken; default 10,000. */
  readonly upTo?: number;
}

export interface PairNumbers {
  /** Mean |cos| of two rows, in [0, 1]; near 1 all rows lie along one line. A zero row has cosine 0 with every row. */
  readonly meanCosine: Measured;
  /** log of the mean of exp(-2 |u_i - u_j|^2) (Wang, Isola 2020), in [-8, 0]; lower is more even. */
  readonly uniformity: Measured;
}

/** Rows on each side of a block of products: it stays in the processor's cache. */
const BLOCK = 512;

/**
 * Means over all pairs of different rows, scaled to length 1 (a zero row stays zero), in float64 and in blocks. Beyond
 * `upTo` rows over the pairs of a sample, which is said.
 *
 * @throws RangeError where shapes do not fit or a number is not finite
 */
export async function pairNumbers(points: Points, { seed, upTo = 10_000, threads }: PairOptions): Promise<PairNumbers> {
  const { width } = points;
  const whole = directions('pairs', points);
  if (whole.rows < 2) {
    const none = { value: null, reason: 'fewer than 2 items' };
    return { meanCosine: none, uniformity: none };
  }
  const sampled = whole.rows > upTo;
  const chosen = stream(seed, 'pairs')
    .shuffle(Int32Array.from({ length: whole.rows }, (_, i) => i))
    .subarray(0, upTo);
  const units = sampled ? takeRows(whole.units, chosen, width) : whole.units;
  const { cosines, spread } = await sums(units, width, threads);
  const rows = units.length / width;
  const pairs = (rows * (rows - 1)) / 2;
  const notes = [zerosSaid(whole.zeros).reason, sampled && `a sample of ${upTo} of ${whole.rows} items`].filter(
    Boolean,
  );
  const said = notes.length > 0 ? { reason: notes.join('; ') } : {};
  return {
    meanCosine: { value: Math.min(1, cosines / pairs), ...said },
    uniformity: { value: Math.min(0, Math.log(spread / pairs)), ...said },
  };
}

/** Sums over pairs i < j of |u_i . u_j| and of exp(-2 |u_i - u_j|^2). */
async function sums(units: Float64Array, width: number, threads?: number) {
  const rows = units.length / width;
  const lengths = new Float64Array(rows);
  for (let i = 0; i < rows; i++)
    lengths[i] = units.subarray(i * width, (i + 1) * width).some((value) => value !== 0) ? 1 : 0;
  const cosines = matmul(input('a', ['rows', width], 'float64'), input('b', ['others', width], 'float64'), {
    transposeB: true,
  });
  // -2 |u - v|^2 = 4 u.v - 2 |u|^2 - 2 |v|^2
  const apart = sub(
    sub(mul(cosines, 4), mul(input('p', ['rows', 1], 'float64'), 2)),
    mul(input('q', [1, 'others'], 'float64'), 2),
  );
  const program = await compile(
    { cosines: sum(abs(cosines), { axes: [0, 1] }), spread: sum(exp(apart), { axes: [0, 1] }) },
    { threads },
  );
  const total = { cosines: 0, spread: 0 };
  try {
    for (let i = 0; i < rows; i += BLOCK)
      for (let j = i; j < rows; j += BLOCK) {
        const [endI, endJ] = [Math.min(i + BLOCK, rows), Math.min(j + BLOCK, rows)];
        const block = await program.run({
          a: feed(array('float64', [endI - i, width], units.subarray(i * width, endI * width))),
          b: feed(array('float64', [endJ - j, width], units.subarray(j * width, endJ * width))),
          p: feed(array('float64', [endI - i, 1], lengths.subarray(i, endI))),
          q: feed(array('float64', [1, endJ - j], lengths.subarray(j, endJ))),
        });
        const [cosine, spread] = [read(block.cosines, 'float64')[0], read(block.spread, 'float64')[0]];
        if (j > i) {
          total.cosines += cosine;
          total.spread += spread;
        } else {
          // On the diagonal every pair stands twice, and each row beside itself.
          const own = lengths.subarray(i, endI).reduce((a, b) => a + b, 0);
          total.cosines += (cosine - own) / 2;
          total.spread += (spread - (endI - i)) / 2;
        }
      }
  } finally {
    await program.release();
  }
  return total;
}
