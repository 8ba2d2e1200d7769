import type { Task } from '../data/dataset.ts';
import { writeParquet } from '../data/writers/parquet.ts';
import { decide } from '../evaluate/decide.ts';
import type { ArmOutcome } from './outcomes.ts';

/** Beyond so many classes logits are left out. */
const MOST_LOGITS = 50;

/**
 * Every answer of every arm as Parquet, so that each number of the result can be computed again: one line an evaluated
 * row, repeat and arm, with the logit of each class (`logit_CLASS`; not beyond 50 classes, where they would be most of the
 * file and more than memory holds) and the decision constant used (chosen gamma plus the method's own offset).
 */
export async function writePredictions(path: string, arms: readonly ArmOutcome[], task: Task): Promise<void> {
  const { classes } = task;
  const rows = arms.reduce((n, { trials }) => n + trials.reduce((m, { trial }) => m + trial.fold.test.length, 0), 0);
  const int = () => new Int32Array(rows);
  const [row, repeat, fold, method, truth, answer] = [int(), int(), int(), int(), int(), int()];
  const gammas = new Float64Array(rows);
  const logits = classes.length > MOST_LOGITS ? [] : classes.map(() => new Float64Array(rows));
  let at = 0;
  arms.forEach(({ trials, offset }, a) => {
    for (const { trial, outcome, gamma } of trials) {
      const answers = decide(outcome.testLogits, outcome.trainCounts, gamma + offset);
      trial.fold.test.forEach((r, i) => {
        row[at] = r;
        repeat[at] = trial.fold.repeat;
        fold[at] = trial.fold.fold;
        method[at] = a;
        truth[at] = task.labels[r];
        answer[at] = answers[i];
        gammas[at] = gamma + offset;
        logits.forEach((own, c) => {
          own[at] = outcome.testLogits[i * classes.length + c];
        });
        at++;
      });
    }
  });
  await writeParquet(path, [
    { name: 'row', kind: 'whole', values: row },
    { name: 'repeat', kind: 'whole', values: repeat },
    { name: 'fold', kind: 'whole', values: fold },
    { name: 'method', kind: 'category', codes: method, levels: arms.map(({ arm }) => arm.spec.name) },
    { name: 'label', kind: 'category', codes: truth, levels: classes },
    { name: 'prediction', kind: 'category', codes: answer, levels: classes },
    { name: 'gamma', kind: 'number', values: gammas },
    ...logits.map((values, c) => ({ name: `logit_${classes[c]}`, kind: 'number' as const, values })),
  ]);
}
