import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '../../src/array/errors.ts';
import { stream } from '../../src/array/random.ts';
import { drawSequences, type FeatureOptions, sequenceStarts } from '../../src/data/series/index.ts';
import { partsOf } from '../../src/evaluate/represent/parts.ts';
import type { TrainingState } from '../../src/train/checkpoint.ts';
import { DivergenceError, type StepEvent } from '../../src/train/loop.ts';
import type { RepresentationPlan } from '../../src/train/represent/plan.ts';
import { type EncoderValues, RepresentationTrainer } from '../../src/train/represent/trainer.ts';
import { foldOf, small, spectrum, toyWindows } from '../evaluate/represent/toy.ts';

const windows = toyWindows();
const fold = foldOf(windows, [3], [4, 5]);
const trainer = new RepresentationTrainer();

function prepared(features: FeatureOptions, method: string, more: Partial<RepresentationPlan> = {}) {
  const { train, preprocessing } = partsOf({ windows, features, clusters: 3 }, fold);
  const starts = sequenceStarts(windows, train.rows, more.sequenceSteps ?? 10);
  const plan: RepresentationPlan = { ...small(method, more), shape: preprocessing.shape, classes: 3, ...more };
  return { plan, train, rows: { x: train.x, labels: train.labels, starts } };
}

const context = { kind: 'context', widths: [6, 8] };
const small1d = [
  { kind: 'inception-time', filters: 3, kernels: [3, 5], bottleneck: 3 },
  { kind: 'dilated', width: 6, depth: 1, outputs: 7 },
  { kind: 'resnet-1d', widths: [4, 6], kernels: [3, 3] },
];
const fits: [string, FeatureOptions, RepresentationPlan['encoder']][] = [
  ...small1d.map((encoder): (typeof fits)[number] => ['raw windows', {}, encoder]),
  ...small1d.map((encoder): (typeof fits)[number] => ['frames', { ...spectrum, frame: 4, frameHop: 2 }, encoder]),
  ['spectra', spectrum, { kind: 'pointwise', widths: [6, 8] }],
  ['spectra', spectrum, { kind: 'mlp', widths: [6, 8] }],
  ['spectra', spectrum, context],
  // Windows seen as one series: the pooling of dilated is left out by itself.
  ['spectra', spectrum, { kind: 'dilated', width: 6, depth: 1, outputs: 7 }],
];

for (const [what, features, encoder] of fits) {
  test(`${encoder.kind} on ${what}: trained, and an embedding for every window`, async () => {
    const { plan, rows, train } = prepared(features, 'info-nce', { encoder, steps: 6 });
    const net = await trainer.train(plan, rows, { seed: 1 });
    const { embeddings, width } = await trainer.embed(plan, net, train.x, train.runs);
    assert.equal(width, { 'inception-time': 9, dilated: 7, 'resnet-1d': 6 }[encoder.kind] ?? 8);
    assert.equal(embeddings.length, train.rows.length * width);
    assert.ok(embeddings.every(Number.isFinite));
    const start = trainer.first(plan, 1);
    assert.equal(start.parameters.length, net.parameters.length);
    assert.notDeepEqual(net.parameters, start.parameters);
  });
}

test('an encoder that does not fit the windows is refused in plain words', async () => {
  const refused = async (features: FeatureOptions, encoder: RepresentationPlan['encoder'], message: RegExp) => {
    const { plan, rows } = prepared(features, 'info-nce', { encoder });
    await assert.rejects(
      trainer.train(plan, rows, { seed: 1 }),
      (error) => error instanceof InputError && message.test(error.message) && !error.message.includes('\n'),
    );
  };
  const one = /encoder "(inception-time|dilated)" makes one embedding of a whole sequence.*take pointwise or context/;
  await refused(spectrum, { kind: 'inception-time' }, one);
  await refused(spectrum, { kind: 'dilated', pool: 'max' }, one);
  const every = /makes an embedding for every point of a window.*take inception-time.*--features stft/;
  await refused({}, { kind: 'pointwise' }, every);
  await refused({}, { kind: 'context' }, every);
  await refused({}, { kind: 'dilated', pool: 'none' }, every);
  await refused({}, { kind: 'mlp' }, /encoder "mlp" takes rows \[inputs\], got items of shape \[2, 8\]/);
  await refused({}, { kind: 'wavelets' }, /encoder "wavelets" is not known/);
});

/** Trained for a few steps, so that norms and weights are not those of the start. */
async function trained(encoder: RepresentationPlan['encoder']) {
  const { plan, rows, train } = prepared(spectrum, 'info-nce', { encoder, steps: 5 });
  return { plan, net: await trainer.train(plan, rows, { seed: 1 }), train };
}

test('pointwise: an embedding depends on its own window alone, whatever the stretches', async () => {
  const { plan, net, train } = await trained({ kind: 'pointwise', widths: [6, 8] });
  const n = train.rows.length;
  const whole = (await trainer.embed(plan, net, train.x, train.runs)).embeddings;
  assert.deepEqual((await trainer.embed(plan, net, train.x, [n])).embeddings, whole);
  assert.deepEqual((await trainer.embed(plan, net, train.x, new Array(n).fill(1))).embeddings, whole);
  const last = train.x.subarray((n - 1) * 10);
  near((await trainer.embed(plan, net, last, [1])).embeddings, whole.subarray((n - 1) * 8));
  // More windows than go through at once.
  const many = new Float32Array(30 * train.x.length);
  for (let i = 0; i < 30; i++) many.set(train.x, i * train.x.length);
  const far = (await trainer.embed(plan, net, many, [30 * n])).embeddings;
  near(far.subarray(29 * n * 8), whole);
});

test('context: sees the windows of its own stretch and no others', async () => {
  const { plan, net, train } = await trained(context);
  const two = train.x.subarray(0, 40 * 10);
  const both = (await trainer.embed(plan, net, two, [20, 20])).embeddings;
  const first = (await trainer.embed(plan, net, two.subarray(0, 200), [20])).embeddings;
  const second = (await trainer.embed(plan, net, two.subarray(200), [20])).embeddings;
  assert.deepEqual(both, Float32Array.from([...first, ...second]));
  const changed = two.slice();
  for (let i = 0; i < 200; i++) changed[i] = 9;
  assert.deepEqual((await trainer.embed(plan, net, changed, [20, 20])).embeddings.subarray(160), second);
  // One convolution of three windows: taken for one stretch, only the two rows at the seam differ.
  const seamless = (await trainer.embed(plan, net, two, [40])).embeddings;
  const rowsThat = (same: boolean) =>
    Array.from({ length: 40 }, (_, i) => i).filter((i) => {
      const gap = Math.max(...Array.from({ length: 8 }, (_, k) => Math.abs(seamless[8 * i + k] - both[8 * i + k])));
      return gap < 1e-5 === same;
    });
  assert.deepEqual(rowsThat(false), [19, 20]);
});

test('stretches that are not the rows are refused', async () => {
  const { plan, net, train } = await trained(context);
  await assert.rejects(trainer.embed(plan, net, train.x, [3]), RangeError);
});

async function lossesOf(method: string, more: Partial<RepresentationPlan> = {}): Promise<StepEvent[]> {
  const { plan, rows } = prepared(spectrum, method, { steps: 4, ...more });
  const events: StepEvent[] = [];
  await trainer.train(plan, rows, { seed: 1, onStep: (event) => events.push(event) });
  return events;
}

for (const encoder of [{ kind: 'pointwise', widths: [6, 8] }, context])
  test(`two views by ${encoder.kind}: equal without distortion, different with each of the three`, async () => {
    for (const { losses } of await lossesOf('vicreg:jitter=0:scale=0:mask=0', { encoder }))
      assert.equal(losses.invariance, 0);
    for (const one of ['jitter=0.2:scale=0:mask=0', 'jitter=0:scale=0.5:mask=0', 'jitter=0:scale=0:mask=0.3'])
      for (const { losses } of await lossesOf(`vicreg:${one}`, { encoder })) assert.ok(losses.invariance > 1e-3, one);
  });

test('views of whole windows [channels, length] are distorted too', async () => {
  const [, , encoder] = fits[0];
  const { plan, rows } = prepared({}, 'nt-xent', { steps: 3, encoder });
  const distorted = await trainer.train(plan, rows, { seed: 1 });
  const plain = prepared({}, 'nt-xent:jitter=0:scale=0:mask=0', { steps: 3, encoder });
  assert.notDeepEqual(distorted.parameters, (await trainer.train(plain.plan, rows, { seed: 1 })).parameters);
});

/** Similarities of neighbours in the first batch, by themselves: cosines of the windows as they go in. */
function similaritiesOfFirstBatch({ plan, rows }: ReturnType<typeof prepared>, seed: number): number[] {
  const drawn = drawSequences(rows.starts, plan.sequences, 1, stream(seed, 'batches'));
  const window = (row: number) => Array.from(rows.x.subarray(row * 10, (row + 1) * 10));
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const found: number[] = [];
  for (let s = 0; s < plan.sequences; s++)
    for (let t = 0; t + 1 < plan.sequenceSteps; t++) {
      const [a, b] = [0, 1].map((next) => window(drawn[s * plan.sequenceSteps + t + next]));
      found.push(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)));
    }
  return found;
}

test('theta of a step is the rule of its own batch', async () => {
  const given = prepared(spectrum, 'emargin', { steps: 1 });
  const trainBy = async (threshold: RepresentationPlan['threshold'], seed: number) =>
    (await trainer.train({ ...given.plan, threshold }, given.rows, { seed })).parameters;
  for (const seed of [7, 8]) {
    const sorted = similaritiesOfFirstBatch(given, seed).sort((a, b) => a - b);
    assert.equal(sorted.length, 4 * 9);
    const found: Float32Array[] = [];
    for (const percent of [10, 25, 40, 60, 80]) {
      // 36 values: linearly between the two nearest places.
      const place = (35 * percent) / 100;
      const [low, share] = [Math.floor(place), place % 1];
      const byHand = (1 - share) * sorted[low] + share * sorted[Math.min(35, low + 1)];
      found.push(await trainBy(`q${percent}`, seed));
      assert.deepEqual(found.at(-1), await trainBy(byHand, seed), `q${percent}`);
    }
    assert.equal(new Set(found.map((parameters) => parameters.join())).size, found.length);
  }
});

test('with no threshold there is no part for transitions; with one below all it is 0', async () => {
  const [off] = await lossesOf('emargin', { threshold: 'off' });
  assert.deepEqual(Object.keys(off.losses), ['pull', 'push']);
  const [below] = await lossesOf('emargin', { threshold: -1 });
  assert.equal(below.losses.turn, 0);
  assert.deepEqual([below.losses.pull, below.losses.push], [off.losses.pull, off.losses.push]);
  const [above] = await lossesOf('emargin', { threshold: 1 });
  assert.equal(above.losses.pull, 0);
});

test('first: what a training of that plan, seed and trial starts from', async () => {
  const { plan, rows } = prepared(spectrum, 'info-nce', { learningRate: 0, steps: 2 });
  const still = await trainer.train(plan, rows, { seed: 4, trial: [1, 2] });
  assert.deepEqual(still.parameters, trainer.first(plan, 4, [1, 2]).parameters);
  assert.notDeepEqual(still.parameters, trainer.first(plan, 4, [1, 1]).parameters);
  assert.notDeepEqual(still.parameters, trainer.first(plan, 5, [1, 2]).parameters);
});

test('the net is looked at as often as asked for, last when it is done; looking changes no bit', async () => {
  const { plan, rows } = prepared(spectrum, 'info-nce', { steps: 10, checks: 4 });
  const looks: [number, EncoderValues][] = [];
  const net = await trainer.train(plan, rows, {
    seed: 1,
    onCheck: async ({ parameters, buffers }, look) => {
      looks.push([look, { parameters: parameters.slice(), buffers: buffers.slice() }]);
    },
  });
  assert.deepEqual(
    looks.map(([look]) => look),
    [1, 2, 3, 4],
  );
  assert.deepEqual(looks[3][1], { parameters: net.parameters, buffers: net.buffers });
  assert.notDeepEqual(looks[0][1].parameters, net.parameters);
  const unwatched = await trainer.train(plan, rows, { seed: 1 });
  assert.deepEqual(unwatched.parameters, net.parameters);
});

test('stopped by a signal: it leaves a state from which the same bits come', async () => {
  const { plan, rows } = prepared(spectrum, 'vicreg', { steps: 60 });
  const whole = await trainer.train(plan, rows, { seed: 1 });
  const stop = new AbortController();
  let state: TrainingState | undefined;
  const stopped = trainer.train(plan, rows, {
    seed: 1,
    signal: stop.signal,
    onStep: () => stop.abort(new Error('enough')),
    onCheckpoint: (found) => {
      state = found;
    },
  });
  await assert.rejects(stopped, /enough/);
  assert.ok(state && state.step > 0 && state.step < 60);
  const resumed = await trainer.train(plan, rows, { seed: 1, resume: state });
  assert.deepEqual([resumed.parameters, resumed.buffers], [whole.parameters, whole.buffers]);
  const other = { ...plan, encoder: { kind: 'pointwise', widths: [16, 8], lastRelu: true } };
  await assert.rejects(trainer.train(other, rows, { seed: 1, resume: state }), InputError);
});

test('supervised: windows without a label teach nothing', async () => {
  const { plan, rows } = prepared(spectrum, 'supervised', { steps: 3 });
  const events: StepEvent[] = [];
  const labels = rows.labels.map(() => -1);
  await trainer.train(plan, { ...rows, labels }, { seed: 1, onStep: (event) => events.push(event) });
  for (const { losses } of events) assert.equal(losses['cross-entropy'], 0);
  // Labels are looked at by this method alone.
  const { plan: other } = prepared(spectrum, 'info-nce', { steps: 3 });
  const [a, b] = [
    await trainer.train(other, rows, { seed: 1 }),
    await trainer.train(other, { ...rows, labels }, { seed: 1 }),
  ];
  assert.deepEqual(a.parameters, b.parameters);
});

test('a value that is not a number: the training stops and names itself', async () => {
  const { plan, rows } = prepared(spectrum, 'info-nce', { steps: 30 });
  const x = rows.x.slice();
  x.fill(Number.NaN, 0, 200);
  await assert.rejects(
    trainer.train(plan, { ...rows, x }, { seed: 1 }),
    (error) => error instanceof DivergenceError && /^info-nce: the loss part "info-nce" became NaN/.test(error.message),
  );
});

test('zero windows and identical ones: finite', async () => {
  for (const method of ['info-nce', 'emargin', 'emargin-official-double', 'vicreg', 'barlow-twins']) {
    const { plan, rows } = prepared(spectrum, method, {
      steps: 5,
      threshold: method === 'emargin' ? 'q10' : undefined,
    });
    for (const value of [0, 1]) {
      const net = await trainer.train(plan, { ...rows, x: rows.x.map(() => value) }, { seed: 1 });
      assert.ok(net.parameters.every(Number.isFinite), `${method}, all ${value}`);
    }
  }
});

function near(got: Float32Array, expected: Float32Array): void {
  assert.equal(got.length, expected.length);
  got.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]) < 1e-5, `${i}: ${value} against ${expected[i]}`);
  });
}
