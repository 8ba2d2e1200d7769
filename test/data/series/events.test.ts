import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  applySeries,
  type EventOptions,
  eventWindows,
  fitSeries,
  openItems,
  openSeries,
  type RecordingSet,
  readRawRecordings,
  readRecordings,
  windowValues,
} from '../../../src/data/series/index.ts';
import { folder, oneLine, times } from '../helpers.ts';
import { upTo } from './make.ts';

const { path, write } = folder();
mkdirSync(path('raw'));

/** Channel 1 counts its samples, channel 2 counts down from 1000; a missing sample at each of `holes`. */
function rawRecord(length: number, holes: number[] = []): Buffer {
  const bytes = Buffer.alloc(4 * length);
  for (let i = 0; i < length; i++) {
    bytes.writeInt16LE(holes.includes(i) ? -32768 : i, 2 * i);
    bytes.writeInt16LE(1000 - i, 2 * (length + i));
  }
  return bytes;
}

const channels = ['I', 'II'];
write(
  'raw/meta.json',
  JSON.stringify({
    fs_hz: 10,
    records: { 7: { channels, patient: 'p' }, 8: { channels, patient: 'p' }, 9: { channels, patient: 'q' } },
  }),
);
write('raw/rhythms.csv', 'record,start_sample,end_sample,rhythm\n7,0,50,A\n7,50,100,B\n');
const records = [
  write('raw/7.i16', rawRecord(100)),
  write('raw/8.i16.gz', gzipSync(rawRecord(60, [30]))),
  write('raw/9.i16', rawRecord(40)),
];
const beats = [
  'record,sample,symbol,aami',
  // Out of order; the window is 10 steps from 4 before the beat.
  '8,10,a,S',
  '7,50,V,V',
  '7,4,N,N', // the first that fits
  '7,3,N,N', // too near to the start
  '7,94,N,N', // the last that fits
  '7,95,F,F', // too near to the end, and the only one of its class
  '8,24,N,N', // its last step is 29, the one before the gap
  '8,25,N,N', // crosses the gap
  '8,30,N,N', // in the gap
  '8,35,V,V', // its first step is 31, the one after the gap
  '8,60,N,N', // after the end
  '9,20,N,N',
  '9,20,N,N', // the same again
  '66,20,N,N',
];
write('raw/beats.csv.gz', gzipSync(`${beats.join('\n')}\n`));
const kinds = ({ findings }: Pick<RecordingSet, 'findings'>) => findings.map(({ kind }) => kind);

test('one window around each event, in the order of recordings and time, from 40 % of the window before it', async () => {
  const set = await openSeries(records, { events: 'beats.csv.gz' });
  assert.equal(set.recordings[0].labels, undefined);
  const windows = await eventWindows(set, { file: 'beats.csv.gz', label: 'aami', window: '1s' });
  assert.deepEqual([windows.rows, windows.length, windows.hop], [7, 10, 0]);
  assert.deepEqual(windows.events, { file: path('raw/beats.csv.gz'), label: 'aami', before: 4 });
  // Record 8 is two recordings: samples 0 to 29 and 31 to 59.
  assert.deepEqual([...windows.recording], [0, 0, 0, 1, 1, 2, 3]);
  assert.deepEqual([...windows.index], [0, 1, 2, 0, 1, 0, 0]);
  assert.deepEqual([...windows.start], [0, 46, 90, 6, 20, 0, 16]);
  const first = [0, 46, 90, 6, 20, 31, 16];
  const values = windowValues(windows, upTo(7));
  first.forEach((from, i) => {
    assert.deepEqual(
      [...values.subarray(i * 20, i * 20 + 20)],
      [...times(10, (k) => from + k), ...times(10, (k) => 1000 - from - k)],
    );
  });
  assert.deepEqual(
    [windows.set.classes, windows.counts],
    [
      ['N', 'V', 'S'],
      [4, 2, 1],
    ],
  );
  assert.deepEqual([...windows.labels], [0, 1, 0, 2, 0, 1, 0]);
  assert.deepEqual(
    [windows.groupNames, [...windows.groups]],
    [
      ['p', 'q'],
      [0, 0, 0, 0, 0, 0, 1],
    ],
  );
  assert.deepEqual(windows.set.counts, windows.counts);
  assert.deepEqual(windows.set.files.at(-1)?.file, path('raw/beats.csv.gz'));
  assert.equal(windows.set.files.at(-1)?.rows, 14);
  // Events in and after the gap, at both edges; one of a record that is not read; one doubled.
  assert.deepEqual(kinds(windows), [
    'event-windows',
    'events-at-edge',
    'events-elsewhere',
    'events-twice',
    'class-without-window',
    'tiny-class',
    'tiny-class',
    'tiny-class',
  ]);
  assert.match(
    windows.findings[0].detail,
    /^7 events of .* in 3 of 3 recordings: .* 10 steps each, beginning 4 before/,
  );
  assert.match(windows.findings[1].detail, /^5 events of 14 left out \(N 4, F 1\)/);
  assert.match(windows.findings[4].detail, /"F"/);
  // What a net is fed.
  const fitted = fitSeries(windows, Int32Array.of(0, 1, 2));
  assert.deepEqual(fitted.shape, [2, 10]);
  const x = applySeries(fitted, windows, [1]);
  const deviation = Math.sqrt((100 ** 2 - 1) / 12);
  x.forEach((value, i) => {
    const expected = i < 10 ? 46 + i - 49.5 : 49.5 - 46 - (i - 10);
    assert.ok(Math.abs(value - expected / deviation) < 1e-6);
  });
});

test('before: none, steps, a duration, more than the window; the classes of another column', async () => {
  const set = await readRawRecordings(records, { label: null });
  const file = path('raw/beats.csv.gz');
  const starts = async (before: string | number) => {
    const windows = await eventWindows(set, { file, label: 'symbol', window: 10, before });
    return [...windows.start].slice(0, 3);
  };
  assert.deepEqual(await starts(0), [3, 4, 50]);
  assert.deepEqual(await starts('0'), [3, 4, 50]);
  assert.deepEqual(await starts('0.3s'), [0, 1, 47]);
  assert.deepEqual(await starts(20), [30, 74, 75]);
  const { set: own } = await eventWindows(set, { file, label: 'symbol', window: 10 });
  assert.deepEqual(own.classes, ['N', 'V', 'a']);
});

test('opened in one go; a label of steps is not asked for, values may mean no class', async () => {
  // The channel without the gap.
  const windows = await openItems(records, {
    events: 'beats.csv.gz',
    label: 'aami',
    window: 10,
    series: ['II'],
    unlabelled: ['S'],
  });
  assert.deepEqual([windows.rows, windows.set.channels, windows.set.classes], [9, ['II'], ['N', 'V']]);
  assert.deepEqual([...windows.labels], [0, 1, 0, -1, 0, 0, 0, 1, 0]);
  assert.deepEqual(windows.counts, [6, 2]);
  assert.match(
    windows.findings.find(({ kind }) => kind === 'missing-label')?.detail ?? '',
    /^1 event of 9 without a class/,
  );
  const refused: [Parameters<typeof openItems>[1], ...string[]][] = [
    [{ events: 'beats.csv.gz', label: 'aami' }, '--window'],
    [{ events: 'beats.csv.gz', label: 'aami', window: 10, hop: 5 }, '--hop'],
    [{ window: 10, before: 2 }, '--before', '--events'],
  ];
  for (const [options, ...parts] of refused) await assert.rejects(openItems(records, options), oneLine(...parts));
  const rows = write('rows.tsv', '1\t1\t2\t3\n1\t1\tNaN\t3\t4\n2\t0\t0\n2\t0\t0\n');
  await assert.rejects(openItems([rows], { events: 'beats.csv.gz', window: 10 }), oneLine('--events: not with such'));
  const filled = await openItems([rows], {});
  assert.deepEqual([filled.rows, filled.length], [4, 4]);
  assert.deepEqual([...windowValues(filled, [0, 1, 2])], [1, 2, 3, 3, 1, 2, 3, 4, 0, 0, 0, 0]);
  const long = write('long.csv', 'id,x,y\na,1,u\na,2,u\nb,5,v\nb,6,v\nb,7,v\nc,0,u\nd,4,v\n');
  const items = await openItems([long], { series: ['x'], label: 'y', recording: 'id' });
  assert.deepEqual([...windowValues(items, upTo(4))], [1, 2, 2, 5, 6, 7, 0, 0, 0, 4, 4, 4]);
  assert.deepEqual(
    [...items.labels].map((label) => items.set.classes[label]),
    ['u', 'v', 'u', 'v'],
  );
});

const walk = (n: number, row: (i: number) => string) => `${times(n, row).join('\n')}\n`;

test('tables: recordings by file, by recording column; steps count from the start of each', async () => {
  const a = write('a.csv', `x,who\n${walk(20, (i) => `${i},${i < 10 ? 'ann' : 'bob'}`)}`);
  const b = write('b.csv', `x,who\n${walk(10, (i) => `${i === 2 ? '' : 100 + i},cat`)}`);
  const set = await readRecordings([a, b], { series: ['x'], recording: 'who' });
  const rows = (...lines: string[]) => write('e.csv', `${['Recording,Step,label', ...lines].join('\n')}\n`);
  const file = rows('bob,1,u', 'ann,3,v', 'b.csv,4,u', 'cat,8,v', `"${a}, who bob",9,u`);
  const windows = await eventWindows(set, { file, window: 2, before: 1 });
  // The third, by its file's name, has step 3 and 4 behind the gap; the last crosses no edge: 8 and 9.
  assert.deepEqual([...windowValues(windows, upTo(5))], [2, 3, 10, 11, 18, 19, 103, 104, 107, 108]);
  assert.deepEqual(
    [...windows.labels].map((label) => windows.set.classes[label]),
    ['v', 'u', 'u', 'u', 'v'],
  );
  // A file of two recordings.
  const twice = rows('a,1,u', 'ann,1,v', 'b,4,u', 'cat,6,v');
  await assert.rejects(
    eventWindows(set, { file: twice, window: 2 }),
    oneLine('e.csv', '"a" may be', 'who ann', 'who bob'),
  );
  // One value in two files.
  const c = write('c.csv', `x,who\n${walk(10, (i) => `${i},cat`)}`);
  const both = await readRecordings([b, c], { series: ['x'], recording: 'who' });
  await assert.rejects(eventWindows(both, { file: rows('cat,1,u', 'b,1,v'), window: 2 }), oneLine('"cat" may be'));
  // Without a recording column: only where there is one recording.
  const bare = write('bare.csv', 'sample,label\n3,u\n5,v\n7,u\n8,v\n');
  const one = await readRecordings([b], { series: ['x'] });
  assert.deepEqual([...(await eventWindows(one, { file: bare, window: 1 })).start], [0, 2, 4, 5]);
  await assert.rejects(
    eventWindows(both, { file: bare, window: 1 }),
    oneLine('does not say in which recording', 'b.csv'),
  );
});

test('by time: seconds from the start, or the clock that the recording has', async () => {
  const events = (...at: (string | number)[]) =>
    write('t.csv', `file,time,label\n${at.map((t, i) => `w,${t},${i % 2}`).join('\n')}\n`);
  const plain = write('w.csv', `x,y\n${walk(20, (i) => `${i},0`)}`);
  const set = await readRecordings([plain], { series: ['x'], rate: 4 });
  const first = async (of: RecordingSet, file: string) => [
    ...windowValues(await eventWindows(of, { file, window: 1, before: 0 }), upTo(4)),
  ];
  assert.deepEqual(await first(set, events(0, 1.3, 2, 4.75)), [0, 5, 8, 19]);
  // A clock that begins at 100 s and leaps by 50 s.
  const clock = write('w.csv', `x,t\n${walk(40, (i) => `${i},${100 + i / 4 + (i < 20 ? 0 : 50)}`)}`);
  const clocked = await readRecordings([clock], { series: ['x'], time: 't' });
  assert.equal(clocked.recordings.length, 2);
  assert.deepEqual(await first(clocked, events(100, 104.75, 155, 159.75)), [0, 19, 20, 39]);
  const gap = await eventWindows(clocked, { file: events(101, 102, 103, 104, 120), window: 1, before: 0 });
  assert.match(gap.findings[1].detail, /^1 event of 5 left out/);
  // Milliseconds, resampled: the events stay in seconds.
  const ms = write('w.csv', `x,t\n${walk(40, (i) => `${i},${1000 + i * 250}`)}`);
  const even = await readRecordings([ms], { series: ['x'], time: 't', timeUnit: 'ms', rate: 8, resample: true });
  assert.deepEqual(await first(even, events(1, 1.375, 2, 10.75)), [0, 1.5, 4, 39]);
  const dates = write('w.csv', `x,t\n${walk(40, (i) => `${i},2024-01-31 10:30:${String(i).padStart(2, '0')}`)}`);
  const dated = await readRecordings([dates], { series: ['x'], time: 't' });
  assert.deepEqual(await first(dated, events(...[3, 5, 7, 9].map((s) => `2024-01-31T10:30:0${s}Z`))), [3, 5, 7, 9]);

  const steps = write('s.csv', 'file,sample,label\nw,1,0\nw,2,1\nw,3,0\nw,4,1\n');
  await assert.rejects(eventWindows(even, { file: steps, window: 1 }), oneLine('s.csv', '--resample', '"time"'));
  const still = await readRecordings([plain], { series: ['x'] });
  await assert.rejects(
    eventWindows(still, { file: events(1, 2, 3, 4), window: 1 }),
    oneLine('rate is not known', '--rate'),
  );
});

test('stretches of time: an event lies in the one that holds it', async () => {
  const windows = await openItems(records.slice(0, 1), {
    ...{ events: 'beats.csv.gz', label: 'aami', window: 10, before: 0, blocks: 2 },
  });
  assert.deepEqual([...windows.recording], [0, 0, 1]);
  assert.deepEqual([...windows.start], [3, 4, 0]);
  assert.equal(windows.groupNames.length, 2);
});

test('tables of events that are none are refused by name and remedy', async () => {
  const set = await readRawRecordings(records, { label: null });
  const cases: [string, Partial<EventOptions>, ...string[]][] = [
    ['record,sample,a,b\n7,10,x,y\n', {}, 'which column', '--label', 'a, b'],
    ['record,sample\n7,10\n', {}, 'no column of classes'],
    ['record,label\n7,x\n', {}, 'where the events are', '"sample"', '"time"'],
    ['record,sample,label\n7,1.5,x\n', {}, 'column "sample", data row 1', 'got 1.5', 'whole number'],
    ['record,sample,label\n7,5,x\n7,-1,x\n', {}, 'data row 2', 'got -1'],
    ['record,sample,label\n7,5,x\n7,,x\n', {}, 'data row 2', 'is missing'],
    ['record,sample,label\n7,five,x\n', {}, 'column "sample"', '"five"'],
    ['record,sample,label\n,5,x\n7,6,y\n', {}, '"record" is missing in data row 1'],
    ['record,sample,label\n70,5,x\n70,6,y\n', {}, 'names "70"', '7, 8, 9', 'did you mean "7"'],
    ['record,sample,label\n7,5,x\n7,6,y\n', { label: 'lable' }, '--label', 'did you mean "label"'],
    ['record,sample,label\n7,5,x\n7,6,y\n', { label: 'sample' }, '--label', 'where the events are'],
    ['record,sample,label\n7,20,x\n7,30,y\n7,20,y\n', {}, 'data rows 1 and 3', '"x" and "y"'],
    ['record,sample,label\n7,20,x\n7,30,x\n', {}, 'one class only'],
    ['record,sample,label\n7,20,x\n7,30,y\n', { window: 101 }, '101 steps', 'shorter --window'],
    ['record,sample,label\n7,20,x\n7,30,y\n', { before: '-1' }, '--before'],
    ['record,sample,label\n7,20,x\n7,30,y\n', { window: '1ms' }, '--window 1ms'],
  ];
  for (const [content, options, ...parts] of cases)
    await assert.rejects(
      eventWindows(set, { file: write('bad.csv', content), window: 10, ...options }),
      oneLine(...parts),
    );
  await assert.rejects(eventWindows(set, { file: 'beets.csv.gz', window: 10 }), oneLine('beets.csv.gz: no such file'));
});
