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

/**
 * The answers of `decide` at several gammas, much sooner than one by one. Two facts are used. Among classes with the same
 * number of training items the largest logit wins whatever gamma is, so one class of each number is left. And each
 * class's z + gamma log pi is a straight line in gamma: the class that is highest at two gammas is so at all between, so
 * halves in which nothing changes are not looked at. (Where two lines meet, the last bit's rounding may decide.)
 *
 * @param logits z [N * C]   @param counts training items of each class [C]   @param gammas rising
 * @returns one [N] a gamma
 */
export function decideAtAll(logits: Float32Array, counts: readonly number[], gammas: readonly number[]): Int32Array[] {
  const C = counts.length;
  const N = logits.length / C;
  const rows = counts.reduce((sum, n) => sum + n, 0);
  const numbers = [...new Set(counts)].filter((n) => n > 0);
  const L = numbers.length;
  const place = new Map(numbers.map((n, level) => [n, level]));
  const levelOf = Int32Array.from(counts, (n) => place.get(n) ?? L);
  const slopes = Float64Array.from(numbers, (n) => Math.log(n / rows));
  // The last level takes what training never saw and is never looked at.
  const best = new Int32Array(L + 1);
  const most = new Float64Array(L + 1);
  const answers = gammas.map(() => new Int32Array(N));

  const at = (gamma: number): number => {
    let answer = 0;
    let largest = Number.NEGATIVE_INFINITY;
    for (let level = 0; level < L; level++) {
      const value = most[level] + gamma * slopes[level];
      if (value > largest || (value === largest && best[level] < answer)) {
        largest = value;
        answer = best[level];
      }
    }
    return answer;
  };
  const between = (item: number, low: number, high: number): void => {
    const below = answers[low][item];
    const above = answers[high][item];
    if (below === above) {
      for (let g = low + 1; g < high; g++) answers[g][item] = below;
    } else if (high - low > 1) {
      const middle = (low + high) >> 1;
      answers[middle][item] = at(gammas[middle]);
      between(item, low, middle);
      between(item, middle, high);
    }
  };

  const last = gammas.length - 1;
  for (let i = 0; i < N; i++) {
    most.fill(Number.NEGATIVE_INFINITY);
    for (let c = 0; c < C; c++) {
      const level = levelOf[c];
      const z = logits[i * C + c];
      if (z > most[level]) {
        most[level] = z;
        best[level] = c;
      }
    }
    answers[0][i] = at(gammas[0]);
    if (last === 0) continue;
    answers[last][i] = at(gammas[last]);
    between(i, 0, last);
  }
  return answers;
}
