import { chiSquareQuantile, twoSidedZ } from './distributions.ts';
import { freedomOf, groupQuantile } from './few-groups.ts';

/**
 * How much more data or how many more repeats would settle an undecided difference. Plans are estimates themselves:
 * from a pilot of 10 items the planned number scatters from half to double, so a range goes with each (`varianceRange`).
 */

/** Power that plans aim at is 0.80: its normal quantile. */
const POWER = 0.841621;
/** More than this is said to be out of reach. */
const MOST = 10_000_000;

/** How items lie in groups, now and when more have been collected: m, n/G and b of few-groups.ts. */
export interface GroupShape {
  readonly size: number;
  readonly each: number;
  readonly pseudo: number;
}

const NO_GROUPS: GroupShape = { size: 1, each: 1, pseudo: 1 };

/** One class as the plan sees it. */
export interface PlannedClass {
  /** Items at present, n_c. */
  readonly items: number;
  readonly weight: number;
  /** Difference of the class, d_c. */
  readonly difference: number;
  /** Variance of one item's difference at the present repeats: s2 = sI2 + sE2/R, design effect of groups included. */
  readonly variance: number;
  /** Left out without groups. */
  readonly groups?: GroupShape;
}

/**
 * Items that settle a difference in recall of one class with power 0.80 ("Collect"): the smallest n with
 *
 *   n delta >= t sqrt(Q) + .841621 sqrt(n s2),
 *   Q = [n s2 + m n (delta - e)^2 + 3 b^2 (1 + e^2)] N/(N - nb),   N = n + 3 b,  e = n delta/N
 *
 * Without groups m = b = nb = 1 and t = z. With groups n comes in groups like the present ones (more items of the same
 * groups settle little), and t is that of n/m groups.
 *
 * @param delta difference to be shown, > 0   @param variance s2 of one item's difference   @param alpha two-sided
 * @returns items in all (not more than there are), or null beyond ten million
 * @throws RangeError when delta is not > 0 or the variance is negative
 */
export function itemsForRecall(
  delta: number,
  variance: number,
  alpha = 0.05,
  groups: GroupShape = NO_GROUPS,
): number | null {
  if (!(delta > 0)) throw new RangeError(`planning: difference to be shown must be > 0, got ${delta}`);
  if (!(variance >= 0)) throw new RangeError(`planning: variance must be >= 0, got ${variance}`);
  return smallest(1, (n) => {
    const { half, N } = reach(n, delta, variance, groups, alpha);
    return n * delta >= half * N + POWER * Math.sqrt(n * variance);
  });
}

/**
 * The same for a weighted mean of classes (macro recall): items of class `which`, or, when it is left out, a factor on
 * the items of every class, so that the I3 interval built from the I2 intervals at those counts clears delta:
 *
 *   delta >= sqrt(sum w_c^2 (d_c - l_c)^2 + z^2 V_R) + .841621 sqrt(sum w_c^2 s2_c / n_c + V_R)
 *
 * with l_c as I2 would give it at n_c items of variance s2_c, and V_R the seed noise at the present repeats.
 *
 * @param delta difference to be shown, > 0; the d_c are taken in the direction of `sign`
 * @returns items of the class in all, or the factor (in steps of 1 %); null when that alone can't settle it
 */
export function itemsForMacro(
  classes: readonly PlannedClass[],
  delta: number,
  sign: 1 | -1,
  seedVariance: number,
  which?: number,
  alpha = 0.05,
): number | null {
  if (!(delta > 0)) throw new RangeError(`planning: difference to be shown must be > 0, got ${delta}`);
  const z = twoSidedZ(alpha);
  const settles = (count: (c: PlannedClass, index: number) => number) => {
    let below = z * z * seedVariance;
    let spread = seedVariance;
    for (const [index, c] of classes.entries()) {
      const n = count(c, index);
      const d = sign * c.difference;
      const { half, e } = reach(n, d, c.variance, c.groups ?? NO_GROUPS, alpha);
      below += (c.weight * (d - e + half)) ** 2;
      spread += (c.weight ** 2 * c.variance) / n;
    }
    return delta >= Math.sqrt(below) + POWER * Math.sqrt(spread);
  };
  if (which !== undefined)
    return smallest(classes[which].items, (n) => settles((c, index) => (index === which ? n : c.items)));
  const hundredths = smallest(100, (k) => settles((c) => (c.items * k) / 100));
  return hundredths === null ? null : hundredths / 100;
}

/** Centre e, half-width and N of I2's first interval at n items whose difference is d. */
function reach(n: number, d: number, variance: number, { size, each, pseudo }: GroupShape, alpha: number) {
  const N = n + 3 * pseudo;
  const e = (n * d) / N;
  // Fewer items than a group holds: no interval.
  if (N <= each) return { N, e, half: Number.POSITIVE_INFINITY };
  const square = ((n * variance + size * n * (d - e) ** 2 + 3 * pseudo ** 2 * (1 + e * e)) * N) / (N - each);
  const t = groupQuantile({ freedom: freedomOf(n / size, size) }, alpha);
  return { N, e, half: (t * Math.sqrt(square)) / N };
}

/**
 * Repeats that settle a difference ("Repeats"): the variance is A + B/R with A = sum w_c^2 sI2_c/n_c (items) and
 * B = sum w_c^2 sE2_c/n_c + sR2 (item x repeat noise, seeds), the target Vt = (|d| / (z + .841621))^2, so
 *
 *   R* = B / (Vt - A)
 *
 * @returns repeats in all; null when no number of repeats helps (Vt <= A)
 */
export function repeatsNeeded(
  delta: number,
  itemVariance: number,
  repeatVariance: number,
  alpha = 0.05,
): number | null {
  if (!(delta > 0)) throw new RangeError(`planning: difference to be shown must be > 0, got ${delta}`);
  const target = (delta / (twoSidedZ(alpha) + POWER)) ** 2;
  if (target <= itemVariance) return null;
  const repeats = Math.max(1, Math.ceil(repeatVariance / (target - itemVariance)));
  return repeats <= MOST ? repeats : null;
}

/**
 * Factors by which a variance estimated with `freedom` degrees of freedom may be off, 10-90 %: the true variance is
 * taken to lie between s2 freedom / chi2_.9 and s2 freedom / chi2_.1. Simple: it takes the terms for normal and holds
 * the difference itself fixed. Measured scatter of plans around the truth from 10/20/40/80 items: 0.44-1.75, 0.54-1.54,
 * 0.65-1.35, 0.77-1.23 (intervals.md); the factors' inverses are 0.46-1.63, 0.61-1.43, 0.72-1.29, 0.80-1.20.
 *
 * @param freedom at least 1 is used   @returns [below 1, above 1]
 */
export function varianceRange(freedom: number): [number, number] {
  const nu = Math.max(1, freedom);
  return [nu / chiSquareQuantile(0.9, nu), nu / chiSquareQuantile(0.1, nu)];
}

/** Smallest whole n >= from for which `enough` holds, taking it to hold from there on; null beyond MOST. */
function smallest(from: number, enough: (n: number) => boolean): number | null {
  if (enough(from)) return from;
  let low = from;
  let high = from * 2;
  while (!enough(high)) {
    low = high;
    high *= 2;
    if (high > MOST) return null;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
