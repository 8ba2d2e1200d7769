import type { Rows } from './vectors.ts';

export interface SelfDuality {
  /** || W/|W|_F - M/|M|_F ||_F^2, in [0, 4]. */
  readonly value: number | null;
  /** 1 - cos(W_c, M_c), in [0, 2], in the rows' order; null where one of the two is 0. */
  readonly perClass: (number | null)[];
}

/** NC3, how far classifier vectors W and class means M, both centred, are from each other (Papyan, Han, Donoho 2020). */
export function selfDuality(W: Rows, M: Rows): SelfDuality {
  const { count, width } = W;
  let [ww, mm] = [0, 0];
  const perClass: (number | null)[] = [];
  for (let c = 0; c < count; c++) {
    let [dot, w, m] = [0, 0, 0];
    for (let j = c * width; j < (c + 1) * width; j++) {
      dot += W.values[j] * M.values[j];
      w += W.values[j] ** 2;
      m += M.values[j] ** 2;
    }
    perClass.push(w === 0 || m === 0 ? null : 1 - dot / Math.sqrt(w * m));
    ww += w;
    mm += m;
  }
  if (ww === 0 || mm === 0) return { value: null, perClass };
  return { value: squaredDistance(W.values, M.values, 1 / Math.sqrt(ww), 1 / Math.sqrt(mm)), perClass };
}

/** Summed entry by entry: 2 - 2 cos would lose its digits where the two agree. */
function squaredDistance(a: Float64Array, b: Float64Array, scaleA: number, scaleB: number): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] * scaleA - b[j] * scaleB) ** 2;
  return sum;
}
