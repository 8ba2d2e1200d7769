import { checkNumbers, checkPoints, type Points, rowsOf } from './points.ts';

/** Rows in their groups (clusters or classes). */
export interface Grouped {
  readonly rows: number;
  /** Numbers of the groups that have rows, ascending. */
  readonly present: readonly number[];
  /** Rows of each group [K]. */
  readonly counts: Int32Array;
}

/**
 * Checks labels and counts them.
 * @throws RangeError where labels are not one a row in 0..groups-1
 */
export function grouped(place: string, { embeddings, width }: Points, labels: Int32Array, groups: number): Grouped {
  const rows = rowsOf(place, embeddings, width);
  checkNumbers(place, 'labels', labels, rows, groups);
  const counts = new Int32Array(groups);
  for (const label of labels) counts[label]++;
  return { rows, counts, present: Array.from(counts.keys()).filter((k) => counts[k] > 0) };
}

/** Why these groups say nothing about separation; undefined where they do. */
export function degenerate({ rows, present }: Grouped): string | undefined {
  if (rows === 0) return 'no item';
  if (present.length === 1) return 'one cluster only';
  if (present.length === rows) return 'every cluster has a single item';
  return undefined;
}

/** Mean of the rows of each group [K * D], less the mean of all rows; zeros for a group without rows. */
export interface Centres {
  readonly centres: Float64Array;
  /** Squared distance of each row to the centre of its group [N]. */
  readonly squares: Float64Array;
}

/**
 * Centres of groups and how far their rows lie from them, in float64.
 * @throws RangeError where a number is not finite, naming row and column
 */
export function centresOf(place: string, points: Points, labels: Int32Array, { counts }: Grouped): Centres {
  const { embeddings, width } = points;
  const sums = groupTotals(embeddings, labels, counts.length, width);
  // A number that is not finite is in some sum, which saves a pass over all of them.
  if (!sums.every(Number.isFinite)) checkPoints(place, points);
  const mean = new Float64Array(width);
  const centres = sums.map((sum, at) => {
    mean[at % width] += sum / labels.length;
    return sum / Math.max(1, counts[Math.floor(at / width)]);
  });
  const squares = distances(embeddings, centres, labels, width);
  for (let at = 0; at < centres.length; at++) if (counts[Math.floor(at / width)] > 0) centres[at] -= mean[at % width];
  return { centres, squares };
}

/** Sums of the rows of each group [K * D], four numbers at a time. */
function groupTotals(x: Points['embeddings'], labels: Int32Array, groups: number, width: number): Float64Array {
  const sums = new Float64Array(groups * width);
  const whole = width - (width % 4);
  for (let i = 0; i < labels.length; i++) {
    const [p, q] = [i * width, labels[i] * width];
    for (let j = 0; j < whole; j += 4) {
      sums[q + j] += x[p + j];
      sums[q + j + 1] += x[p + j + 1];
      sums[q + j + 2] += x[p + j + 2];
      sums[q + j + 3] += x[p + j + 3];
    }
    for (let j = whole; j < width; j++) sums[q + j] += x[p + j];
  }
  return sums;
}

/** Squared distance of each row to the centre of its group: four sums, so that none has to wait for another. */
function distances(x: Points['embeddings'], centres: Float64Array, labels: Int32Array, width: number): Float64Array {
  const squares = new Float64Array(labels.length);
  const whole = width - (width % 4);
  for (let i = 0; i < labels.length; i++) {
    const [p, q] = [i * width, labels[i] * width];
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let j = 0; j < whole; j += 4) {
      a += (x[p + j] - centres[q + j]) ** 2;
      b += (x[p + j + 1] - centres[q + j + 1]) ** 2;
      c += (x[p + j + 2] - centres[q + j + 2]) ** 2;
      d += (x[p + j + 3] - centres[q + j + 3]) ** 2;
    }
    for (let j = whole; j < width; j++) a += (x[p + j] - centres[q + j]) ** 2;
    squares[i] = a + b + (c + d);
  }
  return squares;
}
