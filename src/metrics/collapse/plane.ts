import { checkMatrix, checkSize } from './check.ts';
import { symmetricEigen } from './eigen.ts';
import { centredRows, gram, type Rows } from './vectors.ts';

/** The plane in which rows vary most. */
export interface PrincipalPlane {
  /** Mean of the rows [D]. */
  readonly centre: Float64Array;
  /** Two orthonormal axes [2][D], the one of larger variance first; zeros where there is no variance left. */
  readonly axes: readonly [Float64Array, Float64Array];
  /** Share of the rows' variance along each axis; 0 where they have none. */
  readonly explained: readonly [number, number];
}

/** Eigenvalues below this share of the largest are rounding. */
const CUT_OFF = 1e-12;

/**
 * Principal component analysis to two dimensions. Of the two signs an axis can have, it gets the one that makes its
 * largest entry (by size, the first of equals) positive. The smaller of X X^T [N, N] and X^T X [D, D] is decomposed: an
 * eigenvector u of the first gives X^T u / |X^T u|.
 *
 * @param rows [N * width], N >= 1   @throws RangeError where shapes do not fit or a number is not finite
 */
export function principalPlane(rows: ArrayLike<number>, width: number): PrincipalPlane {
  const place = 'principal plane';
  checkSize(place, 'width', width);
  const n = rows.length / width;
  checkSize(place, 'rows', n);
  checkMatrix(place, 'rows', rows, n, width);
  const every = Array.from({ length: n }, (_, i) => i);
  const centred = centredRows(rows, every, width);
  const centre = new Float64Array(width);
  for (let i = 0; i < rows.length; i++) centre[i % width] += rows[i] / n;

  const byRow = n <= width;
  const smaller = byRow ? centred : transposed(centred);
  const { values, vectors } = symmetricEigen(gram(smaller), smaller.count);
  const order = [...values.keys()].sort((a, b) => values[b] - values[a] || a - b);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const none = { axis: new Float64Array(width), share: 0 };
  const along = (place: number) => {
    const k = order[place];
    if (k === undefined || !(values[k] > CUT_OFF * values[order[0]])) return none;
    const vector = vectors.subarray(k * smaller.count, (k + 1) * smaller.count);
    return { axis: pointed(byRow ? combined(centred, vector) : vector), share: values[k] / total };
  };
  const [first, second] = [along(0), along(1)];
  return { centre, axes: [first.axis, second.axis], explained: [first.share, second.share] };
}

/** Where rows [N * D] lie in the plane, [N][2]. */
export function onPlane(rows: ArrayLike<number>, { centre, axes }: PrincipalPlane): [number, number][] {
  const width = centre.length;
  const along = (axis: Float64Array, row: number) => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += (rows[row * width + j] - centre[j]) * axis[j];
    return sum;
  };
  return Array.from({ length: rows.length / width }, (_, row) => [along(axes[0], row), along(axes[1], row)]);
}

/** The sum of the rows with these weights. */
function combined({ count, width, values }: Rows, weights: Float64Array): Float64Array {
  const sum = new Float64Array(width);
  for (let i = 0; i < count; i++) for (let j = 0; j < width; j++) sum[j] += weights[i] * values[i * width + j];
  return sum;
}

/** Of length 1, the largest entry positive. */
function pointed(vector: Float64Array): Float64Array {
  const length = Math.sqrt(vector.reduce((sum, v) => sum + v * v, 0));
  let most = 0;
  for (const v of vector) if (Math.abs(v) > Math.abs(most)) most = v;
  return vector.map((v) => (most < 0 ? -v : v) / length);
}

function transposed({ count, width, values }: Rows): Rows {
  const turned = new Float64Array(values.length);
  for (let a = 0; a < count; a++) for (let j = 0; j < width; j++) turned[j * count + a] = values[a * width + j];
  return { count: width, width: count, values: turned };
}
