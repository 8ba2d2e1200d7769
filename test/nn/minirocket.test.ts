import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { float32 } from '../../src/array/array.ts';
import { InputError } from '../../src/array/errors.ts';
import { stream } from '../../src/array/random.ts';
import { input } from '../../src/graph/ops/index.ts';
import { miniRocket, phases, planMiniRocket, TRIPLES } from '../../src/nn/encoders/minirocket.ts';
import { encodeModel } from '../../src/onnx/encode.ts';
import { fitBiases, fitMiniRocket, miniRocketFeatures } from '../../src/probe/minirocket.ts';
import { feed, loadModel, read } from '../../src/runtime/session.ts';

interface Case {
  shape: number[];
  train: number;
  series: number[];
  options: { features: number; dilations: number };
  dilations: number[];
  features: number[];
  chosen: number[][];
  biases: number[];
  rows: number;
  values: number[];
}

interface Reference {
  dilations: { length: number; features: number; dilations: [number[], number[]] }[];
  phases: number[];
  triples: number[][];
  cases: Record<string, Case>;
}

const { cases, ...reference }: Reference = JSON.parse(
  readFileSync(new URL('reference/minirocket.json', import.meta.url), 'utf8'),
);

/** The reference's own settings, with its random choices. */
function fittedLike({ shape: [, channels, length], dilations, features, chosen, biases }: Case) {
  return { channels, length, dilations, features, chosen, biases };
}

function randomSeries(seed: number, ...shape: [number, number, number]) {
  const random = stream(seed, 'series');
  return float32(
    shape,
    Array.from({ length: shape[0] * shape[1] * shape[2] }, () => random.normal()),
  );
}

test('kernels, dilations and the order of quantiles are those of the reference', () => {
  assert.deepEqual(TRIPLES, reference.triples);
  for (const { length, features, dilations } of reference.dilations) {
    const plan = planMiniRocket(1, length, 0, { features });
    assert.deepEqual([plan.dilations, plan.features], dilations, `length ${length}, ${features} features`);
  }
  const mine = phases(9996);
  [0, 1, 2, 3, 100, 5000, 9994, 9995].forEach((i, k) => {
    assert.equal(mine[i], Math.fround(reference.phases[k]));
  });
});

test('the largest dilation reaches from end to end where the length allows it', () => {
  for (let length = 9; length < 700; length++) {
    const { dilations, features } = planMiniRocket(1, length, 0);
    assert.equal(dilations.at(-1), Math.floor((length - 1) / 8), `length ${length}`);
    assert.equal(84 * features.reduce((a, b) => a + b), 9996);
  }
});

for (const [name, one] of Object.entries(cases))
  test(`features for given biases agree with aeon: ${name}`, async () => {
    const { shape, train, series, options, dilations, features, rows, values } = one;
    const plan = planMiniRocket(shape[1], shape[2], 0, options);
    assert.deepEqual([plan.dilations, plan.features], [dilations, features]);

    const shown = float32([rows, shape[1], shape[2]], series.slice(0, rows * shape[1] * shape[2]));
    const got = await miniRocketFeatures(shown, fittedLike(one));
    assert.deepEqual(got.shape, [rows, one.biases.length]);
    // A value within rounding of its bias may fall to either side: one position of a feature, and seldom.
    const apart = values.map((value, i) => Math.abs(value - got.data[i])).filter((d) => d > 2e-5);
    assert.ok(apart.length <= values.length / 500, `${apart.length} of ${values.length} features differ`);
    assert.ok(Math.max(0, ...apart) < 1.01 / (shape[2] - 8 * (dilations.at(-1) ?? 0)), `${apart}`);

    if (train > 1) return;
    const training = float32([1, shape[1], shape[2]], series.slice(0, shape[1] * shape[2]));
    const biases = await fitBiases(training, fittedLike(one), () => 0);
    biases.forEach((bias, i) => {
      const wanted = one.biases[i];
      assert.ok(Math.abs(bias - wanted) <= 2e-5 * Math.max(1, Math.abs(wanted)), `bias ${i}: ${bias}, not ${wanted}`);
    });
  });

test('the exported file gives the same features, for any number of rows', async () => {
  const series = randomSeries(1, 5, 2, 40);
  const fitted = await fitMiniRocket(series, 7, { features: 84 * 6 });
  const expected = await miniRocketFeatures(series, fitted);
  assert.deepEqual(expected.shape, [5, 504]);
  // As stored and read again.
  const stored = JSON.parse(JSON.stringify(fitted));
  const program = await loadModel(encodeModel({ features: miniRocket(input('series', ['rows', 2, 40]), stored) }));
  for (const rows of [1, 5]) {
    const { features } = await program.run({ series: feed(float32([rows, 2, 40], series.data.slice(0, rows * 80))) });
    assert.deepEqual(features.dims, [rows, 504]);
    assert.deepEqual(read(features, 'float32'), expected.data.slice(0, rows * 504));
  }
  await program.release();
});

test('one seed, one fit; another seed, another', async () => {
  const series = randomSeries(2, 6, 3, 20);
  const fit = (seed: number) => fitMiniRocket(series, seed, { features: 84 * 2 });
  const [first, again, other] = [await fit(1), await fit(1), await fit(2)];
  assert.deepEqual(first, again);
  assert.notDeepEqual(first.biases, other.biases);
  assert.notDeepEqual(first.chosen, other.chosen);
});

test('channels: one to nine of them, each once, few more often than many', () => {
  const { chosen, dilations } = planMiniRocket(20, 300, 5);
  assert.equal(chosen.length, 84 * dilations.length);
  const counts = new Array<number>(10).fill(0);
  for (const channels of chosen) {
    counts[channels.length]++;
    assert.equal(new Set(channels).size, channels.length);
    assert.ok(channels.every((c) => c >= 0 && c < 20));
  }
  assert.equal(counts[0], 0);
  // floor(2^u), u uniform in [0, log2 10): n with probability log10((n + 1) / n).
  for (let n = 1; n <= 9; n++) {
    const p = Math.log10((n + 1) / n);
    const spread = Math.sqrt(chosen.length * p * (1 - p));
    assert.ok(Math.abs(counts[n] - chosen.length * p) < 4 * spread, `${n} channels: ${counts[n]} times`);
  }
});

test('the training rows alone settle the biases: about half of all outputs lie above them', async () => {
  const series = randomSeries(3, 30, 1, 60);
  const fitted = await fitMiniRocket(series, 1, { features: 84 * 10 });
  const { data } = await miniRocketFeatures(series, fitted);
  const mean = data.reduce((a, b) => a + b) / data.length;
  assert.ok(Math.abs(mean - 0.5) < 0.02, `mean feature ${mean}`);
});

test('a constant series gives finite features, equal for equal levels', async () => {
  const training = randomSeries(4, 3, 1, 25);
  const fitted = await fitMiniRocket(training, 1, { features: 84 * 3 });
  const constant = new Float32Array(75).fill(0.3, 0, 50);
  const { data } = await miniRocketFeatures(float32([3, 1, 25], constant), fitted);
  assert.ok(data.every((value) => value >= 0 && value <= 1));
  assert.deepEqual(data.slice(0, 252), data.slice(252, 504));
  // All zeros: an output of 0 everywhere, above the bias or not.
  data.slice(504).forEach((value, i) => {
    assert.equal(value, fitted.biases[i] < 0 ? 1 : 0);
  });
  // Fitted on the constant itself: within the series output and bias are the same rounded zero, so none is greater.
  const flat = await fitMiniRocket(float32([1, 1, 25], constant.slice(0, 25)), 1, { features: 84, dilations: 1 });
  const ties = await miniRocketFeatures(float32([1, 1, 25], constant.slice(0, 25)), flat);
  const tied = flat.biases.flatMap((bias, i) => (i % 2 === 1 && Math.abs(bias) < 1e-6 ? [ties.data[i]] : []));
  assert.ok(tied.length > 5);
  assert.ok(tied.every((value) => value === 0));
});

test('refused: short series, missing values, other lengths, bad options', async () => {
  const fitted = await fitMiniRocket(randomSeries(1, 2, 2, 12), 0, { features: 84 });
  await assert.rejects(fitMiniRocket(randomSeries(1, 2, 1, 8), 0), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /8 points.*at least 9/);
    return true;
  });
  await assert.rejects(fitMiniRocket(randomSeries(1, 0, 1, 10), 0), /no training series/);
  const holed = randomSeries(1, 2, 2, 12);
  holed.data[12 * 3 + 5] = Number.NaN;
  await assert.rejects(fitMiniRocket(holed, 0), /series 1, channel 1, point 5 is NaN/);
  await assert.rejects(miniRocketFeatures(holed, fitted), InputError);
  await assert.rejects(miniRocketFeatures(randomSeries(1, 2, 2, 13), fitted), /fitted for \[rows, 2, 12\]/);
  await assert.rejects(fitMiniRocket(float32([2, 10], new Float32Array(20)), 0), RangeError);
  assert.throws(() => planMiniRocket(1, 10, 0, { features: 83 }), /features.*83/);
  assert.throws(() => planMiniRocket(1, 10, 0, { dilations: 0 }), /dilations.*0/);
});
