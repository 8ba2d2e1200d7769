import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import type { Fold, Task } from '../../src/data/dataset.ts';
import { foldCounts, makeFolds, missingClasses } from '../../src/data/splits.ts';
import { oneLine, times } from './helpers.ts';

/** A task by hand: classes by falling count. */
function task(labels: number[], extra: Partial<Task> = {}): Task {
  const C = Math.max(...labels) + 1;
  const counts = times(C, (c) => labels.filter((label) => label === c).length);
  const classes = times(C, (c) => `c${c}`);
  const source = { file: 'x.csv', digest: 'sha256:0', rows: labels.length, unit: 'row' as const };
  const items = { kind: 'table' as const, inputs: [] };
  return { source, items, labels: Int32Array.from(labels), classes, counts, columns: [], audit: [], ...extra };
}

const count = (rows: Int32Array, labels: Int32Array, c: number) => rows.filter((row) => labels[row] === c).length;

function checkParts({ labels }: Task, folds: readonly Fold[]): void {
  for (const { train, validation, test } of folds) {
    for (const part of [train, validation, test]) {
      assert.ok(part.length > 0);
      assert.ok(
        part.every((row, i) => labels[row] >= 0 && (i === 0 || row > part[i - 1])),
        'labelled and ascending',
      );
    }
    assert.equal(new Set([...train, ...validation, ...test]).size, train.length + validation.length + test.length);
  }
}

function checkEachTestedOnce({ labels }: Task, folds: readonly Fold[], repeats: number): void {
  const labelled = labels.filter((label) => label >= 0).length;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const tested = folds.filter((fold) => fold.repeat === repeat).flatMap(({ test }) => [...test]);
    assert.equal(tested.length, labelled);
    assert.equal(new Set(tested).size, labelled);
  }
}

const imbalanced = (n: number) =>
  times<number>(n, (i) => (i % 11 === 5 ? -1 : i % 50 === 3 ? 2 : i % 9 === 1 ? 1 : 0)).concat([3, 3, 3, 4]);

test('stratified: each row tested once a repeat, classes and folds even to one item, validation of 20 %', () => {
  for (const [n, K] of [
    [60, 2],
    [203, 3],
    [500, 5],
    [997, 7],
  ]) {
    const t = task(imbalanced(n));
    const { scheme, folds } = makeFolds(t, { folds: K, repeats: 3, seed: 1 });
    assert.equal(scheme, 'stratified');
    assert.deepEqual(
      folds.map(({ repeat, fold }) => `${repeat}.${fold}`),
      times(3 * K, (i) => `${Math.floor(i / K)}.${i % K}`),
    );
    checkParts(t, folds);
    checkEachTestedOnce(t, folds, 3);
    for (let repeat = 0; repeat < 3; repeat++) {
      const mine = folds.filter((fold) => fold.repeat === repeat);
      const even = (sizes: readonly number[]) => Math.max(...sizes) - Math.min(...sizes) <= 1;
      assert.ok(even(mine.map(({ test }) => test.length)));
      for (let c = 0; c < 5; c++) assert.ok(even(mine.map(({ test }) => count(test, t.labels, c))), `class ${c}`);
    }
    for (const { train, validation } of folds)
      for (let c = 0; c < 5; c++) {
        const [kept, held] = [count(train, t.labels, c), count(validation, t.labels, c)];
        const side = kept + held;
        if (side < 2) assert.equal(held, 0);
        else
          assert.ok(
            held >= 1 && kept >= 1 && Math.abs(held - 0.2 * side) <= Math.max(0.5, 1 - 0.2 * side),
            `${held} of ${side}`,
          );
      }
  }
});

test('same seed, same folds; another seed or repeat, other folds; adding a repeat moves none', () => {
  const t = task(imbalanced(200));
  const make = (repeats: number, seed: number) => makeFolds(t, { folds: 3, repeats, seed }).folds;
  assert.deepEqual(make(2, 1), make(2, 1));
  assert.deepEqual(make(4, 1).slice(0, 6), make(2, 1));
  assert.notDeepEqual(make(1, 1)[0].test, make(1, 2)[0].test);
  const two = make(2, 1);
  assert.notDeepEqual(two[0].test, two[3].test);
});

test('every row is in validation and in each fold about as often as any other', () => {
  const t = task(times(60, (i) => (i % 4 === 0 ? 1 : 0)));
  const { folds } = makeFolds(t, { folds: 4, repeats: 400, seed: 3 });
  const [held, first] = [new Float64Array(60), new Float64Array(60)];
  for (const { fold, validation, test } of folds) {
    for (const row of validation) held[row]++;
    if (fold === 0) for (const row of test) first[row]++;
  }
  // Each row as often as the average; bounds of 5 standard deviations of a binomial count.
  const wanted = folds.reduce((sum, { validation }) => sum + validation.length, 0) / 60;
  assert.ok(held.every((times) => Math.abs(times - wanted) < 5 * Math.sqrt(wanted)));
  assert.ok(first.every((times) => Math.abs(times - 100) < 5 * Math.sqrt(75)));
});

test('a class of one row is tested in one fold and reported as absent; foldCounts agrees', () => {
  const t = task(imbalanced(200));
  const { folds } = makeFolds(t, { folds: 4, repeats: 2, seed: 1 });
  const counts = foldCounts(t, folds);
  for (let repeat = 0; repeat < 2; repeat++) {
    const mine = counts.filter((fold) => fold.repeat === repeat);
    assert.equal(mine.filter(({ test }) => test[4] === 1).length, 1);
    assert.ok(mine.every(({ train, validation, test }) => train[4] + validation[4] + test[4] === 1));
  }
  assert.deepEqual(
    counts.map(({ train }) => train[0]),
    folds.map(({ train }) => count(train, t.labels, 0)),
  );
  const findings = missingClasses(t, folds);
  assert.deepEqual(
    findings.map(({ kind, severity }) => `${kind} ${severity}`),
    ['class-missing-in-fold info', 'class-missing-in-fold warning'],
  );
  assert.match(
    findings[1].detail,
    /"c4" \(1 row\) is absent from the training part of 2 of 8 folds \(repeat 1, fold \d first\) and from the validation part of 8 of 8/,
  );
  assert.match(findings[0].detail, /"c3" \(3 rows\) is absent from the test part of 2 of 8/);
});

test('grouped: no group on two sides, each row tested once, classes balanced as far as groups allow', () => {
  const random = stream(4, 'groups');
  const groups: number[] = [];
  const labels: number[] = [];
  for (let g = 0; g < 45; g++)
    for (let i = 0; i < 3 + random.integer(25); i++) {
      groups.push(g);
      labels.push(random.uniform() < 0.05 ? -1 : g % 9 === 0 && i < 4 ? 2 : random.uniform() < 0.2 ? 1 : 0);
    }
  const t = task(labels, { groups: Int32Array.from(groups) });
  const { scheme, folds } = makeFolds(t, { folds: 5, repeats: 3, seed: 1 });
  assert.equal(scheme, 'grouped');
  checkParts(t, folds);
  checkEachTestedOnce(t, folds, 3);
  for (const { train, validation, test } of folds) {
    const sets = [train, validation, test].map((part) => new Set(Array.from(part, (row) => groups[row])));
    assert.equal(new Set(sets.flatMap((set) => [...set])).size, sets[0].size + sets[1].size + sets[2].size);
    const share = validation.length / (train.length + validation.length);
    assert.ok(share > 0.12 && share < 0.28, `validation ${share}`);
    // Five groups hold class 2: one in each test part, and one to spare for validation.
    assert.equal(count(test, t.labels, 2), 4);
    assert.ok(count(validation, t.labels, 2) > 0 && count(train, t.labels, 2) > 0);
    assert.ok(Math.abs(test.length / (test.length + train.length + validation.length) - 0.2) < 0.05);
  }
  assert.notDeepEqual(folds[0].test, folds[5].test);
  assert.deepEqual(makeFolds(t, { folds: 5, repeats: 3, seed: 1 }).folds, folds);
});

test('grouped: a class in one group only is reported where it is absent; few groups are an error', () => {
  const labels = times(60, (i) => (i < 5 ? 1 : 0));
  const t = task(labels, { groups: Int32Array.from(times(60, (i) => Math.floor(i / 10))) });
  const { folds } = makeFolds(t, { folds: 3, repeats: 1, seed: 1 });
  checkParts(t, folds);
  assert.match(missingClasses(t, folds)[0].detail, /"c1" .* training part of 1 of 3/);
  const few = (G: number) => task(labels, { groups: Int32Array.from(times(60, (i) => i % G)) });
  assert.throws(
    () => makeFolds(few(4), { folds: 5, repeats: 1, seed: 1 }),
    oneLine('--folds 5', 'only 4 groups', '--folds 4'),
  );
  assert.throws(
    () => makeFolds(few(2), { folds: 2, repeats: 1, seed: 1 }),
    oneLine('--group', '2 groups', 'at least 3'),
  );
  assert.throws(() => makeFolds(few(3), { folds: 2, repeats: 1, seed: 1 }), oneLine('one group only', 'more folds'));
  checkParts(few(3), makeFolds(few(3), { folds: 3, repeats: 2, seed: 1 }).folds);
});

test('forward in time: training before validation before test, equal times together, nearly equal blocks', () => {
  const random = stream(5, 'times');
  const n = 400;
  // Unordered in the file, with ties.
  const when = Float64Array.from(random.shuffle(times(n, (i) => Math.floor(i / 3))));
  const labels = times(n, (i) => (i % 13 === 0 ? -1 : i % 5 === 0 ? 1 : 0));
  const t = task(labels, { times: when });
  const { scheme, folds } = makeFolds(t, { folds: 4, repeats: 2, seed: 1 });
  assert.equal(scheme, 'forward-in-time');
  checkParts(t, folds);
  const labelled = labels.filter((label) => label >= 0).length;
  const range = (part: Int32Array) => [
    Math.min(...Array.from(part, (row) => when[row])),
    Math.max(...Array.from(part, (row) => when[row])),
  ];
  folds.slice(0, 4).forEach(({ train, validation, test }, k) => {
    assert.ok(range(train)[1] < range(validation)[0] && range(validation)[1] < range(test)[0]);
    assert.ok(Math.abs(test.length - labelled / 5) <= 4);
    assert.ok(Math.abs(train.length + validation.length - ((k + 1) * labelled) / 5) <= 4);
    assert.ok(Math.abs(validation.length / (train.length + validation.length) - 0.2) < 0.05);
    // Nothing between the parts is left out.
    const until = range(test)[1];
    assert.equal(
      train.length + validation.length + test.length,
      labels.filter((label, row) => label >= 0 && when[row] <= until).length,
    );
  });
  const tested = folds.slice(0, 4).flatMap(({ test }) => [...test]);
  assert.equal(new Set(tested).size, tested.length);
  assert.deepEqual(
    folds.slice(4),
    folds.slice(0, 4).map((fold) => ({ ...fold, repeat: 1 })),
  );
});

test('time and group: rows whose group was met before are left out of validation and test', () => {
  const n = 120;
  const t = task(
    times(n, (i) => i % 2),
    {
      times: Float64Array.from(times(n, (i) => i)),
      groups: Int32Array.from(times(n, (i) => Math.floor(i / 7))),
    },
  );
  const { folds } = makeFolds(t, { folds: 3, repeats: 1, seed: 1 });
  checkParts(t, folds);
  const sets = (fold: Fold) =>
    [fold.train, fold.validation, fold.test].map((part) => new Set(Array.from(part, (row) => Math.floor(row / 7))));
  for (const fold of folds) {
    const [train, validation, test] = sets(fold);
    assert.equal(new Set([...train, ...validation, ...test]).size, train.size + validation.size + test.size);
  }
  // Block 1 is rows 30..59; lot 4 (28..34) began in block 0, so its last five rows are not tested.
  assert.deepEqual(
    [...folds[0].test],
    times(25, (i) => 35 + i),
  );
  const lasting = { ...t, groups: Int32Array.from(times(n, (i) => i % 4)) };
  assert.throws(
    () => makeFolds(lasting, { folds: 3, repeats: 1, seed: 1 }),
    oneLine('--group with --time', '--time alone'),
  );
});

test('time: too few distinct times, and sizes that make no folds, are errors of one line', () => {
  const labels = times(30, (i) => i % 2);
  const timed = (when: number[]) => task(labels, { times: Float64Array.from(when) });
  const options = { folds: 3, repeats: 1, seed: 1 };
  assert.throws(() => makeFolds(timed(times(30, (i) => i % 3)), options), oneLine('3 distinct times', '4 blocks'));
  assert.throws(() => makeFolds(timed(times(30, () => 1)), options), oneLine('1 distinct times'));
  assert.throws(() => makeFolds(task([0, 1, 0, 1]), options), oneLine('--folds 3', '4 labelled rows'));
  assert.throws(() => makeFolds(task(labels), { ...options, folds: 1 }), oneLine('--folds', 'got 1'));
  assert.throws(() => makeFolds(task(labels), { ...options, repeats: 0 }), oneLine('--repeats', 'got 0'));
  assert.throws(() => makeFolds(task(labels), { ...options, validation: 0 }), RangeError);
  assert.throws(
    () => makeFolds(task([0, 1, 0, 1]), { ...options, folds: 2 }),
    oneLine('too few for a validation part'),
  );
  // One time fills the end of the training side: validation begins at the nearest change inside.
  const heavy = timed(times(30, (i) => (i < 3 ? i : i < 15 ? 3 : i)));
  checkParts(heavy, makeFolds(heavy, { ...options, folds: 1 + 1 }).folds);
});

test('data that come divided: the test side stays, validation is drawn anew from the training side', () => {
  const labels = times(60, (i) => i % 3);
  const splits = times(60, (i) => (i < 40 ? ('train' as const) : ('test' as const)));
  const options = { folds: 5, repeats: 3, seed: 1 };
  const { scheme, folds } = makeFolds(task(labels, { splits }), options);
  assert.equal(scheme, 'given');
  assert.deepEqual(
    folds.map(({ repeat, fold }) => [repeat, fold]),
    [
      [0, 0],
      [1, 0],
      [2, 0],
    ],
  );
  for (const { train, validation, test: held } of folds) {
    assert.deepEqual(
      [...held],
      times(20, (i) => 40 + i),
    );
    assert.deepEqual(
      [...train, ...validation].sort((a, b) => a - b),
      times(40, (i) => i),
    );
    assert.equal(validation.length, 9);
  }
  assert.notDeepEqual(folds[0].validation, folds[1].validation);
  const groups = Int32Array.from(labels, (_, i) => Math.floor(i / 5));
  for (const { train, validation } of makeFolds(task(labels, { splits, groups }), options).folds) {
    const inside = new Set(Array.from(validation, (row) => groups[row]));
    assert.ok(inside.size > 0 && train.every((row) => !inside.has(groups[row])));
  }
  const none = times(60, () => 'train' as const);
  assert.throws(() => makeFolds(task(labels, { splits: none }), options), oneLine(/test side.*--pool/));
});
