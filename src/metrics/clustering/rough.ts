import { array, int32 } from '../../array/array.ts';
import { argMin, cast, constant, equal, input, matmul, reshape } from '../../graph/ops/index.ts';
import { compile, feed, read } from '../../runtime/session.ts';
import type { Computing, Rows } from './points.ts';

/** Where the rough steps of one start ended. */
export interface Rough {
  readonly labels: Int32Array;
  /** Sum of squared distances to the means, less that of squared lengths, and scaled: for comparing starts. */
  readonly inertia: number;
  readonly steps: number;
}

/** Rows at a time: their distances stay in the processor's cache. */
const BLOCK = 2048;

/**
 * Lloyd's steps of several starts side by side, in single precision: one product and one argmin find the nearest centre
 * of every row for all of them. A start is done when no row moves. A cluster that loses all rows keeps its centre.
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
  const wide = width + 1;
  // Scaled to at most 1, so that squares stay within single precision.
  let size = 0;
  for (let i = 0; i < x.length; i++) if (Math.abs(x[i]) > size) size = Math.abs(x[i]);
  const rows = withOnes(x, width, 1 / (size || 1));
  const runs = starts.map((start) => newRun(withOnes(start, width, 1 / (size || 1)), squares.length));
  for (let active = runs; active.length > 0; active = active.filter(({ done }) => !done)) {
    // Compiled for as many starts as are left, and used until one of them is done.
    const nearest = await nearestCentres(wide, active.length, clusters, threads);
    try {
      while (!active.some(({ done }) => done)) {
        const centres = centreRows(active, wide);
        const moves = active.reduce((sum, run) => sum + run.moved, 0);
        const afresh = moves > (squares.length * active.length) / 10;
        for (const run of active) {
          run.moved = 0;
          if (afresh) run.sums.fill(0);
        }
        for (let from = 0; from < squares.length; from += BLOCK) {
          const to = Math.min(from + BLOCK, squares.length);
          const found = await nearest.of(rows.subarray(from * wide, to * wide), centres, afresh);
          if (found.sums) addSums(active, found.sums);
          move(active, found.labels, rows, from, afresh ? 0 : wide);
        }
        for (const run of active) {
          updateCentres(run, wide);
          run.steps++;
          run.done = run.moved === 0 || run.steps >= most;
        }
      }
    } finally {
      await nearest.release();
    }
  }
  return runs.map((run) => ({ labels: run.labels, inertia: -between(run, wide), steps: run.steps }));
}

/** One start under way. Rows, and so sums, have a last column of ones: it counts. */
interface RoughRun {
  readonly labels: Int32Array;
  /** [K * wide] */
  readonly centres: Float32Array;
  readonly sums: Float64Array;
  moved: number;
  steps: number;
  done: boolean;
}

function newRun(centres: Float32Array, rows: number): RoughRun {
  const labels = new Int32Array(rows).fill(-1);
  return { labels, centres, sums: new Float64Array(centres.length), moved: rows, steps: 0, done: false };
}

/** Scaled rows in single precision with a column of ones behind them. */
function withOnes(x: Float64Array, width: number, scale: number): Float32Array {
  const rows = new Float32Array((x.length / width) * (width + 1));
  for (let from = 0, to = 0; from < x.length; ) {
    for (const end = from + width; from < end; from++, to++) rows[to] = x[from] * scale;
    rows[to++] = 1;
  }
  return rows;
}

/** (-2 c, |c|^2) of every centre of every run, so that its product with (x, 1) is |x - c|^2 - |x|^2. */
function centreRows(runs: readonly RoughRun[], wide: number): Float32Array {
  const all = new Float32Array(runs.length * runs[0].centres.length);
  let to = 0;
  for (const { centres } of runs)
    for (let from = 0; from < centres.length; from++, to++) {
      let square = 0;
      for (const end = from + wide - 1; from < end; from++, to++) {
        square += centres[from] ** 2;
        all[to] = -2 * centres[from];
      }
      all[to] = square;
    }
  return all;
}

/** Adds the sums [runs * K * wide] of a block. */
function addSums(runs: readonly RoughRun[], block: Float32Array): void {
  let from = 0;
  for (const { sums } of runs) for (let to = 0; to < sums.length; from++, to++) sums[to] += block[from];
}

/**
 * Moves the rows of a block whose nearest centre [rows * runs] is another one than before.
 * @param wide width of a row, or 0 where the sums have been made afresh
 */
function move(runs: readonly RoughRun[], nearest: Int32Array, rows: Float32Array, first: number, wide: number): void {
  for (let i = first, at = 0; at < nearest.length; i++)
    for (let r = 0; r < runs.length; r++, at++) {
      const run = runs[r];
      const [before, after] = [run.labels[i], nearest[at]];
      if (before === after) continue;
      run.labels[i] = after;
      run.moved++;
      if (wide === 0) continue;
      addRow(run.sums, after * wide, rows, i * wide, wide, 1);
      if (before >= 0) addRow(run.sums, before * wide, rows, i * wide, wide, -1);
    }
}

function addRow(sums: Float64Array, to: number, rows: Float32Array, from: number, wide: number, sign: 1 | -1): void {
  for (let j = 0; j < wide; j++) sums[to + j] += sign * rows[from + j];
}

function updateCentres({ centres, sums }: RoughRun, wide: number): void {
  for (let at = 0; at < sums.length; at += wide) {
    const count = sums[at + wide - 1];
    if (count > 0) for (let j = 0; j < wide; j++) centres[at + j] = sums[at + j] / count;
  }
}

/** sum_k |S_k|^2 / n_k: what the means explain of the squared lengths. */
function between({ sums }: RoughRun, wide: number): number {
  let total = 0;
  for (let at = 0; at < sums.length; at += wide) {
    const count = sums[at + wide - 1];
    if (count > 0) for (let j = 0; j < wide - 1; j++) total += sums[at + j] ** 2 / count;
  }
  return total;
}

/**
 * Nearest centre of each row for each start [rows * starts], of equally near ones the lower number; and, where many rows
 * move, the sums of each centre's rows [starts * K * wide], by a product with the 0/1 matrix of the nearest centres.
 */
async function nearestCentres(wide: number, starts: number, clusters: number, threads?: number) {
  const rows = input('rows', ['n', wide]);
  const centres = input('centres', [starts * clusters, wide]);
  const apart = reshape(matmul(rows, centres, { transposeB: true }), ['n', starts, clusters]);
  const labels = cast(argMin(apart), 'int32');
  const numbers = constant(
    int32(
      [1, 1, clusters],
      Array.from({ length: clusters }, (_, k) => k),
    ),
  );
  const members = cast(equal(reshape(labels, ['n', starts, 1]), numbers), 'float32');
  const sums = matmul(reshape(members, ['n', starts * clusters]), rows, { transposeA: true });
  const few = await compile({ labels }, { threads });
  const many = await compile({ labels, sums }, { threads });
  const matrix = (values: Float32Array) => feed(array('float32', [values.length / wide, wide], values));
  return {
    async of(block: Float32Array, flat: Float32Array, afresh: boolean) {
      const feeds = { rows: matrix(block), centres: matrix(flat) };
      if (!afresh) return { labels: read((await few.run(feeds)).labels, 'int32') };
      const made = await many.run(feeds);
      return { labels: read(made.labels, 'int32'), sums: read(made.sums, 'float32') };
    },
    async release() {
      await few.release();
      await many.release();
    },
  };
}
