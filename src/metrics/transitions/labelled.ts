import { checkNumbers, checkPoints, type Points } from '../clustering/points.ts';
import { neighbours } from '../health/neighbours.ts';

export interface TransitionInput {
  readonly points: Points;
  /** True class of every row [N], 0..classes-1; a row without a label has -1. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** Recording of every row [N], rows of one recording together and in the order of time. */
  readonly recordings: Int32Array;
}

/** Row i of a boundary is its last row before: the boundary lies between rows i and i + 1 of one recording. */
export interface Boundaries {
  /** All boundaries, ascending. */
  readonly all: Int32Array;
  /** Those where the label changes, and those where it stays; one beside a row without a label is in neither. */
  readonly changes: Int32Array;
  readonly stays: Int32Array;
}

export const NO_CHANGE = 'the label never changes inside a recording';

/** @throws RangeError where shapes do not fit, a number is not finite or a recording's rows do not stand together */
export function boundaries(place: string, { points, labels, classes, recordings }: TransitionInput): Boundaries {
  const rows = checkPoints(place, points);
  checkNumbers(place, 'labels', labels, rows, classes, -1);
  const all = neighbours(place, recordings, rows);
  const known = all.filter((i) => labels[i] >= 0 && labels[i + 1] >= 0);
  return {
    all,
    changes: known.filter((i) => labels[i] !== labels[i + 1]),
    stays: known.filter((i) => labels[i] === labels[i + 1]),
  };
}
