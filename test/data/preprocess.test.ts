import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applyPreprocessing, fitPreprocessing } from '../../src/data/preprocess.ts';
import { table, times } from './helpers.ts';

/** Written by reference/preprocess.py (scikit-learn). */
const reference = JSON.parse(readFileSync(new URL('reference/preprocess.json', import.meta.url), 'utf8'));
const { x, big, level, seconds } = reference;
const data = table({ x, big, level, when: seconds.map((s: number) => new Date(s * 1000)) });
const train = Int32Array.from(reference.train);
const all = Int32Array.from(level.keys());
const close = (a: number, b: number, tolerance = 1e-12) => Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));

test('scaling, filling, levels and angles agree with scikit-learn and the calendar', () => {
  const fitted = fitPreprocessing(data.columns, train);
  const [codedX, codedBig, codedLevel, codedWhen] = fitted.codings;
  for (const [coding, name] of [
    [codedX, 'x'],
    [codedBig, 'big'],
  ] as const) {
    assert.ok(coding.kind === 'number');
    for (const key of ['mean', 'fill'] as const)
      assert.ok(close(coding[key], reference.scaled[name][key]), `${name} ${key}`);
    // The spread of `big` is 1e-8 of its size: the reference itself is good to that many digits less.
    assert.ok(close(coding.scale / reference.scaled[name].scale, 1, 1e-8), `${name} scale`);
    assert.equal(coding.indicator, name === 'x');
  }
  assert.ok(codedLevel.kind === 'category');
  assert.deepEqual(codedLevel.levels, reference.levels);
  assert.deepEqual(codedWhen, { column: 'when', kind: 'date', indicator: false });
  assert.equal(fitted.width, 2 + 1 + reference.levels.length + 4);

  const out = applyPreprocessing(fitted, data.columns, all);
  assert.equal(out.length, all.length * fitted.width);
  for (const row of all) {
    const [scaledX, wasMissing, scaledBig, ...rest] = out.subarray(row * fitted.width, (row + 1) * fitted.width);
    assert.equal(scaledX, Math.fround(scaledX));
    assert.ok(close(scaledX, reference.scaled.x.out[row], 1e-6), `x ${row}`);
    assert.equal(wasMissing, x[row] === null ? 1 : 0);
    assert.ok(close(scaledBig, reference.scaled.big.out[row], 1e-6), `big ${row}`);
    const levels = reference.levels.length;
    assert.deepEqual(rest.slice(0, levels), reference.onehot[row]);
    rest.slice(levels).forEach((value, i) => {
      assert.ok(Math.abs(value - reference.angles[row][i]) < 1e-6, `angle ${row} ${i}`);
    });
  }
});

test('what is not in training changes no coding', () => {
  const before = fitPreprocessing(data.columns, train);
  const changed = table({
    x: x.map((v: number | null, i: number) => (i < 30 ? v : i === 30 ? null : 1e9)),
    big: big.map((v: number, i: number) => (i < 30 ? v : -5)),
    level: level.map((v: string, i: number) => (i < 30 ? v : i % 2 ? 'Q' : null)),
    when: seconds.map((s: number, i: number) => (i < 30 ? new Date(s * 1000) : null)),
  });
  assert.deepEqual(fitPreprocessing(changed.columns, train), before);
  // And in training it does.
  const touched = table({ big: big.map((v: number, i: number) => (i === 29 ? 0 : v)) });
  assert.notDeepEqual(fitPreprocessing(touched.columns, train).codings[0], before.codings[1]);
});

test('categories: the 32 most frequent, ties by name; others and unseen levels give zeros; missing is its own input', () => {
  // Level k of 0..39 stands 3 times for k < 10, else once or twice; written backwards so that order must be made.
  const cells = times(40, (k) => 39 - k).flatMap((k) =>
    times(k < 10 ? 3 : k % 2 === 0 ? 2 : 1, () => `l${String(k).padStart(2, '0')}`),
  );
  const rows = cells.length;
  const made = table({ c: [...cells, null, 'unseen', null] });
  const fitted = fitPreprocessing(made.columns, Int32Array.from(times(rows + 1, (i) => i)));
  const name = (k: number) => `l${String(k).padStart(2, '0')}`;
  const twos = times(15, (i) => 10 + 2 * i);
  const ones = times(15, (i) => 11 + 2 * i);
  const wanted = [...times(10, (k) => k), ...twos, ...ones].slice(0, 32).map(name);
  assert.deepEqual(fitted.codings, [{ column: 'c', kind: 'category', levels: wanted, indicator: true }]);
  assert.equal(fitted.width, 33);
  const out = applyPreprocessing(fitted, made.columns, Int32Array.of(0, rows - 1, rows, rows + 1, rows + 2));
  const ons = times(5, (i) => [...out.subarray(33 * i, 33 * i + 33)].flatMap((value, at) => (value === 1 ? [at] : [])));
  // Row 0 is l39, beyond the 32; the last is l00.
  assert.deepEqual(ons, [[], [0], [32], [], [32]]);
});

test('a column constant, or empty, in training is centred with scale 1; missing only later takes the fill', () => {
  const made = table({
    same: [0.1, 0.1, 0.1, 7, null],
    none: [null, null, null, 3, null],
    flag: [true, false, true, true, null],
  });
  const fitted = fitPreprocessing(made.columns, Int32Array.of(0, 1, 2));
  assert.deepEqual(fitted.codings.slice(0, 2), [
    { column: 'same', kind: 'number', mean: 0.1, scale: 1, fill: 0.1, indicator: false },
    { column: 'none', kind: 'number', mean: 0, scale: 1, fill: 0, indicator: true },
  ]);
  const out = applyPreprocessing(fitted, made.columns, Int32Array.of(3, 4));
  // flag: mean 2/3, scale sqrt(2)/3, so 1 is sqrt(1/2); its median is 1.
  const root = Math.fround(Math.SQRT1_2);
  assert.deepEqual([...out], [Math.fround(6.9), 3, 0, root, 0, 0, 1, root].map(Math.fround));
});

test('dates: known moments, before 1970 too; missing gives zeros and its mark', () => {
  // 1969-12-31T18:00 is three quarters of a day, and of Wednesday, the last day of a week that begins on Thursday.
  const made = table({ when: [new Date('1970-01-01T06:00:00Z'), new Date('1969-12-31T18:00:00Z'), null] });
  const fitted = fitPreprocessing(made.columns, Int32Array.of(0, 2));
  const out = applyPreprocessing(fitted, made.columns, Int32Array.of(0, 1, 2));
  const week = (2 * Math.PI) / 28;
  const wanted = [1, 0, Math.sin(week), Math.cos(week), 0, -1, 0, -Math.sin(week), Math.cos(week), 0, 0, 0, 0, 0, 1];
  wanted.forEach((value, i) => {
    assert.ok(Math.abs(out[i] - value) < 1e-6, `${i}: ${out[i]}`);
  });
});

test('huge values neither overflow nor vanish; misuse is named', () => {
  const made = table({ a: [1.7e308, 1.6e308, 1.5e308], b: [1e-200, 2e-200, 3e-200] });
  const rows = Int32Array.of(0, 1, 2);
  const out = applyPreprocessing(fitPreprocessing(made.columns, rows), made.columns, rows);
  const edge = Math.sqrt(1.5);
  [edge, -edge, 0, 0, -edge, edge].forEach((value, i) => {
    assert.ok(Math.abs(out[i] - value) < 1e-6, `${i}: ${out[i]}`);
  });
  assert.throws(() => fitPreprocessing(made.columns, new Int32Array()), RangeError);
  const fitted = fitPreprocessing(made.columns, rows);
  assert.throws(() => applyPreprocessing(fitted, table({ a: [1] }).columns, rows), /number column "b", got none/);
  assert.throws(
    () => applyPreprocessing(fitted, table({ a: ['x'], b: [1] }).columns, rows),
    /"a", got a category column/,
  );
});
