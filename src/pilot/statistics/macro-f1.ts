import { twoSidedZ } from './distributions.ts';
import { betweenUnits, grouping, groupQuantile } from './few-groups.ts';
import type { Predictions } from './predictions.ts';
import { itemsByClass } from './predictions.ts';
import type { RepeatTerm } from './repeats.ts';
import { repeatTerm, withRepeats } from './repeats.ts';
import type { Bounds } from './sample.ts';
import { itemMeans, mean } from './sample.ts';

/** Macro F1, pooled over repeats, and its gradient with respect to what is predicted for every item. */
interface Linear {
  readonly value: number;
  /** Per class k: h_ir of its items [R][n_k]. */
  readonly values: readonly Float64Array[][];
  /** Per class: h of an item predicted right, and predicted wrong (mean over the wrong classes). */
  readonly right: readonly number[];
  readonly wrong: readonly number[];
  readonly recall: readonly number[];
  /** Per class: F_c / (n_c + P_c) / C, what one more item or answer of it costs. */
  readonly price: readonly number[];
}

/** An interval of macro F1: without seed noise (`sampling`) and with it (`bounds`). */
export interface MacroF1 {
  readonly value: number;
  readonly sampling: Bounds;
  readonly bounds: Bounds;
  readonly seeds: RepeatTerm | null;
  /** Sampling variance that every class brings, at its present number of items, groups included (f^2). */
  readonly variances: readonly number[];
}

/**
 * Formula I5, one arm: interval of macro F1 by its gradient, with two pseudo-items right and two wrong in every class.
 *
 *   q_ic = share of repeats predicting c;  T_c = sum_{i in c} q_ic,  P_c = sum_i q_ic,  F_c = 2 T_c / (n_c + P_c)
 *   h_i = (1/C) [2 q_ik / (n_k + P_k) - sum_c F_c q_ic / (n_c + P_c)]   for an item of class k
 *   right_k = (1/C)(2 - F_k)/(n_k + P_k),  wrong_k = -(1/C) sum_{c != k} v_c F_c / (n_c + P_c),
 *   v_c = P_c / sum_{c != k} P_c   (1e-9 added to each P_c)
 *   V = sum_k [sum_i (h_i - hbar_k)^2 + 2 ((right_k - hbar_k)^2 + (wrong_k - hbar_k)^2)] n_k / (n_k + 4);  F -+ z sqrt V
 *
 * Groups widen by f t/z: f^2, at least 1, is the variance of F by groups over that by items, with the numbers of items
 * of every class varying from group to group as they do; t of few-groups.ts.
 *
 *   f^2 = G/(G-1) sum_g (sum_{i in g} (h_i - F_k/(n_k+P_k)/C))^2 / sum_k n_k/(n_k-1) sum_{i in k} (h_i - hbar_k)^2
 *
 * Seed noise enters as in I4, on the h_i.
 *
 * @param p every class with at least one item   @throws RangeError when a class has none
 */
export function macroF1(p: Predictions): MacroF1 {
  const items = itemsByClass(p);
  const arm = linearise(p, items);
  const { factor, quantile } = widening(p, items, arm.values, arm.price);
  const variances = items.map((own, k) => {
    const h = itemMeans(arm.values[k]);
    const centre = mean(h);
    let squares = 2 * ((arm.right[k] - centre) ** 2 + (arm.wrong[k] - centre) ** 2);
    for (const x of h) squares += (x - centre) ** 2;
    return (factor ** 2 * squares * own.length) / (own.length + 4);
  });
  const variance = variances.reduce((sum, v) => sum + v, 0);
  const sampling: Bounds = (alpha) => {
    const half = quantile(alpha) * Math.sqrt(variance);
    return [arm.value - half, arm.value + half];
  };
  return finish(arm.value, sampling, arm.values, variances);
}

/**
 * Formula I5, paired difference b - a: D_i = hB_i - hA_i, each arm's own gradient.
 *
 *   J_k = mean over arms of right_k - wrong_k;  V_k = [sum (D_i - Dbar_k)^2 + 3 J_k^2] (n_k / (n_k + 3))^2
 *   s_k = J_k n_k d_k 3 / (n_k + 3),  d_k the difference in recall
 *   l = dF - sqrt(sum_k (s_k + z sqrt V_k)^2),  u = dF + sqrt(sum_k (z sqrt V_k - s_k)^2)
 *
 * Groups and seed noise as in macroF1. The estimate dF is the difference of the two pooled macro F1.
 *
 * @throws RangeError when a class has no item
 */
export function macroF1Difference(a: Predictions, b: Predictions): MacroF1 {
  const items = itemsByClass(a);
  const first = linearise(a, items);
  const second = linearise(b, items);
  const values = second.values.map((rows, k) => rows.map((row, r) => less(row, first.values[k][r])));
  const price = second.price.map((x, k) => x - first.price[k]);
  const { factor, quantile } = widening(a, items, values, price);
  const variances: number[] = [];
  const shifts: number[] = [];
  for (const [k, own] of items.entries()) {
    const n = own.length;
    const D = itemMeans(values[k]);
    const centre = mean(D);
    const J = (first.right[k] - first.wrong[k] + second.right[k] - second.wrong[k]) / 2;
    let squares = 3 * J * J;
    for (const x of D) squares += (x - centre) ** 2;
    variances.push(factor ** 2 * squares * (n / (n + 3)) ** 2);
    shifts.push((factor * J * n * (second.recall[k] - first.recall[k]) * 3) / (n + 3));
  }
  const value = second.value - first.value;
  const sampling: Bounds = (alpha) => {
    const t = quantile(alpha);
    let below = 0;
    let above = 0;
    for (const [k, variance] of variances.entries()) {
      below += (shifts[k] + t * Math.sqrt(variance)) ** 2;
      above += (t * Math.sqrt(variance) - shifts[k]) ** 2;
    }
    return [value - Math.sqrt(below), value + Math.sqrt(above)];
  };
  return finish(value, sampling, values, variances);
}

function linearise(p: Predictions, items: readonly Int32Array[]): Linear {
  const C = p.classes;
  const R = p.repeats.length;
  const empty = items.findIndex((own) => own.length === 0);
  if (empty >= 0) throw new RangeError(`macroF1: class ${empty} has no items`);
  const hits = new Float64Array(C);
  const predicted = new Float64Array(C);
  for (const row of p.repeats)
    for (let i = 0; i < row.length; i++) {
      predicted[row[i]]++;
      if (row[i] === p.labels[i]) hits[row[i]]++;
    }
  for (let c = 0; c < C; c++) {
    predicted[c] /= R;
    hits[c] /= R;
  }
  const sizes = items.map((own) => own.length);
  const F = sizes.map((n, c) => (2 * hits[c]) / (n + predicted[c]));
  const gain = sizes.map((n, c) => 2 / (n + predicted[c]) / C);
  const price = sizes.map((n, c) => F[c] / (n + predicted[c]) / C);

  const values = items.map((own, k) =>
    p.repeats.map((row) => {
      const h = new Float64Array(own.length);
      for (let j = 0; j < own.length; j++) {
        const c = row[own[j]];
        // An answer of a class that is not averaged (onClassesWithItems) has no price.
        h[j] = (c === k ? gain[k] : 0) - (price[c] ?? 0);
      }
      return h;
    }),
  );
  const wrong = sizes.map((_, k) => {
    let weights = 0;
    let sum = 0;
    for (let c = 0; c < C; c++)
      if (c !== k) {
        weights += predicted[c] + 1e-9;
        sum += (predicted[c] + 1e-9) * price[c];
      }
    return weights > 0 ? -sum / weights : 0;
  });
  return {
    value: mean(F),
    values,
    right: gain.map((g, k) => g - price[k]),
    wrong,
    recall: sizes.map((n, k) => hits[k] / n),
    price,
  };
}

function less(b: Float64Array, a: Float64Array): Float64Array {
  const values = new Float64Array(b.length);
  for (let i = 0; i < b.length; i++) values[i] = b[i] - a[i];
  return values;
}

/** f, and t in place of z: what groups widen by. @param price per class, of the arm, or the difference of the two */
function widening(
  p: Predictions,
  items: readonly Int32Array[],
  values: readonly Float64Array[][],
  price: readonly number[],
): { factor: number; quantile: (alpha: number) => number } {
  if (!p.groups) return { factor: 1, quantile: twoSidedZ };
  const moved = new Float64Array(p.labels.length);
  let apart = 0;
  for (const [k, own] of items.entries()) {
    const h = itemMeans(values[k]);
    const centre = mean(h);
    let squares = 0;
    for (let j = 0; j < own.length; j++) {
      moved[own[j]] = h[j] - price[k];
      squares += (h[j] - centre) ** 2;
    }
    if (own.length > 1) apart += (own.length / (own.length - 1)) * squares;
  }
  const group = grouping(moved, p.groups);
  const told = group.size > 1 && group.units > 1 && apart > 0;
  const factor = told ? Math.sqrt(Math.max(1, betweenUnits(moved, p.groups, group.units) / apart)) : 1;
  return { factor, quantile: (alpha) => groupQuantile(group, alpha) };
}

function finish(value: number, sampling: Bounds, values: readonly Float64Array[][], variances: number[]): MacroF1 {
  const seeds = repeatTerm(values.map((rows) => ({ weight: rows[0].length, values: rows })));
  return { value, sampling, bounds: withRepeats(value, sampling, seeds), seeds, variances };
}
