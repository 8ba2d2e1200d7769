import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { InputError } from '../../../src/array/errors.ts';
import { openSeries, type SeriesOptions } from '../../../src/data/series/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'evenhand-open-'));
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const refused = (files: string[], options: SeriesOptions, message: RegExp) =>
  assert.rejects(
    openSeries(files, options),
    (error) => error instanceof InputError && message.test(error.message) && !error.message.includes('\n'),
  );

const table = file('walk.csv', 'x,y,state,part\n1,2,a,1\n2,3,a,1\n3,4,b,2\n4,5,b,2\n');
const rows = file('set.ts', '@problemName set\n@classLabel true a b\n@data\n1,2,3:a\n4,5,6:b\n');
const ucr = file('set_TRAIN.tsv', '1\t0.5\t0.25\t0.125\n2\t1\t2\t3\n3\t1\t1\t1\n');

test('files of two kinds are refused, naming both', async () => {
  for (const files of [
    [table, rows],
    ['a.i16', table],
    [rows, 'b.i16'],
  ])
    await refused(files, { series: ['x'] }, new RegExp(`${files[1]}: of another kind than ${files[0]}`));
});

test('each kind is read by its reader', async () => {
  const walk = await openSeries([table], { series: ['y', 'x'], label: 'state', recording: 'part' });
  assert.deepEqual([walk.channels, walk.classes, walk.recordings.length], [['y', 'x'], ['a', 'b'], 2]);
  assert.deepEqual(walk.recordings[1].channels, Float32Array.of(4, 5, 3, 4));
  const set = await openSeries([rows], { rate: 10 });
  assert.deepEqual([set.classes, set.rate, set.recordings.length], [['a', 'b'], 10, 2]);
  const old = await openSeries([ucr], { unlabelled: ['2'] });
  assert.deepEqual(old.classes, ['1', '3']);
  assert.deepEqual(old.recordings[1].labels, Int32Array.of(-1, -1, -1));
  const packed = file('packed.tsv.gz', gzipSync('1\t2\t3\n2\t4\t5\n'));
  assert.equal((await openSeries([packed], {})).recordings.length, 2);
  const samples = Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const raw = file('100.i16', new Uint8Array(samples.buffer));
  await assert.rejects(openSeries([raw], {}), InputError); // no meta.json beside it
});

test('a table needs its columns named', async () => {
  await refused([table], {}, /^--series: name the columns that are measured, as in --series x,y,z$/);
  await refused([], { series: ['x'] }, /no file/);
});

test('flags that such files do not take are refused by name', async () => {
  const one: [SeriesOptions, string][] = [
    [{ recording: 'part' }, 'recording'],
    [{ time: 't' }, 'time'],
    [{ timeUnit: 'ms' }, 'time-unit'],
    [{ resample: true }, 'resample'],
  ];
  for (const [options, flag] of one) {
    await refused(['100.i16'], options, new RegExp(`^--${flag}: not with such files \\(raw samples.*leave it out`));
    await refused([rows], options, new RegExp(`^--${flag}: not with such files .*leave it out`));
  }
  for (const [options, flag] of [
    [{ label: 'state' }, 'label'],
    [{ group: 'file' }, 'group'],
    [{ series: ['x'] }, 'series'],
  ] as [SeriesOptions, string][])
    await refused([rows], options, new RegExp(`^--${flag}: not with such files \\(of a series a line`));
  // Not asked for is not given.
  assert.equal((await openSeries([rows], { resample: false, label: undefined })).recordings.length, 2);
});

test('blocks: each recording in stretches that are groups of their own', async () => {
  const { recordings, findings } = await openSeries([table], { series: ['x'], group: 'file', blocks: 2 });
  assert.deepEqual(
    recordings.map(({ length }) => length),
    [2, 2],
  );
  assert.equal(new Set(recordings.map(({ group }) => group)).size, 2);
  assert.ok(findings.some(({ kind }) => kind === 'blocks-in-time'));
});
