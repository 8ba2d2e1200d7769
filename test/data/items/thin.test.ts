import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Task } from '../../../src/data/dataset.ts';
import { thinned } from '../../../src/data/items/thin.ts';

/** `each` items of each of `classes` classes, in turn. */
function balanced(classes: number, each: number, extra: Partial<Task> = {}): Task {
  return {
    source: { file: 'x', digest: 'sha256:0', rows: classes * each, unit: 'row' },
    items: { kind: 'table', inputs: [] },
    labels: Int32Array.from({ length: classes * each }, (_, i) => i % classes),
    classes: Array.from({ length: classes }, (_, c) => `c${c}`),
    counts: new Array<number>(classes).fill(each),
    columns: [],
    audit: [],
    ...extra,
  };
}

test('counts fall geometrically from the largest to the largest over the factor', () => {
  // 5000 * 100^(-c/9), rounded: the counts of CIFAR-10-LT, which rounds down.
  const { counts, labels, audit } = thinned(balanced(10, 5000), 100, 0);
  assert.deepEqual(counts, [5000, 2997, 1797, 1077, 646, 387, 232, 139, 83, 50]);
  assert.equal(labels.filter((label) => label >= 0).length, 12408);
  assert.equal(audit.at(-1)?.kind, 'thinned');
  assert.match(audit.at(-1)?.detail ?? '', /12408 of 50000 stay/);
});

test('the same items stay for the same seed, others for another; what stays keeps its class', () => {
  const task = balanced(3, 40);
  const [one, again, other] = [thinned(task, 10, 4), thinned(task, 10, 4), thinned(task, 10, 5)];
  assert.deepEqual(one.labels, again.labels);
  assert.notDeepEqual(one.labels, other.labels);
  one.labels.forEach((label, i) => {
    assert.ok(label === -1 || label === task.labels[i]);
  });
});

test('test items of a given division stay as they are; every class keeps one item at least', () => {
  const splits = Array.from({ length: 120 }, (_, i) => (i < 60 ? ('train' as const) : ('test' as const)));
  const { labels, counts } = thinned(balanced(3, 40, { splits }), 1000, 0);
  assert.deepEqual(
    [...labels.subarray(60)],
    Array.from({ length: 60 }, (_, i) => i % 3),
  );
  assert.deepEqual(counts, [40, 21, 21]);
});

test('a factor below 1 is refused; 1 changes nothing', () => {
  const task = balanced(2, 5);
  for (const factor of [0.5, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => thinned(task, factor, 0), /^InputError: --imbalance: /);
  assert.deepEqual(thinned(task, 1, 0).labels, task.labels);
});
