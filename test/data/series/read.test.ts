import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { resample } from '../../../src/data/series/clock.ts';
import { type RecordingOptions, readRecordings } from '../../../src/data/series/index.ts';
import { folder, oneLine, times } from '../helpers.ts';
import { upTo } from './make.ts';

const { write } = folder();
const kinds = (findings: readonly { kind: string }[]) => findings.map(({ kind }) => kind);
const csv = (header: string, rows: readonly (readonly (string | number)[])[]) =>
  `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`;

test('files, runs and classes: two people, three executions, labels over both files', async () => {
  const rows = (offset: number) =>
    times(6, (i) => [i < 3 ? '01' : '02', offset + i, -i, i % 3 === 0 ? 0 : offset > 50 ? 2 : 1]);
  const a = write('a.csv', csv('run,x,y,label', rows(0)));
  const b = write('b.csv.gz', gzipSync(csv('run,x,y,label', rows(100))));
  const set = await readRecordings([a, b], {
    series: ['y', 'x'],
    label: 'label',
    recording: 'run',
    rate: 50,
    unlabelled: ['0.0'],
  });
  assert.deepEqual(
    set.recordings.map(({ name, group, length, rate }) => [name, group, length, rate]),
    [
      [`${a}, run 01`, a, 3, 50],
      [`${a}, run 02`, a, 3, 50],
      [`${b}, run 01`, b, 3, 50],
      [`${b}, run 02`, b, 3, 50],
    ],
  );
  assert.deepEqual([...set.recordings[2].channels], [0, -1, -2, 100, 101, 102]);
  // Class 0 is declared unlabelled; 1 and 2 have four steps each, so their names order them.
  assert.deepEqual(
    [set.classes, set.counts, set.channels],
    [
      ['1', '2'],
      [4, 4],
      ['y', 'x'],
    ],
  );
  assert.deepEqual(
    set.recordings.map(({ labels }) => [...(labels ?? [])]),
    [
      [-1, 0, 0],
      [-1, 0, 0],
      [-1, 1, 1],
      [-1, 1, 1],
    ],
  );
  assert.deepEqual(
    set.files.map(({ rows: n }) => n),
    [6, 6],
  );
  assert.match(
    set.findings.find(({ kind }) => kind === 'missing-label')?.detail ?? '',
    /^4 rows of 12 without a label/,
  );
});

test('group: a column, alike over files; a value that comes back begins a new recording; a pattern of the name', async () => {
  const one = write(
    'SC4011.csv',
    csv('who,x', [
      ['p', 1],
      ['p', 2],
      ['q', 3],
      ['p', 4],
    ]),
  );
  const two = write('SC4012.csv', csv('who,x', [['q', 5]]));
  const byColumn = await readRecordings([one, two], { series: ['x'], group: 'who' });
  assert.deepEqual(
    byColumn.recordings.map(({ name, group, length }) => [name, group, length]),
    [
      [`${one}, who p`, 'p', 2],
      [`${one}, who q`, 'q', 1],
      [`${one}, who p (2)`, 'p', 1],
      [`${two}, who q`, 'q', 1],
    ],
  );
  const byName = await readRecordings([one, two], { series: ['x'], group: 'file:^SC4(..)' });
  assert.deepEqual(
    byName.recordings.map(({ group, length }) => [group, length]),
    [
      ['01', 4],
      ['01', 1],
    ],
  );
  await assert.rejects(readRecordings([one], { series: ['x'], group: 'file:^ST' }), oneLine('finds nothing', 'SC4011'));
  await assert.rejects(readRecordings([one], { series: ['x'], group: 'file:(' }), oneLine('no regular expression'));
});

test('a missing value is left out and splits; parts keep their source', async () => {
  const values = [1, 2, '', 4, 5, 6, 'NA', 'NA', 9];
  const file = write(
    'gaps.csv',
    csv(
      'x,y',
      values.map((x, i) => [x, i === 4 ? 'nan' : i]),
    ),
  );
  const set = await readRecordings([file], { series: ['x', 'y'], rate: 10 });
  assert.deepEqual(
    set.recordings.map(({ name, source, channels }) => [name, source, [...channels]]),
    [
      [`${file} part 1`, file, [1, 2, 0, 1]],
      [`${file} part 2`, file, [4, 3]],
      [`${file} part 3`, file, [6, 5]],
      [`${file} part 4`, file, [9, 8]],
    ],
  );
  const [finding] = set.findings;
  assert.equal(finding.kind, 'missing-values');
  assert.match(finding.detail, /^4 rows with a missing value \(x 3, y 1\) left out.*1 recording in more than one part/);
});

test('time: a jump of more than half a step splits, jitter below does not, the rate comes from the times', async () => {
  const jitter = upTo(100).map((i) => 0.02 * i + (i % 2 === 0 ? 0 : 0.004) + (i >= 60 ? 0.0304 : 0));
  const file = write(
    'time.csv',
    csv(
      't,x',
      jitter.map((t, i) => [t, i]),
    ),
  );
  const set = await readRecordings([file], { series: ['x'], time: 't' });
  assert.deepEqual(
    set.recordings.map(({ length, channels }) => [length, channels[0]]),
    [
      [60, 0],
      [40, 60],
    ],
  );
  // The step of the jump is one of the short ones, so the mean of the others is 0.4 % long.
  assert.ok(Math.abs((set.rate ?? 0) - 50) < 0.3, `rate ${set.rate}`);
  assert.deepEqual(kinds(set.findings), ['rate-from-times', 'time-gap', 'uneven-steps']);
  const slow = await readRecordings([file], { series: ['x'], time: 't', rate: 47 });
  assert.equal(slow.rate, 47);
  assert.ok(kinds(slow.findings).includes('rate-differs'));
  // A gap of 1.4 steps is none; one of 1.6 steps is.
  for (const [extra, parts] of [
    [0.4, 1],
    [0.6, 2],
  ]) {
    const steps = write(
      `jump${parts}.csv`,
      csv(
        't,x',
        upTo(40).map((i) => [i + (i >= 20 ? extra : 0), i]),
      ),
    );
    assert.equal((await readRecordings([steps], { series: ['x'], time: 't', rate: 1 })).recordings.length, parts);
  }
});

test('time: dates, milliseconds and counts of steps', async () => {
  const dates = upTo(30).map((i) => new Date(Date.UTC(2024, 0, 1) + 250 * i + (i >= 20 ? 9e3 : 0)).toISOString());
  const file = write(
    'dates.csv',
    csv(
      'when,ms,step,x',
      dates.map((d, i) => [d, Date.parse(d), i >= 20 ? i + 7 : i, i]),
    ),
  );
  const cut = async (options: Partial<RecordingOptions>) => {
    const { recordings, rate } = await readRecordings([file], { series: ['x'], ...options });
    return [recordings.map(({ length }) => length), rate];
  };
  assert.deepEqual(await cut({ time: 'when' }), [[20, 10], 4]);
  assert.deepEqual(await cut({ time: 'ms', timeUnit: 'ms', rate: 4 }), [[20, 10], 4]);
  assert.deepEqual(await cut({ time: 'step', timeUnit: 'steps' }), [[20, 10], undefined]);
  await assert.rejects(cut({ time: 'ms', rate: 4 }), oneLine('looks like ms', '--time-unit ms'));
});

test('irregular sampling is refused with a remedy, and resampled on request', async () => {
  const reference = JSON.parse(readFileSync(new URL('reference/series.json', import.meta.url), 'utf8')).resample as {
    times: number[];
    values: number[];
    rate: number;
    expected: number[];
  };
  const { times: t, values, rate, expected } = reference;
  const labels = t.map((_, i) => (i < 20 ? 'a' : 'b'));
  const file = write(
    'odd.csv',
    csv(
      't,x,label',
      t.map((time, i) => [time, values[i], labels[i]]),
    ),
  );
  const options = { series: ['x'], label: 'label', time: 't', rate };
  await assert.rejects(
    readRecordings([file], options),
    oneLine(file, '"t" is sampled irregularly', 'data row', 'give --resample'),
  );
  const set = await readRecordings([file], { ...options, resample: true });
  assert.equal(set.recordings.length, 1);
  const [own] = set.recordings;
  assert.equal(own.length, expected.length);
  expected.forEach((value, k) => {
    assert.ok(Math.abs(own.channels[k] - value) < 1e-6, `${k}: ${own.channels[k]} against ${value}`);
    const at = t[0] + k / rate;
    const near = t.reduce((best, time, i) => (Math.abs(time - at) < Math.abs(t[best] - at) ? i : best), 0);
    assert.equal(set.classes[own.labels?.[k] ?? -1], labels[near], `label ${k}`);
  });
  assert.ok(kinds(set.findings).includes('resampled'));
});

test('resampling bridges up to 10 steps and no more; of equal times the last counts', async () => {
  const stamps = [0, 1, 2, 11, 12, 23.5, 24, 24, 25];
  const file = write(
    'bridge.csv',
    csv(
      't,x',
      stamps.map((t, i) => [t, i === 7 ? 999 : t]),
    ),
  );
  const set = await readRecordings([file], { series: ['x'], time: 't', rate: 1, resample: true });
  assert.deepEqual(
    set.recordings.map(({ channels }) => [...channels]),
    [upTo(13), [23.5, (999 + 25) / 2]],
  );
  const single = resample(Float64Array.of(5), [[7]], Int32Array.of(2), [0, 1], 10);
  assert.deepEqual([[...single.channels[0]], [...(single.labels ?? [])]], [[7], [2]]);
});

test('bad input is named: file, column, value, remedy', async () => {
  const good = write(
    'good.csv',
    csv(
      'x_acc,t,label,who',
      times(12, (i) => [i, i, i % 2 ? 'a' : 'b', 'p']),
    ),
  );
  const other = write('other.csv', csv('x_ac,t,label,who', [[1, 1, 'a', 'p']]));
  const text = write(
    'text.csv',
    csv('x_acc,t,label,who', [['12,5', 1, 'a', 'p'].map((v) => `"${v}"`), [2, 2, 'b', '']]),
  );
  const huge = write(
    'huge.csv',
    csv('x_acc,t', [
      [1, 1],
      [1e39, 2],
    ]),
  );
  const empty = write(
    'empty.csv',
    csv('x_acc,t', [
      ['', 1],
      ['', 2],
    ]),
  );
  const one = write(
    'one.csv',
    csv(
      'x_acc,t,label',
      times(5, (i) => [i, i, 'a']),
    ),
  );
  const late = write(
    'late.csv',
    csv('x_acc,t', [
      [1, 1],
      [1, ''],
    ]),
  );
  const series = ['x_acc'];
  const cases: [string[], RecordingOptions, ...(string | RegExp)[]][] = [
    [[], { series }, 'no file'],
    [[good, good], { series }, good, 'named twice'],
    [[good], { series: [] }, '--series'],
    [[good], { series: ['x_acx'] }, '"x_acx" not found', good, 'did you mean "x_acc"?'],
    [[good, other], { series }, '"x_acc" not found', other, 'did you mean "x_ac"?'],
    [[good], { series: ['x_acc', 'x_acc'] }, 'twice'],
    [[good], { series, label: 'x_acc' }, '"x_acc"', '--series', '--label'],
    [[good], { series, label: 'label', group: 'label' }, '"label"', '--group'],
    [[text], { series }, text, '"x_acc"', '"12,5"'],
    [[good], { series, label: 'lable' }, 'did you mean "label"?'],
    [[good], { series, unlabelled: ['a'] }, '--unlabelled', '--label'],
    [[good], { series, label: 'label', unlabelled: ['0'] }, '--unlabelled 0', 'it holds: b, a'],
    [[good], { series, label: 'label', unlabelled: ['a'] }, 'one class only', '"b"'],
    [[one], { series, label: 'label' }, 'one class only'],
    [[good], { series, rate: 0 }, '--rate', 'got 0'],
    [[good], { series, resample: true }, '--resample', '--time'],
    [[good], { series, time: 'label' }, '"label" holds text'],
    [[late], { series, time: 't' }, late, 'data row 2'],
    [[text], { series: ['t'], group: 'who' }, text, '"who" is missing in data row 2'],
    [[huge], { series }, huge, 'data row 2', '1e+39'],
    [[empty], { series }, 'every row has a missing value'],
    [[`${good}x`], { series }, 'no such file'],
  ];
  for (const [files, options, ...parts] of cases)
    await assert.rejects(readRecordings(files, options), oneLine(...parts));
});
