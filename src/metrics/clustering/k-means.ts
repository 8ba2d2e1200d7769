import { stream } from '../../array/random.ts';
import { checkSize } from '../collapse/check.ts';
import { groupSums, lloyd } from './lloyd.ts';
import {
  type Computing,
  centred,
  checkPoints,
  type Points,
  squaredDistance,
  squaredLengths,
  takeRows,
} from './points.ts';
import { rowProducts } from './product.ts';
import { roughSteps } from './rough.ts';
import { plusPlus } from './start.ts';

export interface KMeansOptions extends Computing {
  readonly seed: number | string;
  /** Starts of which the one with the least inertia is kept; default 10. */
  readonly restarts?: number;
  /** Lloyd steps after which a start that has not converged is stopped; default 1000. */
  readonly steps?: number;
}

export interface Clustering {
  /** Number of clusters K that was asked for. */
  readonly clusters: number;
  /** Cluster of every row [N], 0..K-1. */
  readonly labels: Int32Array;
  /** Centres [K * D] of the rows less their mean over all rows. */
  readonly centres: Float64Array;
  /** Clusters that have rows; fewer than K only where there are fewer distinct rows. */
  readonly found: number;
  /** Sum over rows of the squared distance to the own centre. */
  readonly inertia: number;
  /** Steps of the start that was kept. */
  readonly steps: number;
  /** Whether the start that was kept had come to its end. */
  readonly converged: boolean;
  /** What is not as asked for. */
  readonly reason?: string;
}

/** Steps in single precision, after which the exact ones take over. */
const ROUGH_STEPS = 200;

/**
 * k-means: greedy k-means++ starts, Lloyd's steps from each until no row moves, the least inertia kept. These steps run
 * in single precision; the start that is kept goes on in double until no row moves, so what comes out is a fixed point
 * of the exact steps. Each start has a random stream of its own, and the same seed gives the same bits, whatever the
 * number of threads. Memory: N (2 D + 5 restarts + K) numbers. Fewer distinct rows than K leave clusters empty, which
 * `found` and `reason` say.
 *
 * @param clusters K, usually the number of classes
 * @throws RangeError where shapes do not fit, a number is not finite (named by row and column) or there is no row
 */
export async function kMeans(points: Points, clusters: number, options: KMeansOptions): Promise<Clustering> {
  const { seed, restarts = 10, steps = 1000, threads } = options;
  const place = 'k-means';
  const rows = checkPoints(place, points);
  checkSize(place, 'clusters', clusters);
  checkSize(place, 'restarts', restarts);
  checkSize(place, 'steps', steps);
  if (rows === 0) throw new RangeError(`${place}: needs a row, got none`);
  const { width } = points;
  const x = centred(points);
  const data = { x, width, squares: squaredLengths(x, width) };
  const engine = await rowProducts(width, { threads });
  try {
    const draws = Array.from({ length: restarts }, (_, r) => stream(seed, place, r));
    const starts = (await plusPlus(data, clusters, draws, engine)).map((chosen) => takeRows(x, chosen, width));
    const ends = await roughSteps(data, starts, Math.min(steps, ROUGH_STEPS), { threads });
    const rough = ends.reduce((best, end) => (end.inertia < best.inertia ? end : best));
    const { means } = groupSums(data, clusters, rough.labels);
    const start = means(starts[ends.indexOf(rough)]);
    const run = await lloyd(data, start, engine, Math.max(1, steps - rough.steps), rough.labels);
    const { labels, centres, converged } = run;
    const taken = rough.steps + run.steps;
    let inertia = 0;
    for (let i = 0; i < rows; i++) inertia += squaredDistance(x, i, centres, labels[i], width);
    const found = new Set(labels).size;
    const notes: string[] = [];
    if (found < clusters) notes.push(`${found} distinct clusters found of ${clusters}`);
    if (!converged) notes.push(`not converged after ${taken} steps`);
    const said = notes.length > 0 ? { reason: notes.join('; ') } : {};
    return { clusters, labels, centres, found, inertia, steps: taken, converged, ...said };
  } finally {
    await engine.release();
  }
}
