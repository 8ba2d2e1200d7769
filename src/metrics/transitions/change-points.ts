import { median } from '../../array/median.ts';
import type { Measured } from '../metric.ts';
import { contrast } from './contrast.ts';
import { boundaries, NO_CHANGE, type TransitionInput } from './labelled.ts';

export interface ChangePointOptions {
  /** Rows by which a change point may be off and still count, >= 0; default 3. */
  readonly tolerance?: number;
  /** Rows averaged on each side of a boundary, >= 1; default 3. */
  readonly span?: number;
  /** How many standard deviations above the median the contrast must stand, >= 0; default 3. */
  readonly strictness?: number;
}

export interface ChangePoints {
  /** Share of the change points found that are changes of the label. */
  readonly precision: Measured;
  /** Share of the changes of the label that were found. */
  readonly recall: Measured;
  /** Boundaries found, ascending: i for the one between rows i and i + 1. */
  readonly found: Int32Array;
  /** Changes of the label, ascending. */
  readonly changes: Int32Array;
  /** Contrast at every boundary [N]; NaN after the last row of a recording. */
  readonly contrast: Float64Array;
}

/**
 * Change points found without labels, against the changes of the label. A boundary is found where the contrast is the
 * largest within `tolerance` boundaries on both sides (of equal ones the first) and more than `strictness` robust
 * standard deviations (1.4826 times the median distance from the median; Hampel 1974) above its recording's median.
 *
 * Each change is matched with at most one boundary found in the same recording and within the tolerance, in the order
 * of time. A boundary found without a match and with an unlabelled row within reach counts neither for nor against.
 * Without a change inside a recording both numbers are null; so is precision when nothing is found.
 *
 * @throws RangeError where shapes or options do not fit, a number is not finite or a recording's rows do not stand
 *   together
 */
export function changePoints(input: TransitionInput, options: ChangePointOptions = {}): ChangePoints {
  const { tolerance = 3, span = 3, strictness = 3 } = options;
  const place = 'change points';
  if (!Number.isInteger(tolerance) || tolerance < 0)
    throw new RangeError(`${place}: tolerance must be a whole number >= 0, got ${tolerance}`);
  if (!(strictness >= 0)) throw new RangeError(`${place}: strictness must be >= 0, got ${strictness}`);
  const { all, changes } = boundaries(place, input);
  const { labels, recordings } = input;
  const values = contrast(input.points, recordings, span);
  const found = recordingsOf(all, recordings).flatMap((own) => peaks(own, values, tolerance, strictness));

  const matched = match(found, changes, recordings, tolerance);
  const unknown = (boundary: number) => {
    for (let i = boundary - tolerance; i <= boundary + 1 + tolerance; i++)
      if (recordings[i] === recordings[boundary] && labels[i] < 0) return true;
    return false;
  };
  const unjudged = found.filter((boundary) => !matched.has(boundary) && unknown(boundary)).length;
  const judged = found.length - unjudged;
  const said = unjudged > 0 ? { reason: `${unjudged} change points beside unlabelled rows left out` } : {};
  const share = (of: number, reason: string): Measured =>
    changes.length === 0
      ? { value: null, reason: NO_CHANGE }
      : of === 0
        ? { value: null, reason }
        : { value: matched.size / of };
  return {
    precision: { ...share(judged, 'no change point found'), ...(changes.length > 0 && judged > 0 && said) },
    recall: share(changes.length, NO_CHANGE),
    found: Int32Array.from(found),
    changes,
    contrast: values,
  };
}

/** The boundaries of each recording. */
function recordingsOf(all: Int32Array, recordings: Int32Array): Int32Array[] {
  const parts: Int32Array[] = [];
  for (let from = 0; from < all.length; ) {
    let to = from + 1;
    while (to < all.length && recordings[all[to]] === recordings[all[from]]) to++;
    parts.push(all.subarray(from, to));
    from = to;
  }
  return parts;
}

/** Peaks of the contrast within one recording. */
function peaks(own: Int32Array, values: Float64Array, reach: number, strictness: number): number[] {
  const here = Float64Array.from(own, (i) => values[i]);
  const middle = median(here);
  const limit = middle + strictness * 1.4826 * median(here.map((value) => Math.abs(value - middle)));
  const found: number[] = [];
  here.forEach((value, at) => {
    if (!(value > limit)) return;
    for (let other = Math.max(0, at - reach); other <= Math.min(here.length - 1, at + reach); other++)
      if (here[other] > value || (here[other] === value && other < at)) return;
    found.push(own[at]);
  });
  return found;
}

/** The boundaries found that have a change of their own: going through time, the earliest that fits is the best choice. */
function match(found: readonly number[], changes: Int32Array, recordings: Int32Array, tolerance: number): Set<number> {
  const matched = new Set<number>();
  let next = 0;
  for (const change of changes) {
    while (next < found.length && found[next] < change - tolerance) next++;
    // Boundaries of an earlier recording within reach of the row number are not within reach in time.
    while (next < found.length && found[next] < change && recordings[found[next]] !== recordings[change]) next++;
    if (next === found.length) break;
    const near = found[next] <= change + tolerance && recordings[found[next]] === recordings[change];
    if (near) matched.add(found[next++]);
  }
  return matched;
}
