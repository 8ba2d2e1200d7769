import type { Fold, Task } from '../data/dataset.ts';
import { decide } from '../evaluate/decide.ts';
import { type Floor, floorsOf, type OperatingPointInput, operatingPoint } from '../evaluate/operating-point.ts';
import { rescaled } from '../evaluate/rescale.ts';
import type { TrialOutcome } from '../evaluate/trial.ts';
import type { HeadNumbers, Rescaling } from '../methods/index.ts';
import { parseMetric } from '../metrics/index.ts';
import type { ArmPlan, PilotPlan, TrialPlan } from './plan.ts';
import type { Predictions } from './statistics/predictions.ts';

/** One trial's outcome as one arm uses it: with the arm's own logits and operating point. */
export interface ArmTrial {
  readonly trial: TrialPlan;
  readonly outcome: TrialOutcome;
  /** The chosen decision constant, 0 where the arm stands as it is. */
  readonly gamma: number;
}

/** An arm with all its trials and the one place where the evaluated items are numbered. */
export interface ArmOutcome {
  readonly arm: ArmPlan;
  /** The method's own post-hoc step, added to every gamma. */
  readonly offset: number;
  readonly trials: readonly ArmTrial[];
}

/** The evaluated items: every one once a repeat. */
export interface Items {
  /** Row of the data set of every item, ascending. */
  readonly rows: Int32Array;
  readonly labels: Int32Array;
  readonly groups?: Int32Array;
  /** Item of a row; -1 where the row is not evaluated. */
  readonly itemOf: Int32Array;
}

export function evaluatedItems(task: Task, plan: PilotPlan): Items {
  const rows = Int32Array.from(plan.folds.filter((f) => f.repeat === 0).flatMap((f) => [...f.test])).sort();
  const itemOf = new Int32Array(task.source.rows).fill(-1);
  rows.forEach((row, item) => {
    itemOf[row] = item;
  });
  const { groups } = task;
  return {
    rows,
    labels: Int32Array.from(rows, (row) => task.labels[row]),
    ...(groups ? { groups: Int32Array.from(rows, (row) => groups[row]) } : {}),
    itemOf,
  };
}

/**
 * Gives every arm its trials and its operating point. The baseline, first among the arms, stands as it is (gamma 0); every other arm takes, in
 * each trial, the gamma with the best first criterion on that trial's validation rows that keeps the guards against the
 * baseline on the same rows.
 */
export function armOutcomes(
  task: Task,
  plan: PilotPlan,
  outcomeOf: (trial: TrialPlan) => TrialOutcome,
): readonly ArmOutcome[] {
  const choose = operatingPoints(plan, task.classes);
  const trialsOf = ({ spec }: ArmPlan) => plan.trials.filter((trial) => trial.training === spec.training);
  const judgedOf = (trial: TrialPlan, { validationLogits, trainCounts }: TrialOutcome): Judged => ({
    logits: validationLogits,
    labels: Int32Array.from(trial.fold.validation, (row) => task.labels[row]),
    counts: trainCounts,
  });
  const floors = new Map<Fold, Floor[]>();
  return plan.arms.map((arm) => {
    const trials = trialsOf(arm).map((trial) => {
      const trained = outcomeOf(trial);
      const rescaling = choose.rescaling(arm, trained.head, judgedOf(trial, trained));
      const outcome = rescaling ? rescaledOutcome(trained, rescaling) : trained;
      const judged = judgedOf(trial, outcome);
      if (arm.role === 'baseline') floors.set(trial.fold, choose.floors(arm, judged));
      return { trial, outcome, gamma: choose.gamma(arm, judged, floors.get(trial.fold) ?? []) };
    });
    return { arm, offset: offsetOf(arm), trials };
  });
}

function rescaledOutcome(outcome: TrialOutcome, rescaling: Rescaling): TrialOutcome {
  const { validationLogits, testLogits } = outcome;
  return {
    ...outcome,
    validationLogits: rescaled(validationLogits, rescaling),
    testLogits: rescaled(testLogits, rescaling),
  };
}

/** What an operating point is chosen on: answers to validation rows. */
type Judged = Omit<OperatingPointInput, 'offset'>;

/** A method's own post-hoc step, added to every gamma. */
export function offsetOf({ spec }: ArmPlan): number {
  return spec.method.decision?.(spec.settings) ?? 0;
}

/** The rule by which arms get their operating points: the baseline sets the floors and stands at gamma 0. */
export function operatingPoints(
  { choices, trained }: Pick<PilotPlan, 'choices' | 'trained'>,
  classes: readonly string[],
) {
  const criterion = parseMetric(choices.criteria[0].metric, classes, trained).metric;
  const guards = choices.guards.map(({ metric, tolerance }) => ({
    metric: parseMetric(metric, classes, trained).metric,
    tolerance,
  }));
  const sign = criterion.direction === 'higher' ? 1 : -1;
  return {
    /** The arm's post-hoc step: of several the best by the first criterion at gamma 0, the first of equals. */
    rescaling({ spec }: ArmPlan, head: HeadNumbers, { logits, labels, counts }: Judged): Rescaling | undefined {
      const steps = spec.method.afterwards?.(head, spec.settings) ?? [];
      if (steps.length < 2 || labels.length === 0) return steps[0];
      const scores = steps.map((step) => {
        const predictions = decide(rescaled(logits, step), counts, spec.method.decision?.(spec.settings) ?? 0);
        return (
          sign * (criterion.compute({ classes: classes.length, labels, predictions }).value ?? Number.NEGATIVE_INFINITY)
        );
      });
      return steps[scores.indexOf(Math.max(...scores))];
    },
    floors(baseline: ArmPlan, { logits, labels, counts }: Judged): Floor[] {
      const predictions = decide(logits, counts, offsetOf(baseline));
      return floorsOf(guards, { classes: classes.length, labels, predictions });
    },
    gamma(arm: ArmPlan, judged: Judged, floors: readonly Floor[]): number {
      if (arm.role === 'baseline' || judged.labels.length === 0) return 0;
      return operatingPoint({ ...judged, offset: offsetOf(arm) }, criterion, floors);
    },
  };
}

/** What an arm answered for every item in every repeat; `gamma` overrides the chosen operating points. */
export function predictionsOf(
  { trials, offset }: ArmOutcome,
  items: Items,
  plan: PilotPlan,
  classes: number,
  gamma?: number,
): Predictions {
  const repeats = Array.from({ length: plan.choices.repeats }, () => new Int32Array(items.rows.length));
  for (const { trial, outcome, gamma: chosen } of trials) {
    const answers = decide(outcome.testLogits, outcome.trainCounts, (gamma ?? chosen) + offset);
    trial.fold.test.forEach((row, i) => {
      repeats[trial.fold.repeat][items.itemOf[row]] = answers[i];
    });
  }
  return { classes, labels: items.labels, repeats, ...(items.groups ? { groups: items.groups } : {}) };
}
