import type { Bounds } from './sample.ts';
import { unitIndex } from './sample.ts';

/** One class of a weighted mean: its own estimate and interval (I1 or I2). */
export interface Part {
  readonly weight: number;
  readonly value: number;
  readonly bounds: Bounds;
}

/**
 * Formula I3: interval of a weighted mean of classes (macro recall, or its paired difference), by the method of
 * variance estimates recovery (MOVER): every class brings the distance from its estimate to its own interval's end.
 *
 *   est = sum w_c d_c,  l = est - f sqrt(sum w_c^2 (d_c - l_c)^2),  u = est + f sqrt(sum w_c^2 (u_c - d_c)^2)
 *
 * @param parts one a class; weights 1/C for macro recall   @param factor f of groupFactor, >= 1
 */
export function weightedMean(parts: readonly Part[], factor = 1): { value: number; bounds: Bounds } {
  let value = 0;
  for (const part of parts) value += part.weight * part.value;
  const bounds: Bounds = (alpha) => {
    let below = 0;
    let above = 0;
    for (const part of parts) {
      const [l, u] = part.bounds(alpha);
      below += (part.weight * (part.value - l)) ** 2;
      above += (part.weight * (u - part.value)) ** 2;
    }
    return [value - factor * Math.sqrt(below), value + factor * Math.sqrt(above)];
  };
  return { value, bounds };
}

/** Items of one class of a weighted mean: m_i or D_i [n_c], their mean, and the group of every item. */
export interface GroupedItems {
  readonly weight: number;
  readonly items: Float64Array;
  readonly value: number;
  readonly groups?: Int32Array;
}

/**
 * Widening for groups that hold several classes, whose errors then go together:
 *
 *   f = sqrt(max(1, VJ / VI)), 1 if VI = 0
 *   VJ = G/(G-1) sum_g (sum_c w_c sum_{i in g,c} (D_i - d_c)/n_c)^2
 *   VI = sum_c w_c^2 G_c/(G_c-1) sum_g (sum_{i in g,c} (D_i - d_c)/n_c)^2   (0 where G_c = 1)
 *
 * @returns f >= 1; 1 without groups
 */
export function groupFactor(classes: readonly GroupedItems[]): number {
  if (classes.length === 0 || classes.some((c) => !c.groups)) return 1;
  const joint = new Map<number, number>();
  let separate = 0;
  for (const { weight, items, value, groups } of classes) {
    if (!groups) continue;
    const { index, count } = unitIndex(groups);
    const names = new Int32Array(count);
    const sums = new Float64Array(count);
    for (let i = 0; i < items.length; i++) {
      names[index[i]] = groups[i];
      sums[index[i]] += (weight * (items[i] - value)) / items.length;
    }
    let squares = 0;
    for (let g = 0; g < count; g++) {
      squares += sums[g] ** 2;
      joint.set(names[g], (joint.get(names[g]) ?? 0) + sums[g]);
    }
    if (count > 1) separate += (count / (count - 1)) * squares;
  }
  if (separate === 0 || joint.size < 2) return 1;
  let together = 0;
  for (const sum of joint.values()) together += sum ** 2;
  together *= joint.size / (joint.size - 1);
  return Math.sqrt(Math.max(1, together / separate));
}
