import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array } from '../../src/array/array.ts';
import { stream } from '../../src/array/random.ts';
import { applyPictures, fitPictures } from '../../src/data/pictures/normalise.ts';
import { probabilities } from '../../src/evaluate/decide.ts';
import { exportPictureModel, PIXEL } from '../../src/evaluate/export-pictures.ts';
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

for (const { name } of encoders.filter(({ takes }) => takes.includes('pictures')))
  for (const layout of ['hwc', 'chw'] as const)
    test(`${name}, ${layout}: pixels in, the net's numbers out, for any number of pictures`, async () => {
      const random = stream(3, 'pixels');
      const pixels = Uint8Array.from({ length: 5 * 3 * 8 * 6 }, () => random.integer(256));
      const set = { count: 5, shape: [3, 8, 6] as const, pixels };
      const preprocessing = { ...fitPictures(set, [0, 1, 2, 3, 4]), layout };
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
        const planes = pixels.subarray(0, rows * 3 * 8 * 6);
        const last = (i: number) => Math.floor(i / 144) * 144 + (i % 3) * 48 + (Math.floor(i / 3) % 48);
        const some = layout === 'chw' ? planes : planes.map((_, i) => planes[last(i)]);
        const shape = layout === 'hwc' ? [rows, 8, 6, 3] : [rows, 3, 8, 6];
        const got = await program.run({ pictures: feed(array(PIXEL, shape, some)) });
        const expected = await new Trainer().run(
          plan,
          net,
          applyPictures(
            preprocessing,
            set,
            Array.from({ length: rows }, (_, i) => i),
          ),
          ['logits', 'embeddings'],
        );
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
