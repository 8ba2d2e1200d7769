import { twoSidedZ } from './distributions.ts';
import type { RepeatTerm } from './repeats.ts';
import { withRepeats } from './repeats.ts';
import type { Bounds } from './sample.ts';

/** A number with its interval, and what the interval is made of. Fractions, not percent. */
export interface Measurement {
  readonly value: number | null;
  readonly interval: [number, number] | null;
  /** Sampling units behind it: groups where there are groups, else items. */
  readonly count: number;
  /** Standard error from which items were drawn. */
  readonly samplingError: number | null;
  /** Standard error from seeds and folds (I4); null where one repeat can't tell. */
  readonly seedError: number | null;
  /** Why value or interval is null, or what the interval leaves out. */
  readonly reason?: string;
}

/** Settings of every measurement: `level` 0.95 unless told (Holm asks for more). */
export interface Options {
  readonly level?: number;
}

export const SEEDS_NOT_MEASURED = 'seed noise not measured (one repeat)';
/** Below this many items or groups of a class no difference in recall can be shown. */
export const FEWEST_UNITS = 5;

/** Error rate of a level, 0.05 for 0.95 (without the rounding of 1 - 0.95). @throws RangeError outside (0, 1) */
export function alphaOf({ level = 0.95 }: Options): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie in (0, 1), got ${level}`);
  return Math.round((1 - level) * 1e12) / 1e12;
}

/** No number, and why. */
export function absent(reason: string): Measurement {
  return { value: null, interval: null, count: 0, samplingError: null, seedError: null, reason };
}

/** A measurement from an estimate, its interval without seed noise, and the seed noise; clipped to the range. */
export function measurement(
  value: number,
  sampling: Bounds,
  seeds: RepeatTerm | null,
  count: number,
  range: readonly [number, number],
  options: Options = {},
): Measurement {
  const [l, u] = withRepeats(value, sampling, seeds)(alphaOf(options));
  return {
    value,
    interval: [Math.max(range[0], l), Math.min(range[1], u)],
    count,
    ...errors(sampling, seeds),
    ...(seeds ? {} : { reason: SEEDS_NOT_MEASURED }),
  };
}

/** Standard errors from items (half the 95 % interval without seed noise, over z) and from seeds and folds. */
export function errors(
  sampling: Bounds,
  seeds: RepeatTerm | null,
): { samplingError: number; seedError: number | null } {
  const [l, u] = sampling(0.05);
  return { samplingError: (u - l) / (2 * twoSidedZ(0.05)), seedError: seeds ? Math.sqrt(seeds.variance) : null };
}

/** Says how many units more would make a number measurable; nothing where there are enough. @param what units in words */
export function tooFew(units: number, what: string): string | undefined {
  return units < FEWEST_UNITS ? `not measurable: needs ${FEWEST_UNITS - units} more ${what}` : undefined;
}

/** Joins what is to be said, leaving out what is not there. */
export function join(...parts: (string | undefined)[]): string | undefined {
  return parts.filter((part) => part).join('; ') || undefined;
}
