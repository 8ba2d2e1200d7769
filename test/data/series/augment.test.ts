import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../../src/array/random.ts';
import {
  augmentSeries,
  jitterSeries,
  parseSeriesAugmentation,
  type SeriesAugmentation,
  type SeriesBatchShape,
  scaleSeries,
  shiftSeries,
  warpedTimes,
  warpSeries,
} from '../../../src/data/series/augment.ts';
import { oneLine, times } from '../helpers.ts';

const shape: SeriesBatchShape = [5, 2, 40];
const each = 80;
const values = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i / 5) + i / 100);
const itemOf = (x: Float32Array, i: number) => x.subarray(i * each, (i + 1) * each);
const seeded = () => stream(9, 'augment');
const everything: SeriesAugmentation = { jitter: 0.1, scale: 0.1, shift: 4, warp: 0.3 };

test('jitter adds normal noise of the strength asked for', () => {
  const zeros = new Float32Array(20_000);
  const noise = jitterSeries(zeros, [10, 2, 1000], seeded(), { strength: 0.5 });
  const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
  const deviation = Math.sqrt(noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length);
  // Four standard errors: 0.5 / sqrt(20000) and 0.5 / sqrt(40000).
  assert.ok(Math.abs(mean) < 0.0142 && Math.abs(deviation - 0.5) < 0.01, `${mean}, ${deviation}`);
});

test('scaling multiplies each channel of an item by one factor about 1', () => {
  const out = scaleSeries(values, shape, seeded(), { strength: 0.2 });
  const factors = times(10, (plane) => {
    const ratios = times(40, (t) => out[plane * 40 + t] / values[plane * 40 + t]).filter(Number.isFinite);
    for (const ratio of ratios) assert.ok(Math.abs(ratio - ratios[0]) < 1e-4);
    return ratios[0];
  });
  assert.equal(new Set(factors).size, 10);
  const many = scaleSeries(new Float32Array(5000).fill(1), [5000, 1, 1], seeded(), { strength: 0.2 });
  const mean = many.reduce((sum, value) => sum + value, 0) / 5000;
  const deviation = Math.sqrt(many.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 5000);
  assert.ok(Math.abs(mean - 1) < 0.0114 && Math.abs(deviation - 0.2) < 0.009, `${mean}, ${deviation}`);
});

test('a shift keeps what stays inside, all channels alike, and fills with edges or 0', () => {
  const marked = Float32Array.from({ length: 400 }, (_, i) => i + 1);
  const found = new Set<number>();
  const moved = shiftSeries(marked, shape, seeded(), { steps: 3, fill: 'zero' });
  const edges = shiftSeries(marked, shape, seeded(), { steps: 3, fill: 'edge' });
  for (let i = 0; i < 5; i++) {
    const offsets = new Set<number>();
    itemOf(moved, i).forEach((value, at) => {
      if (value > 0) offsets.add(at - (value - 1 - i * each));
    });
    assert.equal(offsets.size, 1);
    const [later] = offsets;
    found.add(later);
    assert.equal(itemOf(moved, i).filter((value) => value > 0).length, 2 * (40 - Math.abs(later)));
    for (let c = 0; c < 2; c++) {
      const place = (t: number) => edges[i * each + c * 40 + t];
      const first = marked[i * each + c * 40];
      if (later > 0) assert.deepEqual([place(0), place(later - 1)], [first, first]);
      if (later < 0) assert.deepEqual([place(39), place(40 + later)], [first + 39, first + 39]);
    }
  }
  assert.ok(found.size > 1);
});

test('warped time: by hand at two speeds, even where they are equal, always growing', () => {
  assert.deepEqual(
    [...warpedTimes([0.7, 0.7, 0.7], 5)].map((t) => Math.round(t * 1e9) / 1e9),
    [0, 1, 2, 3, 4],
  );
  // Speeds 1, 2 (half-way in the logarithm), 4: trapezoids 1.5 and 3, stretched to 2 steps.
  const hand = warpedTimes([0, Math.log(4)], 3);
  assert.ok(Math.abs(hand[1] - (2 * 1.5) / 4.5) < 1e-12);
  assert.equal(hand[2], 2);
  const random = stream(10, 'knots');
  for (let run = 0; run < 50; run++) {
    const length = 2 + random.integer(100);
    const warped = warpedTimes(
      times(6, () => 1.5 * random.normal()),
      length,
    );
    assert.deepEqual([warped[0], warped[length - 1]], [0, length - 1]);
    for (let t = 1; t < length; t++) assert.ok(warped[t] > warped[t - 1]);
  }
});

test('a warp keeps the end points, the range and the order of a rising series; all channels alike', () => {
  const out = warpSeries(values, shape, seeded(), { strength: 0.5, knots: 4 });
  for (let plane = 0; plane < 10; plane++) {
    const [before, after] = [values, out].map((x) => x.subarray(plane * 40, plane * 40 + 40));
    assert.deepEqual([after[0], after[39]], [before[0], before[39]]);
    assert.ok(Math.max(...after) <= Math.max(...before) && Math.min(...after) >= Math.min(...before));
  }
  assert.notDeepEqual(out, values);
  const ramp = Float32Array.from({ length: 80 }, (_, i) => (i % 40) * (i < 40 ? 1 : 10));
  const warped = warpSeries(ramp, [1, 2, 40], seeded(), { strength: 0.5, knots: 4 });
  for (let t = 1; t < 40; t++) {
    assert.ok(warped[t] > warped[t - 1]);
    assert.ok(Math.abs(warped[40 + t] - 10 * warped[t]) < 1e-3);
  }
});

test('same seed, same bits; off at 0 the batch itself; the batch given is not touched', () => {
  const before = values.slice();
  const run = (seed: number) => augmentSeries(values, shape, stream(seed, 'augment'), everything);
  assert.deepEqual(run(1), run(1));
  assert.notDeepEqual(run(1), run(2));
  assert.deepEqual(values, before);
  const silent = { ...seeded(), uniform: () => assert.fail('a draw'), normal: () => assert.fail('a draw') };
  assert.equal(augmentSeries(values, shape, silent, { jitter: 0, scale: 0, shift: 0, warp: 0 }), values);
});

test('items never mix, and leaving some out changes nothing in the others', () => {
  const all = augmentSeries(values, shape, seeded(), everything);
  const changed = values.slice();
  itemOf(changed, 2).fill(0);
  const other = augmentSeries(changed, shape, seeded(), everything);
  const some = augmentSeries(values, shape, seeded(), everything, [true, false, true, true, false]);
  for (let i = 0; i < 5; i++) {
    if (i !== 2) assert.deepEqual(itemOf(other, i), itemOf(all, i));
    assert.deepEqual(itemOf(some, i), i === 1 || i === 4 ? itemOf(values, i) : itemOf(all, i));
  }
});

test('settings out of range; one step cannot be warped', () => {
  const wrong: readonly (readonly [SeriesAugmentation, RegExp])[] = [
    [{ jitter: -1 }, /jitter.*-1/],
    [{ scale: Number.NaN }, /scale.*NaN/],
    [{ shift: 0.5 }, /shift.*0\.5/],
    [{ warp: Number.POSITIVE_INFINITY }, /warp.*Infinity/],
    [{ warp: 1, knots: 0 }, /knots.*0/],
  ];
  for (const [settings, message] of wrong)
    assert.throws(() => augmentSeries(values, shape, seeded(), settings), message);
  assert.throws(() => augmentSeries(values, [5, 2, 41], seeded(), { jitter: 1 }), /400 values/);
  const single = Float32Array.of(1, 2, 3);
  assert.deepEqual(warpSeries(single, [3, 1, 1], seeded(), { strength: 1, knots: 4 }), single);
});

test('settings from text', () => {
  assert.deepEqual(parseSeriesAugmentation('jitter=0.03,scale=0.1,shift=5,warp=0.2'), {
    jitter: 0.03,
    scale: 0.1,
    shift: 5,
    warp: 0.2,
  });
  assert.deepEqual(parseSeriesAugmentation(' warp = 1e-1 , knots=2, fill=zero'), { warp: 0.1, knots: 2, fill: 'zero' });
  const wrong: [string, ...string[]][] = [
    ['jiter=0.1', '"jiter"', 'did you mean "jitter"', 'shift, warp'],
    ['flip=0.5', '"flip" is no setting of time series'],
    ['Jitter=0.1', 'did you mean "jitter"'],
    ['toString=1', '"toString"'],
    ['jitter', '"jitter" is no setting; write jitter=0.03'],
    ['', '"" is no setting; write'],
    ['jitter=0.1,', '"" is no setting; write'],
    ['jitter=', 'jitter=:', 'a number >= 0'],
    ['jitter=-0.1', 'jitter=-0.1', 'a number >= 0'],
    ['scale=Infinity', 'scale=Infinity'],
    ['warp=much', 'warp=much'],
    ['shift=1.5', 'shift=1.5', 'a whole number >= 0'],
    ['knots=0', 'knots=0', 'a whole number >= 1'],
    ['fill=nearest', 'fill=nearest', 'edge or zero'],
    ['warp=1,warp=2', '"warp" stands twice'],
  ];
  for (const [text, ...parts] of wrong)
    assert.throws(() => parseSeriesAugmentation(text), oneLine('--augment', ...parts));
});
