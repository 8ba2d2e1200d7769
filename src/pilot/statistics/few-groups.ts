import { tQuantile, twoSidedZ } from './distributions.ts';
import { unitTotals } from './sample.ts';

/** How the items of a sample lie in groups; without groups every item is one. */
export interface Grouping {
  /** G: groups with items. */
  readonly units: number;
  /** m >= 1: items a group as an item sees it; 1 where no group holds two. The most that groups multiply a variance by. */
  readonly size: number;
  /** rho, from 1 to m: what groups are seen to multiply the variance by; m where nothing can tell. */
  readonly ratio: number;
  /** nu >= 1: degrees of freedom of a variance between groups; Infinity where m = 1. */
  readonly freedom: number;
}

/**
 * What groups do to the intervals I1 (so I3), I2 and I5: one rule. Groups are drawn, not items, and few groups tell
 * their own variance badly, however many items each holds: hence Student's t. On the other hand hundreds of items of a group do
 * not change all at once, as a pseudo-group of them would: hence pseudo-items of b items each (recall-difference.ts),
 * or a design effect (share.ts), that start from a power of m and come down as change is seen. With n items in G groups
 * of n_g, r_i their residuals:
 *
 *   m = sum_g n_g^2 / n,  rho = [G/(G-1) sum_g (sum_{i in g} r_i)^2] / [n/(n-1) sum_i r_i^2], within 1..m
 *   t = t_{1-alpha/2, nu},  nu = (n/m - 1) m/(m-1), at least 1   (n/m: groups, fewer where their sizes differ much)
 *
 * One item a group: m = 1, t = z, and every formula is that for items, to the bit. Many groups: t tends to z.
 *
 * Simulated: 5 to 30 groups of 40 or 100 windows, three classes (60, 30, 10 %), logit-normal recall over groups (sd 0.5
 * to 1.5), effects that differ by group (sd 0 to 0.3), mixes of classes that differ or not, difficulty shared by the
 * arms, 6 repeats with seed noise for all and by group; 36 cells of 400 sets. Coverage of the 95 % intervals, mean (least
 * of a cell), and mean width at 6 groups, with what pseudo-groups (I1-I3), or no groups within a class (I5), gave there:
 *
 *   recall .978 (.940), width .23 was .50     difference .991 (.950), width .15 was .80
 *   recall, class of 10 % .982 (.955), .43 was .58     difference .997 (.975), .44 was .81
 *   accuracy .972 (.945), .22 was .51     difference .981 (.930), .10 was .80
 *   macro recall .981 (.958), .26 was .40     difference .993 (.958), .20 was .53
 *   macro F1 .949 (.905; .96 there in 700 sets of another seed), .25 was .08 at coverage .59
 *   its difference .980 (.935), .11 was .08 at coverage .97 (.88 at its least)
 *
 * With 5 or 6 groups differences of recall are still wider than need be. On groups of 1 to 10 items of one class (latent
 * correlation 0.3 to 0.9; 40 to 300 items, 1,000 sets) recall .952 or more, its difference .929 or
 * more. Groups that change all at once (every window of a person from wrong to right) but were not seen to are not provided for.
 *
 * @param residuals deviations from the estimate [n]   @param groups group of every item [n]
 * @param weights what every item counts [n], 1 when left out; an item of weight 0 is none
 * @see Cameron, Miller, A practitioner's guide to cluster-robust inference, Journal of Human Resources 50, 2015
 */
export function grouping(residuals: Float64Array, groups?: Int32Array, weights?: Float64Array): Grouping {
  const counts = weights ?? new Float64Array(residuals.length).fill(1);
  const sizes = unitTotals(counts, groups);
  const items = positive(counts);
  const units = positive(sizes);
  const size = squares(sizes) / squares(counts);
  const apart = items > 1 ? (items / (items - 1)) * squares(residuals) : 0;
  const together = units > 1 ? betweenUnits(residuals, groups, units) : 0;
  const ratio = units > 1 && apart > 0 ? Math.min(size, Math.max(1, together / apart)) : size;
  const even = counts.reduce((sum, w) => sum + w, 0) ** 2 / squares(sizes);
  return { units, size, ratio, freedom: freedomOf(even, size) };
}

/** nu of `count` groups of m = `size` items. */
export function freedomOf(count: number, size: number): number {
  return size > 1 ? Math.max(1, ((count - 1) * size) / (size - 1)) : Number.POSITIVE_INFINITY;
}

/** t of the rule for a two-sided statement at error rate alpha; z where no group holds two items. */
export function groupQuantile({ freedom }: Pick<Grouping, 'freedom'>, alpha: number): number {
  return freedom === Number.POSITIVE_INFINITY ? twoSidedZ(alpha) : tQuantile(1 - alpha / 2, freedom);
}

/** Variance of the sum of n residuals by groups: G/(G-1) sum_g (sum_{i in g} r_i)^2. */
export function betweenUnits(residuals: Float64Array, groups: Int32Array | undefined, units: number): number {
  return (units / (units - 1)) * squares(unitTotals(residuals, groups));
}

export function squares(values: Float64Array): number {
  let sum = 0;
  for (const x of values) sum += x * x;
  return sum;
}

function positive(values: Float64Array): number {
  let count = 0;
  for (const x of values) if (x > 0) count++;
  return count;
}
