import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '../../src/array/errors.ts';
import { metrics, parseMetric } from '../../src/metrics/index.ts';

const classes = ['none', 'HDF', 'a[b]'];
const input = { classes: 3, labels: Int32Array.of(0, 1, 1, 2), predictions: Int32Array.of(0, 1, 0, 2) };

test('every metric is found by its name', () => {
  for (const metric of metrics) assert.deepEqual(parseMetric(metric.name, classes), { metric });
});

test('a class in brackets gives a metric of that class', () => {
  const { metric, classIndex } = parseMetric('recall[HDF]', classes);
  assert.equal(classIndex, 1);
  assert.equal(metric.name, 'recall[HDF]');
  assert.equal(metric.direction, 'higher');
  assert.deepEqual(metric.compute(input), { value: 1 / 2 });
  assert.equal(parseMetric('precision[none]', classes).metric.compute(input).value, 1 / 2);
  assert.equal(parseMetric('f1[HDF]', classes).metric.compute(input).value, 2 / 3);
  assert.equal(parseMetric('average-precision[HDF]', classes).metric.needs, 'scores');
});

test('the training items, once told, fix the classes of a group', () => {
  const { metric } = parseMetric('recall-few', classes, [200, 19, 0]);
  assert.deepEqual(metric.compute(input), { value: 3 / 4, classesLeftOut: 0 });
  assert.deepEqual(parseMetric('recall-medium', classes, [200, 19, 0]).metric.compute(input), {
    value: null,
    reason: 'no class with 20 to 100 training items',
  });
  assert.equal(parseMetric('macro-recall', classes, [200, 19, 0]).metric.compute(input).value, (1 + 1 / 2 + 1) / 3);
  assert.throws(() => parseMetric('recall-few', classes).metric.compute(input), /recall-few: needs the training items/);
  assert.throws(() => parseMetric('recall-fw', classes), /did you mean "recall-few"/);
});

test('the message stays short where there are a thousand classes', () => {
  const names = Array.from({ length: 1000 }, (_, c) => `class ${c}`);
  assert.throws(
    () => parseMetric('recall[clas 1000]', names),
    (error: Error) =>
      /there are: class 0, .*class 9 and 990 more \(did you mean/.test(error.message) && error.message.length < 300,
  );
});

test('class names may hold brackets', () => {
  assert.equal(parseMetric('recall[a[b]]', classes).classIndex, 2);
});

test('an unknown name is refused with the nearest one', () => {
  const wrong: [string, RegExp][] = [
    ['macro-recal', /unknown metric "macro-recal".*did you mean "macro-recall"\?/],
    ['recall[HDG]', /no class "HDG"; there are: none, HDF, a\[b\] \(did you mean "HDF"\?\)/],
    ['recal[HDF]', /did you mean "recall\[HDF\]"\?/],
    ['macro-recall[HDF]', /did you mean "recall\[HDF\]"\?/],
    ['accuracy[HDF]', /"accuracy" is not measured for one class; there are: recall, f1/],
    ['recall', /is of one class: write recall\[CLASS\] \(none, HDF, a\[b\]\), or macro-recall for the mean/],
    ['recall[HDF', /unknown metric "recall\[HDF"/],
    ['', /unknown metric ""/],
  ];
  for (const [name, message] of wrong)
    assert.throws(
      () => parseMetric(name, classes),
      (error) => error instanceof InputError && message.test(error.message) && !error.message.includes('\n'),
    );
});
