import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { InputError } from '../../src/array/errors.ts';
import { stream } from '../../src/array/random.ts';
import { decide } from '../../src/evaluate/decide.ts';
import { modelOutputs } from '../../src/evaluate/export-net.ts';
import { input } from '../../src/graph/ops/index.ts';
import { effectiveNumber, inverseFrequency } from '../../src/methods/class-weighted.ts';
import { methods, parseMethod } from '../../src/methods/index.ts';
import { initialise, viewOf } from '../../src/nn/variable.ts';
import { encodeModel } from '../../src/onnx/encode.ts';
import type { TrainingState } from '../../src/train/checkpoint.ts';
import { netOf } from '../../src/train/graphs.ts';
import { DivergenceError, type StepEvent } from '../../src/train/loop.ts';
import type { TrainingPlan } from '../../src/train/plan.ts';
import { rateAt, stageStarts } from '../../src/train/stages.ts';
import { Trainer } from '../../src/train/trainer.ts';

/** Three Gaussians at the corners of a triangle, 300, 60 and 15 rows. */
function toy() {
  const random = stream(5, 'toy');
  const counts = [300, 60, 15];
  const labels = Int32Array.from(counts.flatMap((n, c) => new Array<number>(n).fill(c)));
  const x = new Float32Array(labels.length * 2);
  labels.forEach((label, i) => {
    x[2 * i] = 0.7 * random.normal() + (label === 1 ? 4 : 0);
    x[2 * i + 1] = 0.7 * random.normal() + (label === 2 ? 4 : 0);
  });
  return { x, labels };
}

const planOf = (name: string): TrainingPlan => ({
  spec: parseMethod(name),
  shape: [2],
  classes: 3,
  encoder: { kind: 'mlp', widths: [16, 8] },
  steps: 150,
  batch: 32,
  optimiser: { kind: 'adamw', weightDecay: 1e-4 },
  learningRate: 1e-2,
  schedule: { kind: 'cosine' },
  checks: 5,
});

const variants = [
  // A fifth of so few steps teaches a fresh head little.
  ...methods.map((m) => (m.name === 'crt' ? 'crt:from=0.5' : m.name)),
  'allnc:kind=blur',
  'allnc:kind=etf',
  'allnc:floor=1:hycon=0:p2p=0',
  'allnc:preset=predictive',
  'supcon-balanced:projection=0',
];

for (const name of variants) {
  test(`method ${name}: learns a toy problem, honours its seed, same seed gives the same bits`, async () => {
    const rows = toy();
    const train = (seed: number) => new Trainer().train(planOf(name), rows, { seed });
    const net = await train(1);
    const { logits } = await new Trainer().run(planOf(name), net, rows.x, ['logits']);
    const { method, settings } = parseMethod(name);
    const answers = decide(logits, net.counts, method.decision?.(settings) ?? 0);
    const recall = [0, 1, 2].map((c) => {
      const own = [...rows.labels.keys()].filter((i) => rows.labels[i] === c);
      return own.filter((i) => answers[i] === c).length / own.length;
    });
    const macro = recall.reduce((a, b) => a + b, 0) / 3;
    assert.ok(macro > 0.8, `macro recall ${macro}, chance is 0.33`);
    const again = await train(1);
    assert.deepEqual(again.parameters, net.parameters);
    assert.deepEqual(again.buffers, net.buffers);
    assert.notDeepEqual((await train(2)).parameters, net.parameters);
  });
}

test('AllNC with floor 1, hycon 0 and p2p 0 is balanced softmax to the bit', async () => {
  const rows = toy();
  const train = (name: string) => new Trainer().train(planOf(name), rows, { seed: 4 });
  assert.deepEqual(
    (await train('allnc:floor=1:hycon=0:p2p=0')).parameters,
    (await train('balanced-softmax')).parameters,
  );
});

test('tau-norm learns the very numbers of cross-entropy', async () => {
  const rows = toy();
  const train = (name: string) => new Trainer().train(planOf(name), rows, { seed: 4 });
  assert.deepEqual((await train('tau-norm')).parameters, (await train('cross-entropy')).parameters);
});

test('supcon-balanced of weight 0 is balanced softmax to the bit', async () => {
  const rows = toy();
  const train = (name: string) => new Trainer().train(planOf(name), rows, { seed: 4 });
  assert.deepEqual((await train('supcon-balanced:weight=0')).parameters, (await train('balanced-softmax')).parameters);
});

test('cRT: the fresh head stands still until the last fifth, everything else in it', async () => {
  const plan = planOf('crt');
  const states: TrainingState[] = [];
  await new Trainer().train(plan, toy(), { seed: 1, checkpointEvery: 30, onCheckpoint: (s) => states.push(s) });
  const { parameters } = netOf(plan);
  const moved = (name: string, from: number, to: number) => {
    const [a, b] = [from, to].map((step) => {
      const state = states.find((s) => s.step === step);
      return viewOf(state!.tensors.parameters, parameters, name);
    });
    return a.some((v, i) => v !== b[i]);
  };
  for (const { name } of parameters) {
    const fresh = name === 'head.weight' || name === 'head.bias';
    assert.deepEqual([moved(name, 30, 120), moved(name, 120, 150)], [!fresh, fresh], name);
  }
  const [early, middle, late] = [30, 120, 150].map((step) => states.find((s) => s.step === step)!.tensors.buffers);
  assert.notDeepEqual(early, middle);
  assert.deepEqual(late, middle);
});

test('cRT: learning rate and early stopping start anew with the last fifth', async () => {
  const plan = planOf('crt');
  const rates = [0, 60, 119, 120, 135, 149].map((t) => rateAt(plan, t) / plan.learningRate);
  const cosine = [0, 60 / 120, 119 / 120, 0, 15 / 30, 29 / 30].map((u) => (1 + Math.cos(Math.PI * u)) / 2);
  rates.forEach((rate, i) => {
    const wanted = cosine[i] * (i < 3 ? 1 : 10);
    assert.ok(Math.abs(rate - wanted) < 1e-12, `${rate}, not ${wanted}`);
  });
  assert.deepEqual(stageStarts({ ...planOf('crt:from=0.7'), steps: 10 }), [0, 7]);
  let looks = 0;
  const rows = toy();
  const score = () => -looks++;
  const net = await new Trainer().train({ ...plan, checks: 10 }, rows, { seed: 1, validation: rows, score });
  assert.deepEqual([looks, net.keptAt], [2, 135]);
});

test('what a method learns for the training alone is in no model in use', () => {
  const bytes = (name: string) => {
    const plan = { ...planOf(name), classes: 3 };
    const layers = netOf(plan);
    const random = stream(1, 'init');
    const [parameters, buffers] = [initialise(layers.parameters, random), initialise(layers.buffers, random)];
    const net = { parameters, buffers, counts: [3, 2, 1], keptAt: 1 };
    const outputs = modelOutputs({ plan, net, classes: ['a', 'b', 'c'], gamma: 0 }, input('x', ['rows', 2]));
    return { parameters: parameters.length, bytes: encodeModel(outputs, {}).byteLength };
  };
  const plain = bytes('allnc');
  for (const name of ['allnc:preset=predictive', 'supcon-balanced', 'crt']) {
    const own = bytes(name);
    assert.ok(own.parameters > plain.parameters, name);
    assert.equal(own.bytes, plain.bytes, name);
  }
});

test("mixup: inputs and labels are those of two rows, the shares the seed's", async () => {
  const rows = toy();
  // Nearly even shares of alpha 2 blur every batch, so the same steps fit worse than without.
  const last = async (name: string) => {
    let loss = 0;
    const onStep = (event: StepEvent) => (loss = event.losses.classification);
    await new Trainer().train(planOf(name), rows, { seed: 1, onStep });
    return loss;
  };
  assert.ok((await last('mixup:alpha=2')) > 2 * (await last('cross-entropy')));
});

test('early stopping keeps the step that validation rows like best, the later one of equals', async () => {
  const rows = toy();
  const scores = [0.1, 0.5, 0.2, 0.5, 0.3];
  let looks = 0;
  const net = await new Trainer().train(planOf('cross-entropy'), rows, {
    seed: 1,
    validation: rows,
    score: () => scores[looks++],
  });
  assert.equal(looks, 5);
  assert.equal(net.keptAt, 120);
});

test('a training that diverges stops at once and names the loss part and the step', async () => {
  const rows = toy();
  const x = rows.x.slice();
  x[0] = Number.NaN;
  await assert.rejects(
    new Trainer().train(planOf('allnc'), { ...rows, x }, { seed: 1 }),
    (error: Error) =>
      error instanceof DivergenceError &&
      /loss part "classification" became NaN at step \d+ of 150/.test(error.message),
  );
});

test('a class without training rows does not break any method', async () => {
  const { x, labels } = toy();
  const kept = labels.indexOf(2);
  const rows = { x: x.slice(0, kept * 2), labels: labels.slice(0, kept) };
  for (const name of variants) {
    const net = await new Trainer().train({ ...planOf(name), steps: 5 }, rows, { seed: 1 });
    assert.deepEqual(net.counts, [300, 60, 0]);
    assert.ok(net.parameters.every(Number.isFinite), name);
    const { logits } = await new Trainer().run(planOf(name), net, x, ['logits']);
    assert.ok(!decide(logits, net.counts, -2).includes(2), `${name} answers a class it never saw`);
  }
});

test('class weights: worked values, mean 1 over rows, 0 for an absent class', () => {
  assert.deepEqual(inverseFrequency([30, 10]), [40 / 60, 2]);
  const weights = effectiveNumber([90, 10, 0], 0.999);
  assert.ok(Math.abs((90 * weights[0] + 10 * weights[1]) / 100 - 1) < 1e-12);
  assert.equal(weights[2], 0);
});

test('method texts: settings, presets, canonical names', () => {
  assert.equal(parseMethod('allnc').name, 'allnc');
  assert.equal(parseMethod('allnc:p2p=0:hycon=0').name, 'allnc:hycon=0:p2p=0');
  assert.equal(parseMethod('allnc:floor=0.5').name, 'allnc');
  assert.equal(parseMethod('allnc:preset=geometry').name, 'allnc:floor=0.25:p2p=0.3:kind=blur');
  assert.equal(parseMethod('allnc:preset=predictive').name, 'allnc:hycon=0.5:form=predictive');
  assert.equal(parseMethod('logit-adjustment').training, 'cross-entropy');
});

for (const [text, message] of [
  ['alnc', /method "alnc" is not known; there are: .*did you mean "allnc"/],
  ['allnc:hicon=1', /has no setting "hicon".*did you mean "hycon"/],
  ['allnc:hycon', /"hycon" is not of the form setting=value/],
  ['allnc:hycon=-1', /hycon must be 0 to 10, got "-1"/],
  ['allnc:kind=star', /kind must be one of dual, etf, blur, got "star"/],
] as const)
  test(`method text "${text}" is refused with a remedy`, () => {
    assert.throws(
      () => parseMethod(text),
      (error) => error instanceof InputError && message.test(error.message),
    );
  });

test('every method file is in the list', () => {
  const shared = [
    'ablation.ts',
    'index.ts',
    'list.ts',
    'method.ts',
    'spec.ts',
    'suited.ts',
    'settings.ts',
    'class-means.ts',
    'predictive.ts',
    'projector.ts',
  ];
  const files = readdirSync(new URL('../../src/methods', import.meta.url)).filter(
    (f) => f.endsWith('.ts') && !shared.includes(f),
  );
  assert.deepEqual(files.map((f) => f.replace('.ts', '')).sort(), methods.map((m) => m.name).sort());
});
