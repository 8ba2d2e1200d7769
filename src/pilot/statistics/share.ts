import { betaQuantile } from './distributions.ts';
import type { Bounds } from './sample.ts';
import { unitTotals } from './sample.ts';

/**
 * Interval of a share p = sum a_i / sum b_i (0 <= a_i <= b_i <= 1, means over repeats): Clopper-Pearson on an
 * effective number of items that is shrunk towards the worst design effect while there is little to estimate it from.
 *
 *   B = sum b_i,  V = G/(G-1) sum_g (sum_{i in g} (a_i - p b_i))^2 / B^2,  dmax = sum_g b_g^2 / B (at least 1)
 *   dhat = V B / (p (1-p))  (p in {0, 1} or G = 1: dmax),  W = 4 G p (1-p)  (G = 1: 0)
 *   deff = (W dhat + 4 dmax) / (W + 4),  ne = B / deff,  k = p ne
 *   l = BetaInv(alpha/2; k, ne-k+1), 0 if k = 0;   u = BetaInv(1-alpha/2; k+1, ne-k), 1 if k = ne
 *
 * With b_i = 1 this is formula I1 (recall); then dmax is never under 1. Other shares (precision, the share behind F1)
 * take the same form on the items that count for them.
 *
 * @param a numerators [n]   @param b denominators [n], not all 0   @param groups group of every item [n]
 * @throws RangeError when the denominators sum to 0
 */
export function share(
  a: Float64Array,
  b: Float64Array,
  groups?: Int32Array,
): { value: number; units: number; bounds: Bounds } {
  const tops = unitTotals(a, groups);
  const bottoms = unitTotals(b, groups);
  let top = 0;
  let bottom = 0;
  let squares = 0;
  let units = 0;
  for (let g = 0; g < tops.length; g++) {
    top += tops[g];
    bottom += bottoms[g];
    squares += bottoms[g] ** 2;
    if (bottoms[g] > 0) units++;
  }
  if (!(bottom > 0)) throw new RangeError(`share: denominators must sum to more than 0, got ${bottom}`);
  // Sums of thirds and sixths round: a share within rounding of 0 or 1 is 0 or 1.
  const p = top < 1e-9 ? 0 : bottom - top < 1e-9 ? 1 : top / bottom;
  let residuals = 0;
  for (let g = 0; g < tops.length; g++) residuals += (tops[g] - p * bottoms[g]) ** 2;

  const worst = Math.max(1, squares / bottom);
  const spread = p * (1 - p);
  const seen = units > 1 && spread > 0 ? ((units / (units - 1)) * residuals) / bottom / spread : worst;
  const weight = units > 1 ? 4 * units * spread : 0;
  const effective = bottom / ((weight * seen + 4 * worst) / (weight + 4));
  return { value: p, units, bounds: (alpha) => clopperPearson(p, effective, alpha) };
}

/** Clopper-Pearson for k = p n successes of n, both of which need not be whole. */
function clopperPearson(p: number, n: number, alpha: number): [number, number] {
  const k = p * n;
  return [p === 0 ? 0 : betaQuantile(alpha / 2, k, n - k + 1), p === 1 ? 1 : betaQuantile(1 - alpha / 2, k + 1, n - k)];
}
