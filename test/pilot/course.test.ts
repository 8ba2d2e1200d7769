import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { runTrial, type TrialOutcome } from '../../src/evaluate/trial.ts';
import { courseOf } from '../../src/pilot/course.ts';
import { prepareFolder } from '../../src/pilot/files.ts';
import { course as schema } from '../../src/pilot/result.ts';
import { loadTrial, saveTrial, trialPath } from '../../src/pilot/trial-file.ts';
import { Trainer } from '../../src/train/trainer.ts';
import { mixedTable, smallSettings, split, tableData } from '../evaluate/tables.ts';

const trainer = new Trainer();

/** Two trials on the mixed table; in the second the rarest class has one training item. */
async function trials(): Promise<TrialOutcome[]> {
  const { inputs, labels, classes } = mixedTable();
  const { train, validation } = split(labels.length);
  const outcomes: TrialOutcome[] = [];
  for (const fold of [0, 1]) {
    const test = stream(fold, 'test').shuffle(Int32Array.from(validation));
    const rare = train.filter((i) => labels[i] === 2).slice(fold === 0 ? 0 : 1);
    const own = fold === 0 ? train : train.filter((i) => !rare.includes(i));
    const part = { repeat: 0, fold, train: own, validation, test };
    const data = tableData(inputs, labels, classes.length);
    outcomes.push(await runTrial(trainer, data, part, smallSettings('balanced-softmax')));
  }
  return outcomes;
}

const outcomes = await trials();

test('the course of an arm is the mean over its trials, with the least and the most', () => {
  const course = courseOf(outcomes, true);
  assert.deepEqual(schema.parse(course), course);
  assert.equal(course.trials, 2);
  assert.deepEqual(course.classes, [0, 1, 2]);
  const items = outcomes.map((outcome) => outcome.course.items.train.reduce((sum, n) => sum + n, 0));
  assert.equal(course.items.train, (items[0] + items[1]) / 2);
  assert.equal(course.keptAt, (outcomes[0].keptAt + outcomes[1].keptAt) / 2);
  assert.equal(course.looks.length, outcomes[0].course.looks.length);
  const [one, other] = outcomes.map((outcome) => outcome.course.looks.at(-1)!);
  const last = course.looks.at(-1)!;
  assert.equal(last.step, one.step);
  const [a, b] = [one.train.collapse.nc1Balanced!, other.train.collapse.nc1Balanced!];
  assert.deepEqual(last.train.nc1Balanced, { mean: (a + b) / 2, least: Math.min(a, b), most: Math.max(a, b) });
  const recalls = [one, other].map(({ evaluation }) => evaluation.recall.map(Number).reduce((x, y) => x + y) / 3);
  assert.ok(Math.abs(last.evaluation.macroRecall! - (recalls[0] + recalls[1]) / 2) < 1e-12);
  // Only the first trial has two items of the rarest class.
  assert.equal(other.train.collapse.nc1PerClass[2], null);
  assert.equal(last.train.perClass!.nc1[2], one.train.collapse.nc1PerClass[2]);
  assert.match(course.reason!, /^in some trials: .*no NC1 of 1 class with 1 item/);
  assert.equal(last.classifier.angles!.length, 3);
});

test('of a reference the numbers of every class are left out', () => {
  const last = courseOf(outcomes, false).looks.at(-1)!;
  assert.equal(last.train.perClass, undefined);
  assert.equal(last.classifier.angles, undefined);
  assert.equal(typeof last.train.nc1Balanced.mean, 'number');
});

test('a trial comes back from its file with course, angles and map; one of before without them is run again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evenhand-trials-'));
  prepareFolder(folder);
  outcomes.forEach((outcome, i) => {
    saveTrial(folder, `trial-${i}`, outcome);
    const { head, ...back } = loadTrial(folder, `trial-${i}`)!;
    const { head: own, ...expected } = outcome;
    assert.deepEqual(back, expected);
    assert.deepEqual([...head.lengths], [...own.lengths]);
  });
  assert.ok(outcomes[0].angles && outcomes[0].map && !outcomes[1].angles);
  const path = trialPath(folder, 'trial-0');
  const { course: _, ...before } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify(before));
  assert.equal(loadTrial(folder, 'trial-0'), undefined);
});
