/** Vectors as rows of one array. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  /** [count * width] */
  readonly values: Float64Array;
}

/** Items worked on at a time, so that they stay in the processor's cache. */
export const CHUNK = 64;

/** Below this share of the largest vector's length, what is left after centring is rounding. */
const ROUNDING = 1e-10;

/** The chosen rows of `values` [.. * width] less their mean; a row that is only rounding after that becomes 0. */
export function centredRows(values: ArrayLike<number>, chosen: readonly number[], width: number): Rows {
  const rows = new Float64Array(chosen.length * width);
  const mean = new Float64Array(width);
  let largest = 0;
  chosen.forEach((row, at) => {
    let squares = 0;
    for (let j = 0; j < width; j++) {
      const x = values[row * width + j];
      rows[at * width + j] = x;
      mean[j] += x / chosen.length;
      squares += x * x;
    }
    largest = Math.max(largest, Math.sqrt(squares));
  });
  for (let at = 0; at < chosen.length; at++) {
    const row = rows.subarray(at * width, (at + 1) * width);
    let squares = 0;
    for (let j = 0; j < width; j++) {
      row[j] -= mean[j];
      squares += row[j] ** 2;
    }
    if (Math.sqrt(squares) <= ROUNDING * largest) row.fill(0);
  }
  return { count: chosen.length, width, values: rows };
}

/** Inner products of all pairs of rows [count * count]. */
export function gram({ count, width, values }: Rows): Float64Array {
  return products(values, count, values, count, width);
}

/**
 * Inner products of the rows of two arrays, X Y^T. Two rows of one with four of the other at a time: eight sums need six
 * loads a step, which is what makes it fast (and no destructuring inside: that is several times slower). Every sum runs over
 * the columns in order.
 *
 * @param x [>= n * width]   @param y [>= m * width]   @param into where to put the result [>= n * m]
 */
export function products(
  x: Float64Array,
  n: number,
  y: Float64Array,
  m: number,
  width: number,
  into = new Float64Array(n * m),
): Float64Array {
  // Past the last row the last one is taken again and the same number written twice.
  for (let a = 0; a < m; a += 4) {
    const [b, c, d] = [Math.min(a + 1, m - 1), Math.min(a + 2, m - 1), Math.min(a + 3, m - 1)];
    const [ya, yb, yc, yd] = [a * width, b * width, c * width, d * width];
    for (let i = 0; i < n; i += 2) {
      const k = Math.min(i + 1, n - 1);
      const [xi, xk] = [i * width, k * width];
      let [ia, ib, ic, id, ka, kb, kc, kd] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let j = 0; j < width; j++) {
        const first = x[xi + j];
        const second = x[xk + j];
        const va = y[ya + j];
        const vb = y[yb + j];
        const vc = y[yc + j];
        const vd = y[yd + j];
        ia += first * va;
        ib += first * vb;
        ic += first * vc;
        id += first * vd;
        ka += second * va;
        kb += second * vb;
        kc += second * vc;
        kd += second * vd;
      }
      into[i * m + a] = ia;
      into[i * m + b] = ib;
      into[i * m + c] = ic;
      into[i * m + d] = id;
      into[k * m + a] = ka;
      into[k * m + b] = kb;
      into[k * m + c] = kc;
      into[k * m + d] = kd;
    }
  }
  return into;
}

/** Lengths of the vectors with this Gram matrix [count]. */
export function lengths(products: Float64Array, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, a) => Math.sqrt(products[a * count + a]));
}
