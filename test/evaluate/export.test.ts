import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { array } from '../../src/array/array.ts';
import { applyPreprocessing } from '../../src/data/preprocess.ts';
import { probabilities } from '../../src/evaluate/decide.ts';
import { exportModel, rawInputs } from '../../src/evaluate/export.ts';
import { completePlan, fit } from '../../src/evaluate/trial.ts';
import { describeModel } from '../../src/onnx/decode.ts';
import { feed, loadModel, read } from '../../src/runtime/session.ts';
import { netOf } from '../../src/train/graphs.ts';
import { Trainer } from '../../src/train/trainer.ts';
import { mixedTable, ofTable, smallSettings, split, tableData } from './tables.ts';

const stored = (name: string) => readFileSync(new URL(`reference/${name}`, import.meta.url));

async function run(model: Uint8Array, raw: ReturnType<typeof rawInputs>): Promise<Float32Array> {
  const program = await loadModel<'probabilities'>(model);
  const feeds = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, feed(value)]));
  return read((await program.run(feeds, { probabilities: null })).probabilities, 'float32');
}

for (const method of ['cross-entropy', 'ldam-drw', 'allnc', 'cross-entropy with embeddings'])
  test(`${method}: the exported model takes raw columns and gives the trained net's probabilities`, async () => {
    const { inputs, labels, classes } = mixedTable();
    const data = tableData(inputs, labels, classes.length);
    const trainer = new Trainer();
    const [name, , embeddings] = method.split(' ');
    const small = smallSettings(name);
    const encoder = embeddings ? { ...small.plan.encoder, embeddings: 'categories' } : small.plan.encoder;
    const settings = { ...small, plan: { ...small.plan, encoder } };
    const fitted = await fit(trainer, data, split(labels.length), settings);
    const plan = completePlan(settings.plan, fitted.fitted, classes.length);
    assert.equal(
      netOf(plan).parameters.some((v) => v.name.startsWith('encoder.embedding')),
      Boolean(embeddings),
    );
    const rows = Int32Array.from(labels.keys());
    const x = applyPreprocessing(ofTable(fitted), inputs, rows);
    const { logits } = await trainer.run(plan, fitted.net, x, ['logits']);
    const expected = probabilities(logits, fitted.net.counts, 0.4);
    const model = exportModel({ ...fitted, preprocessing: ofTable(fitted), plan }, classes, 0.4);
    const got = await run(model, rawInputs(ofTable(fitted), inputs, rows));
    assert.equal(got.length, expected.length);
    got.forEach((p, i) => {
      assert.ok(Math.abs(p - expected[i]) < 2e-5, `row ${Math.floor(i / 3)}: ${p} against ${expected[i]}`);
    });
    const { inputs: names, outputs, metadata } = describeModel(model);
    assert.deepEqual(
      names.map((n) => [n.name, n.dtype, n.shape]),
      [
        ['size [µm]', 'float64', ['rows', 1]],
        ['on', 'float64', ['rows', 1]],
        ['kind', 'string', ['rows', 1]],
        ['stamp', 'float64', ['rows', 1]],
      ],
    );
    assert.deepEqual(
      outputs.map((o) => o.name),
      ['probabilities', 'embeddings'],
    );
    assert.deepEqual(JSON.parse(metadata.classes), classes);
  });

test('an unseen category and missing values are answered, rows add up to 1', async () => {
  const raw = {
    'size [µm]': array('float64', [2, 1], new Float64Array([Number.NaN, 1e9])),
    on: array('float64', [2, 1], new Float64Array([1, Number.NaN])),
    kind: array('string', [2, 1], ['', 'never seen']),
    stamp: array('float64', [2, 1], new Float64Array([Number.NaN, 4e9])),
  };
  const p = await run(stored('model.onnx'), raw);
  for (const row of [p.subarray(0, 3), p.subarray(3)])
    assert.ok(Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 1e-6 && row.every((v) => v >= 0));
});

test('a value far outside what training saw gives finite answers, the same as in the pilot', async () => {
  const { inputs, labels, classes } = mixedTable();
  const trainer = new Trainer();
  const settings = smallSettings('allnc');
  const data = tableData(inputs, labels, classes.length);
  const fitted = await fit(trainer, data, split(labels.length), settings);
  const plan = completePlan(settings.plan, fitted.fitted, classes.length);
  const far = inputs.map((column) =>
    column.kind === 'number' ? { ...column, values: column.values.map(() => -1e300) } : column,
  );
  const x = applyPreprocessing(ofTable(fitted), far, Int32Array.of(0));
  assert.ok(x.every(Number.isFinite));
  const { logits } = await trainer.run(plan, fitted.net, x, ['logits']);
  const expected = probabilities(logits, fitted.net.counts, 0);
  const got = await run(
    exportModel({ ...fitted, preprocessing: ofTable(fitted), plan }, classes, 0),
    rawInputs(ofTable(fitted), far, [0]),
  );
  expected.forEach((p, i) => {
    assert.ok(Math.abs(p - got[i]) < 2e-5, `${got[i]} against ${p}`);
  });
});

test("Node and Python's onnxruntime give the same numbers on a stored model", async () => {
  const { raw } = JSON.parse(stored('rows.json').toString()) as {
    raw: { name: string; dtype: 'float64' | 'string'; values: (number | string | null)[] }[];
  };
  const feeds = Object.fromEntries(
    raw.map(({ name, dtype, values }) => [
      name,
      dtype === 'string'
        ? array('string', [values.length, 1], values as string[])
        : array(
            'float64',
            [values.length, 1],
            Float64Array.from(values, (v) => (v === null ? Number.NaN : Number(v))),
          ),
    ]),
  );
  const expected = (JSON.parse(stored('probabilities.json').toString()) as { probabilities: number[][] }).probabilities;
  const got = await run(stored('model.onnx'), feeds);
  expected.flat().forEach((p, i) => {
    assert.ok(Math.abs(p - got[i]) < 1e-6, `${i}: ${got[i]}, Python ${p}`);
  });
});
