import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { InputError } from '../../src/array/errors.ts';
import { stream } from '../../src/array/random.ts';
import { parseMethod } from '../../src/methods/index.ts';
import { loadCheckpoint, saveCheckpoint } from '../../src/train/checkpoint.ts';
import type { Looks } from '../../src/train/loop.ts';
import type { TrainingPlan } from '../../src/train/plan.ts';
import { Trainer } from '../../src/train/trainer.ts';

const trainer = new Trainer();
const plan: TrainingPlan = {
  spec: parseMethod('allnc'),
  shape: [3],
  classes: 3,
  encoder: { kind: 'mlp', widths: [8, 6] },
  steps: 60,
  batch: 16,
  optimiser: { kind: 'adamw', weightDecay: 1e-4 },
  learningRate: 1e-2,
  schedule: { kind: 'cosine' },
  checks: 4,
};

function rows() {
  const random = stream(1, 'rows');
  const labels = Int32Array.from({ length: 90 }, (_, i) => (i % 9 === 0 ? 2 : i % 3 === 0 ? 1 : 0));
  const x = Float32Array.from({ length: 270 }, (_, i) => random.normal() + labels[Math.floor(i / 3)]);
  return { x, labels };
}

const score = (logits: Float32Array) => Math.round(1e4 * Math.sin(logits[0]));
const options = () => ({ seed: 5, trial: [1, 2], validation: rows(), score });

/** Tells the step and the sum of the net's numbers. */
const looks = (at: readonly number[]): Looks<{ step: number; sum: number }> => ({
  at,
  onLook: async ({ parameters }, step) => ({ step, sum: parameters.reduce((sum, p) => sum + p, 0) }),
});
const at = [0, 7, 15, 41, 60];

for (const [what, more] of [
  ['with early stopping', {}],
  ['with averaged weights', { average: 0.9 }],
  ['with a classifier that is learnt anew', { spec: parseMethod('crt') }],
] as const)
  test(`looks change no bit of a training ${what}, and come at their steps`, async () => {
    const own = { ...plan, ...more };
    const without = await trainer.train(own, rows(), options());
    const { looks: seen, ...net } = await trainer.train(own, rows(), { ...options(), looks: looks(at) });
    assert.deepEqual(
      seen.map(({ step }) => step),
      at,
    );
    assert.equal(new Set(seen.map(({ sum }) => sum)).size, at.length, 'every look sees another net');
    assert.deepEqual({ ...net, looks: [] }, without);
  });

test('without a validation part: the last look sees the net that is given back', async () => {
  const net = await trainer.train(plan, rows(), { seed: 5, looks: looks(at) });
  assert.equal(net.keptAt, 60);
  assert.equal(
    net.looks.at(-1)!.sum,
    net.parameters.reduce((sum, p) => sum + p, 0),
  );
});

test('the looks before a stop stand in the checkpoint: resumed, all are there and each is taken once', async () => {
  const whole = await trainer.train(plan, rows(), { ...options(), looks: looks(at) });
  const path = join(mkdtempSync(join(tmpdir(), 'evenhand-looks-')), 'state.safetensors');
  for (const stopAt of [0, 15, 30]) {
    const stop = new AbortController();
    if (stopAt === 0) stop.abort(new Error('enough'));
    const stopped = trainer.train(plan, rows(), {
      ...options(),
      looks: looks(at),
      signal: stop.signal,
      onStep: ({ step }) => step >= stopAt && stop.abort(new Error('enough')),
      onCheckpoint: (state) => saveCheckpoint(path, state),
    });
    await assert.rejects(stopped, /enough/);
    const resume = loadCheckpoint(path);
    const before = at.filter((step) => step <= resume.step);
    assert.deepEqual(resume.looks, whole.looks.slice(0, before.length));
    const taken: number[] = [];
    const resumed = await trainer.train(plan, rows(), {
      ...options(),
      resume,
      looks: {
        at,
        onLook: (net, step) => {
          taken.push(step);
          return looks(at).onLook(net, step);
        },
      },
    });
    assert.deepEqual(taken, at.slice(before.length));
    assert.deepEqual(resumed, whole);
  }
});

test('a checkpoint with looks at other steps, or without, belongs to another training', async () => {
  let state: ReturnType<typeof loadCheckpoint> | undefined;
  await trainer.train(plan, rows(), {
    ...options(),
    looks: looks(at),
    checkpointEvery: 30,
    onCheckpoint: (now) => {
      state ??= now;
    },
  });
  for (const other of [{ looks: looks([0, 60]) }, {}])
    await assert.rejects(
      trainer.train(plan, rows(), { ...options(), ...other, resume: state }),
      (error) => error instanceof InputError && /another training/.test(error.message),
    );
});
