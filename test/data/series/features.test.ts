import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  applySeries,
  type FeatureOptions,
  fitSeries,
  makeWindows,
  recordingMoments,
} from '../../../src/data/series/index.ts';
import { oneLine } from '../helpers.ts';
import { recording, setOf, upTo } from './make.ts';

interface Expected {
  readonly everywhere: number[];
  readonly recording: number[];
}
const reference = JSON.parse(readFileSync(new URL('reference/series.json', import.meta.url), 'utf8')) as {
  recordings: number[][][];
  window: number;
  hop: number;
  train: number[];
  raw: Expected;
  stft: (Expected & { frame: number; hop: number; shape: number[] })[];
};
const set = setOf(reference.recordings.map((channels, r) => recording(`r${r}`, channels)));
const windows = makeWindows(set, { window: reference.window, hop: reference.hop });
const train = Int32Array.from(reference.train);
const rows = upTo(windows.rows);

function check(options: FeatureOptions, expected: number[], shape: number[]): void {
  const preprocessing = fitSeries(windows, train, options);
  assert.deepEqual(preprocessing.shape, shape);
  // JSON and back: that is how it is stored.
  const got = applySeries(JSON.parse(JSON.stringify(preprocessing)), windows, rows).filter((_, i) => i % 7 === 0);
  assert.equal(got.length, expected.length);
  expected.forEach((value, i) => {
    assert.ok(Math.abs(got[i] - value) < 1e-6 * Math.max(1, Math.abs(value)), `${i}: ${got[i]}, numpy ${value}`);
  });
}

test('raw values, scaled everywhere alike or recording by recording, agree with numpy', () => {
  check({}, reference.raw.everywhere, [2, 44]);
  check({ scaling: 'recording' }, reference.raw.recording, [2, 44]);
});

for (const { frame, hop, shape, everywhere, recording: own } of reference.stft)
  test(`stft of ${frame} steps, every ${hop}, agrees with numpy`, () => {
    const options = { features: 'stft', frame, frameHop: hop } as const;
    const made = shape[1] === 1 ? [shape[0]] : shape;
    check(options, everywhere, made);
    check({ ...options, scaling: 'recording' }, own, made);
  });

test('only training recordings count, and rows may be asked for in any order', () => {
  const changed = setOf([...set.recordings.slice(0, 2), recording('r2', [upTo(60), upTo(60).map((x) => 1e6 - x)])]);
  const other = makeWindows(changed, { window: reference.window, hop: reference.hop });
  for (const features of ['raw', 'stft'] as const) {
    const one = fitSeries(windows, train, { features });
    assert.deepEqual(fitSeries(other, train, { features }), one);
    const size = one.shape.reduce((n, m) => n * m, 1);
    const all = applySeries(one, windows, rows);
    assert.deepEqual(
      applySeries(one, windows, [5, 0]),
      Float32Array.of(...all.slice(5 * size, 6 * size), ...all.slice(0, size)),
    );
  }
});

test('parts of one recording share its scale', () => {
  const parts = setOf([
    recording('a part 1', [[0, 2]], { source: 'a' }),
    recording('b', [[5, 5]]),
    recording('a part 2', [[4, 6]], { source: 'a' }),
  ]);
  const own = makeWindows(parts, { window: 1 });
  const preprocessing = fitSeries(own, Int32Array.of(2), { scaling: 'recording' });
  assert.deepEqual(recordingMoments(preprocessing, own, 'a'), { mean: [3], scale: [Math.sqrt(5)] });
  assert.deepEqual(preprocessing.shape, [1]);
  const expected = [-3, -1, 0, 0, 1, 3].map((x, i) => (i === 2 || i === 3 ? x : x / Math.sqrt(5)));
  assert.deepEqual(applySeries(preprocessing, own, upTo(6)), Float32Array.from(expected));
  assert.throws(() => recordingMoments(preprocessing, own, 'c'), RangeError);
});

test('constant channels and glitches stay finite', () => {
  const spike = upTo(40).map((i) => (i === 39 ? 3e38 : Math.sin(i)));
  const odd = makeWindows(
    setOf([recording('a', [upTo(40).map(() => 0.1), upTo(40).map(Math.sin)]), recording('b', [spike, spike])]),
    {
      window: 8,
    },
  );
  for (const features of ['raw', 'stft'] as const)
    for (const scaling of ['global', 'recording'] as const) {
      const preprocessing = fitSeries(odd, Int32Array.of(0, 1, 2), { features, scaling });
      const x = applySeries(preprocessing, odd, upTo(odd.rows));
      assert.ok(x.every((value) => Number.isFinite(value) && Math.abs(value) <= 1000));
      const size = x.length / odd.rows;
      assert.ok(
        x.subarray(0, size / 2).every((value) => value === 0),
        'a constant channel gives zeros',
      );
    }
});

test('frames that do not fit are refused', () => {
  const single = makeWindows(set, { window: 1 });
  assert.throws(() => fitSeries(single, train, { features: 'stft' }), oneLine('one step', 'raw'));
  for (const frame of [1, 45])
    assert.throws(
      () => fitSeries(windows, train, { features: 'stft', frame }),
      oneLine('--frame', '(44)', `got ${frame}`),
    );
  assert.throws(() => fitSeries(windows, train, { features: 'stft', frame: '1s' }), oneLine('rate is not known'));
  assert.throws(() => fitSeries(windows, new Int32Array()), RangeError);
  assert.throws(() => applySeries(fitSeries(single, train), windows, [0]), /fitted for windows \[2, 1\]/);
});
