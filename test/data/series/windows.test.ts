import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../../src/array/random.ts';
import {
  blocksInTime,
  drawSequences,
  majorityLabel,
  makeWindows,
  sequenceStarts,
  seriesFolds,
  stepsOf,
  windowValues,
} from '../../../src/data/series/index.ts';
import { oneLine } from '../helpers.ts';
import { counting, recording, setOf, upTo } from './make.ts';

test('lengths: counts and durations, rounded to whole steps', () => {
  const good: [string | number, number | undefined, number][] = [
    ['52', undefined, 52],
    [7, undefined, 7],
    ['1s', 52, 52],
    ['0.64s', 100, 64],
    ['500ms', 52, 26],
    ['0.12s', 100, 12],
    ['0.05s', 52, 3],
    ['2min', 0.5, 60],
    ['1 h', 1 / 30, 120],
    ['.5S', 10, 5],
    ['200us', 10_000, 2],
  ];
  for (const [span, rate, steps] of good) assert.equal(stepsOf(span, rate, '--window'), steps, `${span} at ${rate}`);
  for (const [span, rate, ...parts] of [
    ['1s', undefined, '--window 1s', 'rate is not known', '--rate'],
    ['1ms', 52, 'less than one step'],
    ['0.5', 52, 'whole number', '0.5s'],
    ['0', 52, 'whole number'],
    ['-3', 52, '"-3"'],
    ['1 year', 52, '"1 year"'],
    ['', 52, '""'],
    [Number.NaN, 52, 'NaN'],
  ] as [string | number, number | undefined, ...string[]][])
    assert.throws(() => stepsOf(span, rate, '--window'), oneLine('--window', ...parts));
});

test('windows by hand: never across recordings, neighbours known, the rest at the end unused', () => {
  const set = counting([10, 3, 8], (r) => r, ['a', 'b', 'c']);
  const windows = makeWindows(set, { window: 4, hop: 3 });
  assert.deepEqual([...windows.recording], [0, 0, 0, 2, 2]);
  assert.deepEqual([...windows.index], [0, 1, 2, 0, 1]);
  assert.deepEqual([...windows.start], [0, 3, 6, 0, 3]);
  assert.deepEqual([...windows.labels], [0, 0, 0, 2, 2]);
  assert.deepEqual(
    [windows.counts, windows.groupNames],
    [
      [3, 0, 2],
      ['r0', 'r2'],
    ],
  );
  assert.deepEqual([...windows.groups], [0, 0, 0, 1, 1]);
  assert.deepEqual([...windowValues(windows, [4, 1])], [3, 4, 5, 6, 3, 4, 5, 6]);
  assert.deepEqual(
    windows.findings.map(({ kind, detail }) => [kind, detail.split(' ')[0]]),
    [
      ['short-recording', '1'],
      ['class-without-window', 'class'],
    ],
  );
  assert.throws(() => makeWindows(set, { window: 11 }), oneLine('--window', '11 steps', 'r0', 'has 10'));
  assert.throws(() => makeWindows(set, { window: '1s' }), oneLine('rate is not known'));
});

test('the values of windows are channel after channel, whatever the order asked for', () => {
  const set = setOf([
    recording('a', [upTo(5), upTo(5).map((x) => 10 * x)]),
    recording('b', [
      [7, 8, 9],
      [70, 80, 90],
    ]),
  ]);
  const windows = makeWindows(set, { window: 2, hop: 1 });
  assert.equal(windows.rows, 6);
  assert.deepEqual([...windowValues(windows, [5, 0, 5])], [8, 9, 80, 90, 0, 1, 0, 10, 8, 9, 80, 90]);
});

test('the label of a window: most steps; ties go to the class met first; unlabelled only when it outnumbers all', () => {
  const label = (...labels: number[]) => majorityLabel(Int32Array.from(labels), 0, labels.length);
  assert.equal(label(0, 1, 1), 1);
  assert.equal(label(2, 1, 1, 2), 2);
  assert.equal(label(-1, -1, 3, 3), 3);
  assert.equal(label(3, -1, -1, 4), -1);
  assert.equal(label(-1, 4, 3, -1, 3, 4), 4);
  assert.equal(label(-1), -1);
  assert.equal(majorityLabel(Int32Array.of(5, 5, 5, 0, 0), 2, 5), 0);
  const windows = makeWindows(
    counting([8], (_, step) => (step < 4 ? -1 : 0), ['a']),
    { window: 4 },
  );
  assert.deepEqual([...windows.labels], [-1, 0]);
  assert.match(windows.findings[0].detail, /^1 window of 2 without a class/);
});

test('folds keep groups whole, test each once a repeat, and repeat to the same bits', () => {
  // 9 people with two recordings each; class c is held by three people only, and some windows have no class.
  const people = upTo(18).map((r) =>
    recording(`r${r}`, [upTo(40)], {
      group: `p${r >> 1}`,
      labels: Int32Array.from(upTo(40), (step) =>
        step % 8 === 0 ? -1 : step >= 20 && r < 6 ? 2 : step % 16 < 8 ? 0 : 1,
      ),
    }),
  );
  const windows = makeWindows(setOf(people, { classes: ['a', 'b', 'c'] }), { window: 4, hop: 2 });
  const { folds, findings } = seriesFolds(windows, { folds: 3, repeats: 2, seed: 4 });
  assert.equal(folds.length, 6);
  for (const { train, validation, test: held } of folds) {
    const groupsOf = (rows: Int32Array) => new Set(Array.from(rows, (row) => windows.groups[row]));
    const [a, b, c] = [train, validation, held].map(groupsOf);
    assert.equal(a.size + b.size + c.size, 9, 'no group on two sides');
    assert.equal(new Set([...a, ...b, ...c]).size, 9);
    assert.equal(train.length + validation.length + held.length, windows.rows);
    assert.ok(train.every((row, i) => i === 0 || row > train[i - 1]));
    for (const part of [train, held]) assert.deepEqual(new Set(Array.from(part, (row) => windows.labels[row])).size, 3);
  }
  for (const repeat of [0, 1]) {
    const tested = folds.filter((fold) => fold.repeat === repeat).flatMap((fold) => [...fold.test]);
    assert.deepEqual(
      tested.sort((x, y) => x - y),
      upTo(windows.rows),
    );
  }
  assert.deepEqual(
    findings.map(({ kind }) => kind).filter((kind) => kind === 'few-groups'),
    ['few-groups'],
  );
  assert.deepEqual(seriesFolds(windows, { folds: 3, repeats: 2, seed: 4 }).folds, folds);
  assert.notDeepEqual(seriesFolds(windows, { folds: 3, repeats: 2, seed: 5 }).folds, folds);
});

test('a class that one group alone holds is missed somewhere, and said', () => {
  const set = counting([20, 20, 20, 20], (r) => (r === 2 ? 1 : 0), ['a', 'b']);
  const { findings } = seriesFolds(makeWindows(set, { window: 5 }), { folds: 4, repeats: 1, seed: 1 });
  const [, missing] = findings.filter(({ kind }) => kind === 'class-missing-in-fold');
  // Training keeps it wherever it is not tested, so validation never has it.
  assert.equal(
    missing.detail,
    'class "b" is absent from the training part of 1 of 4 folds and from the validation part of 4 of 4 folds and from the test part of 3 of 4 folds',
  );
});

test('unlabelled recordings are divided all the same', () => {
  const set = setOf(upTo(5).map((r) => recording(`r${r}`, [upTo(30)])));
  const windows = makeWindows(set, { window: 10 });
  const { folds } = seriesFolds(windows, { folds: 5, repeats: 1, seed: 1 });
  assert.deepEqual(
    folds.map((fold) => fold.test.length),
    [3, 3, 3, 3, 3],
  );
});

test('too few groups are refused with a remedy; stretches of time are one', () => {
  const set = counting([60, 61], (_, step) => (step >> 2) % 2, ['a', 'b']);
  const windows = makeWindows(set, { window: 5, hop: 2 });
  const options = { folds: 3, repeats: 1, seed: 1 };
  assert.throws(
    () => seriesFolds(windows, options),
    oneLine('--group', '2 groups', 'r0, r1', 'at least 3', '--blocks'),
  );
  const three = makeWindows(
    counting([9, 9, 9], () => 0, ['a']),
    { window: 3 },
  );
  assert.throws(() => seriesFolds(three, { ...options, folds: 4 }), oneLine('--folds 4', '3 groups', 'use --folds 3'));
  assert.throws(() => seriesFolds(three, { ...options, folds: 1 }), oneLine('--folds'));

  const cut = blocksInTime(set, 4);
  assert.deepEqual(
    cut.recordings.map(({ length, channels, labels }) => [length, channels[0], labels?.[0]]),
    [
      [15, 0, 0],
      [15, 15, 1],
      [15, 30, 1],
      [15, 45, 1],
      [15, 0, 0],
      [16, 15, 1],
      [15, 31, 1],
      [15, 46, 1],
    ],
  );
  assert.equal(cut.findings[0].kind, 'blocks-in-time');
  const { folds } = seriesFolds(makeWindows(cut, { window: 5, hop: 2 }), options);
  assert.equal(folds.length, 3);
});

test('blocks keep all channels', () => {
  const [, second] = blocksInTime(setOf([recording('a', [upTo(4), [9, 8, 7, 6]])]), 2).recordings;
  assert.deepEqual([...second.channels], [2, 3, 7, 6]);
});

test('sequences: consecutive windows of one recording among those that may be used, each start once an epoch', () => {
  const windows = makeWindows(
    counting([6, 3, 2, 7], () => 0, ['a']),
    { window: 2, hop: 1 },
  );
  assert.deepEqual([...windows.recording], [0, 0, 0, 0, 0, 1, 1, 2, 3, 3, 3, 3, 3, 3]);
  const all = sequenceStarts(windows, Int32Array.from(upTo(14)), 3);
  assert.deepEqual([...all.starts], [0, 1, 2, 8, 9, 10, 11]);
  assert.match(all.findings[0].detail, /^2 recordings of 4 \(r1 first\) with fewer than 3 windows in a row/);
  // Window 10 may not be used: what holds it is out.
  const rows = Int32Array.from(upTo(14).filter((row) => row !== 10 && row !== 5));
  assert.deepEqual([...sequenceStarts(windows, rows, 3).starts], [0, 1, 2, 11]);
  const drawn = drawSequences(all, 2, 7, stream(3, 'sequences'));
  assert.equal(drawn.length, 7 * 2 * 3);
  const starts = upTo(14).map((i) => drawn[3 * i]);
  upTo(14).forEach((i) => {
    assert.deepEqual([drawn[3 * i + 1], drawn[3 * i + 2]], [starts[i] + 1, starts[i] + 2]);
  });
  assert.deepEqual(
    starts.slice(0, 7).sort((a, b) => a - b),
    [...all.starts],
  );
  assert.deepEqual(drawSequences(all, 2, 7, stream(3, 'sequences')), drawn);
  assert.throws(() => sequenceStarts(windows, rows, 7), oneLine('7 windows', 'more than 5 windows in a row', '--hop'));
});
