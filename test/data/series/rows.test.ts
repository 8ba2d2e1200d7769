import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { makeWindows, readSeriesRows, windowValues } from '../../../src/data/series/index.ts';
import { folder, oneLine, times } from '../helpers.ts';

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
    ['widths.ts', '@data\n1,2:1,2:a\n1,2:b\n', 'line 3', '1 channels', 'has 2'],
    ['nolabel.ts', '@data\n1,2,3\n', 'line 2', 'no class'],
  ];
  for (const [name, content, ...parts] of cases)
    await assert.rejects(readSeriesRows([write(name, content)]), oneLine(name, ...parts));
  await assert.rejects(readSeriesRows([]), oneLine('no file'));
});
