import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { parseMethod } from '../../src/methods/index.ts';
import type { TrainingState } from '../../src/train/checkpoint.ts';
import { type Rows, type TrainingPlan, trainingDefaults } from '../../src/train/plan.ts';
import { Trainer } from '../../src/train/trainer.ts';

const random = stream(5, 'augmented');
const series: Rows = {
  x: Float32Array.from({ length: 60 * 2 * 16 }, () => random.normal()),
  labels: Int32Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? 1 : 0)),
};
const plan = (augment?: TrainingPlan['augment'], method = 'allnc'): TrainingPlan => ({
  ...trainingDefaults,
  spec: parseMethod(method),
  encoder: { kind: 'resnet-1d', widths: [4], kernels: [3] },
  shape: [2, 16],
  classes: 2,
  steps: 12,
  batch: 10,
  ...(augment && { augment }),
});
const options = { seed: 3, trial: [0, 1] };

test('changes of no strength: the bits of a training without any', async () => {
  const trainer = new Trainer();
  const without = await trainer.train(plan(), series, options);
  const still = await trainer.train(plan({ kind: 'series', settings: { jitter: 0 } }), series, options);
  assert.deepEqual(still.parameters, without.parameters);
  assert.deepEqual(still.buffers, without.buffers);
});

test('same seed, same bits; the strength matters; classes can be left alone', async () => {
  const trainer = new Trainer();
  const train = async (augment: TrainingPlan['augment'], seed = 3) =>
    (await trainer.train(plan(augment, 'mixup'), series, { ...options, seed })).parameters;
  const jitter = { kind: 'series', settings: { jitter: 0.2, shift: 2 } } as const;
  const one = await train(jitter);
  assert.deepEqual(await train(jitter), one);
  assert.notDeepEqual(await train({ ...jitter, settings: { jitter: 0.1, shift: 2 } }), one);
  assert.notDeepEqual(await train({ ...jitter, except: [1] }), one);
  const plainly = await train(undefined);
  assert.deepEqual(await train({ ...jitter, except: [0, 1] }), plainly);
});

test('stopped and taken up again: the same changes in every step', async () => {
  const trainer = new Trainer();
  const jitter = { kind: 'series', settings: { jitter: 0.2, warp: 0.2 } } as const;
  const states: TrainingState[] = [];
  const whole = await trainer.train(plan(jitter), series, {
    ...options,
    checkpointEvery: 5,
    onCheckpoint: (state) => states.push(state),
  });
  for (const resume of states.slice(0, 2)) {
    const again = await trainer.train(plan(jitter), series, { ...options, resume });
    assert.deepEqual(again.parameters, whole.parameters);
  }
  assert.equal(states.length, 2);
});
