import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '../../src/array/errors.ts';
import { stream } from '../../src/array/random.ts';
import { applyItems } from '../../src/data/items/fit.ts';
import type { Items } from '../../src/data/items/items.ts';
import { makeWindows, type RecordingSet } from '../../src/data/series/index.ts';
import { probabilities } from '../../src/evaluate/decide.ts';
import { exportClassifier, rawItem } from '../../src/evaluate/export-items.ts';
import { completePlan, fit } from '../../src/evaluate/trial.ts';
import type { EncoderSpec } from '../../src/nn/encoders/index.ts';
import { openModel } from '../../src/runtime/model.ts';
import { Trainer } from '../../src/train/trainer.ts';
import { mixedTable, smallSettings, split } from './tables.ts';

const rows = 90;
const { inputs, labels, classes } = mixedTable();
const random = stream(2, 'items');

function windows() {
  const recordings = Array.from({ length: 9 }, (_, r) => ({
    name: `r${r}`,
    file: `r${r}.csv`,
    source: `r${r}`,
    group: `r${r}`,
    length: 80,
    channels: Float32Array.from({ length: 2 * 80 }, () => 3 * random.normal() + r),
    labels: Int32Array.from({ length: 80 }, (_, t) => Math.floor(t / 8) % 3),
  }));
  const set: RecordingSet = { recordings, channels: ['a', 'b'], classes, counts: [1, 1, 1], files: [], findings: [] };
  return makeWindows(set, { window: 8 });
}

const pixels = Uint8Array.from({ length: rows * 3 * 6 * 5 }, () => random.integer(256));
const net1d = { kind: 'resnet-1d', widths: [4], kernels: [3] };
const kinds: readonly (readonly [string, Items, EncoderSpec])[] = [
  ['table', { kind: 'table', inputs }, { kind: 'mlp', widths: [12, 6] }],
  ['series', { kind: 'series', windows: windows(), features: {} }, net1d],
  [
    'series, each recording by itself',
    { kind: 'series', windows: windows(), features: { scaling: 'recording' } },
    net1d,
  ],
  ['spectra', { kind: 'series', windows: windows(), features: { features: 'stft', frame: 4, frameHop: 2 } }, net1d],
  [
    'pictures',
    { kind: 'pictures', pictures: { count: rows, shape: [3, 6, 5], pixels } },
    { kind: 'cnn-2d', widths: [4] },
  ],
];

for (const [name, items, encoder] of kinds)
  test(`${name}: an item as it stands in the file gives what the trial's net gives`, async () => {
    const trainer = new Trainer();
    const small = smallSettings('allnc');
    const settings = { ...small, plan: { ...small.plan, encoder } };
    const data = { items, labels, classes: classes.length };
    const own = await fit(trainer, data, split(rows), settings);
    const plan = completePlan(settings.plan, own.fitted, classes.length);
    const model = exportClassifier(own.fitted, { plan, net: own.net, classes, gamma: 0.3 });
    const opened = await openModel(model);
    for (const row of [0, 31, 89]) {
      const x = applyItems(own.fitted, items, Int32Array.of(row));
      const { logits } = await trainer.run(plan, own.net, x, ['logits']);
      const expected = probabilities(logits, own.net.counts, 0.3);
      const raw = Object.entries(rawItem(own.fitted, items, row)).map(([key, { data }]) => [key, data]);
      const [got] = await opened.predict(Object.fromEntries(raw));
      got.forEach((p, c) => {
        assert.ok(Math.abs(p - expected[c]) < 2e-5, `row ${row}, class ${c}: ${p} against ${expected[c]}`);
      });
    }
    await opened.release();
  });

/** A model of pictures [3, 6, 5] or of windows [2, 8], as `openModel` gives it. */
async function modelOf(kind: string) {
  const [, items, encoder] = kinds.find(([name]) => name === kind) ?? assert.fail(kind);
  const small = smallSettings('allnc');
  const settings = { ...small, plan: { ...small.plan, encoder, steps: 4 } };
  const own = await fit(new Trainer(), { items, labels, classes: classes.length }, split(rows), settings);
  const plan = completePlan(settings.plan, own.fitted, classes.length);
  const model = await openModel(exportClassifier(own.fitted, { plan, net: own.net, classes, gamma: 0 }));
  return { model, item: (row: number) => rawItem(own.fitted, items, row) };
}

async function refusedAs(promise: Promise<unknown>, message: string): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof InputError);
    assert.equal(error.message, message);
    return true;
  });
}

test('a model of pictures answers for several at once, and says what does not fit', async () => {
  const { model, item } = await modelOf('pictures');
  assert.deepEqual(model.inputs, [{ column: 'pictures', kind: 'pictures', shape: [6, 5, 3], dtype: 'uint8' }]);
  const each = [3, 7].map((row) => item(row).pictures.data as Uint8Array);
  const both = await model.predict({ pictures: [...each[0], ...each[1]] });
  const alone = await Promise.all(each.map((pictures) => model.predict({ pictures })));
  assert.equal(both.length, 2);
  both.forEach((got, i) => {
    got.forEach((p, c) => {
      assert.ok(Math.abs(p - alone[i][0][c]) < 1e-6);
    });
  });
  assert.deepEqual(await model.predict({ pictures: [] }), []);
  await refusedAs(
    model.predict({ pictures: new Uint8Array(91) }),
    'model: "pictures" has length 91, and one item has 6 x 5 x 3 = 90; give whole items, one after the other',
  );
  await refusedAs(
    model.predict({ picture: each[0] }),
    'model: "pictures" is missing (is it "picture"?); it wants: pictures',
  );
  const wrong = (value: number) => model.predict({ pictures: [...each[0], ...each[1]].with(95, value) });
  for (const value of [256, -1, 0.5])
    await refusedAs(wrong(value), `model: "pictures", row 2: needs a whole number from 0 to 255, got ${value}`);
});

test('a model of series that are scaled each by itself takes mean and scale of the recording', async () => {
  const { model, item } = await modelOf('series, each recording by itself');
  assert.deepEqual(
    model.inputs.map(({ column, kind, ...rest }) => [column, kind, rest]),
    [
      ['windows', 'series', { shape: [2, 8], dtype: 'float32' }],
      ['mean', 'of the recording', { shape: [2], dtype: 'float64' }],
      ['scale', 'of the recording', { shape: [2], dtype: 'float64' }],
    ],
  );
  const { windows, mean, scale } = Object.fromEntries(
    Object.entries(item(5)).map(([key, { data }]) => [key, Array.from(data as Float64Array)]),
  );
  const [one, two] = await model.predict({ windows: [...windows, ...windows], mean, scale });
  assert.deepEqual(one, two);
  await refusedAs(
    model.predict({ windows, mean: [1], scale }),
    'model: "mean" has length 1, not 2 (a number for each channel of the recording)',
  );
  await refusedAs(
    model.predict({ windows: windows.with(3, Number.NaN), mean, scale }),
    'model: "windows", row 1: needs a finite number, got NaN',
  );
  await refusedAs(
    model.predict({ windows, mean, scale: [1, 0] }),
    'model: "scale": needs a finite number above 0, got 0',
  );
});
