import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { findingLines, taskLines, windowLines } from '../../src/cli/describe.ts';
import { type OpenTaskOptions, openTask } from '../../src/data/items/open.ts';
import { makeWindows, openSeries } from '../../src/data/series/index.ts';
import { folder, times } from '../data/helpers.ts';
import { png, put } from '../data/pictures/make.ts';

const { path, write } = folder();

/** The lines, with the folder of the files left out. */
const lines = async (files: readonly string[], options: OpenTaskOptions = {}) =>
  taskLines(await openTask(files, options)).map((line) => line.replaceAll(path('/'), ''));

test('a table: rows, columns, classes, audit', async () => {
  const rows = times(12, (i) => `${(i * 7919) % 101},${i < 9 ? 'good' : i < 11 ? 'bad' : ''}`);
  const text = await lines([write('parts.csv', `x,state\n${rows.join('\n')}\n`)], { label: ['state'] });
  assert.deepEqual(text.slice(0, 5), [
    'parts.csv: 12 rows, 11 of them take part, 1 input column, 2 classes',
    '',
    '  good          9   81.8 %',
    '  bad           2   18.2 %',
    '',
  ]);
  assert.equal(text[5], 'Columns');
});

test('a series a line, divided: what was recognised, both sides of each class', async () => {
  const line = (label: number) => `${label}\t1\t2\t${label}\n`;
  const train = write('S_TRAIN.tsv', times(6, (i) => line(i < 5 ? 1 : 2)).join(''));
  const test = write('S_TEST.tsv', times(4, (i) => line(i < 3 ? 2 : 1)).join(''));
  const text = await lines([train, test]);
  assert.deepEqual(text.slice(0, 7), [
    'S_TRAIN.tsv and 1 more: 10 windows of 3 steps, each a whole recording; 1 channel, 2 classes',
    'Recognised as one series a line (as UCR, sktime): 10 items, 1 channel, no rate; train 6, test 4',
    'Divided as the data come: 6 to train, 4 to test (--pool divides all anew)',
    '',
    '         train                test',
    '  1          5   83.3 %          1   25.0 %',
    '  2          1   16.7 %          3   75.0 %',
  ]);
  assert.ok(text.includes('Channels'));
  const pooled = await lines([train, test], { pool: true });
  assert.deepEqual(pooled.slice(2, 5), ['', '  1          6   60.0 %', '  2          4   40.0 %']);
});

test('windows around events name the table and where they begin; others say how often', async () => {
  mkdirSync(path('raw'));
  const record = write('raw/7.i16', new Uint8Array(Int16Array.from({ length: 200 }, (_, i) => i % 9).buffer));
  write('raw/meta.json', JSON.stringify({ fs_hz: 10, records: { 7: { channels: ['II'] } } }));
  write('raw/beats.csv', 'record,sample,label\n7,20,N\n7,40,V\n7,60,N\n');
  const around = await lines([record], { events: 'beats.csv', window: '1s' });
  assert.equal(
    around[0],
    'raw/7.i16 and 2 more: 3 windows of 10 steps (1 s) around the events of raw/beats.csv, each from 4 steps (0.4 s) before its event; 1 channel, 2 classes',
  );
  assert.equal(around[1], 'Recognised as raw samples (.i16): 1 recording, 1 channel, 10 steps a second');
  assert.ok(!around.some((line) => line.includes('every 0')));
  const plain = windowLines(makeWindows(await openSeries([record], {}), { window: '1s', hop: '0.5s' }));
  assert.deepEqual(plain, [
    'Recognised as raw samples (.i16): 1 recording, 1 channel, 10 steps a second',
    '2 files, 1 recording of 1 group, 1 channel',
    '39 windows of 10 steps (1 s), one every 5 (0.5 s), 0 of them labelled',
  ]);
});

test('pictures: size, colour, groups; what was recognised is not said twice', async () => {
  for (const [name, value] of Object.entries({ a: 10, b: 200 }))
    for (let i = 0; i < 6; i++) put(path(`tiles/${name}/m${i % 3}-${i}.png`), await png([value, i * 9, 5], [4, 6]));
  const text = await lines([path('tiles')], { group: 'file:^(m.)' });
  assert.deepEqual(text.slice(0, 6), [
    'tiles: 12 pictures of 4 x 6 pixels (height x width), colour; 2 classes',
    'Recognised as a folder per class: 12 pictures in 2 classes, 4 x 6, colour',
    'Groups: 3, each on one side of every split',
    '',
    '  a          6   50.0 %',
    '  b          6   50.0 %',
  ]);
  assert.equal(text.filter((line) => /recognised/i.test(line)).length, 1);
  assert.deepEqual(findingLines({ audit: [{ kind: 'recognised', severity: 'info', detail: 'x' }] }), [
    'Audit: nothing to report',
  ]);
});
