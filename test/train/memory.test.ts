import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { parseMethod } from '../../src/methods/index.ts';
import { type TrainingPlan, trainingDefaults } from '../../src/train/plan.ts';
import { Trainer } from '../../src/train/trainer.ts';

test('a thousand steps take no more memory than the first hundred', async () => {
  const plan: TrainingPlan = {
    ...trainingDefaults,
    spec: parseMethod('allnc'),
    shape: [40],
    encoder: { kind: 'mlp', widths: [512, 512] },
    classes: 3,
    batch: 16,
    steps: 1100,
    checks: 11,
  };
  const random = stream(3, 'rows');
  const rows = {
    x: Float32Array.from({ length: 90 * 40 }, () => random.normal()),
    labels: Int32Array.from({ length: 90 }, (_, i) => i % 3),
  };
  const sizes: number[] = [];
  await new Trainer().train(plan, rows, {
    seed: 1,
    validation: rows,
    score: (logits) => logits[0],
    onStep: ({ step }) => {
      if (step % 100 === 0) sizes.push(process.memoryUsage().rss / 2 ** 20);
    },
  });
  assert.equal(sizes.length, 11);
  const growth = sizes[10] - sizes[0];
  // Pages that the collector has not given back yet. A state (3 vectors of 1.1 MiB) kept from each of the 40 runs and
  // more would be 130.
  assert.ok(growth < 80, `from ${sizes[0].toFixed(0)} MiB after 100 steps to ${sizes[10].toFixed(0)} MiB after 1,100`);
});
