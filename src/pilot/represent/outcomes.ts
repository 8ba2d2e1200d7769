import type { RepresentationOutcome } from '../../evaluate/represent/trial.ts';
import { prettyButUseless } from '../../metrics/health/index.ts';
import type { PlannedTrial } from '../local.ts';
import type { Predictions } from '../statistics/predictions.ts';
import type { RepresentationArmPlan, RepresentationPilotPlan } from './plan.ts';

export interface RepresentationTrial {
  readonly trial: PlannedTrial<unknown>;
  readonly outcome: RepresentationOutcome;
}

/** An arm with all its trials, in the order of repeat, fold. */
export interface RepresentationArmOutcome {
  readonly method: string;
  readonly role: RepresentationArmPlan['role'];
  readonly simplicity: number;
  readonly plan: RepresentationArmPlan;
  readonly trials: readonly RepresentationTrial[];
  /** What the probes answered for every labelled window in every repeat; null where they could not be fitted. */
  readonly probe: Predictions | null;
  readonly neighbours: Predictions | null;
}

/** Gathers the trials of each arm. */
export function gather(
  plan: RepresentationPilotPlan,
  outcomeOf: (trial: PlannedTrial<unknown>) => RepresentationOutcome,
): readonly RepresentationArmOutcome[] {
  const { windows } = plan.data;
  const rows = Int32Array.from(windows.labels.keys()).filter((row) => windows.labels[row] >= 0);
  const itemOf = new Map(Array.from(rows, (row, item) => [row, item]));
  const known = {
    classes: windows.set.classes.length,
    labels: rows.map((row) => windows.labels[row]),
    groups: rows.map((row) => windows.groups[row]),
  };
  return plan.arms.map((arm) => {
    const trials = plan.trials
      .filter((trial) => trial.training === arm.spec.name)
      .map((trial) => ({ trial, outcome: outcomeOf(trial) }));
    const predictions = (by: 'probe' | 'neighbours'): Predictions | null => {
      // A fold without a labelled test window has nothing to answer.
      const silent = trials.some(({ outcome }) => !outcome[by] && outcome.rows.length > 0);
      if (rows.length === 0 || silent) return null;
      const repeats = Array.from({ length: plan.choices.repeats }, () => new Int32Array(rows.length));
      for (const { trial, outcome } of trials)
        outcome.rows.forEach((row, i) => {
          repeats[trial.fold.repeat][itemOf.get(row) ?? 0] = outcome[by]?.[i] ?? 0;
        });
      return { ...known, repeats };
    };
    return {
      method: arm.spec.name,
      role: arm.role,
      simplicity: arm.simplicity,
      plan: arm,
      trials,
      probe: predictions('probe'),
      neighbours: predictions('neighbours'),
    };
  });
}

/** Values of a metric, one a trial; null where undefined. */
export function valuesOf({ trials }: RepresentationArmOutcome, metric: string): (number | null)[] {
  return trials.map(({ outcome }) => outcome.metrics[metric]?.value ?? null);
}

/** "Pretty but useless" in each trial, against the same trial of the baseline; null where it can't be told. */
export function alarms(arm: RepresentationArmOutcome, baseline: RepresentationArmOutcome): (boolean | null)[] {
  if (arm === baseline) return arm.trials.map(() => null);
  const numbers = ({ outcome: { metrics } }: RepresentationTrial) => ({
    silhouette: metrics.silhouette?.value ?? null,
    daviesBouldin: metrics['davies-bouldin']?.value ?? null,
    kappaTime: metrics['kappa-time']?.value ?? null,
  });
  return arm.trials.map((trial, i) => prettyButUseless(numbers(trial), numbers(baseline.trials[i])).raised);
}
