import { tQuantile, twoSidedZ } from './distributions.ts';
import type { Bounds, Sample } from './sample.ts';
import { itemMeans, mean } from './sample.ts';

/** Seed noise of an estimate sum_c w_c mean_i x_ir. */
export interface RepeatTerm {
  readonly repeats: number;
  /** V_R: what seeds and folds add to the variance of the estimate, beyond the items; >= 0. */
  readonly variance: number;
  /** S2: variance over repeats of the estimate. */
  readonly between: number;
  /** E_c of every part: variance of item x repeat noise. */
  readonly noise: readonly number[];
}

/**
 * The part of formula I4 that is estimated: seed noise that all items of a repeat share.
 *
 *   E_c = sum_ir (x_ir - m_i - xbar_r + xbar)^2 / ((n_c - 1)(R - 1))   (n_c = 1: 0)
 *   V_R = max(0, S2/R - sum_c w_c^2 E_c / (n_c R)),   S2 = variance over repeats of sum_c w_c xbar_cr
 *
 * @param parts one a class, all with the same R   @returns null for R = 1: seed noise can't be told from one repeat
 */
export function repeatTerm(
  parts: readonly { readonly weight: number; readonly values: Sample['values'] }[],
): RepeatTerm | null {
  const R = parts[0].values.length;
  if (R < 2) return null;
  const estimates = new Float64Array(R);
  const noise: number[] = [];
  let visible = 0;
  for (const { weight, values } of parts) {
    const n = values[0].length;
    const perItem = itemMeans(values);
    const perRepeat = values.map(mean);
    const overall = mean(perItem);
    let squares = 0;
    for (let r = 0; r < R; r++) {
      const shift = overall - perRepeat[r];
      estimates[r] += weight * perRepeat[r];
      for (let i = 0; i < n; i++) squares += (values[r][i] - perItem[i] + shift) ** 2;
    }
    const E = n > 1 ? squares / ((n - 1) * (R - 1)) : 0;
    noise.push(E);
    visible += (weight * weight * E) / (n * R);
  }
  const centre = mean(estimates);
  let between = 0;
  for (const estimate of estimates) between += (estimate - centre) ** 2 / (R - 1);
  const beyond = between / R - visible;
  // Rounding alone must not count as seed noise.
  return { repeats: R, variance: beyond > 1e-14 ? beyond : 0, between, noise };
}

/**
 * Formula I4: an interval (I1-I3) widened by seed noise.
 *
 *   V = ((u - l) / 2z)^2 + V_R,  nu = (R - 1)(V / V_R)^2,  t = t_{1 - alpha/2, nu}
 *   l' = est - (t/z) sqrt((est - l)^2 + z^2 V_R),  u' alike;  unchanged if V_R = 0 or R = 1
 *
 * @param estimate the reported estimate   @param bounds its interval without seed noise
 */
export function withRepeats(estimate: number, bounds: Bounds, term: RepeatTerm | null): Bounds {
  if (!term || term.variance === 0) return bounds;
  const { repeats, variance } = term;
  return (alpha) => {
    const z = twoSidedZ(alpha);
    const [l, u] = bounds(alpha);
    const total = ((u - l) / (2 * z)) ** 2 + variance;
    const t = tQuantile(1 - alpha / 2, (repeats - 1) * (total / variance) ** 2);
    const half = (side: number) => (t / z) * Math.sqrt(side ** 2 + z ** 2 * variance);
    return [estimate - half(estimate - l), estimate + half(u - estimate)];
  };
}
