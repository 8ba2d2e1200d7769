import { array } from '../../array/array.ts';
import { input, matmul } from '../../graph/ops/index.ts';
import { compile, feed, type Program, read } from '../../runtime/session.ts';
import { type Computing, centred, checkPoints, type Points } from '../clustering/points.ts';
import { symmetricEigen } from '../collapse/eigen.ts';

/** Below this share of the largest, eigenvalues are found again among themselves. */
const SMALL = 1e-9;

/**
 * Singular values of the rows less their mean, [min(N, D)], descending, to 1e-10 of the largest.
 *
 * They are the roots of the eigenvalues of X^T X, whose error of 1e-15 of the largest would be 3e-8 in a root. So the
 * small ones are found a second time, from the Gram matrix of X V, V the eigenvectors of the small ones: there they are
 * the largest, and what they stood beside is gone.
 *
 * @throws RangeError where shapes do not fit or a number is not finite
 */
export async function singularValues(points: Points, { threads }: Computing = {}): Promise<Float64Array> {
  const rows = checkPoints('spectrum', points);
  if (rows === 0) return new Float64Array();
  // The Gram matrix of the shorter side has the same eigenvalues but for zeros.
  const flat = rows < points.width;
  const x = flat ? transposed(centred(points), points.width) : centred(points);
  const width = Math.min(rows, points.width);
  const gram = await compile(
    { product: matmul(input('a', ['n', 'd'], 'float64'), input('b', ['n', 'e'], 'float64'), { transposeA: true }) },
    { threads },
  );
  const onto = await compile(
    { product: matmul(input('a', ['n', 'd'], 'float64'), input('b', ['m', 'd'], 'float64'), { transposeB: true }) },
    { threads },
  );
  try {
    const { values, vectors } = symmetricEigen(await multiply(gram, x, x, width, width), width);
    const limit = SMALL * values.reduce((most, value) => Math.max(most, value), 0);
    const small = Array.from(values.keys()).filter((k) => values[k] < limit);
    const found = Array.from(values.filter((value) => value >= limit));
    if (small.length > 0) {
      const basis = new Float64Array(small.length * width);
      small.forEach((k, at) => {
        basis.set(vectors.subarray(k * width, (k + 1) * width), at * width);
      });
      const left = await multiply(onto, x, basis, width, width);
      const again = await multiply(gram, left, left, small.length, small.length);
      found.push(...symmetricEigen(again, small.length).values);
    }
    return Float64Array.from(found, (value) => Math.sqrt(Math.max(0, value)))
      .sort()
      .reverse();
  } finally {
    await gram.release();
    await onto.release();
  }
}

/** Product of two matrices given by their numbers and widths. */
async function multiply(
  program: Program<'product'>,
  a: Float64Array,
  b: Float64Array,
  widthA: number,
  widthB: number,
): Promise<Float64Array> {
  const matrix = (values: Float64Array, width: number) =>
    feed(array('float64', [values.length / width, width], values));
  return read((await program.run({ a: matrix(a, widthA), b: matrix(b, widthB) })).product, 'float64');
}

function transposed(values: Float64Array, width: number): Float64Array {
  const rows = values.length / width;
  return Float64Array.from({ length: values.length }, (_, at) => values[(at % rows) * width + Math.floor(at / rows)]);
}
