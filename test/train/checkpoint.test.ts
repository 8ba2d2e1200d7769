import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { InputError } from '../../src/array/errors.ts';
import { stream } from '../../src/array/random.ts';
import { parseMethod } from '../../src/methods/index.ts';
import { loadCheckpoint, saveCheckpoint, type TrainingState } from '../../src/train/checkpoint.ts';
import { DivergenceError, type StepEvent } from '../../src/train/loop.ts';
import type { TrainingPlan } from '../../src/train/plan.ts';
import { Trainer } from '../../src/train/trainer.ts';

const folder = mkdtempSync(join(tmpdir(), 'evenhand-checkpoint-'));

const plan: TrainingPlan = {
  spec: parseMethod('allnc'),
  shape: [3],
  classes: 3,
  encoder: { kind: 'mlp', widths: [8, 6] },
  steps: 130,
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

/** A score that depends on the answers, so that early stopping has something to choose from. */
const score = (logits: Float32Array) => Math.round(1e4 * Math.sin(logits[0]));
const options = () => ({ seed: 5, trial: [1, 2], validation: rows(), score });

test('stopped and resumed from the file: the same bits, the same early stopping', async () => {
  const whole = await new Trainer().train(plan, rows(), options());
  const path = join(folder, 'state.safetensors');
  const stop = new AbortController();
  const stopped = new Trainer().train(plan, rows(), {
    ...options(),
    signal: stop.signal,
    onStep: ({ step }) => {
      if (step >= 60) stop.abort(new Error('enough'));
    },
    onCheckpoint: (state) => saveCheckpoint(path, state),
  });
  await assert.rejects(stopped, /enough/);
  const resume = loadCheckpoint(path);
  assert.ok(resume.step >= 60 && resume.step < 130, `stopped at ${resume.step}`);
  assert.ok(resume.best);
  const resumed = await new Trainer().train(plan, rows(), { ...options(), resume });
  assert.deepEqual(resumed, whole);
  assert.deepEqual(readdirSync(folder), ['state.safetensors']);
});

test('checkpoints come at the steps asked for and change no number', async () => {
  const states: TrainingState[] = [];
  const net = await new Trainer().train(plan, rows(), {
    ...options(),
    checkpointEvery: 40,
    onCheckpoint: (state) => states.push(state),
  });
  assert.deepEqual(
    states.map((s) => s.step),
    [40, 80, 120],
  );
  assert.deepEqual(net, await new Trainer().train(plan, rows(), options()));
});

test('a checkpoint of another training, and a damaged one, are refused by name', async () => {
  const path = join(folder, 'other.safetensors');
  await new Trainer().train(plan, rows(), {
    ...options(),
    checkpointEvery: 100,
    onCheckpoint: (state) => saveCheckpoint(path, state),
  });
  const resume = loadCheckpoint(path);
  await assert.rejects(
    new Trainer().train(plan, rows(), { ...options(), seed: 6, resume }),
    (error) => error instanceof InputError && /belongs to another training/.test(error.message),
  );
  const bytes = readFileSync(path);
  for (const damaged of [bytes.subarray(0, bytes.length - 5), bytes.subarray(0, 40), Buffer.from('not one')]) {
    writeFileSync(path, damaged);
    assert.throws(
      () => loadCheckpoint(path),
      (error) => error instanceof InputError && error.message.includes(path),
    );
  }
});

test('events: steps in order, loss parts by name and falling, learning rate along the cosine', async () => {
  const events: StepEvent[] = [];
  await new Trainer().train(plan, rows(), { seed: 1, onStep: (event) => events.push(event) });
  assert.equal(events.at(-1)?.step, 130);
  assert.ok(
    events.every((e, i) => e.steps === 130 && e.stepsPerSecond > 0 && (i === 0 || e.step > events[i - 1].step)),
  );
  assert.deepEqual(Object.keys(events[0].losses), ['classification', 'hycon', 'p2p']);
  assert.ok(events[0].losses.classification > events.at(-1)!.losses.classification);
  assert.ok(events[0].learningRate > events.at(-1)!.learningRate);
});

test('divergence keeps the last good state', async () => {
  const { x, labels } = rows();
  // Only one row is poisoned: the steps before it is drawn are good.
  x[3 * 17] = Number.NaN;
  await assert.rejects(new Trainer().train({ ...plan, batch: 2 }, { x, labels }, { seed: 9 }), (error) => {
    assert.ok(error instanceof DivergenceError);
    const at = Number(/at step (\d+) of 130/.exec(error.message)?.[1]);
    assert.ok(error.lastGood.step < at);
    for (const data of Object.values(error.lastGood.tensors)) assert.ok(data.every(Number.isFinite));
    return true;
  });
});
