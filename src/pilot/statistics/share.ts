import { betaQuantile, twoSidedZ } from './distributions.ts';
import { betweenUnits, grouping, groupQuantile, squares } from './few-groups.ts';
import type { Bounds } from './sample.ts';

/** Power of the items a group: what one failure is taken to strike at once until failures are seen. */
const UNSEEN = 2 / 3;

/**
 * Interval of a share p = sum a_i / sum b_i (0 <= a_i <= b_i <= 1, means over repeats): Clopper-Pearson on an
 * effective number of items that is shrunk towards a bad design effect while there is little to estimate it from.
 * G, m, rho and t are those of few-groups.ts (residuals a_i - p b_i, weights b_i).
 *
 *   B = sum b_i,  V = G/(G-1) sum_g (sum_{i in g} (a_i - p b_i))^2 / B^2,  d1 = sum b_i^2 / B (at least 1),  dmax = d1 m
 *   dhat = V B / (p (1-p)) (t/z)^2, at most dmax (or dhat itself at t = z where that is more)
 *   W = 4 max(G, n/rho) p (1-p)  (n: items with b_i > 0),  deff = (W dhat + 4 d1 m^(2/3)) / (W + 4)
 *   (G = 1: deff = dmax)
 *   ne = B / deff,  k = p ne
 *   l = BetaInv(alpha/2; k, ne-k+1), 0 if k = 0;   u = BetaInv(1-alpha/2; k+1, ne-k), 1 if k = ne
 *
 * With b_i = 1 this is formula I1 (recall). Other shares (precision, the share behind F1) take the same form on the
 * items that count for them.
 *
 * @param a numerators [n]   @param b denominators [n], not all 0   @param groups group of every item [n]
 * @throws RangeError when the denominators sum to 0
 */
export function share(
  a: Float64Array,
  b: Float64Array,
  groups?: Int32Array,
): { value: number; units: number; bounds: Bounds } {
  let top = 0;
  let bottom = 0;
  let items = 0;
  for (let i = 0; i < a.length; i++) {
    top += a[i];
    bottom += b[i];
    if (b[i] > 0) items++;
  }
  if (!(bottom > 0)) throw new RangeError(`share: denominators must sum to more than 0, got ${bottom}`);
  // Sums of thirds and sixths round: a share within rounding of 0 or 1 is 0 or 1.
  const p = top < 1e-9 ? 0 : bottom - top < 1e-9 ? 1 : top / bottom;
  const residuals = a.map((x, i) => x - p * b[i]);
  const group = grouping(residuals, groups, b);
  const { units, size, ratio } = group;

  const alone = Math.max(1, squares(b) / bottom);
  const worst = alone * size;
  const spread = p * (1 - p);
  const seen = units > 1 && spread > 0 ? betweenUnits(residuals, groups, units) / bottom / spread : worst;
  const weight = units > 1 ? 4 * Math.max(units, items / ratio) * spread : 0;
  const start = units > 1 ? alone * size ** UNSEEN : worst;
  const bounds: Bounds = (alpha) => {
    const widened = Math.min(seen * (groupQuantile(group, alpha) / twoSidedZ(alpha)) ** 2, Math.max(seen, worst));
    return clopperPearson(p, bottom / ((weight * widened + 4 * start) / (weight + 4)), alpha);
  };
  return { value: p, units, bounds };
}

/** Clopper-Pearson for k = p n successes of n, both of which need not be whole. */
function clopperPearson(p: number, n: number, alpha: number): [number, number] {
  const k = p * n;
  return [p === 0 ? 0 : betaQuantile(alpha / 2, k, n - k + 1), p === 1 ? 1 : betaQuantile(1 - alpha / 2, k + 1, n - k)];
}
