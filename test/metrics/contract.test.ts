import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { type Evaluated, type Metric, metrics } from '../../src/metrics/index.ts';

const folder = new URL('../../src/metrics/classification/', import.meta.url);

/** Training items of the classes: each group has one. */
const trained = [150, 50, 5, 100.5];

/** Random items; probabilities are whole 1/20 so that ties occur. */
function random(name: string, classes: number, items: number, skill: number): Evaluated {
  const draw = stream(7, 'metrics', name);
  const labels = Int32Array.from({ length: items }, () => draw.integer(classes));
  const scores = new Float64Array(items * classes);
  const predictions = new Int32Array(items);
  for (let i = 0; i < items; i++) {
    for (let part = 0; part < 20; part++) {
      const to = draw.uniform() < skill ? labels[i] : draw.integer(classes);
      scores[i * classes + to] += 1 / 20;
    }
    const row = scores.subarray(i * classes, (i + 1) * classes);
    predictions[i] = row.indexOf(Math.max(...row));
  }
  return { classes, labels, predictions, scores, trained: trained.slice(0, classes) };
}

/** Item i of the result is item order[i]; class c becomes names[c]. */
function rearranged(input: Evaluated, order: readonly number[], names: readonly number[]): Evaluated {
  const scores = new Float64Array(order.length * input.classes);
  order.forEach((from, i) => {
    for (let c = 0; c < input.classes; c++)
      scores[i * input.classes + names[c]] = input.scores![from * input.classes + c];
  });
  const renamed = Array.from(names, () => 0);
  names.forEach((to, c) => {
    renamed[to] = input.trained![c];
  });
  return {
    classes: input.classes,
    trained: renamed,
    labels: Int32Array.from(order, (from) => names[input.labels[from]]),
    predictions: Int32Array.from(order, (from) => names[input.predictions[from]]),
    scores,
  };
}

/** The same items with a class in front that none has and none is answered with. */
function withAbsentClass(input: Evaluated): Evaluated {
  const classes = input.classes + 1;
  const scores = Float64Array.from({ length: input.labels.length * classes }, (_, at) =>
    at % classes === 0 ? 0 : input.scores![Math.floor(at / classes) * input.classes + (at % classes) - 1],
  );
  return {
    classes,
    labels: input.labels.map((c) => c + 1),
    predictions: input.predictions.map((c) => c + 1),
    scores,
    trained: [7, ...Array.from(input.trained!)],
  };
}

function close(actual: number | null, expected: number | null, what: string) {
  assert.equal(actual === null, expected === null, `${what}: ${actual}, expected ${expected}`);
  if (actual !== null && expected !== null)
    assert.ok(Math.abs(actual - expected) < 1e-12, `${what}: ${actual}, expected ${expected}`);
}

const inputs = {
  skilled: random('skilled', 4, 60, 0.5),
  guessing: random('guessing', 3, 40, 0),
  wrong: (() => {
    const right = random('wrong', 3, 30, 0.8);
    return { ...right, labels: right.labels.map((c) => (c + 1) % 3) };
  })(),
};

test('every file of the folder holds one metric and stands in the index once', async () => {
  const found: Metric[] = [];
  for (const file of readdirSync(folder)) {
    const records = Object.values((await import(new URL(file, folder).href)) as Record<string, Metric>);
    assert.equal(records.length, 1, `${file} exports ${records.length} records`);
    assert.equal(`${records[0].name}.ts`, file);
    found.push(records[0]);
  }
  assert.deepEqual(new Set(metrics), new Set(found));
  assert.equal(metrics.length, found.length);
});

for (const metric of metrics) {
  test(`${metric.name} states what it is`, () => {
    assert.match(metric.name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.ok(['higher', 'lower'].includes(metric.direction));
    assert.ok(['predictions', 'scores'].includes(metric.needs));
    assert.ok(metric.range[0] < metric.range[1]);
  });

  test(`${metric.name} does not depend on the order of items nor on the classes' numbers`, () => {
    for (const [name, input] of Object.entries(inputs)) {
      const draw = stream(3, 'order', name);
      const order = draw.shuffle(Array.from(input.labels, (_, i) => i));
      const names = draw.shuffle(Array.from({ length: input.classes }, (_, c) => c));
      const before = metric.compute(input);
      const after = metric.compute(rearranged(input, order, names));
      close(after.value, before.value, name);
      before.perClass?.forEach((value, c) => {
        close(after.perClass![names[c]], value, `${name}, class ${c}`);
      });
    }
  });

  test(`${metric.name} stays in its range and reaches its best value on perfect answers`, () => {
    const [low, high] = metric.range;
    for (const input of Object.values(inputs)) {
      const { value, perClass = [] } = metric.compute(input);
      for (const number of [value, ...perClass]) assert.ok(number !== null && number >= low && number <= high);
    }
    const labels = Int32Array.of(0, 1, 2, 1, 0);
    const scores = Float64Array.from({ length: 15 }, (_, at) => (labels[Math.floor(at / 3)] === at % 3 ? 1 : 0));
    const best = metric.compute({ classes: 3, labels, predictions: labels, scores, trained: [150, 50, 5] });
    close(best.value, metric.direction === 'higher' ? high : low, 'perfect answers');
  });

  test(`${metric.name} leaves an absent class out: null with the reason, the rest unchanged`, () => {
    const without = metric.compute(inputs.skilled);
    const input = withAbsentClass(inputs.skilled);
    const measured = metric.compute(input);
    close(measured.value, without.value, 'value');
    if (measured.perClass) {
      assert.equal(measured.perClass[0], null);
      assert.equal(measured.classesLeftOut, 1);
      assert.equal(measured.reason, 'classes left out: 1 (no item)');
    }
    if (metric.ofClass) {
      assert.deepEqual(metric.ofClass.compute(input, 0), { value: null, reason: 'no item' });
      for (let c = 1; c < input.classes; c++)
        assert.equal(metric.ofClass.compute(input, c).value, measured.perClass?.[c]);
    }
  });

  test(`${metric.name} of no items is null with the reason`, () => {
    const none = new Int32Array();
    const { value, reason } = metric.compute({
      classes: 3,
      labels: none,
      predictions: none,
      scores: new Float64Array(),
      trained: [150, 50, 5],
    });
    assert.equal(value, null);
    assert.equal(reason, 'no item');
  });

  test(`${metric.name} refuses input that does not fit`, () => {
    const input = inputs.guessing;
    const bad: [Partial<Evaluated>, RegExp][] = [
      [{ classes: 0 }, /classes must be a whole number >= 1, got 0/],
      [{ labels: input.labels.subarray(1) }, /39 labels but 40 predictions/],
      [{ labels: input.labels.map((c, i) => (i === 5 ? 3 : c)) }, /labels\[5\] is 3, must be 0\.\.2/],
      [{ predictions: input.predictions.map((c, i) => (i === 6 ? -1 : c)) }, /predictions\[6\] is -1/],
    ];
    if (metric.needs === 'scores')
      bad.push(
        [{ scores: undefined }, /needs scores, got none/],
        [{ scores: new Float32Array(5) }, /5 scores, needs 40 items x 3 classes/],
        [{ scores: new Float32Array(120).fill(Number.NaN, 7, 8) }, /score of item 2, class 1 is NaN/],
      );
    if (metric.name.startsWith('recall-'))
      bad.push(
        [{ trained: undefined }, /needs the training items of each class \(trained\), got none/],
        [{ trained: [1, 2] }, /training items of 2 classes, needs 3/],
      );
    for (const [change, message] of bad)
      assert.throws(
        () => metric.compute({ ...input, ...change }),
        (error) =>
          error instanceof RangeError && message.test(error.message) && error.message.startsWith(`${metric.name}: `),
      );
    if (metric.ofClass) assert.throws(() => metric.ofClass!.compute(input, 3), /class 3 is not in 0\.\.2/);
  });
}
