import { array } from '../../array/array.ts';
import { argMin, cast, input, matmul, reshape } from '../../graph/ops/index.ts';
import { compile, feed, read } from '../../runtime/session.ts';
import { type GroupSums, groupSums } from './lloyd.ts';
import { type Computing, type Rows, squaredLengths } from './points.ts';

/** Where the rough steps of one start ended. */
export interface Rough {
  readonly labels: Int32Array;
  /** Means of the clusters; a cluster without rows has the centre that lost them. */
  readonly centres: Float64Array;
  readonly steps: number;
}

/** Rows at a time: their distances stay in the processor's cache. */
const BLOCK = 2048;

/**
 * Lloyd's steps of several starts side by side, in single precision: one product finds the nearest centre of every row
 * for all of them. A start is done when no row moves. Sums are kept in double precision; an empty cluster is left.
 *
 * @param rows best centred  @param starts centres [K * width] of each start  @param most steps after which it stops
 */
export async function roughSteps(
  { x, width, squares }: Rows,
  starts: readonly Float64Array[],
  most: number,
  { threads }: Computing,
): Promise<Rough[]> {
  const clusters = starts[0].length / width;
  // Scaled to at most 1, so that squares stay within single precision.
  const size = x.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  const wide = withColumn(x, width, size, 1, () => 1);
  const runs = starts.map((start) => ({
    groups: groupSums({ x, width, squares }, clusters),
    centres: start,
    steps: 0,
    done: false,
  }));
  for (let active = runs; active.length > 0; active = active.filter(({ done }) => !done)) {
    // Compiled for as many starts as are left, and used until one of them is done.
    const program = await nearestCentres(width + 1, active.length, clusters, threads);
    try {
      while (!active.some(({ done }) => done)) {
        const flat = Float64Array.from(active.flatMap(({ centres }) => Array.from(centres)));
        const own = squaredLengths(flat, width);
        const centres = withColumn(flat, width, size, -2, (k) => own[k] / size ** 2);
        const moved = new Int32Array(active.length);
        for (let from = 0; from < wide.length; from += BLOCK * (width + 1)) {
          const block = wide.subarray(from, Math.min(from + BLOCK * (width + 1), wide.length));
          const nearest = await program.of(block, centres);
          active.forEach(({ groups }, r) => {
            moved[r] += move(groups, nearest, from / (width + 1), r, active.length);
          });
        }
        active.forEach((run, r) => {
          run.steps++;
          run.centres = run.groups.means(run.centres);
          run.done = moved[r] === 0 || run.steps >= most;
        });
      }
    } finally {
      await program.release();
    }
  }
  return runs.map(({ groups, centres, steps }) => ({ labels: groups.labels, centres, steps }));
}

/** Rows times factor / size in single precision with one more column. */
function withColumn(x: Float64Array, width: number, size: number, factor: number, last: (row: number) => number) {
  const wide = new Float32Array((x.length / width) * (width + 1));
  for (let i = 0, from = 0, to = 0; from < x.length; i++) {
    for (let j = 0; j < width; j++) wide[to++] = (x[from++] * factor) / size;
    wide[to++] = last(i);
  }
  return wide;
}

/** Moves the rows of a block whose nearest centre is another one; returns how many. */
function move(
  { labels, move }: GroupSums,
  nearest: Int32Array,
  first: number,
  column: number,
  columns: number,
): number {
  let moved = 0;
  for (let at = column, i = first; at < nearest.length; at += columns, i++) {
    if (labels[i] === nearest[at]) continue;
    move(i, nearest[at]);
    moved++;
  }
  return moved;
}

/** Nearest centre of each row for each start [rows * starts]: least |c|^2 - 2 x.c, of equal ones the lower number. */
async function nearestCentres(wide: number, starts: number, clusters: number, threads?: number) {
  const rows = input('rows', ['n', wide]);
  const centres = input('centres', [starts * clusters, wide]);
  const apart = reshape(matmul(rows, centres, { transposeB: true }), ['n', starts, clusters]);
  const program = await compile({ nearest: cast(argMin(apart), 'int32') }, { threads });
  const matrix = (values: Float32Array) => feed(array('float32', [values.length / wide, wide], values));
  return {
    async of(block: Float32Array, flat: Float32Array): Promise<Int32Array> {
      const { nearest } = await program.run({ rows: matrix(block), centres: matrix(flat) });
      return read(nearest, 'int32');
    },
    release: () => program.release(),
  };
}
