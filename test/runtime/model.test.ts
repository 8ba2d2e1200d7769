import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { float32 } from '../../src/array/array.ts';
import { InputError } from '../../src/array/errors.ts';
import { constant, input, mul } from '../../src/graph/ops/index.ts';
import { encodeModel } from '../../src/onnx/encode.ts';
import { openModel } from '../../src/runtime/model.ts';
import type { Columns } from '../../src/runtime/model-inputs.ts';

const stored = (name: string) => readFileSync(new URL(`../evaluate/reference/${name}`, import.meta.url));
const model = await openModel(stored('model.onnx'));
const row: Columns = { 'size [µm]': [270_900], on: [true], kind: ['L'], stamp: [new Date(86_400_500)] };

test('says what it wants and which classes it knows', () => {
  assert.deepEqual(model.classes, ['fine', 'worn', 'cracked "deep"']);
  assert.deepEqual(model.inputs, [
    { column: 'size [µm]', kind: 'number' },
    { column: 'on', kind: 'number' },
    { column: 'kind', kind: 'category' },
    { column: 'stamp', kind: 'date' },
  ]);
});

test("plain columns give the probabilities of Python's onnxruntime", async () => {
  const { raw } = JSON.parse(stored('rows.json').toString()) as { raw: { name: string; values: never[] }[] };
  const columns = Object.fromEntries(raw.map(({ name, values }) => [name, values]));
  const got = await model.predict({ ...columns, 'not asked for': [] });
  const { probabilities } = JSON.parse(stored('probabilities.json').toString()) as { probabilities: number[][] };
  assert.equal(got.length, probabilities.length);
  probabilities.forEach((expected, i) => {
    expected.forEach((p, c) => {
      assert.ok(Math.abs(p - got[i][c]) < 1e-6, `row ${i}, class ${c}: ${got[i][c]}, Python ${p}`);
    });
  });
});

test('one value in several forms: true is 1, a Date its seconds, and null, undefined, NaN and empty text are missing', async () => {
  const same = async (a: Columns, b: Columns) =>
    assert.deepEqual(await model.predict({ ...row, ...a }), await model.predict({ ...row, ...b }));
  await same({ on: [true] }, { on: [1] });
  await same({ stamp: [new Date(86_400_500)] }, { stamp: [86_400.5] });
  await same({ kind: [null] }, { kind: [''] });
  await same({ 'size [µm]': [null] }, { 'size [µm]': Float64Array.of(Number.NaN) });
  await same({ stamp: [undefined] }, { stamp: [new Date(Number.NaN)] });
  assert.notDeepEqual(await model.predict({ ...row, kind: ['M'] }), await model.predict({ ...row, kind: ['H'] }));
  assert.deepEqual(await model.predict({ 'size [µm]': [], on: [], kind: [], stamp: [] }), []);
});

test('what does not fit is named by column, row and value', async () => {
  const { kind: _, ...without } = row;
  for (const [columns, message] of [
    [
      { ...without, kidn: ['L'] },
      'model: the column "kind" is missing (is it "kidn"?); it wants: size [µm], on, kind, stamp',
    ],
    [
      { ...row, on: [true, false] },
      'model: column "on" has 2 values, "size [µm]" has 1; all must have the same number',
    ],
    [{ ...row, kind: [3] }, 'model: column "kind", row 1: needs text (null: missing), got 3'],
    [
      { ...row, 'size [µm]': ['270900'] },
      'model: column "size [µm]", row 1: needs a number, true or false (null: missing), got "270900"',
    ],
    [
      { ...row, stamp: ['2026-01-01'] },
      'model: column "stamp", row 1: needs a Date or seconds since 1970 (null: missing), got "2026-01-01"',
    ],
  ] as [Columns, string][])
    await assert.rejects(model.predict(columns), (error) => {
      assert.ok(error instanceof InputError);
      assert.equal(error.message, message);
      return true;
    });
});

test('bytes that are no model, and a model of another maker, are refused', async () => {
  const other = encodeModel({ y: mul(input('x', [1]), constant(float32([1], [2]))) });
  for (const [bytes, message] of [
    [new Uint8Array([1, 2, 3]), /these bytes are no ONNX model/],
    [other, /not exported by a pilot/],
  ] as const)
    await assert.rejects(openModel(bytes), (error) => error instanceof InputError && message.test(error.message));
});
