import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { makeWindows, readRawRecordings, windowValues } from '../../../src/data/series/index.ts';
import { folder, oneLine, times } from '../helpers.ts';
import { upTo } from './make.ts';

const { path } = folder();
let folders = 0;

/** Files of one new folder. @returns path of each, in their order */
function place(files: Record<string, string | Uint8Array>): string[] {
  const here = path(`raw${folders++}`);
  mkdirSync(here);
  return Object.entries(files).map(([name, content]) => {
    writeFileSync(join(here, name), content);
    return join(here, name);
  });
}

/** Channels [C][L] one after the other, 16 bits each, low byte first. */
function planar(channels: readonly (readonly number[])[]): Buffer {
  const values = channels.flat();
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => {
    bytes.writeInt16LE(value, 2 * i);
  });
  return bytes;
}

interface Entry {
  channels: string[];
  [key: string]: unknown;
}
const meta = (records: Record<string, Entry>, extra: Record<string, unknown> = {}) =>
  JSON.stringify({ fs_hz: 4, ...extra, records });
const rhythms = (...rows: string[]) => `${['record,start_sample,end_sample,rhythm', ...rows].join('\n')}\n`;
const kinds = (findings: readonly { kind: string }[]) => findings.map(({ kind }) => kind);
const [V1, V5] = [{ channels: ['MLII', 'V1'] }, { channels: ['MLII', 'V5'] }];

test('bytes, gain and labels by hand; files and digests', async () => {
  // 1024, 1224, -1000 | 824, 1025, 32767: low byte first.
  const bytes = Buffer.from('0004c80418fc38030104ff7f', 'hex');
  const [a, b, m, r] = place({
    '7.i16': bytes,
    '8.i16.gz': gzipSync(planar([upTo(4), [9, 9, 9, 9]])),
    'meta.json': meta({ 7: V1, 8: V1, 9: V1 }, { adc_zero: 1024, adc_units_per_mV: 200 }),
    // Unsorted, with rows of a record that is not read; sample 0 of 8 has no stretch, one stretch no label.
    'rhythms.csv': rhythms('8,2,3,AFIB', '9,0,99,VT', '8,1,2,N', '7,0,3,AFIB', '8,3,4,'),
  });
  const set = await readRawRecordings([a, b]);
  const mv = (values: number[]) => values.map((value) => Math.fround((value - 1024) / 200));
  assert.deepEqual([...set.recordings[0].channels], mv([1024, 1224, -1000, 824, 1025, 32767]));
  assert.deepEqual([...set.recordings[1].channels], mv([0, 1, 2, 3, 9, 9, 9, 9]));
  assert.deepEqual(
    set.recordings.map(({ labels, length, name, file, source, group, rate }) => [
      ...[[...(labels ?? [])], length, rate],
      ...[name, file, source, group],
    ]),
    [
      [[0, 0, 0], 3, 4, a, a, a, a],
      [[-1, 1, 0, -1], 4, 4, b, b, b, b],
    ],
  );
  assert.deepEqual([set.channels, set.rate], [V1.channels, 4]);
  assert.deepEqual(
    [set.classes, set.counts],
    [
      ['AFIB', 'N'],
      [4, 1],
    ],
  );
  assert.deepEqual(
    set.files,
    [a, b, m, r].map((file, i) => ({
      file,
      digest: `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex')}`,
      rows: [3, 4, 3, 5][i],
    })),
  );
  assert.deepEqual(kinds(set.findings), ['missing-label', 'unit']);
  assert.match(set.findings[0].detail, /^2 steps of 7 /);
  assert.match(set.findings[1].detail, /\(value - 1024\) \/ 200/);
});

test('a synthetic ECG: a beat a second, faster in one stretch, goes round through windows', async () => {
  const [rate, seconds] = [50, 40];
  const beat = (i: number) => (i % (i < 1000 ? rate : 30) === 0 ? 1400 : 1024 + (i % 7));
  const lead = times(rate * seconds, beat);
  const second = lead.map((value) => 2048 - value);
  const [file] = place({
    'p.i16.gz': gzipSync(planar([lead, second])),
    'meta.json': meta({ p: V1 }, { fs_hz: rate, samples: 2000, adc_zero: 1024, adc_units_per_mV: 200 }),
    'rhythms.csv.gz': gzipSync(rhythms('p,10,1000,N', 'p,1000,2000,AFIB')),
  });
  const set = await readRawRecordings([file]);
  const windows = makeWindows(set, { window: '2s' });
  assert.deepEqual([windows.rows, windows.length], [20, 100]);
  assert.deepEqual(
    [...windows.labels].map((label) => set.classes[label]).join(),
    `${'N,'.repeat(10)}${'AFIB,'.repeat(10)}`.slice(0, -1),
  );
  const values = windowValues(windows, upTo(20));
  assert.equal(values.filter((value) => value === Math.fround(1.88)).length, 20 + 33);
  for (let w = 0; w < 20; w++)
    for (let i = 0; i < 100; i++) {
      const [one, two] = [values[w * 200 + i], values[w * 200 + 100 + i]];
      assert.equal(Math.round(one * 200 + 1024), lead[w * 100 + i]);
      assert.equal(one + two, 0);
    }
});

test('channels: by position where names differ, by name, by "channel 2", in the order asked', async () => {
  const files = place({
    'a.i16': planar([
      [1, 2],
      [3, 4],
    ]),
    'b.i16': planar([
      [5, 6],
      [7, 8],
    ]),
    'meta.json': meta({ a: V1, b: V5 }),
  });
  const all = await readRawRecordings([files[0], files[1]]);
  assert.deepEqual(all.channels, ['MLII', 'channel 2']);
  assert.deepEqual(
    all.recordings.map(({ channels }) => [...channels]),
    [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ],
  );
  assert.deepEqual([all.classes, all.counts, all.recordings[0].labels], [[], [], undefined]);
  assert.deepEqual(kinds(all.findings), ['unit', 'channel-names-differ']);
  assert.match(all.findings[0].detail, /own units/);
  assert.match(all.findings[1].detail, /^"channel 2" is V1 in 1 record, V5 in 1 record: /);
  const named = await readRawRecordings([files[0], files[1]], { series: ['channel 2', 'MLII'] });
  assert.deepEqual(named.channels, ['channel 2', 'MLII']);
  assert.deepEqual([...named.recordings[1].channels], [7, 8, 5, 6]);
  const one = await readRawRecordings([files[0], files[1]], { series: ['MLII'] });
  assert.deepEqual([[...one.recordings[1].channels], kinds(one.findings)], [[5, 6], ['unit']]);
  const refused: [string[], ...string[]][] = [
    [['V1'], files[1], '"V1"', 'MLII, V5', 'did you mean "V5"'],
    [['channel 3'], files[0], '"channel 3" not found'],
    [['channel 0'], files[0], '"channel 0" not found'],
    [['MLII', 'MLII'], 'stands twice'],
    [[], '--series: no channel'],
  ];
  for (const [series, ...parts] of refused)
    await assert.rejects(readRawRecordings([files[0], files[1]], { series }), oneLine(...parts));
  const uneven = place({
    'a.i16': planar([[1]]),
    'b.i16': planar([[1], [2]]),
    'meta.json': meta({ a: { channels: ['x'] }, b: V1 }),
  });
  await assert.rejects(readRawRecordings(uneven.slice(0, 2)), oneLine(uneven[1], 'has 2 channels', '--series'));
});

test('groups: the patient that meta.json names, else the file; twins by their comment are found', async () => {
  const [a, b, c] = place({
    ...Object.fromEntries(
      ['201', '202', '203'].map((name) => [
        `${name}.i16`,
        planar([
          [1, 2],
          [3, 4],
        ]),
      ]),
    ),
    'meta.json': meta({ 201: { ...V1, comment: '68 M 1960' }, 202: { ...V1, comment: '68 M 1960' }, 203: V1 }),
  });
  const groups = async (files: string[], group?: string) =>
    (await readRawRecordings(files, { group })).recordings.map((recording) => recording.group);
  const plain = await readRawRecordings([a, b, c]);
  assert.deepEqual(
    plain.recordings.map(({ group }) => group),
    [a, b, c],
  );
  assert.deepEqual(kinds(plain.findings), ['unit', 'same-comment']);
  assert.match(plain.findings[1].detail, /201 and 202 .*"68 M 1960"/);
  const together = await readRawRecordings([a, b, c], { group: 'file:^20(?=[12])|^[0-9]+' });
  assert.deepEqual(
    together.recordings.map(({ group }) => group),
    ['20', '20', '203'],
  );
  assert.deepEqual(kinds(together.findings), ['unit']);
  await assert.rejects(groups([a], 'patient'), oneLine('--group patient', a, '--group file'));
  await assert.rejects(groups([a], 'file:^x'), oneLine('--group file:^x', a));
  await assert.rejects(groups([a], 'person'), oneLine('--group person', 'file:PATTERN'));
  writeFileSync(
    join(a, '..', 'meta.json'),
    meta({ 201: { ...V1, patient: 201 }, 202: { ...V1, patient: 201 }, 203: V1 }),
  );
  assert.deepEqual(await groups([a, b, c]), ['201', '201', c]);
  assert.deepEqual(await groups([a, b], 'patient'), ['201', '201']);
  assert.deepEqual(await groups([a, b], 'file'), [a, b]);
});

test('rate: of meta.json, else of the option, never guessed and never two', async () => {
  const [told] = place({ 'a.i16': planar([[1], [2]]), 'meta.json': meta({ a: V1 }) });
  const [silent] = place({ 'a.i16': planar([[1], [2]]), 'meta.json': JSON.stringify({ records: { a: V1 } }) });
  assert.equal((await readRawRecordings([told], { rate: 4 })).rate, 4);
  assert.equal((await readRawRecordings([silent], { rate: 128 })).recordings[0].rate, 128);
  await assert.rejects(readRawRecordings([told], { rate: 5 }), oneLine('--rate 5', 'meta.json says 4'));
  await assert.rejects(readRawRecordings([silent]), oneLine('meta.json', '"fs_hz"', '--rate HZ'));
  await assert.rejects(readRawRecordings([silent], { rate: 0 }), oneLine('--rate', 'got 0'));
});

test('a missing sample (-32768) splits the recording and its labels', async () => {
  const [file] = place({
    'a.i16': planar([
      [1, 2, -32768, 4, 5],
      [1, 1, 1, 1, -32768],
    ]),
    'meta.json': meta({ a: V1 }, { adc_zero: 0, adc_units_per_mV: 1 }),
    'rhythms.csv': rhythms('a,0,3,N', 'a,3,5,B'),
  });
  const set = await readRawRecordings([file]);
  assert.deepEqual(
    set.recordings.map(({ name, source, channels, labels }) => [name, source, [...channels], [...(labels ?? [])]]),
    [
      [`${file} part 1`, file, [1, 2, 1, 1], [0, 0]],
      [`${file} part 2`, file, [4, 1], [1]],
    ],
  );
  assert.match(set.findings.at(-1)?.detail ?? '', /^2 rows with a missing value \(MLII 1, V1 1\)/);
  const [none] = place({ 'a.i16': planar([[-32768], [1]]), 'meta.json': meta({ a: V1 }) });
  await assert.rejects(readRawRecordings([none]), oneLine(none, 'every sample is missing'));
});

test('labels: another column, none at all, values that are none', async () => {
  const csv = 'record,start_sample,end_sample,kind,level\na,0,4,z,1\na,4,5,y,2.0\na,5,6,y,3\n';
  const [file, , labels] = place({
    'a.i16': planar([upTo(6), upTo(6)]),
    'meta.json': meta({ a: V1 }),
    'rhythms.csv': csv,
  });
  const classes = async (options: object) => (await readRawRecordings([file], options)).recordings[0].labels;
  assert.deepEqual([...((await classes({ label: 'kind' })) ?? [])], [0, 0, 0, 0, 1, 1]);
  assert.deepEqual([...((await classes({ label: 'level', unlabelled: ['2'] })) ?? [])], [0, 0, 0, 0, -1, 1]);
  assert.equal(await classes({ label: null }), undefined);
  await assert.rejects(classes({}), oneLine('--label', '"rhythm" not found', labels));
  await assert.rejects(classes({ label: 'record' }), oneLine('--label', '"record"', labels));
  await assert.rejects(classes({ label: 'kind', unlabelled: ['q'] }), oneLine('--unlabelled q', 'z, y'));
  await assert.rejects(classes({ label: 'kind', unlabelled: ['z'] }), oneLine(labels, 'one class only ("y")'));
  const [bare] = place({ 'a.i16': planar([[1], [2]]), 'meta.json': meta({ a: V1 }) });
  await assert.rejects(readRawRecordings([bare], { label: 'rhythm' }), oneLine('rhythms.csv: no such file', '--label'));
});

test('stretches that are none are named by file and line', async () => {
  const cases: [string[], ...string[]][] = [
    [['a,0,3,N', 'a,2,5,B'], 'line 3', '2 to 5', 'overlaps with 0 to 3'],
    [['a,3,5,N', 'a,0,4,B'], 'line 2', '3 to 5', 'overlaps with 0 to 4'],
    [['a,0,3,N', 'b,0,9,N', 'a,3,6,B'], 'line 4', '3 to 6 of record a', '<= 5'],
    [['a,-1,3,N', 'a,3,5,B'], 'line 2', '-1 to 3'],
    [['a,0,2,N', 'a,2,2,B'], 'line 3', '2 to 2'],
    [['a,0,2.5,N', 'a,3,5,B'], 'line 2', '0 to 2.5'],
    [['a,0,2,N', 'a,,5,B'], 'line 3', 'whole numbers'],
    [['a,0,end,N', 'a,2,5,B'], 'column "end_sample"', '"end"'],
    [['a,0,2,N', ',2,5,B'], '"record" is missing in data row 2'],
    [['b,0,2,N', 'b,2,5,B'], 'no class'],
  ];
  for (const [rows, ...parts] of cases) {
    const [file, , csv] = place({
      'a.i16': planar([upTo(5), upTo(5)]),
      'meta.json': meta({ a: V1 }),
      'rhythms.csv': rhythms(...rows),
    });
    await assert.rejects(readRawRecordings([file]), oneLine(csv, ...parts));
  }
  const [file] = place({
    'a.i16': planar([[1], [2]]),
    'meta.json': meta({ a: V1 }),
    'rhythms.csv': 'record,from,to,rhythm\na,0,1,N\n',
  });
  await assert.rejects(readRawRecordings([file]), oneLine('rhythms.csv', '"start_sample" not found'));
});

test('broken files are named, with a remedy', async () => {
  const good = planar([upTo(500), upTo(500)]);
  const zipped = gzipSync(good);
  const damaged = Buffer.from(zipped);
  damaged.fill(0xff, zipped.length >> 1);
  const about = meta({ a: V1, a10: V1 });
  const cases: [Record<string, string | Uint8Array>, ...string[]][] = [
    [{ 'a.i16': good.subarray(1), 'meta.json': about }, 'a.i16', '1,999 bytes', '2 channels', 'copy the file again'],
    [{ 'a.i16': good.subarray(2), 'meta.json': about }, 'a.i16', '1,998 bytes', 'mend meta.json'],
    [
      { 'a.i16': good.subarray(4), 'meta.json': meta({ a: V1 }, { samples: 500 }) },
      'a.i16',
      'has 499 samples',
      'says 500',
    ],
    [
      { 'a.i16': good, 'meta.json': meta({ a: { ...V1, samples: 400 } }, { samples: 500 }) },
      'has 500 samples',
      'says 400',
    ],
    [{ 'a.i16': '', 'meta.json': about }, 'a.i16', 'empty'],
    [{ 'a.i16.gz': zipped.subarray(0, -20), 'meta.json': about }, 'a.i16.gz', 'gzip is cut off'],
    [{ 'a.i16.gz': damaged, 'meta.json': about }, 'a.i16.gz', 'gzip is damaged'],
    [{ 'a.i16': good }, 'meta.json: no such file', 'raw records need'],
    [{ 'a11.i16': good, 'meta.json': about }, 'a11.i16', 'record "a11"', 'did you mean "a10"'],
    [{ 'toString.i16': good, 'meta.json': about }, 'record "toString"'],
    [{ 'a.dat': good, 'meta.json': about }, 'a.dat', 'NAME.i16'],
    [{ 'a.i16': good, 'meta.json': '{"fs_hz": 4,' }, 'meta.json: is no JSON'],
    [{ 'a.i16': good, 'meta.json': '{"fs_hz": 4}' }, 'meta.json: "records"'],
    [{ 'a.i16': good, 'meta.json': meta({ a: { channels: [] } }) }, 'meta.json: "records.a.channels"'],
    [{ 'a.i16': good, 'meta.json': meta({ a: { channels: ['x', 'x'] } }) }, '"records.a.channels": holds a name twice'],
    [{ 'a.i16': good, 'meta.json': meta({ a: V1 }, { fs_hz: 0 }) }, 'meta.json: "fs_hz"'],
    [{ 'a.i16': good, 'meta.json': meta({ a: V1 }, { adc_zero: 1024 }) }, 'meta.json: needs both of adc_zero'],
  ];
  for (const [files, ...parts] of cases) await assert.rejects(readRawRecordings([place(files)[0]]), oneLine(...parts));
  await assert.rejects(readRawRecordings([]), oneLine('no file'));
  const [raw, gz] = place({ 'a.i16': good, 'a.i16.gz': zipped, 'meta.json': about });
  await assert.rejects(readRawRecordings([raw, gz]), oneLine(gz, 'is record a, as', raw));
  const [other] = place({ 'b.i16': good, 'meta.json': about });
  await assert.rejects(readRawRecordings([raw, other]), oneLine(other, 'another folder'));
  await assert.rejects(readRawRecordings([join(raw, '..', 'a10.i16')]), oneLine('a10.i16: no such file'));
});
