import type { Random } from '../../../src/array/random.ts';
import { normalQuantile } from '../../../src/pilot/statistics/distributions.ts';
import type { Predictions } from '../../../src/pilot/statistics/predictions.ts';

/**
 * Simulated pairs of classifiers with known recall. An item of class c is right in repeat r when
 *
 *   sqrt(1 + shift^2) probit(theta_c) + sqrt(rho) u_i + shift b_r + sqrt(1 - rho) e_ir > 0
 *
 * with standard normal u (difficulty of the item; correlation `paired` between the arms; shared in part, `icc`, by the
 * items of a group), b (the repeat: seed and folds, one for all classes) and e, so that theta_c is the recall exactly.
 * A wrong item goes to any other class alike.
 */
export interface World {
  /** Items of every class. */
  readonly sizes: readonly number[];
  /** Recall of every class, first and second arm. */
  readonly recall: readonly [readonly number[], readonly number[]];
  readonly repeats: number;
  /** Correlation of one item's outcomes between repeats (latent). */
  readonly rho?: number;
  readonly shift?: number;
  readonly paired?: number;
  /** Largest group (sizes are drawn from 1 to it); groups hold items of one class. */
  readonly groups?: number;
  readonly icc?: number;
}

export function simulate(world: World, random: Random): [Predictions, Predictions] {
  const { sizes, repeats: R, rho = 0.5, shift = 0, paired = 0.5, icc = 0.5 } = world;
  const C = sizes.length;
  const labels = Int32Array.from(sizes.flatMap((n, c) => Array<number>(n).fill(c)));
  const n = labels.length;
  const groups = world.groups ? drawGroups(labels, world.groups, random) : undefined;
  const shared = new Float64Array(n);
  const common = new Float64Array(n);
  if (groups) {
    const first = Float64Array.from({ length: n }, () => random.normal());
    const second = Float64Array.from({ length: n }, () => random.normal());
    for (let i = 0; i < n; i++) [shared[i], common[i]] = [first[groups[i]], second[groups[i]]];
  }
  const own = groups ? Math.sqrt(1 - icc) : 1;
  const together = groups ? Math.sqrt(icc) : 0;
  const u = Float64Array.from(shared, (v) => together * v + own * random.normal());
  const arms = [0, 1].map((arm) => {
    const difficulty =
      arm === 0
        ? u
        : u.map((x, i) => paired * x + Math.sqrt(1 - paired * paired) * (together * common[i] + own * random.normal()));
    const centre = world.recall[arm].map((theta) =>
      theta >= 1 ? 99 : theta <= 0 ? -99 : Math.sqrt(1 + shift * shift) * normalQuantile(theta),
    );
    const rows = Array.from({ length: R }, () => {
      const moved = shift * random.normal();
      return Int32Array.from(labels, (c, i) => {
        const latent = centre[c] + Math.sqrt(rho) * difficulty[i] + moved + Math.sqrt(1 - rho) * random.normal();
        return latent > 0 ? c : (c + 1 + random.integer(C - 1)) % C;
      });
    });
    return { classes: C, labels, repeats: rows, ...(groups ? { groups } : {}) };
  });
  return [arms[0], arms[1]];
}

/** Precision and F1 of every class, and macro F1, of one arm of the world: from the expected counts. */
export function truth(world: World, arm: 0 | 1): { precision: number[]; f1: number[]; macroF1: number } {
  const C = world.sizes.length;
  const theta = world.recall[arm];
  const precision: number[] = [];
  const f1: number[] = [];
  for (let c = 0; c < C; c++) {
    const hits = world.sizes[c] * theta[c];
    let predicted = hits;
    for (let k = 0; k < C; k++) if (k !== c) predicted += (world.sizes[k] * (1 - theta[k])) / (C - 1);
    precision.push(hits / predicted);
    f1.push((2 * hits) / (world.sizes[c] + predicted));
  }
  return { precision, f1, macroF1: f1.reduce((sum, f) => sum + f, 0) / C };
}

/** How often `interval` holds the truth in `sets` data sets, and its mean width. */
export class Coverage {
  sets = 0;
  held = 0;
  width = 0;
  add(interval: readonly [number, number] | null, value: number): void {
    if (!interval) throw new Error('coverage: no interval');
    this.sets++;
    if (interval[0] <= value + 1e-12 && value - 1e-12 <= interval[1]) this.held++;
    this.width += interval[1] - interval[0];
  }
  join(other: Coverage): void {
    this.sets += other.sets;
    this.held += other.held;
    this.width += other.width;
  }
  get share(): number {
    return this.held / this.sets;
  }
  /** The bar of 93 % less two standard errors of the simulation. */
  get bar(): number {
    return 0.93 - 2 * Math.sqrt((0.93 * 0.07) / this.sets);
  }
  toString(): string {
    return `${this.share.toFixed(3)} of ${this.sets} (bar ${this.bar.toFixed(3)}), mean width ${(this.width / this.sets).toFixed(3)}`;
  }
}

function drawGroups(labels: Int32Array, largest: number, random: Random): Int32Array {
  const groups = new Int32Array(labels.length);
  let group = 0;
  let left = 0;
  for (let i = 0; i < labels.length; i++) {
    if (i > 0 && (left === 0 || labels[i] !== labels[i - 1])) {
      group++;
      left = 0;
    }
    if (left === 0) left = 1 + random.integer(largest);
    groups[i] = group;
    left--;
  }
  return groups;
}
