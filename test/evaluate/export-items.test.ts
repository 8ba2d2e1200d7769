import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { applyItems } from '../../src/data/items/fit.ts';
import type { Items } from '../../src/data/items/items.ts';
import { makeWindows, type RecordingSet } from '../../src/data/series/index.ts';
import { probabilities } from '../../src/evaluate/decide.ts';
import { exportClassifier, rawItem } from '../../src/evaluate/export-items.ts';
import { completePlan, fit } from '../../src/evaluate/trial.ts';
import type { EncoderSpec } from '../../src/nn/encoders/index.ts';
import { feed, loadModel, read } from '../../src/runtime/session.ts';
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
    const program = await loadModel<'probabilities'>(model);
    for (const row of [0, 31, 89]) {
      const x = applyItems(own.fitted, items, Int32Array.of(row));
      const { logits } = await trainer.run(plan, own.net, x, ['logits']);
      const expected = probabilities(logits, own.net.counts, 0.3);
      const raw = Object.entries(rawItem(own.fitted, items, row)).map(([key, value]) => [key, feed(value)]);
      const got = read((await program.run(Object.fromEntries(raw), { probabilities: null })).probabilities, 'float32');
      got.forEach((p, c) => {
        assert.ok(Math.abs(p - expected[c]) < 2e-5, `row ${row}, class ${c}: ${p} against ${expected[c]}`);
      });
    }
    await program.release();
  });
