import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '../../../src/array/errors.ts';
import { gridOf, methodAt, parseAxis, randomPoints } from '../../../src/pilot/sweep/points.ts';

const refused = (make: () => unknown, message: RegExp) =>
  assert.throws(make, (error) => error instanceof InputError && message.test(error.message));

test('an axis: values or a range', () => {
  assert.deepEqual(parseAxis('margin=0.1, 0.3,1'), { name: 'margin', values: ['0.1', '0.3', '1'] });
  assert.deepEqual(parseAxis('threshold=off'), { name: 'threshold', values: ['off'] });
  assert.deepEqual(parseAxis(' margin = 0.05..2 '), { name: 'margin', from: 0.05, to: 2 });
  assert.deepEqual(parseAxis('theta=-1..-0.5'), { name: 'theta', from: -1, to: -0.5 });
  assert.deepEqual(parseAxis('rate=1e-4..1e-2'), { name: 'rate', from: 1e-4, to: 1e-2 });
});

test('what is no axis is refused in plain words', () => {
  for (const text of ['margin', '=1', 'margin=', ' =1', ''])
    refused(() => parseAxis(text), /--over: ".*" is not of the form setting=value,value or setting=from\.\.to/);
  for (const text of ['margin=2..1', 'margin=1..1', 'margin=a..b'])
    refused(() => parseAxis(text), /is no range; write setting=from\.\.to with from < to/);
  refused(() => parseAxis('margin=1,,2'), /has an empty value/);
  refused(() => parseAxis('margin=1,2,1'), /names 1 twice/);
});

test('a grid: every combination once, the last axis fastest', () => {
  assert.deepEqual(gridOf([parseAxis('a=1,2'), parseAxis('b=x,y')]), [
    { a: '1', b: 'x' },
    { a: '1', b: 'y' },
    { a: '2', b: 'x' },
    { a: '2', b: 'y' },
  ]);
  refused(() => gridOf([parseAxis('a=1,2'), parseAxis('b=1..2')]), /--over b: a grid needs values/);
});

test('points at random: the same seed the same points, another seed others, none twice', () => {
  const axes = [parseAxis('margin=0.05..2'), parseAxis('threshold=off,q10,q30')];
  const points = randomPoints(axes, 40, 7);
  assert.deepEqual(randomPoints(axes, 40, 7), points);
  // More points begin with the fewer.
  assert.deepEqual(randomPoints(axes, 10, 7), points.slice(0, 10));
  assert.notDeepEqual(randomPoints(axes, 40, 8), points);
  assert.equal(new Set(points.map((point) => JSON.stringify(point))).size, 40);
  assert.deepEqual([...new Set(points.map(({ threshold }) => threshold))].sort(), ['off', 'q10', 'q30']);
  // Few combinations: all of them, and no endless search.
  assert.equal(randomPoints([parseAxis('threshold=off,q10,q30')], 20, 1).length, 3);
});

test('ranges: inside, and evenly in the logarithm where they are wide', () => {
  const drawn = (text: string, count = 300) =>
    randomPoints([parseAxis(text)], count, 3).map((point) => Number(Object.values(point)[0]));
  for (const [text, from, to] of [
    ['a=0.05..2', 0.05, 2],
    ['a=0.12345..0.12355', 0.12345, 0.12355],
    ['a=-3..5', -3, 5],
    ['a=1234..12345', 1234, 12345],
  ] as const)
    for (const value of drawn(text, 30)) assert.ok(value >= from && value <= to, `${text}: ${value}`);
  const share = (values: number[], below: number) => values.filter((v) => v < below).length / values.length;
  // 0.01 to 1: half lie below 0.1; 0 to 1 and 1 to 5: half below the middle. Within four standard errors.
  const four = 4 * Math.sqrt(0.25 / 300);
  assert.ok(Math.abs(share(drawn('a=0.01..1'), 0.1) - 0.5) < four);
  assert.ok(Math.abs(share(drawn('a=0..1'), 0.5) - 0.5) < four);
  assert.ok(Math.abs(share(drawn('a=1..5'), 3) - 0.5) < four);
});

test('the name of a point is the method with its settings', () => {
  assert.equal(methodAt('emargin', { margin: '0.3', threshold: 'off' }), 'emargin:margin=0.3:threshold=off');
  assert.equal(methodAt('emargin:distance=rms', { margin: '1' }), 'emargin:distance=rms:margin=1');
});
