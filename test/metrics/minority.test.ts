import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type MinorityCollapse, minorityCollapse } from '../../src/metrics/index.ts';

interface Case {
  name: string;
  classes: number;
  width: number;
  weights64: number[];
  counts: number[];
  minority: MinorityCollapse;
}

const file = new URL('reference/collapse.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };

for (const { name, classes, width, weights64, counts, minority } of cases)
  test(`numpy gives the same angles, ${name}`, () => {
    const measured = minorityCollapse({ classes, width, counts, vectors: Float32Array.from(weights64, (x) => x / 64) });
    assert.deepEqual(measured.pair, minority.pair);
    close(measured.smallestAngle, minority.smallestAngle);
    close(measured.idealAngle, minority.idealAngle);
    assert.equal(measured.perClass.length, classes);
    minority.perClass.forEach((angle, c) => {
      close(measured.perClass[c], angle);
    });
    assert.equal(measured.reason, undefined);
  });

function close(actual: number | null, expected: number | null) {
  assert.ok(actual !== null && Math.abs(actual - expected!) < 1e-6, `${actual} degrees, expected ${expected}`);
}

// Already centred; by hand: (1, 0) and (0, 1) at 90 degrees, (-1, 0) and (0, -1) opposite to them.
const cross = { classes: 4, width: 2, vectors: Float64Array.of(1, 0, 0, 1, -1, 0, 0, -1) };

test('the rarest third has at least 2 classes; of equal counts the later one is rarer', () => {
  assert.deepEqual(minorityCollapse({ ...cross, counts: [9, 1, 9, 2] }).pair, [1, 3]);
  close(minorityCollapse({ ...cross, counts: [9, 1, 9, 2] }).smallestAngle, 180);
  assert.deepEqual(minorityCollapse({ ...cross, counts: [5, 5, 5, 5] }).pair, [2, 3]);
  close(minorityCollapse({ ...cross, counts: [5, 5, 5, 5] }).smallestAngle, 90);
  close(minorityCollapse({ ...cross, counts: [1, 1, 1, 1] }).idealAngle, (Math.acos(-1 / 3) * 180) / Math.PI);
});

test('a third is rounded up: 3 of 7 classes', () => {
  // Classes 4, 5, 6 are rare; 4 and 6 nearly agree, 0 and 6 agree more but 0 is not rare.
  const turns = [0, 60, 120, 180, 10, 240, 2];
  const vectors = Float64Array.from(
    turns.flatMap((t) => [Math.cos((t * Math.PI) / 180), Math.sin((t * Math.PI) / 180)]),
  );
  const measured = minorityCollapse({ classes: 7, width: 2, vectors, counts: [90, 80, 70, 60, 3, 2, 1] });
  assert.deepEqual(measured.pair, [4, 6]);
  assert.ok(measured.perClass[6]! < measured.smallestAngle!);
});

test('a simplex has the ideal angle everywhere', () => {
  const measured = minorityCollapse({
    classes: 3,
    width: 3,
    vectors: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
    counts: [5, 4, 3],
  });
  for (const angle of [measured.smallestAngle, measured.idealAngle, ...measured.perClass]) close(angle, 120);
});

test('classes without training items and vectors on the centre are left out and said', () => {
  const measured = minorityCollapse({ ...cross, counts: [9, 4, 3, 0] });
  assert.deepEqual([measured.pair, measured.perClass[3]], [[1, 2], null]);
  assert.equal(measured.reason, 'classes without training items left out: 1');
  const blank = minorityCollapse({ ...cross, vectors: new Float64Array(8).fill(0.3), counts: [9, 4, 3, 1] });
  assert.deepEqual([blank.smallestAngle, blank.pair, blank.perClass], [null, null, [null, null, null, null]]);
  assert.match(blank.reason!, /on the centre left out: 4; an angle needs 2 classes/);
});

test('input that does not fit is refused', () => {
  assert.throws(() => minorityCollapse({ ...cross, counts: [1, 2] }), /counts has 2 numbers, needs 4 x 1/);
  assert.throws(() => minorityCollapse({ ...cross, width: 3, counts: [1, 1, 1, 1] }), RangeError);
});
