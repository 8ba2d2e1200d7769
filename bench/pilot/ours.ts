import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '../../src/data/dataset.ts';
import type { TableTask } from '../../src/data/task.ts';
import { parseMetric } from '../../src/metrics/index.ts';
import { type ArmOutcome, armOutcomes, evaluatedItems, predictionsOf } from '../../src/pilot/outcomes.ts';
import type { PilotPlan } from '../../src/pilot/plan.ts';
import { type Arm, type Classification, classification } from '../../src/pilot/result.ts';
import { loadTrial } from '../../src/pilot/trial-file.ts';

export const metricNames = ['macro-recall', 'macro-f1', 'accuracy'] as const;
export type MetricName = (typeof metricNames)[number];

/** A metric on all test rows of a repeat together: its value in every repeat, and their mean. */
export interface Repeated {
  readonly mean: number;
  readonly perRepeat: readonly number[];
}

export interface MeasuredArm {
  readonly metrics: Record<MetricName, Repeated>;
  readonly metricsAtGammaZero: Record<MetricName, Repeated>;
}

export interface OurArm extends MeasuredArm {
  readonly arm: Arm;
}

/** What pytorch.py needs to run the same pilot. */
export function foldFile(task: TableTask, plan: PilotPlan): string {
  const dates = task.items.inputs.filter(({ kind }) => kind === 'date').map(({ name }) => name);
  if (dates.length > 0) throw new Error(`pytorch.py takes numbers and categories only, not the dates ${dates}`);
  return JSON.stringify({
    inputs: task.items.inputs.map(({ name, kind }) => ({ name, kind })),
    labels: [...task.labels],
    classes: task.classes,
    steps: plan.steps,
    batch: plan.trials[0].settings.plan.batch,
    seed: plan.choices.seed,
    folds: plan.folds.map(({ repeat, fold, train, validation, test }) => ({
      repeat,
      fold,
      train: [...train],
      validation: [...validation],
      test: [...test],
    })),
  });
}

/** A finished pilot's result and, from its trials, every arm's metrics in each repeat. */
export function readPilot(folder: string, task: Task, plan: PilotPlan): { result: Classification; arms: OurArm[] } {
  const result = classification.parse(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')));
  if (result.design.hash !== plan.hash) throw new Error(`the pilot has design ${result.design.hash}, not ${plan.hash}`);
  const outcomes = armOutcomes(task, plan, ({ id }) => {
    const outcome = loadTrial(folder, id);
    if (!outcome) throw new Error(`${folder}: trial ${id} is missing`);
    return outcome;
  });
  const items = evaluatedItems(task, plan);
  const measure = (outcome: ArmOutcome, gamma?: number) => {
    const { labels, repeats } = predictionsOf(outcome, items, plan, task.classes.length, gamma);
    const entries = metricNames.map((name): [MetricName, Repeated] => {
      const { metric } = parseMetric(name, task.classes);
      const perRepeat = repeats.map(
        (predictions) => metric.compute({ classes: task.classes.length, labels, predictions }).value ?? Number.NaN,
      );
      return [name, { mean: perRepeat.reduce((a, b) => a + b, 0) / perRepeat.length, perRepeat }];
    });
    return Object.fromEntries(entries) as Record<MetricName, Repeated>;
  };
  const arms = outcomes.map((outcome, i) => {
    const arm = result.arms[i];
    const own = { arm, metrics: measure(outcome), metricsAtGammaZero: measure(outcome, 0) };
    const stated = arm.metrics['macro-recall'].value ?? Number.NaN;
    if (!(Math.abs(stated - own.metrics['macro-recall'].mean) < 1e-9))
      throw new Error(
        `${arm.method}: result.json says macro recall ${stated}, its trials ${own.metrics['macro-recall'].mean}`,
      );
    return own;
  });
  return { result, arms };
}
