import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, float32, type NdArray } from '../../src/array/array.ts';
import { stream } from '../../src/array/random.ts';
import {
  applySeries,
  type FeatureOptions,
  fitSeries,
  makeWindows,
  type Recording,
  recordingMoments,
  type WindowSet,
  windowValues,
} from '../../src/data/series/index.ts';
import { probabilities } from '../../src/evaluate/decide.ts';
import type { EncoderNet } from '../../src/evaluate/export-net.ts';
import { exportSeriesModel } from '../../src/evaluate/export-series.ts';
import { input } from '../../src/graph/ops/index.ts';
import { parseMethod } from '../../src/methods/index.ts';
import { type EncoderSpec, encoderOf, encoders } from '../../src/nn/encoders/index.ts';
import { initialise, unpack } from '../../src/nn/variable.ts';
import { describeModel } from '../../src/onnx/decode.ts';
import { compile, feed, loadModel, read } from '../../src/runtime/session.ts';
import { netOf } from '../../src/train/graphs.ts';
import { type TrainedNet, type TrainingPlan, trainingDefaults } from '../../src/train/plan.ts';
import { Trainer } from '../../src/train/trainer.ts';

const CLASSES = ['sit', 'walk', 'run'];
const LENGTH = 24;
const trainer = new Trainer();

/** Windows of three recordings of two channels, one of them far from zero. */
function smallWindows(length = LENGTH): WindowSet {
  const random = stream(5, 'series');
  const recordings = [90, 60, 70].map((steps, r): Recording => {
    const channels = Float32Array.from({ length: 2 * steps }, (_, i) =>
      i < steps ? random.normal() : 4200 + 20 * random.normal(),
    );
    return { name: `r${r}`, file: 'f', source: `r${r}`, group: `r${r}`, channels, length: steps };
  });
  const set = { recordings, channels: ['x', 'y'], classes: [], counts: [], rate: 50, files: [], findings: [] };
  return makeWindows(set, { window: length, hop: 10 });
}

const smaller: Readonly<Record<string, object>> = {
  dilated: { width: 6, depth: 2, outputs: 7 },
  pointwise: { widths: [6, 5] },
  context: { widths: [6, 5] },
  mlp: { widths: [6, 5] },
  'inception-time': { filters: 3, kernels: [3, 5], bottleneck: 3 },
  'resnet-1d': { widths: [4, 6], kernels: [5, 3] },
};
const specOf = (kind: string): EncoderSpec => ({ kind, ...smaller[kind] });

/** A net with first weights and running statistics that are not those of the start. */
function untrained(kind: string, shape: readonly number[]): { plan: TrainingPlan; net: TrainedNet } {
  const settings = { encoder: specOf(kind), spec: parseMethod('cross-entropy'), steps: 1 };
  const plan: TrainingPlan = { ...trainingDefaults, ...settings, shape, classes: CLASSES.length };
  const random = stream(2, kind);
  const { parameters, buffers } = netOf(plan);
  const net = { parameters: initialise(parameters, random), buffers: initialise(buffers, random), counts: [5, 3, 2] };
  return { plan, net: { ...net, buffers: net.buffers.map((value) => value + 0.5 + random.uniform()), keptAt: 1 } };
}

async function run(model: Uint8Array, feeds: Readonly<Record<string, NdArray>>) {
  const program = await loadModel<'embeddings' | 'probabilities'>(model);
  const results = await program.run(
    Object.fromEntries(Object.entries(feeds).map(([name, value]) => [name, feed(value)])),
  );
  await program.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, value]) => [name, [value.dims, read(value, 'float32')] as const]),
  );
}

function near(got: Float32Array, expected: ArrayLike<number>, tolerance = 2e-5): void {
  assert.equal(got.length, expected.length);
  got.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]) < tolerance, `${i}: ${value} against ${expected[i]}`);
  });
}

const forRows = { features: 'stft' } as const;
const forSeries: FeatureOptions[] = [{}, { features: 'stft', frame: 8, frameHop: 4 }];

for (const { name, takes } of encoders)
  for (const options of [
    ...(takes.includes('rows') ? [forRows] : []),
    ...(takes.includes('series') ? forSeries : []),
  ]) {
    const everyPoint = name === 'context' || (name === 'pointwise' && options !== forRows);
    test(`${name} on ${JSON.stringify(options)}: raw windows in, the net's numbers out, for any number of rows`, async () => {
      const windows = smallWindows();
      const preprocessing = fitSeries(windows, Int32Array.of(0, 1, 8), options);
      const { plan, net } = untrained(name, preprocessing.shape);
      const { shape, encoder } = plan;
      // What gives every point its own embedding has no classifier of the plan's kind: the encoder goes alone.
      const alone: EncoderNet = { method: 'none', encoder, shape, net: encoderPart(plan, net) };
      const trained = { plan, net, classes: CLASSES, gamma: 0.3 };
      const model = exportSeriesModel(preprocessing, everyPoint ? alone : trained);
      for (const rows of [[3], [0, 1, 2, 9, windows.rows - 1]]) {
        const got = await run(model, { windows: float32([rows.length, 2, LENGTH], windowValues(windows, rows)) });
        const x = applySeries(preprocessing, windows, rows);
        if (everyPoint) {
          const { width, points, embeddings } = await encoded(alone, x, rows.length);
          assert.deepEqual(got.embeddings[0], [rows.length, points, width]);
          near(got.embeddings[1], pointsFirst(embeddings, rows.length, width, points));
          continue;
        }
        const { logits, embeddings } = await trainer.run(plan, net, x, ['logits', 'embeddings']);
        near(got.embeddings[1], embeddings);
        near(got.probabilities[1], probabilities(logits, net.counts, 0.3));
        assert.deepEqual(got.probabilities[0], [rows.length, 3]);
      }
      const { inputs, operators } = describeModel(model);
      assert.deepEqual(inputs, [{ name: 'windows', shape: ['rows', 2, LENGTH], dtype: 'float32' }]);
      assert.ok(!operators.includes('Gelu'), 'only ops of the standard');
    });
  }

/** The numbers of the encoder alone: its variables stand first. */
function encoderPart(plan: TrainingPlan, { parameters, buffers }: TrainedNet) {
  const { layer } = encoderOf(plan.encoder, plan.shape);
  const size = (variables: readonly { shape: readonly number[] }[]) =>
    variables.reduce((sum, { shape }) => sum + shape.reduce((n, m) => n * m, 1), 0);
  return {
    parameters: parameters.subarray(0, size(layer.parameters)),
    buffers: buffers.subarray(0, Math.max(1, size(layer.buffers))),
  };
}

/** The encoder run by itself: [rows, width, points]. */
async function encoded({ encoder, shape, net }: EncoderNet, x: Float32Array, rows: number) {
  const { layer, embedding } = encoderOf(encoder, shape);
  const flat = { p: input('p', [net.parameters.length]), b: input('b', [net.buffers.length]) };
  const values = new Map([...unpack(flat.p, layer.parameters), ...unpack(flat.b, layer.buffers)]);
  const never = () => {
    throw new TypeError('not in use');
  };
  const scope = {
    training: false,
    read: (v: Parameters<typeof values.get>[0]) => values.get(v)!,
    write: never,
    noise: never,
  };
  const program = await compile({ h: layer.apply(input('x', ['rows', ...shape]), scope) });
  const { h } = await program.run({
    x: feed(float32([rows, ...shape], x)),
    p: feed(float32([net.parameters.length], net.parameters)),
    b: feed(float32([net.buffers.length], net.buffers)),
  });
  await program.release();
  const [width, points = 1] = embedding;
  return { width, points, embeddings: read(h, 'float32') };
}

function pointsFirst(h: Float32Array, rows: number, width: number, points: number): Float32Array {
  return Float32Array.from({ length: rows * width * points }, (_, i) => {
    const [row, t, k] = [Math.floor(i / (width * points)), Math.floor(i / width) % points, i % width];
    return h[(row * width + k) * points + t];
  });
}

test("scaling by recording: the recording's own mean and scale are fed beside its windows", async () => {
  const windows = smallWindows();
  for (const options of [{}, { features: 'stft' }, { features: 'stft', frame: 8, frameHop: 8 }] as FeatureOptions[]) {
    const preprocessing = fitSeries(windows, Int32Array.of(0), { ...options, scaling: 'recording' });
    const kind = options.features && !options.frame ? 'mlp' : 'resnet-1d';
    const { plan, net } = untrained(kind, preprocessing.shape);
    const model = exportSeriesModel(preprocessing, { plan, net, classes: CLASSES, gamma: 0 }, { dtype: 'float64' });
    const rows = Int32Array.from(windows.recording.keys()).filter((row) => windows.recording[row] === 2);
    const { mean, scale } = recordingMoments(preprocessing, windows, 'r2');
    const values = Float64Array.from(windowValues(windows, rows));
    const got = await run(model, {
      windows: array('float64', [rows.length, 2, LENGTH], values),
      mean: array('float64', [mean.length], Float64Array.from(mean)),
      scale: array('float64', [mean.length], Float64Array.from(scale)),
    });
    const x = applySeries(preprocessing, windows, rows);
    near(got.embeddings[1], (await trainer.run(plan, net, x, ['embeddings'])).embeddings);
    const { metadata } = describeModel(model);
    assert.deepEqual(JSON.parse(metadata.preprocessing), JSON.parse(JSON.stringify(preprocessing)));
    assert.deepEqual(
      JSON.parse(metadata.inputs).map((i: { column: string }) => i.column),
      ['windows', 'mean', 'scale'],
    );
    assert.deepEqual([metadata.method, metadata.gamma, JSON.parse(metadata.classes)], ['cross-entropy', '0', CLASSES]);
  }
});

test('windows of one step are rows', async () => {
  const windows = smallWindows(1);
  const preprocessing = fitSeries(windows, Int32Array.of(0, 1));
  const { plan, net } = untrained('mlp', preprocessing.shape);
  const model = exportSeriesModel(preprocessing, { plan, net, classes: CLASSES, gamma: 0 });
  const got = await run(model, { windows: float32([2, 2, 1], windowValues(windows, [4, 5])) });
  near(
    got.embeddings[1],
    (await trainer.run(plan, net, applySeries(preprocessing, windows, [4, 5]), ['embeddings'])).embeddings,
  );
});

test('an encoder without labels, with a readout: probabilities are softmax(W h + b)', async () => {
  const windows = smallWindows();
  const preprocessing = fitSeries(windows, Int32Array.of(0, 1), forRows);
  const { plan, net } = untrained('pointwise', preprocessing.shape);
  const random = stream(1, 'readout');
  const weight = Float32Array.from({ length: 10 }, () => random.normal());
  const readout = { classes: ['a', 'b'], weight, bias: Float32Array.of(0.5, -0.2) };
  const alone = { method: 'emargin', encoder: plan.encoder, shape: plan.shape, net: encoderPart(plan, net), readout };
  const rows = [0, 4, 7];
  const model = exportSeriesModel(preprocessing, alone);
  const got = await run(model, { windows: float32([3, 2, LENGTH], windowValues(windows, rows)) });
  const { embeddings } = await trainer.run(plan, net, applySeries(preprocessing, windows, rows), ['embeddings']);
  near(got.embeddings[1], embeddings);
  const expected = rows.flatMap((_, i) => {
    const z = [0, 1].map(
      (c) => readout.bias[c] + [0, 1, 2, 3, 4].reduce((s, k) => s + weight[5 * c + k] * embeddings[5 * i + k], 0),
    );
    const p = 1 / (1 + Math.exp(z[1] - z[0]));
    return [p, 1 - p];
  });
  near(got.probabilities[1], expected);
  assert.equal(describeModel(model).metadata.method, 'emargin');
  assert.equal(
    describeModel(exportSeriesModel(preprocessing, { ...alone, readout: undefined })).metadata.classes,
    undefined,
  );
  const wrong = { ...readout, bias: Float32Array.of(1) };
  assert.throws(() => exportSeriesModel(preprocessing, { ...alone, readout: wrong }), /needs 10 weights and 2 biases/);
});

test('a net of several windows together: each row T windows, each window its own answer', async () => {
  const windows = smallWindows();
  const steps = 4;
  for (const scaling of ['global', 'recording'] as const) {
    const preprocessing = fitSeries(windows, Int32Array.of(0, 1), { ...forRows, scaling });
    const [width] = preprocessing.shape;
    const encoder = { ...specOf('dilated'), pool: 'none' };
    const { layer } = encoderOf(encoder, [width, steps]);
    const net = {
      parameters: initialise(layer.parameters, stream(1, 'net')),
      buffers: initialise(layer.buffers, stream(1)),
    };
    const readout = {
      classes: ['a', 'b'],
      weight: Float32Array.from({ length: 14 }, (_, i) => Math.sin(i)),
      bias: Float32Array.of(0, 1),
    };
    const alone = { method: 'info-nce', encoder, shape: [width, steps], net, readout };
    const { mean, scale } = recordingMoments(preprocessing, windows, 'r0');
    const rows = [0, 1, 2, 3, 2, 3, 4, 5];
    const got = await run(exportSeriesModel(preprocessing, alone), {
      windows: float32([2, steps, 2, LENGTH], windowValues(windows, rows)),
      ...(scaling === 'recording' && {
        mean: array('float64', [mean.length], Float64Array.from(mean)),
        scale: array('float64', [mean.length], Float64Array.from(scale)),
      }),
    });
    const items = applySeries(preprocessing, windows, rows);
    const x = pointsFirst(items, 2, steps, width);
    const { embeddings } = await encoded(alone, x, 2);
    assert.deepEqual(got.embeddings[0], [2, steps, 7]);
    near(got.embeddings[1], pointsFirst(embeddings, 2, 7, steps));
    assert.deepEqual(got.probabilities[0], [2, steps, 2]);
    const h = got.embeddings[1].subarray(5 * 7, 6 * 7);
    const z = [0, 1].map(
      (c) => readout.bias[c] + h.reduce((sum, value, k) => sum + value * readout.weight[7 * c + k], 0),
    );
    near(got.probabilities[1].subarray(10, 11), [1 / (1 + Math.exp(z[1] - z[0]))]);
  }
});

test('a net of other items is refused', () => {
  const preprocessing = fitSeries(smallWindows(), Int32Array.of(0));
  const { plan, net } = untrained('resnet-1d', [2, 25]);
  assert.throws(
    () => exportSeriesModel(preprocessing, { plan, net, classes: CLASSES, gamma: 0 }),
    /items \[2,24\].*\[2,25\]/,
  );
});
