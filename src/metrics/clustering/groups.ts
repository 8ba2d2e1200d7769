import { checkNumbers, checkPoints, type Points, squaredDistance } from './points.ts';

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
 * @throws RangeError where a number is not finite, or labels are not one a row in 0..groups-1
 */
export function grouped(place: string, points: Points, labels: Int32Array, groups: number): Grouped {
  const rows = checkPoints(place, points);
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

/** Centres of groups and how far their rows lie from them, in float64. */
export function centresOf({ embeddings, width }: Points, labels: Int32Array, { counts }: Grouped): Centres {
  const centres = new Float64Array(counts.length * width);
  for (let i = 0, from = 0; i < labels.length; i++)
    for (let j = 0, to = labels[i] * width; j < width; j++, from++, to++) centres[to] += embeddings[from];
  const mean = new Float64Array(width);
  for (let k = 0, at = 0; k < counts.length; k++)
    for (let j = 0; j < width; j++, at++) {
      mean[j] += centres[at] / labels.length;
      if (counts[k] > 0) centres[at] /= counts[k];
    }
  const squares = new Float64Array(labels.length);
  for (let i = 0; i < labels.length; i++) squares[i] = squaredDistance(embeddings, i, centres, labels[i], width);
  for (let k = 0, at = 0; k < counts.length; k++)
    for (let j = 0; j < width; j++, at++) centres[at] = counts[k] > 0 ? centres[at] - mean[j] : 0;
  return { centres, squares };
}
