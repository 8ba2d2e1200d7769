import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { array, float32, type NdArray } from '../../../src/array/array.ts';
import { applySeries, recordingMoments, windowValues } from '../../../src/data/series/index.ts';
import { fitRepresentation } from '../../../src/evaluate/represent/trial.ts';
import { modelPath } from '../../../src/pilot/final.ts';
import { saveEncoders } from '../../../src/pilot/represent/final.ts';
import { feed, loadModel, read } from '../../../src/runtime/session.ts';
import { RepresentationTrainer } from '../../../src/train/represent/trainer.ts';
import type { Toy } from '../../evaluate/represent/toy.ts';
import { planOf } from './synthetic.ts';

const trainer = new RepresentationTrainer();
const STEPS = 6;
const toy: Toy = { groups: 4, windows: 12 };

for (const { encoder, scaling, method } of [
  { encoder: 'pointwise:widths=12+6', scaling: 'recording', method: 'vicreg' },
  { encoder: 'context:widths=12+6', scaling: 'global', method: 'supervised' },
] as const)
  test(`${method}, ${encoder}, scaling ${scaling}: the model file gives the trainer's embeddings of raw windows`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evenhand-encoder-'));
    const features = { features: 'stft', scaling } as const;
    const plan = planOf({ encoder, features, steps: 5, sequence: STEPS, candidate: method, repeats: 1 }, toy);
    const costs = await saveEncoders(plan, [method], { folder, workers: 1 });
    assert.deepEqual([...costs.keys()], [method]);
    const bytes = readFileSync(modelPath(folder, method));
    assert.equal(costs.get(method)?.modelBytes, bytes.byteLength);
    assert.ok(costs.get(method)!.inferenceMicroseconds! > 0);

    // The same training here, of the same bits.
    const { windows } = plan.data;
    const { settings } = plan.trials.find(({ training }) => training === method)!;
    const all = Int32Array.from({ length: windows.rows }, (_, i) => i);
    const fold = { repeat: 0, fold: -1, train: all, validation: new Int32Array(), test: new Int32Array() };
    const { net, preprocessing, plan: own } = await fitRepresentation(trainer, plan.data, fold, settings);
    const full = { ...own, spec: settings.plan.spec };

    const together = encoder.startsWith('context');
    const model = await loadModel<'embeddings'>(bytes);
    for (const r of [0, 2]) {
      const rows = all.filter((row) => windows.recording[row] === r);
      const runs = together ? [STEPS, STEPS] : [rows.length];
      const expected = await trainer.embed(full, net, applySeries(preprocessing, windows, rows), runs);
      const shape = together ? [2, STEPS, 2, 8] : [rows.length, 2, 8];
      const feeds: Record<string, NdArray> = { windows: float32(shape, windowValues(windows, rows)) };
      if (scaling === 'recording') {
        const { mean, scale } = recordingMoments(preprocessing, windows, `r${r}`);
        feeds.mean = array('float64', [mean.length], Float64Array.from(mean));
        feeds.scale = array('float64', [scale.length], Float64Array.from(scale));
      }
      const { embeddings } = await model.run(
        Object.fromEntries(Object.entries(feeds).map(([name, value]) => [name, feed(value)])),
      );
      assert.deepEqual(embeddings.dims, [...shape.slice(0, -2), 6]);
      const got = read(embeddings, 'float32');
      assert.equal(got.length, expected.embeddings.length);
      got.forEach((value, i) => {
        assert.ok(Math.abs(value - expected.embeddings[i]) < 1e-4, `${i}: ${value}, ${expected.embeddings[i]}`);
      });
      assert.ok(Math.max(...got) - Math.min(...got) > 0.1);
    }
    await model.release();
  });

test('what has no trained encoder has no file, and nothing is made for it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'evenhand-encoder-'));
  const names = ['raw', 'untrained', 'minirocket'];
  const plan = planOf({ baseline: 'raw', candidate: 'untrained', references: ['minirocket'], repeats: 1 }, toy);
  assert.equal((await saveEncoders(plan, names, { folder, workers: 1 })).size, 0);
  const bare = planOf({ candidate: 'supervised', repeats: 1, sequence: STEPS }, { ...toy, label: null });
  assert.equal((await saveEncoders(bare, ['supervised'], { folder, workers: 1 })).size, 0);
  assert.equal(existsSync(join(folder, 'models')), false);
});
