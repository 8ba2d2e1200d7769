import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { blocksInTime, makeWindows, readSeriesRows, windowValues } from '../../../src/data/series/index.ts';
import { folder, oneLine, times } from '../helpers.ts';
import { recording, setOf } from './make.ts';

const { write } = folder();

test('UCR text: class first, one series a line, each one window of its own', async () => {
  const line = (label: string | number, from: number) => [label, from, from + 0.5, from - 1].join('\t');
  const train = write('A_TRAIN.tsv', [line(-1, 1), line(1, 2), line('1.0', 3), line(1, 4)].join('\n'));
  const next = write('A_TEST.tsv.gz', gzipSync(`${[line(-1, 5), line(1, 6)].join('\r\n')}\r\n`));
  const set = await readSeriesRows([train, next], { rate: 2 });
  assert.deepEqual(
    [set.classes, set.counts, set.files.map(({ rows }) => rows)],
    [
      ['1', '-1'],
      [4, 2],
      [4, 2],
    ],
  );
  assert.equal(set.recordings[4].name, `${next}, line 1`);
  assert.equal(set.recordings[4].file, next);
  assert.equal(new Set(set.recordings.map(({ group }) => group)).size, 6);
  const windows = makeWindows(set);
  assert.deepEqual([windows.rows, windows.length, [...windows.labels]], [6, 3, [1, 0, 0, 0, 1, 0]]);
  assert.deepEqual([...windowValues(windows, [5, 0])], [6, 6.5, 5, 1, 1.5, 0]);
});

test('.ts: several channels, text classes, series of several lengths', async () => {
  const text = [
    '# a comment',
    '@problemName X',
    '@timeStamps false',
    '@classLabel true up down',
    '@data',
    '1,2,3:4,5,6:up',
    '7,8:9,10:down',
    '1,1,?:2,2,?:up',
    '3,3,3:3,3,3:down',
  ];
  const file = write('X_TRAIN.ts', `${text.join('\n')}\n`);
  const set = await readSeriesRows([file]);
  assert.deepEqual(set.classes, ['down', 'up']);
  assert.deepEqual(set.recordings.map(({ name, length, channels }) => [name, length, [...channels]]).slice(0, 3), [
    [`${file}, line 6`, 3, [1, 2, 3, 4, 5, 6]],
    [`${file}, line 7`, 2, [7, 8, 9, 10]],
    [`${file}, line 8`, 2, [1, 1, 2, 2]],
  ]);
  assert.throws(() => makeWindows(set), oneLine('2 to 3 steps', '--window'));
  assert.equal(makeWindows(set, { window: 2 }).rows, 4);
});

test('what is no such set is named by file and line', async () => {
  const body = times(4, (i) => `${i % 2}\t1\t2\t3`).join('\n');
  const cases: [string, string, ...(string | RegExp)[]][] = [
    ['names.tsv', `class\ta\tb\n${body}\n`, 'line 1', 'field 2', '"a"', 'one of names'],
    ['hole.tsv', `${body}\n1\t1\tNaN\t3\n`, 'line 5', 'field 3', 'missing inside'],
    ['lone.tsv', `${body}\n1\n`, 'line 5', 'class must come first'],
    ['none.tsv', `${body}\n1\tNaN\tNaN\n`, 'line 5', 'has no value'],
    ['blank.tsv', '\n\n', 'no series'],
    ['huge.tsv', `${body}\n1\t1e39\t2\n`, 'line 5', '"1e39"'],
    ['single.tsv', '1\t2\t3\n1\t3\t4\n', 'one class only'],
    ['early.ts', '@problemName X\n1,2:a\n', 'line 2', '@data'],
    ['times.ts', '@timeStamps true\n@data\n', 'line 1', 'plain values'],
    ['unequal.ts', '@data\n1,2:1:a\n', 'line 2', '2 and 1 values'],
    ['class.tsv', '0.5\t1\t2\n0.25\t1\t2\n', 'line 1', 'the class "0.5"', 'comes first'],
    ['widths.ts', '@data\n1,2:1,2:a\n1,2:b\n', 'line 3', '1 channels', 'has 2'],
    ['nolabel.ts', '@data\n1,2,3\n', 'line 2', 'no class'],
  ];
  for (const [name, content, ...parts] of cases)
    await assert.rejects(readSeriesRows([write(name, content)]), oneLine(name, ...parts));
  await assert.rejects(readSeriesRows([]), oneLine('no file'));
});

test('gaps inside are filled by straight lines where asked, at the ends with the nearest value, and counted', async () => {
  const file = write(
    'gaps.tsv',
    ['1\t1\tNaN\t\t4\t5', '1\tNaN\t?\t3\tNaN\t5', '2\t7\t7\t7\tNaN\tNaN', '2\t1\t2\t3\t4\t5'].join('\n'),
  );
  await assert.rejects(readSeriesRows([file]), oneLine('line 1, field 3', 'missing inside'));
  const { recordings, findings } = await readSeriesRows([file], { gaps: 'fill' });
  assert.deepEqual(
    recordings.map(({ channels }) => [...channels]),
    [
      [1, 2, 3, 4, 5],
      [3, 3, 3, 4, 5],
      [7, 7, 7],
      [1, 2, 3, 4, 5],
    ],
  );
  const [gaps] = findings.filter(({ kind }) => kind === 'gaps-filled');
  assert.match(gaps.detail, /^5 missing values inside 2 of 4 series \(.*gaps\.tsv, line 1 first\) filled/);
  const whole = await readSeriesRows([write('whole.tsv', '1\t1\t2\n2\t0\t0\n')], { gaps: 'fill' });
  assert.deepEqual(
    whole.findings.filter(({ kind }) => kind === 'gaps-filled'),
    [],
  );
  const none = write('none.tsv', '1\t1\t2\n2\tNaN\tNaN\n');
  await assert.rejects(readSeriesRows([none], { gaps: 'fill' }), oneLine('none.tsv, line 2', 'has no value'));
});

test('.ts with gaps: a channel goes on as long as the others, where only values are missing', async () => {
  const rows = (...lines: string[]) => `@data\n${lines.join('\n')}\n`;
  const set = await readSeriesRows([write('g.ts', rows('1,?,3:4,?,?:a', '1,1,1:2,2,2:b'))], { gaps: 'fill' });
  assert.deepEqual([...set.recordings[0].channels], [1, 2, 3, 4, 4, 4]);
  const refused: [string, ...string[]][] = [
    ['1,2,3:4,5:a', '3 and 2 values'],
    ['1,2,3:?,?,?:a', 'line 2, channel 2', 'has no value'],
  ];
  for (const [line, ...parts] of refused)
    await assert.rejects(readSeriesRows([write('h.ts', rows(line))], { gaps: 'fill' }), oneLine(...parts));
});

test('series of unequal length: filled at the end, or cut, to one window each', async () => {
  const lines = ['1\t1\t2\t3\t4', '1\t5\t6', '2\t9', '2\t0\t0\t0\t0'];
  const set = await readSeriesRows([write('unequal.tsv', lines.join('\n'))]);
  const full = makeWindows(set, { unequal: 'fill' });
  assert.deepEqual([full.rows, full.length, [...full.labels], full.counts], [4, 4, [0, 0, 1, 1], [2, 2]]);
  assert.deepEqual([...windowValues(full, [0, 1, 2])], [1, 2, 3, 4, 5, 6, 6, 6, 9, 9, 9, 9]);
  assert.deepEqual(full.set.recordings[2].labels, Int32Array.of(1, 1, 1, 1));
  assert.deepEqual(
    full.findings.map(({ kind }) => kind),
    ['lengths-filled'],
  );
  assert.match(
    full.findings[0].detail,
    /^2 recordings of 4 shorter than 4 steps \(.*line 3 has 1\): .* 5 steps in all$/,
  );
  const three = makeWindows(set, { unequal: 'fill', window: 3 });
  assert.deepEqual([...windowValues(three, [0, 1, 2, 3])], [1, 2, 3, 5, 6, 6, 9, 9, 9, 0, 0, 0]);
  assert.deepEqual(
    three.findings.map(({ kind, detail }) => [kind, detail.split(' ')[0]]),
    [
      ['lengths-filled', '2'],
      ['lengths-cut', '2'],
    ],
  );
  assert.equal(makeWindows(set, { unequal: 'fill', window: 6 }).length, 6);
  assert.throws(() => makeWindows(set, { unequal: 'fill', hop: 1 }), oneLine('--hop', 'leave it out'));
  assert.equal(set.recordings[1].length, 2);
  // As it was where nothing is asked.
  assert.throws(() => makeWindows(set), oneLine('1 to 4 steps', '--window'));
});

test('filling keeps several channels apart, and series of one length as they are', () => {
  const two = setOf([
    recording('a', [
      [1, 2, 3],
      [4, 5, 6],
    ]),
    recording('b', [[7], [8]]),
  ]);
  assert.deepEqual(
    [...windowValues(makeWindows(two, { unequal: 'fill' }), [1, 0])],
    [7, 7, 7, 8, 8, 8, 1, 2, 3, 4, 5, 6],
  );
  const equal = setOf([recording('a', [[1, 2]]), recording('b', [[3, 3]])]);
  const windows = makeWindows(equal, { unequal: 'fill' });
  assert.equal(windows.set, equal);
  assert.deepEqual(windows.findings, []);
});

test('the side of each series by the names of the files; classes that one side lacks', async () => {
  const rows = (...classes: number[]) => classes.map((c) => `${c}\t1\t2`).join('\n');
  const train = write('S_TRAIN.tsv', rows(1, 1, 2, 2, 3, 3));
  const other = write('S_TEST_minus_row0.tsv.gz', gzipSync(rows(1, 2, 4, 4)));
  const set = await readSeriesRows([other, train]);
  const sides = [...times(4, () => 'test'), ...times(6, () => 'train')];
  assert.deepEqual(set.splits, sides);
  assert.deepEqual(makeWindows(set).splits, sides);
  assert.deepEqual(makeWindows(set, { unequal: 'fill', window: 3 }).splits, sides);
  const found = set.findings.filter(({ kind }) => kind.startsWith('class-'));
  assert.deepEqual(
    found.map(({ kind, detail }) => [kind, detail.split(':')[0]]),
    [
      ['class-not-in-test', 'class "3" has 2 items in training and none in test'],
      ['class-not-in-training', 'class "4" has 2 items in test and none in training'],
    ],
  );
  const cut = blocksInTime(set, 2);
  assert.deepEqual(
    cut.splits,
    sides.flatMap((side) => [side, side]),
  );
  const alone = await readSeriesRows([train]);
  assert.deepEqual([alone.splits, makeWindows(alone).splits], [undefined, undefined]);
  const half = await readSeriesRows([train, write('more.tsv', rows(1, 2, 3))]);
  assert.equal(half.splits, undefined);
  assert.match(half.findings.find(({ kind }) => kind === 'no-fixed-split')?.detail ?? '', /side of 6 of 9 items only/);
});
