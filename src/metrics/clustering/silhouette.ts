import { array } from '../../array/array.ts';
import { stream } from '../../array/random.ts';
import { input, matmul, maximum, sqrt } from '../../graph/ops/index.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { compile, feed, read } from '../../runtime/session.ts';
import type { Measured } from '../metric.ts';
import { degenerate, grouped } from './groups.ts';
import { type Computing, centred, checkPoints, type Points, squaredLengths, takeRows } from './points.ts';
import { stratifiedSample } from './sample.ts';

export interface SilhouetteOptions extends Computing {
  /** Of the sample, where one is drawn. */
  readonly seed: number | string;
  /** Largest number of rows that is worked out exactly; default 20,000. */
  readonly upTo?: number;
}

export interface Silhouette extends Measured {
  /** Rows that went in: all of them, or the size of the sample. */
  readonly items: number;
}

/** Rows on each side of a block of distances: it stays in the processor's cache. */
const BLOCK = 512;

/**
 * Silhouette (Rousseeuw 1987): mean over rows of (b - a) / max(a, b), a the mean Euclidean distance to the other rows
 * of the own cluster, b the least mean distance to the rows of another cluster; in [-1, 1]. A row alone in its cluster
 * scores 0, and so does one with a = b = 0. `perClass` has the mean of each cluster.
 *
 * All pairs, in float64 and in blocks, so memory is N (2 D + 2 K) numbers. Beyond `upTo` rows a sample in which every
 * cluster has its share; its size is `items` and is said in `reason`.
 *
 * @param labels cluster or class of every row [N], 0..clusters-1
 * @throws RangeError where shapes do not fit or a number is not finite
 */
export async function silhouette(
  points: Points,
  labels: Int32Array,
  clusters: number,
  { seed, upTo = 20_000, threads }: SilhouetteOptions,
): Promise<Silhouette> {
  const { width } = points;
  checkPoints('silhouette', points);
  const whole = grouped('silhouette', points, labels, clusters);
  const reason = degenerate(whole);
  if (reason) return { value: null, reason, items: whole.rows };
  const x = centred(points);
  if (whole.rows <= upTo) return scored(await distanceSums(x, width, labels, clusters, threads), labels, clusters);
  const chosen = stratifiedSample(labels, whole.counts, upTo, stream(seed, 'silhouette'));
  const some = Int32Array.from(chosen, (i) => labels[i]);
  const sums = await distanceSums(takeRows(x, chosen, width), width, some, clusters, threads);
  return {
    ...scored(sums, some, clusters),
    reason: `a sample of ${upTo} of ${whole.rows} items, every cluster with its share`,
  };
}

/** The scores from each row's sums of distances to the clusters [N * K]. */
function scored(sums: Float64Array, labels: Int32Array, clusters: number): Silhouette {
  const counts = new Int32Array(clusters);
  for (const label of labels) counts[label]++;
  const totals = new Float64Array(clusters);
  for (let i = 0; i < labels.length; i++) {
    const own = labels[i];
    if (counts[own] === 1) continue;
    const a = sums[i * clusters + own] / (counts[own] - 1);
    let b = Number.POSITIVE_INFINITY;
    for (let k = 0; k < clusters; k++)
      if (k !== own && counts[k] > 0) b = Math.min(b, sums[i * clusters + k] / counts[k]);
    const larger = Math.max(a, b);
    if (larger > 0) totals[own] += (b - a) / larger;
  }
  const value = totals.reduce((sum, total) => sum + total, 0) / labels.length;
  const perClass = Array.from(totals, (total, k) => (counts[k] > 0 ? total / counts[k] : null));
  return { value, perClass, items: labels.length };
}

/**
 * Sum of the distances of each row to the rows of each cluster [N * K].
 *
 * One product a block gives squared distances, (x, |x|^2, 1) . (-2 y, 1, |y|^2); their roots times the 0/1 matrix of
 * the clusters give the sums, for the block's rows and, as distances are symmetric, for its columns. Rounding can make the
 * square of a distance of 0 negative; to look out for that takes a pass over all pairs, so outside the diagonal it is done
 * only in blocks where a root shows that it has happened.
 */
async function distanceSums(x: Float64Array, width: number, labels: Int32Array, clusters: number, threads?: number) {
  const rows = labels.length;
  const wide = width + 2;
  const squares = squaredLengths(x, width);
  const left = new Float64Array(rows * wide);
  const right = new Float64Array(rows * wide);
  const members = new Float64Array(rows * clusters);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < width; j++) {
      left[i * wide + j] = x[i * width + j];
      right[i * wide + j] = -2 * x[i * width + j];
    }
    left.set([squares[i], 1], i * wide + width);
    right.set([1, squares[i]], i * wide + width);
    members[i * clusters + labels[i]] = 1;
  }
  const [a, b] = [input('a', ['rows', wide], 'float64'), input('b', ['others', wide], 'float64')];
  const ofRows = input('ofRows', ['rows', clusters], 'float64');
  const ofOthers = input('ofOthers', ['others', clusters], 'float64');
  const apart = matmul(a, b, { transposeB: true });
  const sumsOf = (distances: Tensor) =>
    compile(
      { forRows: matmul(distances, ofOthers), forOthers: matmul(distances, ofRows, { transposeA: true }) },
      { threads },
    );
  const guarded = await sumsOf(sqrt(maximum(apart, 0)));
  const plain = await sumsOf(sqrt(apart));
  const part = (values: Float64Array, columns: number, from: number, to: number) =>
    feed(array('float64', [to - from, columns], values.subarray(from * columns, to * columns)));
  const sums = new Float64Array(rows * clusters);
  const add = (from: number, values: Float64Array) => {
    for (let n = 0, to = from * clusters; n < values.length; n++) sums[to + n] += values[n];
  };
  try {
    for (let i = 0; i < rows; i += BLOCK)
      for (let j = i; j < rows; j += BLOCK) {
        const [endI, endJ] = [Math.min(i + BLOCK, rows), Math.min(j + BLOCK, rows)];
        const feeds = {
          a: part(left, wide, i, endI),
          b: part(right, wide, j, endJ),
          ofRows: part(members, clusters, i, endI),
          ofOthers: part(members, clusters, j, endJ),
        };
        let found = await (j > i ? plain : guarded).run(feeds);
        if (read(found.forRows, 'float64').some(Number.isNaN)) found = await guarded.run(feeds);
        add(i, read(found.forRows, 'float64'));
        if (j > i) add(j, read(found.forOthers, 'float64'));
      }
  } finally {
    await guarded.release();
    await plain.release();
  }
  return sums;
}
