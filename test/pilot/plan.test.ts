import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Task } from '../../src/data/dataset.ts';
import { pictureTask } from '../../src/data/items/picture-task.ts';
import { defaultChoices, type PilotChoices, planPilot } from '../../src/pilot/plan.ts';

const labels = Int32Array.from({ length: 60 }, (_, i) => (i % 4 === 0 ? 1 : 0));
const common = { labels, classes: ['good', 'bad'], counts: [45, 15] };

const pictures = pictureTask({
  ...common,
  count: 60,
  shape: [1, 8, 8],
  pixels: Uint8Array.from({ length: 60 * 64 }, (_, i) => (i * 37) % 256),
  names: [],
  files: [{ file: 'x.u8', digest: 'sha256:1', rows: 60 }],
  findings: [],
});
const table: Task = {
  ...common,
  source: { file: 'x.csv', digest: 'sha256:0', rows: 60, unit: 'row' },
  items: { kind: 'table', inputs: [{ name: 'x', kind: 'number', values: Float64Array.from(labels) }] },
  columns: [],
  audit: [],
};
const plan = (task: Task, choices: Partial<PilotChoices> = {}) =>
  planPilot(task, { ...defaultChoices, references: [], folds: 2, repeats: 2, steps: 10, ...choices });

test('each kind of items gets the net and the form of AllNC that suit it', () => {
  const [own, other] = [plan(pictures), plan(table)];
  assert.equal(own.trials[0].settings.plan.encoder.kind, 'cnn-2d');
  assert.equal(other.trials[0].settings.plan.encoder.kind, 'mlp');
  assert.equal(own.arms[1].spec.settings.form, 'predictive');
  assert.equal(other.arms[1].spec.settings.form, 'plain');
  const named = plan(pictures, { encoder: 'resnet-cifar:blocks=1', augment: 'shift=2', augmentExcept: ['bad'] });
  assert.deepEqual(named.trials[0].settings.plan.augment, { kind: 'pictures', settings: { shift: 2 }, except: [1] });
});

test('a trial has the same name whatever the number of repeats, and another one with another choice', () => {
  const ids = (choices: Partial<PilotChoices>) => plan(table, choices).trials.map(({ id }) => id);
  const [two, three] = [ids({}), ids({ repeats: 3 })];
  assert.deepEqual(three.slice(0, two.length), two);
  for (const choices of [{ seed: 1 }, { steps: 11 }, { batch: 8 }, { folds: 3 }])
    assert.ok(ids(choices).every((id) => !two.includes(id)));
  assert.notEqual(plan(table).hash, plan(table, { repeats: 3 }).hash);
});

test('groups of classes decide only where they have classes', () => {
  const choices = { criteria: [{ metric: 'recall-few', margin: 0.02 }] };
  assert.equal(plan(table, choices).choices.criteria[0].metric, 'recall-few');
  const wrong = { criteria: [{ metric: 'recall-many', margin: 0.02 }] };
  assert.throws(() => plan(table, wrong), /^InputError: metric "recall-many": there is no class with more than 100/);
});

test('what does not go together is refused before anything is trained', () => {
  const refused = (task: Task, choices: Partial<PilotChoices>, message: RegExp) =>
    assert.throws(() => plan(task, choices), message);
  refused(table, { augment: 'shift=2' }, /--augment: is for time series and pictures/);
  refused(pictures, { augment: 'shift=2', augmentExcept: ['god'] }, /no class "god".*did you mean "good"/);
  refused(pictures, { encoder: 'mlp' }, /encoder "mlp" takes rows/);
});
