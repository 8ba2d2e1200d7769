import { gram, lengths, type Rows } from './vectors.ts';

export interface SimplexDistance {
  /** std_c |v_c| / mean_c |v_c|, std with C - 1 in the denominator as in the paper's code; 0 for equal lengths. */
  readonly norm: number | null;
  /** Mean over pairs of |cos(v_c, v_c') + 1/(C-1)|; 0 for equal angles. Null when a vector is 0. */
  readonly angle: number | null;
}

/** NC2, how far C >= 2 centred vectors are from a simplex (Papyan, Han, Donoho 2020). */
export function simplexDistance(centred: Rows): SimplexDistance {
  const C = centred.count;
  const products = gram(centred);
  const norms = lengths(products, C);
  const mean = norms.reduce((sum, norm) => sum + norm, 0) / C;
  if (mean === 0) return { norm: null, angle: null };
  const variance = norms.reduce((sum, norm) => sum + (norm - mean) ** 2, 0) / (C - 1);
  const norm = Math.sqrt(variance) / mean;
  if (norms.some((length) => length === 0)) return { norm, angle: null };
  let sum = 0;
  for (let a = 0; a < C; a++)
    for (let b = 0; b < a; b++) sum += Math.abs(products[a * C + b] / (norms[a] * norms[b]) + 1 / (C - 1));
  return { norm, angle: sum / ((C * (C - 1)) / 2) };
}
