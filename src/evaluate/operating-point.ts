import type { Evaluated, Metric } from '../metrics/index.ts';
import { decideAtAll } from './decide.ts';

/** What is looked at for the operating point: validation items of one trial. */
export interface OperatingPointInput {
  readonly logits: Float32Array;
  readonly labels: Int32Array;
  /** Training items of each class. */
  readonly counts: readonly number[];
  /** Added to every gamma: the method's own post-hoc step. */
  readonly offset: number;
}

/** A metric that must not fall below `floor` (what the baseline reaches on the same items, less the tolerance). */
export interface Floor {
  readonly metric: Metric;
  readonly value: number;
}

/** What must not get worse by more than the tolerance. */
export interface Guard {
  readonly metric: Metric;
  readonly tolerance: number;
}

/** The floors that the baseline's answers on validation items set; a guard that is undefined there sets none. */
export function floorsOf(guards: readonly Guard[], baseline: Evaluated): Floor[] {
  if (baseline.labels.length === 0) return [];
  return guards.flatMap(({ metric, tolerance }) => {
    const { value } = metric.compute(baseline);
    if (value === null) return [];
    return [{ metric, value: metric.direction === 'higher' ? value - tolerance : value + tolerance }];
  });
}

/** The decision constants that are tried: -2 to 2 in steps of 0.1. */
export const gammas: readonly number[] = Array.from({ length: 41 }, (_, i) => Math.round(i - 20) / 10);

/**
 * The gamma with the best criterion among those that keep all floors; equal ones: the nearest to 0. Where none keeps
 * them all, the one that misses them least.
 */
export function operatingPoint(input: OperatingPointInput, criterion: Metric, floors: readonly Floor[]): number {
  const direction = criterion.direction === 'higher' ? 1 : -1;
  const { logits, labels, counts, offset } = input;
  const moved = gammas.map((gamma) => gamma + offset);
  const candidates = decideAtAll(logits, counts, moved).map((predictions, g) => {
    const gamma = gammas[g];
    const evaluated = { classes: counts.length, labels, predictions };
    const miss = floors.reduce((sum, { metric, value }) => {
      const sign = metric.direction === 'higher' ? 1 : -1;
      const got = metric.compute(evaluated).value ?? value;
      return sum + Math.max(0, sign * (value - got));
    }, 0);
    const score = direction * (criterion.compute(evaluated).value ?? Number.NEGATIVE_INFINITY);
    return { gamma, miss, score };
  });
  candidates.sort(
    (a, b) => a.miss - b.miss || b.score - a.score || Math.abs(a.gamma) - Math.abs(b.gamma) || a.gamma - b.gamma,
  );
  return candidates[0].gamma;
}
