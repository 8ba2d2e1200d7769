import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import type { Fold } from '../../src/data/dataset.ts';
import { arrangementOf, meanAngles } from '../../src/evaluate/arrangement.ts';
import { classesLookedAt } from '../../src/evaluate/course.ts';
import { planLooks } from '../../src/evaluate/plan-looks.ts';
import { fit, runTrial, type TrialSettings } from '../../src/evaluate/trial.ts';
import { parseMethod } from '../../src/methods/index.ts';
import { minorityCollapse, neuralCollapse } from '../../src/metrics/index.ts';
import { type TrainingPlan, trainingDefaults } from '../../src/train/plan.ts';
import { Trainer } from '../../src/train/trainer.ts';
import { smallSettings, tableData } from './tables.ts';

const trainer = new Trainer();

/** Two numbers that tell the classes apart, so many items of each. */
function data(counts: readonly number[]) {
  const labels = Int32Array.from(stream(4, 'labels').shuffle(counts.flatMap((n, c) => new Array<number>(n).fill(c))));
  const random = stream(4, 'values');
  const column = (name: string, sign: number) => ({
    name,
    kind: 'number' as const,
    values: Float64Array.from(labels, (label) => random.normal() + sign * label),
  });
  return tableData([column('one', 2), column('other', -1)], labels, counts.length);
}

/** Every second item for training, the rest for evaluation; with a validation part every tenth of them goes there. */
function foldOf(labels: Int32Array, validation: boolean): Fold {
  const all = [...labels.keys()];
  const held = (i: number) => validation && i % 10 === 1;
  const part = (own: (i: number) => boolean) => Int32Array.from(all.filter(own));
  return {
    repeat: 0,
    fold: 0,
    train: part((i) => i % 2 === 0),
    validation: part((i) => i % 2 === 1 && held(i)),
    test: part((i) => i % 2 === 1 && !held(i)),
  };
}

const settingsOf = (method: string, more: Partial<TrialSettings['plan']> = {}): TrialSettings => {
  const settings = smallSettings(method);
  return { ...settings, plan: { ...settings.plan, ...more } };
};

test('the last look at all items is what neural collapse says of the net that is given back', async () => {
  // Five items of each class in both parts at most: all are looked at.
  const own = data([8, 8, 6]);
  const fold = foldOf(own.labels, false);
  const outcome = await runTrial(trainer, own, fold, settingsOf('allnc'));
  const { course, collapse, minority, testLogits } = outcome;
  const count = (rows: Int32Array) => [0, 1, 2].map((c) => rows.filter((row) => own.labels[row] === c).length);
  assert.deepEqual(course.items, { train: count(fold.train), evaluation: count(fold.test) });
  const last = course.looks.at(-1)!;
  assert.equal(last.step, 60);
  assert.deepEqual(last.train.collapse, collapse.train);
  assert.deepEqual(last.evaluation.collapse, collapse.evaluation);
  assert.deepEqual(last.classifier, minority);
  const answers = Array.from(fold.test, (_, i) => {
    const z = [...testLogits.subarray(3 * i, 3 * i + 3)];
    return z.indexOf(Math.max(...z));
  });
  [0, 1, 2].forEach((c) => {
    const items = [...fold.test.keys()].filter((i) => own.labels[fold.test[i]] === c);
    assert.equal(last.evaluation.recall[c], items.filter((i) => answers[i] === c).length / items.length, `class ${c}`);
  });
});

test('looked at or not, a trial answers the same; the course goes from before the first step to the last', async () => {
  const own = data([300, 60, 20]);
  const fold = foldOf(own.labels, true);
  const settings = settingsOf('cross-entropy', { steps: 400, batch: 128, encoder: { kind: 'mlp', widths: [64, 32] } });
  const first = await runTrial(trainer, own, fold, settings);
  const again = await runTrial(trainer, own, fold, settings);
  assert.deepEqual({ ...again, trainSeconds: 0 }, { ...first, trainSeconds: 0 });
  const { net, validationLogits } = await fit(trainer, own, fold, settings);
  assert.deepEqual(validationLogits, first.validationLogits);
  assert.equal(net.keptAt, first.keptAt);
  const { looks, items } = first.course;
  assert.deepEqual(
    looks.map(({ step }) => step),
    [0, 134, 268, 400],
  );
  assert.ok(items.train[0] < 150 && items.train[0] >= items.train[2], String(items.train));
  assert.ok(looks[3].train.collapse.nc1Balanced! < 0.5 * looks[0].train.collapse.nc1Balanced!);
  assert.ok(first.angles && first.map);
  assert.ok(first.map.explained[0] >= first.map.explained[1] && first.map.explained[1] > 0);
  assert.equal(first.map.items, fold.test.length);
  const later = await runTrial(trainer, own, { ...fold, fold: 1 }, settings);
  assert.ok(!('angles' in later) && !('map' in later));
  assert.notDeepEqual(later.course.looks, looks);
});

test('angles of the first trial are those of minority collapse; a class without evaluation items has none', async () => {
  const own = data([40, 30, 20]);
  const whole = foldOf(own.labels, false);
  const fold = { ...whole, test: whole.test.filter((row) => own.labels[row] !== 1) };
  const { angles, minority, map } = await runTrial(trainer, own, fold, settingsOf('balanced-softmax'));
  assert.deepEqual(angles!.classes, [0, 1, 2]);
  const smallest = angles!.classifier.map((row, c) => Math.min(...row.filter((_, other) => other !== c).map(Number)));
  smallest.forEach((angle, c) => {
    assert.ok(Math.abs(angle - minority.perClass[c]!) < 1e-3);
  });
  assert.deepEqual(angles!.evaluation[1], [null, null, null]);
  // Two means seen from their middle point in opposite directions.
  assert.equal(angles!.evaluation[0][2], 180);
  assert.deepEqual(
    map!.means.map((mean) => mean.class),
    [0, 2],
  );
});

test('of some classes: as if there were no others, but recall among all', () => {
  const random = stream(9, 'some');
  const [C, width, n] = [5, 4, 30];
  const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
  const vectors = draw(C * width);
  const classes = [1, 2, 4];
  const places = Int32Array.from({ length: n }, (_, i) => i % 3);
  const [logits, embeddings] = [draw(n * C), draw(n * width)];
  const counts = [50, 40, 30, 20, 10];
  const { collapse, means, recall } = arrangementOf(
    { logits, embeddings, places },
    { width, vectors },
    counts,
    classes,
  );
  const argmax = (i: number, among: readonly number[]) =>
    among.toSorted((a, b) => logits[i * C + b] - logits[i * C + a])[0];
  const weights = Float32Array.from(classes.flatMap((c) => [...vectors.subarray(c * width, (c + 1) * width)]));
  const predictions = Int32Array.from({ length: n }, (_, i) => classes.indexOf(argmax(i, classes)));
  const input = { classes: 3, width, embeddings, labels: places };
  assert.deepEqual(collapse, neuralCollapse({ ...input, predictions, weights }));
  const sums = new Float64Array(3 * width);
  embeddings.forEach((value, j) => {
    sums[places[Math.floor(j / width)] * width + (j % width)] += value / 10;
  });
  const expected = minorityCollapse({ classes: 3, width, vectors: sums, counts: [40, 30, 10] });
  assert.ok(Math.abs(means.smallestAngle! - expected.smallestAngle!) < 1e-9);
  assert.deepEqual(means.pair, expected.pair);
  classes.forEach((c, place) => {
    const items = [...places.keys()].filter((i) => places[i] === place);
    const hits = items.filter((i) => argmax(i, [0, 1, 2, 3, 4]) === c);
    assert.equal(recall[place], hits.length / items.length);
  });
});

test('a class without items has no mean: the angles are those between the others', () => {
  // Means at 0, 90 and 180 degrees around (1, 1); class 1 has no item.
  const embeddings = Float32Array.from([2, 1, 1, 2, 0, 1]);
  const labels = Int32Array.from([0, 2, 3]);
  const found = meanAngles({ classes: 4, width: 2, embeddings, labels, counts: [9, 8, 7, 6] });
  const centred = minorityCollapse({ classes: 3, width: 2, vectors: embeddings, counts: [9, 7, 6] });
  assert.equal(found.smallestAngle, centred.smallestAngle);
  assert.deepEqual(found.pair, [2, 3]);
  assert.deepEqual(found.perClass, [centred.perClass[0], null, centred.perClass[1], centred.perClass[2]]);
  assert.match(found.reason!, /^left out: 1 class with no item/);
});

test('classes looked at: all up to 30; of more the largest, the rarest and even steps between, the same for all trials', () => {
  const few = Int32Array.from([0, 1, 1, 2]);
  assert.deepEqual(classesLookedAt(few, 3), [0, 1, 2]);
  const labels = Int32Array.from(Array.from({ length: 100 }, (_, c) => new Array<number>(100 - c).fill(c)).flat());
  const chosen = classesLookedAt(labels, 100);
  assert.equal(chosen.length, 30);
  assert.deepEqual([chosen[0], chosen[29]], [0, 99]);
  for (let i = 1; i < 30; i++) assert.ok([3, 4].includes(chosen[i] - chosen[i - 1]), `${chosen[i - 1]}, ${chosen[i]}`);
});

const planOf = (steps: number, classes: number, batch = 128): TrainingPlan => ({
  ...trainingDefaults,
  spec: parseMethod('cross-entropy'),
  shape: [8],
  classes,
  steps,
  batch,
});

test('looks stay within 5 % of the passes of a training, at checks of early stopping', () => {
  const counts = { train: [4000, 60, 50, 40, 20], evaluation: [2000, 20, 18, 13, 7] };
  const { at, size } = planLooks(planOf(800, 5), counts);
  assert.deepEqual(
    at,
    Array.from({ length: 11 }, (_, k) => 80 * k),
  );
  assert.ok(size.budget > 80, `${size.budget} items`);
  assert.deepEqual(
    planLooks(planOf(3000, 5), counts).at,
    Array.from({ length: 11 }, (_, k) => 300 * k),
  );
  assert.deepEqual(planLooks(planOf(20, 5), counts).at, [20]);
  for (const steps of [1, 7, 99, 300, 801, 5000, 20000])
    for (const classes of [2, 5, 30]) {
      const each = Array.from({ length: classes }, (_, c) => Math.ceil(500 / (c + 1)));
      const own = planLooks(planOf(steps, classes), { train: each, evaluation: each });
      assert.equal(own.at.at(-1), steps);
      assert.deepEqual(
        own.at,
        [...new Set(own.at)].toSorted((a, b) => a - b),
      );
      for (const step of own.at) assert.ok(step === steps || step % Math.ceil(steps / 10) === 0, `${step} of ${steps}`);
      const rows = own.at.length * 2 * own.size.budget;
      assert.ok(rows <= 0.05 * 3 * steps * 128, `${steps} steps, ${classes} classes: ${rows} rows`);
      assert.ok(own.size.budget <= 1000 && own.size.floor >= 5);
    }
});

test('methods with layers of their own are looked at like the others', () => {
  const counts = { train: [400, 60, 20], evaluation: [200, 30, 10] };
  const of = (method: string) => planLooks({ ...planOf(500, 3), spec: parseMethod(method) }, counts);
  for (const method of ['allnc', 'crt', 'supcon-balanced', 'ldam-drw'])
    assert.deepEqual(of(method), of('cross-entropy'));
});
