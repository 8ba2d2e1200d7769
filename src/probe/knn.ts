import { float32 } from '../array/array.ts';
import { input, matmul } from '../graph/ops/index.ts';
import { compile, feed, read, type SessionOptions } from '../runtime/session.ts';
import { type Probe, presentClasses, rowsOf } from './probe.ts';

export interface KnnOptions extends SessionOptions {
  /** Neighbours that vote; default 5. */
  readonly neighbours?: number;
}

/** The training rows, ready to be looked up. */
export interface FittedKnn {
  readonly width: number;
  readonly classes: number;
  /** Neighbours that vote: as asked for, or all training rows where there are fewer. */
  readonly neighbours: number;
  /** Training rows scaled to length 1 [N, width]; a zero row stays zero. */
  readonly units: Float32Array;
  readonly labels: Int32Array;
  readonly threads?: number;
}

/** Rows on each side of a block of cosines. */
const BLOCK = 512;

/**
 * k nearest neighbours by cosine, each one vote: a class's score is its share of the votes. A zero row has cosine 0 with
 * every row; of equally near training rows the earlier ones are taken. All cosines, in float32 and in blocks.
 */
export const knn: Probe<KnnOptions, FittedKnn> = {
  name: 'knn',
  async fit(x, width, labels, classes, { neighbours = 5, threads } = {}) {
    presentClasses('knn', x, width, labels, classes);
    if (!Number.isInteger(neighbours) || neighbours < 1)
      throw new RangeError(`knn: neighbours must be a whole number >= 1, got ${neighbours}`);
    const voting = Math.min(neighbours, labels.length);
    return { width, classes, neighbours: voting, units: unitRows(x, width), labels, threads };
  },
  async scores({ width, classes, neighbours, units, labels, threads }, x) {
    const rows = rowsOf('knn', x, width);
    const nearest = await nearestRows(unitRows(x, width), units, width, neighbours, { threads });
    const votes = new Float32Array(rows * classes);
    nearest.forEach((row, at) => {
      votes[Math.floor(at / neighbours) * classes + labels[row]] += 1 / neighbours;
    });
    return votes;
  },
};

/** The `count` rows of b [N, width] with the largest products with each row of a [M, width]: [M, count], nearest first. */
async function nearestRows(
  a: Float32Array,
  b: Float32Array,
  width: number,
  count: number,
  session: SessionOptions,
): Promise<Int32Array> {
  const [rows, others] = [a.length / width, b.length / width];
  const [left, right] = [input('a', ['rows', width]), input('b', ['others', width])];
  const program = await compile({ product: matmul(left, right, { transposeB: true }) }, session);
  const part = (values: Float32Array, from: number, to: number) =>
    feed(float32([to - from, width], values.subarray(from * width, to * width)));
  const best = new Float32Array(rows * count).fill(Number.NEGATIVE_INFINITY);
  const found = new Int32Array(rows * count);
  try {
    for (let i = 0; i < rows; i += BLOCK)
      for (let j = 0; j < others; j += BLOCK) {
        const [endI, endJ] = [Math.min(i + BLOCK, rows), Math.min(j + BLOCK, others)];
        const { product } = await program.run({ a: part(a, i, endI), b: part(b, j, endJ) });
        keepBest(read(product, 'float32'), i, j, endJ - j, best, found, count);
      }
  } finally {
    await program.release();
  }
  return found;
}

/** Merges a block of products, rows from `i` and columns from `j`, into the largest `count` of each row so far. */
function keepBest(
  product: Float32Array,
  i: number,
  j: number,
  columns: number,
  best: Float32Array,
  found: Int32Array,
  count: number,
): void {
  const rows = product.length / columns;
  for (let r = 0; r < rows; r++) {
    const first = (i + r) * count;
    const last = first + count - 1;
    let least = best[last];
    for (let c = 0; c < columns; c++) {
      const value = product[r * columns + c];
      if (value <= least) continue;
      let place = last;
      for (; place > first && best[place - 1] < value; place--) {
        best[place] = best[place - 1];
        found[place] = found[place - 1];
      }
      best[place] = value;
      found[place] = j + c;
      least = best[last];
    }
  }
}

function unitRows(x: Float32Array, width: number): Float32Array {
  const units = new Float32Array(x);
  for (let at = 0; at < units.length; at += width) {
    let sum = 0;
    for (let j = at; j < at + width; j++) sum += units[j] ** 2;
    const length = Math.sqrt(sum);
    if (length > 0) for (let j = at; j < at + width; j++) units[j] /= length;
  }
  return units;
}
