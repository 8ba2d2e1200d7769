import type { Random } from '../array/random.ts';

/** How many items to take. */
export interface SampleSize {
  /** Items in all. */
  readonly budget: number;
  /** Of each class at least so many, or all that it has, even where that exceeds the budget. */
  readonly floor: number;
}

/**
 * Items by class, as balanced as they can be: small classes whole, of larger ones as many as each other, drawn at random.
 *
 * @param labels class of every item [N], 0..C-1   @returns places in `labels`, ascending
 */
export function balancedSample(
  labels: Int32Array,
  classes: number,
  { budget, floor }: SampleSize,
  random: Random,
): Int32Array {
  const byClass: number[][] = Array.from({ length: classes }, () => []);
  labels.forEach((c, i) => {
    byClass[c].push(i);
  });
  const most = Math.max(
    floor,
    largestShare(
      byClass.map((own) => own.length),
      budget,
    ),
  );
  const chosen = byClass.flatMap((own) => (own.length <= most ? own : drawn(own, most, random)));
  return Int32Array.from(chosen).sort();
}

/** Items that a sample of this size takes. @param counts items of each class */
export function sampleSize(counts: ArrayLike<number>, { budget, floor }: SampleSize): number {
  const all = Array.from(counts);
  const most = Math.max(floor, largestShare(all, budget));
  return all.reduce((sum, n) => sum + Math.min(n, most), 0);
}

/** The largest whole k for which sum_c min(n_c, k) is at most the budget; infinite where all fit. */
function largestShare(counts: readonly number[], budget: number): number {
  const sorted = counts.filter((n) => n > 0).toSorted((a, b) => a - b);
  let left = budget;
  for (const [i, n] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - i));
    if (n > share) return share;
    left -= n;
  }
  return Number.POSITIVE_INFINITY;
}

/** `count` of the places, each set of them equally likely (the beginning of a Fisher-Yates shuffle). */
function drawn(places: number[], count: number, random: Random): number[] {
  for (let i = 0; i < count; i++) {
    const j = i + random.integer(places.length - i);
    const swap = places[i];
    places[i] = places[j];
    places[j] = swap;
  }
  return places.slice(0, count);
}
