import type { Task } from '../data/dataset.ts';
import { decide, priorShift } from '../evaluate/decide.ts';
import { type Floor, floorsOf, type Guard, operatingPoint } from '../evaluate/operating-point.ts';
import type { TrialOutcome } from '../evaluate/trial.ts';
import { parseMetric } from '../metrics/index.ts';
import type { ArmPlan, PilotPlan, TrialPlan } from './plan.ts';
import type { Predictions } from './statistics/predictions.ts';

/** One trial's outcome as one arm uses it: with the arm's operating point. */
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
  const itemOf = new Int32Array(task.dataset.rows).fill(-1);
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
 * Gives every arm its trials and its operating point. The baseline stands as it is (gamma 0); every other arm takes, in
 * each trial, the gamma with the best first criterion on that trial's validation rows that keeps the guards against the
 * baseline on the same rows.
 */
export function armOutcomes(
  task: Task,
  plan: PilotPlan,
  outcomeOf: (trial: TrialPlan) => TrialOutcome,
): readonly ArmOutcome[] {
  const [first] = plan.choices.criteria;
  const criterion = parseMetric(first.metric, task.classes).metric;
  const guards = guardsOf(plan, task.classes);
  const trialsOf = ({ spec }: ArmPlan) => plan.trials.filter((trial) => trial.training === spec.training);
  const offsetOf = ({ spec }: ArmPlan) => spec.method.decision?.(spec.settings) ?? 0;
  const baseline = plan.arms[0];
  const floors = new Map<string, Floor[]>();
  for (const trial of trialsOf(baseline)) {
    const outcome = outcomeOf(trial);
    const labels = Int32Array.from(trial.fold.validation, (row) => task.labels[row]);
    const predictions = decide(outcome.validationLogits, outcome.trainCounts, offsetOf(baseline));
    const evaluated = { classes: task.classes.length, labels, predictions };
    floors.set(foldKey(trial), floorsOf(guards, evaluated));
  }
  return plan.arms.map((arm) => {
    const offset = offsetOf(arm);
    const trials = trialsOf(arm).map((trial) => {
      const outcome = outcomeOf(trial);
      if (arm.role === 'baseline' || trial.fold.validation.length === 0) return { trial, outcome, gamma: 0 };
      const input = {
        logits: outcome.validationLogits,
        labels: Int32Array.from(trial.fold.validation, (row) => task.labels[row]),
        counts: outcome.trainCounts,
        offset,
      };
      return { trial, outcome, gamma: operatingPoint(input, criterion, floors.get(foldKey(trial)) ?? []) };
    });
    return { arm, offset, trials };
  });
}

/** The guards with their metrics. */
export function guardsOf({ choices }: PilotPlan, classes: readonly string[]): Guard[] {
  return choices.guards.map(({ metric, tolerance }) => ({ metric: parseMetric(metric, classes).metric, tolerance }));
}

const foldKey = ({ fold }: TrialPlan) => `${fold.repeat}/${fold.fold}`;

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

/**
 * Scores for ranking, [item * C] a repeat: log softmax of z + offset log pi, at the operating point that the training
 * aims at, so that no chosen gamma enters.
 */
export function scoresOf({ trials, offset }: ArmOutcome, items: Items, plan: PilotPlan, classes: number) {
  const repeats = Array.from({ length: plan.choices.repeats }, () => new Float64Array(items.rows.length * classes));
  for (const { trial, outcome } of trials) {
    const shift = priorShift(outcome.trainCounts, offset);
    trial.fold.test.forEach((row, i) => {
      const z = shift.map((s, c) => outcome.testLogits[i * classes + c] + s);
      const most = Math.max(...z);
      const total = most + Math.log(z.reduce((sum, v) => sum + Math.exp(v - most), 0));
      const start = items.itemOf[row] * classes;
      z.forEach((v, c) => {
        repeats[trial.fold.repeat][start + c] = Math.max(v - total, -1e4);
      });
    });
  }
  return repeats;
}
