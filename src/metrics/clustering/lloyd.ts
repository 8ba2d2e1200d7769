import { type Rows, squaredDistance, squaredLengths } from './points.ts';
import type { RowProducts } from './product.ts';

/** Where Lloyd's steps ended. */
export interface Run {
  /** Cluster of every row [N]. */
  readonly labels: Int32Array;
  /** Means of the clusters [K * D]; a cluster left without rows keeps its last centre. */
  readonly centres: Float64Array;
  /** Rows in each cluster [K]. */
  readonly counts: Int32Array;
  readonly steps: number;
  /** No row changes its cluster any more. */
  readonly converged: boolean;
}

/** Below this share of the rows' mean squared length, squared distances on the rows' own centres are rounding. */
const ON_CENTRE = 1e-20;

/** Squared distances nearer to each other than this share of the rows' mean squared length are taken as equal. */
const TIE = 1e-14;

/**
 * Lloyd's steps from given centres until no row changes its cluster: every row to its nearest centre (equally near: the
 * lower number, and a row stays where it is), every centre to the mean of its rows. In float64.
 *
 * An empty cluster takes the row that lies farthest from its own centre (as scikit-learn does), from a cluster of at
 * least two rows; where all rows lie on their centres it stays empty.
 *
 * @param rows best centred  @param start centres [K * D]  @param most steps after which it stops
 * @param known clusters [N] that the rows are in, `start` being their means; without them all are yet to be assigned
 */
export async function lloyd(
  rows: Rows,
  start: Float64Array,
  { products }: RowProducts,
  most: number,
  known?: Int32Array,
): Promise<Run> {
  const { x, width, squares } = rows;
  const scale = squares.reduce((sum, square) => sum + square, 0) / squares.length;
  const groups = groupSums(rows, start.length / width, known);
  let centres: Float64Array = start.slice();
  let step = 0;
  let converged = false;
  while (step < most && !converged) {
    step++;
    const moved = assign(await products(x, centres), squaredLengths(centres, width), groups, TIE * scale);
    converged = fillEmpty(rows, groups, centres, ON_CENTRE * scale) + moved === 0;
    centres = groups.means(centres);
  }
  return { labels: groups.labels, counts: groups.counts, centres, steps: step, converged };
}

/** The clusters' sums, kept up to date as rows move. */
export interface GroupSums {
  /** Cluster of every row [N]; -1 for none yet. */
  readonly labels: Int32Array;
  readonly counts: Int32Array;
  move(row: number, to: number): void;
  /** Mean of each cluster; `otherwise` for one without rows. */
  means(otherwise: Float64Array): Float64Array;
}

export function groupSums({ x, width, squares }: Rows, clusters: number, known?: Int32Array): GroupSums {
  const labels = new Int32Array(squares.length).fill(-1);
  const counts = new Int32Array(clusters);
  const sums = new Float64Array(clusters * width);
  const move = (row: number, to: number) => {
    const from = labels[row];
    if (from >= 0) {
      for (let p = row * width, q = from * width, end = p + width; p < end; p++, q++) sums[q] -= x[p];
      counts[from]--;
    }
    for (let p = row * width, q = to * width, end = p + width; p < end; p++, q++) sums[q] += x[p];
    counts[to]++;
    labels[row] = to;
  };
  known?.forEach((cluster, i) => {
    move(i, cluster);
  });
  return {
    labels,
    counts,
    move,
    means: (otherwise) =>
      sums.map((sum, at) => {
        const count = counts[Math.floor(at / width)];
        return count > 0 ? sum / count : otherwise[at];
      }),
  };
}

/**
 * Puts every row to its nearest centre and returns how many moved.
 *
 * @param product x . c [N * K]  @param own |c|^2 [K]
 * @param tie a row moves only to a centre that is nearer by more than this (squared)
 */
function assign(product: Float64Array, own: Float64Array, { labels, move }: GroupSums, tie: number): number {
  const clusters = own.length;
  let moved = 0;
  for (let i = 0, at = 0; i < labels.length; i++, at += clusters) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < clusters; k++) {
      const apart = own[k] - 2 * product[at + k];
      if (apart >= least) continue;
      least = apart;
      best = k;
    }
    const before = labels[i];
    if (before === best || (before >= 0 && own[before] - 2 * product[at + before] <= least + tie)) continue;
    move(i, best);
    moved++;
  }
  return moved;
}

/** Gives every empty cluster the farthest row there is, and returns how many rows went. */
function fillEmpty({ x, width }: Rows, { labels, counts, move }: GroupSums, centres: Float64Array, least: number) {
  const empty = Array.from(counts.keys()).filter((k) => counts[k] === 0);
  if (empty.length === 0) return 0;
  const distances = Float64Array.from(labels, (label, i) => squaredDistance(x, i, centres, label, width));
  let gone = 0;
  for (const i of Array.from(labels.keys()).sort((a, b) => distances[b] - distances[a] || a - b)) {
    if (gone === empty.length || distances[i] <= least) break;
    if (counts[labels[i]] > 1) move(i, empty[gone++]);
  }
  return gone;
}
