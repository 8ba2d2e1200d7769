import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { angleMatrix } from '../../src/metrics/collapse/angles.ts';
import { onPlane, principalPlane } from '../../src/metrics/collapse/plane.ts';

interface Case {
  width: number;
  rows64: number[];
  angles: number[][];
  plane: { centre: number[]; explained: [number, number]; points: [number, number][] };
}

const file = new URL('reference/geometry.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };
const near = (actual: number | null, expected: number, what: string, tolerance = 1e-9) =>
  assert.ok(actual !== null && Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);

for (const { width, rows64, angles, plane } of cases) {
  const rows = Float32Array.from(rows64, (x) => x / 64);
  const n = rows.length / width;

  test(`angles of ${n} vectors of ${width} are numpy's, and those of some of them are the same`, () => {
    const found = angleMatrix(rows, width, [...angles.keys()]);
    // An arc cosine near 0 or 180 degrees loses half the digits.
    angles.forEach((row, a) => {
      row.forEach((degrees, b) => {
        near(found[a][b], degrees, `${a}, ${b}`, 1e-6);
      });
    });
    const some = [5, 0, 3];
    assert.deepEqual(
      angleMatrix(rows, width, some),
      some.map((a) => some.map((b) => found[a][b])),
    );
  });

  test(`the principal plane of ${n} rows of ${width} is numpy's, signs included`, () => {
    const found = principalPlane(rows, width);
    found.centre.forEach((value, j) => {
      near(value, plane.centre[j], `centre ${j}`);
    });
    for (const axis of [0, 1]) near(found.explained[axis], plane.explained[axis], `share ${axis}`);
    onPlane(rows, found).forEach((point, i) => {
      for (const axis of [0, 1]) near(point[axis], plane.points[i][axis], `row ${i}, axis ${axis}`);
    });
  });
}

test('angles by hand: three corners of a triangle stand 120 degrees apart; a vector on the centre has none', () => {
  const corners = [1, 0, -0.5, Math.sqrt(0.75), -0.5, -Math.sqrt(0.75)];
  const [[self, first, second]] = angleMatrix(corners, 2, [0, 1, 2]);
  assert.equal(self, 0);
  near(first, 120, 'first');
  near(second, 120, 'second');
  assert.deepEqual(angleMatrix([0, 0, 1, 0, -1, 0], 2, [0, 1, 2]), [
    [null, null, null],
    [null, 0, 180],
    [null, 180, 0],
  ]);
});

test('the plane of rows without a second direction, of equal rows and of one row', () => {
  const line = principalPlane([1, 1, 2, 2, 3, 3], 2);
  near(line.explained[0], 1, 'share');
  assert.equal(line.explained[1], 0);
  assert.deepEqual([...line.axes[1]], [0, 0]);
  near(onPlane([3, 3], line)[0][0], Math.SQRT2, 'along the line');
  for (const rows of [
    [4, 5, 4, 5],
    [4, 5],
  ])
    assert.deepEqual(onPlane(rows, principalPlane(rows, 2))[0], [0, 0]);
});

test('numbers that are not finite are refused with their place', () => {
  assert.throws(() => principalPlane([1, Number.NaN, 3, 4], 2), /principal plane: rows row 0, column 1 is NaN/);
  assert.throws(() => angleMatrix([1, 2, Number.POSITIVE_INFINITY, 4], 2, [0]), RangeError);
});
