import { decideAtAll } from '../evaluate/decide.ts';
import { gammas } from '../evaluate/operating-point.ts';
import { parseMetric } from '../metrics/index.ts';
import { mean } from './estimates.ts';
import type { ArmOutcome, Items } from './outcomes.ts';
import type { PilotPlan } from './plan.ts';
import type { Arm } from './result.ts';

/** What an arm answers for every item in every repeat at every gamma of the curve: [gammas][repeats][items]. */
export function answersAlong(
  { trials, offset }: ArmOutcome,
  { labels, itemOf }: Items,
  repeats: number,
): Int32Array[][] {
  const answers = gammas.map(() => Array.from({ length: repeats }, () => new Int32Array(labels.length)));
  const moved = gammas.map((gamma) => gamma + offset);
  for (const { trial, outcome } of trials) {
    const { repeat, test } = trial.fold;
    const found = decideAtAll(outcome.testLogits, outcome.trainCounts, moved);
    for (const [g, own] of found.entries()) {
      const into = answers[g][repeat];
      for (let i = 0; i < test.length; i++) into[itemOf[test[i]]] = own[i];
    }
  }
  return answers;
}

/** Of `answersAlong`, those at gamma 0. */
export function atZero(answers: Int32Array[][]): Int32Array[] {
  return answers[gammas.indexOf(0)];
}

/**
 * Criteria, guards, macro recall, macro F1 and accuracy over gamma, mean over repeats.
 * @param answers of answersAlong   @param trained training items of each class, mean over trials
 */
export function curve(
  answers: readonly Int32Array[][],
  labels: Int32Array,
  { criteria, guards }: Pick<PilotPlan['choices'], 'criteria' | 'guards'>,
  classes: readonly string[],
  trained: readonly number[],
): Arm['curve'] {
  const names = new Set([...criteria, ...guards].map((m) => m.metric).concat('macro-recall', 'macro-f1', 'accuracy'));
  const metrics = [...names].map((name) => parseMetric(name, classes, trained).metric);
  return gammas.map((gamma, g) => {
    const values = metrics.map((metric) => {
      const each = answers[g].map(
        (predictions) => metric.compute({ classes: classes.length, labels, predictions }).value,
      );
      return [metric.name, mean(each)] as const;
    });
    return { gamma, metrics: Object.fromEntries(values) };
  });
}
