import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { InputError } from '../../src/array/errors.ts';
import { stream } from '../../src/array/random.ts';
import { decide } from '../../src/evaluate/decide.ts';
import { effectiveNumber, inverseFrequency } from '../../src/methods/class-weighted.ts';
import { methods, parseMethod } from '../../src/methods/index.ts';
import { DivergenceError } from '../../src/train/loop.ts';
import type { TrainingPlan } from '../../src/train/plan.ts';
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

const variants = [...methods.map((m) => m.name), 'allnc:kind=blur', 'allnc:kind=etf', 'allnc:floor=1:hycon=0:p2p=0'];

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
  const shared = ['index.ts', 'list.ts', 'method.ts', 'spec.ts', 'settings.ts', 'class-means.ts'];
  const files = readdirSync(new URL('../../src/methods', import.meta.url)).filter(
    (f) => f.endsWith('.ts') && !shared.includes(f),
  );
  assert.deepEqual(files.map((f) => f.replace('.ts', '')).sort(), methods.map((m) => m.name).sort());
});
