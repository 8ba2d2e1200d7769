import type { Random } from '../../array/random.ts';
import { type Rows, takeRows } from './points.ts';
import type { RowProducts } from './product.ts';

/** Below this share of |x|^2 + |y|^2 a squared distance is rounding. */
const ROUNDING = 1e-13;

/**
 * Starting centres by greedy k-means++ (Arthur, Vassilvitskii 2007, section 5): the first centre is a row at random;
 * every other one is the best of 2 + floor(log K) rows drawn with probability proportional to the squared distance to
 * the nearest centre so far, best meaning the least sum of such distances afterwards. All restarts go side by side, so
 * that each round is one product. Where no distance is left (fewer distinct rows than K) rows are drawn evenly.
 *
 * @param clusters K  @param draws one stream a restart
 * @returns row numbers [K] for each restart
 */
export async function plusPlus(
  { x, width, squares }: Rows,
  clusters: number,
  draws: readonly Random[],
  { products }: RowProducts,
): Promise<Int32Array[]> {
  const rows = squares.length;
  const tries = 2 + Math.floor(Math.log(clusters));
  const chosen = draws.map(() => new Int32Array(clusters));
  const nearest = draws.map(() => new Float64Array(rows).fill(Number.POSITIVE_INFINITY));
  for (let round = 0; round < clusters; round++) {
    const perRestart = round === 0 ? 1 : tries;
    const candidates = draws.flatMap((draw, r) =>
      round === 0 ? [draw.integer(rows)] : drawRows(draw, nearest[r], perRestart),
    );
    const product = await products(x, takeRows(x, candidates, width));
    const potentials = lessen(product, squares, candidates, nearest);
    for (let r = 0; r < draws.length; r++) {
      let best = r * perRestart;
      for (let c = best + 1; c < (r + 1) * perRestart; c++) if (potentials[c] < potentials[best]) best = c;
      chosen[r][round] = candidates[best];
      for (let i = 0, at = best; i < rows; i++, at += candidates.length) nearest[r][i] = product[at];
    }
  }
  return chosen;
}

/**
 * Turns products x_i . x_c with the candidates c [N, restarts * tries] into squared distances to the nearest of a
 * restart's centres and the candidate; returns their sum for each candidate.
 */
function lessen(
  product: Float64Array,
  squares: Float64Array,
  candidates: readonly number[],
  nearest: readonly Float64Array[],
): Float64Array {
  const own = Float64Array.from(candidates, (c) => squares[c]);
  const tries = candidates.length / nearest.length;
  const potentials = new Float64Array(candidates.length);
  for (let i = 0, at = 0; i < squares.length; i++)
    for (let r = 0, c = 0; r < nearest.length; r++) {
      const before = nearest[r][i];
      for (let t = 0; t < tries; t++, c++, at++) {
        const both = squares[i] + own[c];
        const distance = both - 2 * product[at];
        const after = distance > ROUNDING * both ? Math.min(before, distance) : 0;
        product[at] = after;
        potentials[c] += after;
      }
    }
  return potentials;
}

/** `count` row numbers drawn with probability proportional to their weight; evenly where all are 0. */
function drawRows(draw: Random, weights: Float64Array, count: number): number[] {
  let total = 0;
  for (const weight of weights) total += weight;
  return Array.from({ length: count }, () => {
    if (total === 0) return draw.integer(weights.length);
    let left = draw.uniform() * total;
    let last = 0;
    for (let i = 0; i < weights.length; i++) {
      if (weights[i] === 0) continue;
      last = i;
      left -= weights[i];
      if (left < 0) break;
    }
    return last;
  });
}
