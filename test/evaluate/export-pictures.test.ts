import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array } from '../../src/array/array.ts';
import { stream } from '../../src/array/random.ts';
import { probabilities } from '../../src/evaluate/decide.ts';
import {
  applyPictures,
  exportPictureModel,
  fitPictures,
  PIXEL,
  type PictureLayout,
} from '../../src/evaluate/export-pictures.ts';
import { parseMethod } from '../../src/methods/index.ts';
import { encoders } from '../../src/nn/encoders/index.ts';
import { initialise } from '../../src/nn/variable.ts';
import { describeModel } from '../../src/onnx/decode.ts';
import { feed, loadModel, read } from '../../src/runtime/session.ts';
import { netOf } from '../../src/train/graphs.ts';
import { type TrainingPlan, trainingDefaults } from '../../src/train/plan.ts';
import { Trainer } from '../../src/train/trainer.ts';

const CLASSES = ['cat', 'dog'];
const smaller: Readonly<Record<string, object>> = {
  'cnn-2d': { widths: [4, 6], embedding: 5 },
  'resnet-cifar': { widths: [4, 6], blocks: 1 },
};

test('mean and scale by hand; both layouts give the same inputs', () => {
  const hwc: PictureLayout = { layout: 'hwc', channels: 2, height: 1, width: 3 };
  const pixels = Uint8Array.of(0, 9, 255, 9, 51, 9);
  const fitted = fitPictures(pixels, hwc);
  assert.ok(Math.abs(fitted.mean[0] - 0.4) < 1e-12);
  assert.ok(Math.abs(fitted.scale[0] - Math.sqrt((0.16 + 0.36 + 0.04) / 3)) < 1e-12);
  assert.deepEqual([fitted.mean[1], fitted.scale[1]], [9 / 255, 1]);
  const x = applyPictures(fitted, pixels);
  const chw = fitPictures(Uint8Array.of(0, 255, 51, 9, 9, 9), { ...hwc, layout: 'chw' });
  assert.deepEqual({ ...chw, layout: 'hwc' }, fitted);
  assert.deepEqual(applyPictures(chw, Uint8Array.of(0, 255, 51, 9, 9, 9)), x);
  [-0.4, 0.6, -0.2].forEach((off, i) => {
    assert.ok(Math.abs(x[i] - off / fitted.scale[0]) < 1e-6);
  });
  assert.deepEqual([...x.subarray(3)], [0, 0, 0]);
  assert.throws(() => applyPictures(fitted, pixels.subarray(1)), /5 pixels.*1 x 3 x 2/);
  assert.throws(() => fitPictures(new Uint8Array(), hwc), RangeError);
});

for (const { name } of encoders.filter(({ takes }) => takes.includes('pictures')))
  for (const layout of ['hwc', 'chw'] as const)
    test(`${name}, ${layout}: pixels in, the net's numbers out, for any number of pictures`, async () => {
      const size = { layout, channels: 3, height: 8, width: 6 };
      const random = stream(3, 'pixels');
      const pixels = Uint8Array.from({ length: 5 * 3 * 8 * 6 }, () => random.integer(256));
      const preprocessing = fitPictures(pixels, size);
      const plan: TrainingPlan = {
        ...trainingDefaults,
        spec: parseMethod('cross-entropy'),
        encoder: { kind: name, ...smaller[name] },
        shape: [3, 8, 6],
        classes: 2,
        steps: 1,
      };
      const layers = netOf(plan);
      const buffers = initialise(layers.buffers, random).map((value) => value + 0.5 + random.uniform());
      const net = { parameters: initialise(layers.parameters, random), buffers, counts: [7, 3], keptAt: 1 };
      const model = exportPictureModel(preprocessing, { plan, net, classes: CLASSES, gamma: -0.5 });
      const program = await loadModel<'embeddings' | 'probabilities'>(model);
      for (const rows of [1, 5]) {
        const some = pixels.subarray(0, rows * 3 * 8 * 6);
        const shape = layout === 'hwc' ? [rows, 8, 6, 3] : [rows, 3, 8, 6];
        const got = await program.run({ pictures: feed(array(PIXEL, shape, some)) });
        const expected = await new Trainer().run(plan, net, applyPictures(preprocessing, some), [
          'logits',
          'embeddings',
        ]);
        const p = probabilities(expected.logits, net.counts, -0.5);
        read(got.probabilities, 'float32').forEach((value, i) => {
          assert.ok(Math.abs(value - p[i]) < 2e-5, `${value} against ${p[i]}`);
        });
        read(got.embeddings, 'float32').forEach((value, i) => {
          assert.ok(Math.abs(value - expected.embeddings[i]) < 2e-5);
        });
      }
      await program.release();
      const { inputs, metadata } = describeModel(model);
      assert.deepEqual(inputs[0].shape, layout === 'hwc' ? ['rows', 8, 6, 3] : ['rows', 3, 8, 6]);
      assert.deepEqual(JSON.parse(metadata.classes), CLASSES);
      assert.deepEqual(JSON.parse(metadata.preprocessing), JSON.parse(JSON.stringify(preprocessing)));
      const other = { plan: { ...plan, shape: [3, 8, 7] }, net, classes: CLASSES, gamma: 0 };
      assert.throws(() => exportPictureModel(preprocessing, other), /pictures are \[3,8,6\]/);
    });
