import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { float32, int32 } from '../../src/array/array.ts';
import * as functions from '../../src/graph/functions.ts';
import { grad } from '../../src/graph/grad.ts';
import { groupNormalise, layerNormalise, standardise } from '../../src/graph/normalise.ts';
import * as ops from '../../src/graph/ops/index.ts';
import { segmentCount, segmentMean, segmentSum } from '../../src/graph/segments.ts';
import { fftMagnitude, stftMagnitude } from '../../src/graph/spectrum.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { compile, feed } from '../../src/runtime/session.ts';

interface Flat {
  readonly shape: number[];
  readonly data: number[];
}
interface Case {
  readonly inputs: Record<string, Flat>;
  readonly weight: Flat;
  readonly y: Flat;
  readonly gradients: Record<string, Flat>;
}
const stored: { labels: number[]; cases: Record<string, Case> } = JSON.parse(
  readFileSync(new URL('reference/functions.json', import.meta.url), 'utf8'),
);
const labels = ops.constant(int32([stored.labels.length], stored.labels));

const built: Record<string, (inputs: Record<string, Tensor>) => Tensor> = {
  gelu: ({ x }) => functions.gelu(x),
  silu: ({ x }) => functions.silu(x),
  clip: ({ x }) => ops.clip(x, -0.5, 0.8),
  cosine: ({ a, b }) => functions.cosineTo(a, functions.normaliseRows(b)),
  'layer-norm': ({ x, scale, shift }) => layerNormalise(x, scale, shift),
  'layer-norm-2': ({ x, scale, shift }) => layerNormalise(x, scale, shift),
  'group-norm': ({ x, scale, shift }) => groupNormalise(x, 2, scale, shift),
  'group-norm-2d': ({ x, scale, shift }) => groupNormalise(x, 3, scale, shift),
  'segment-sum': ({ x }) => segmentSum(x, labels, 5),
  'segment-mean': ({ x }) => segmentMean(x, labels, 5),
  stft: ({ x }) => stftMagnitude(x, { frame: 8, hop: 3 }),
  'stft-odd': ({ x }) => stftMagnitude(x, { frame: 5, hop: 2 }),
  'max-pool': ({ x }) => ops.maxPool(x, [3], { strides: [2], pads: [1, 1] }),
  'max-pool-2d': ({ x }) => ops.maxPool(x, [3, 3], { strides: [2, 2], pads: [1, 1, 1, 1] }),
  'average-pool': ({ x }) => ops.averagePool(x, [3, 2], { strides: [2, 1], pads: [1, 1, 1, 1] }),
  'global-max': ({ x }) => ops.globalMaxPool(x),
  'global-average': ({ x }) => ops.globalAveragePool(x),
  'conv-1d': ({ x, w }) => ops.conv(x, w, { strides: [3], dilations: [2], pads: [2, 2], groups: 2 }),
  'conv-2d': ({ x, w }) => ops.conv(x, w, { strides: [2, 3], dilations: [1, 2], pads: [1, 0, 1, 0] }),
  depthwise: ({ x, w }) => ops.conv(x, w, { strides: [2], pads: [1, 1], groups: 3 }),
  'conv-transpose': ({ x, w }) =>
    ops.convTranspose(x, w, { strides: [2], pads: [1, 1], groups: 2, outputPadding: [1] }),
  softplus: ({ x }) => functions.softplus(x),
  softmax: ({ x }) => ops.softmax(x),
  'log-softmax': ({ x }) => ops.logSoftmax(x),
  'cosine-matrix': ({ a, b }) => functions.cosineMatrix(a, b),
  fft: ({ x }) => fftMagnitude(x),
  'fft-odd': ({ x }) => fftMagnitude(x),
};

function close(name: string, got: ArrayLike<number>, wanted: readonly number[]): void {
  assert.equal(got.length, wanted.length, name);
  wanted.forEach((w, i) => {
    assert.ok(Math.abs(got[i] - w) <= 2e-5 * Math.max(1, Math.abs(w)), `${name}[${i}]: ${got[i]}, PyTorch ${w}`);
  });
}

/** Sum of all of y times a weight, as a scalar. */
const weighted = (y: Tensor, weight: Tensor) => ops.sum(ops.mul(y, weight), { axes: y.shape.map((_, i) => i) });

test('every stored case has its function here', () => {
  assert.deepEqual(Object.keys(built), Object.keys(stored.cases));
});

for (const [name, { inputs, weight, y, gradients }] of Object.entries(stored.cases))
  test(`${name}: values and gradients are PyTorch's`, async () => {
    const tensors = Object.fromEntries(Object.entries(inputs).map(([k, v]) => [k, ops.input(k, v.shape)]));
    const output = built[name](tensors);
    const loss = weighted(output, ops.constant(float32(weight.shape, weight.data)));
    const parts = grad(loss, Object.values(tensors));
    const program = await compile({
      y: output,
      ...Object.fromEntries(Object.keys(tensors).map((k, i) => [`d${k}`, parts[i]])),
    });
    const result = await program.run(
      Object.fromEntries(Object.entries(inputs).map(([k, v]) => [k, feed(float32(v.shape, v.data))])),
    );
    assert.deepEqual(result.y.dims, y.shape);
    close(name, result.y.data as Float32Array, y.data);
    for (const [k, v] of Object.entries(gradients))
      close(`${name}, gradient of ${k}`, result[`d${k}` as 'y'].data as Float32Array, v.data);
  });

test('segment counts, with an empty class', async () => {
  const { n } = await (await compile({ n: segmentCount(labels, 5) })).run({});
  assert.deepEqual([...(n.data as Float32Array)], [2, 0, 3, 1, 0]);
});

test('cosine of every pair: worked by hand, a zero row gives 0', async () => {
  const a = ops.constant(float32([2, 2], [3, 4, 0, 0]));
  const b = ops.constant(float32([3, 2], [1, 0, 0, -2, 6, 8]));
  const { m } = await (await compile({ m: functions.cosineMatrix(a, b) })).run({});
  close('cosine', m.data as Float32Array, [0.6, -0.8, 1, 0, 0, 0]);
});

test('dropout keeps where noise >= rate, scaled by 1 / (1 - rate), and so its gradient', async () => {
  const x = ops.input('x', [4]);
  const y = functions.dropout(x, ops.constant(float32([4], [0.99, 0.19, 0, 0.2])), 0.2);
  const [dx] = grad(weighted(y, ops.constant(float32([4], [1, 2, 3, 4]))), [x]);
  const result = await (await compile({ y, dx })).run({ x: feed(float32([4], [2, 3, 4, -8])) });
  assert.deepEqual([...(result.y.data as Float32Array)], [2.5, 0, 0, -10]);
  assert.deepEqual([...(result.dx.data as Float32Array)], [1.25, 0, 0, 5]);
  assert.throws(() => functions.dropout(x, x, 1), /the rate must be in \[0, 1\), got 1/);
});

test('scaleGradient leaves the value to the bit and scales the derivative, by a number or a tensor', async () => {
  const x = ops.input('x', [3]);
  const factor = ops.input('factor', []);
  const slope = (y: Tensor) => grad(weighted(ops.mul(y, y), ops.constant(float32([3], [1, 2, -1]))), [x])[0];
  const [half, scheduled] = [functions.scaleGradient(x, 0.5), functions.scaleGradient(x, factor)];
  const program = await compile({ half, scheduled, dHalf: slope(half), dScheduled: slope(scheduled) });
  const data = [0.1, -1.3, 2.7];
  const result = await program.run({ x: feed(float32([3], data)), factor: feed(float32([], [0.25])) });
  for (const name of ['half', 'scheduled'] as const) assert.deepEqual(result[name].data, Float32Array.from(data));
  close('half', result.dHalf.data as Float32Array, [0.1, -2.6, -2.7]);
  close('a tensor', result.dScheduled.data as Float32Array, [0.05, -1.3, -1.35]);
});

test('scaleGradient by 0 is stopGradient, by 1 it is x, and between it is the mixture of the two', async () => {
  const x = ops.input('x', [2]);
  assert.equal(functions.scaleGradient(x, 1), x);
  const stopped = functions.scaleGradient(x, 0);
  assert.equal(stopped.op, ops.stopGradient(x).op);
  const mixture = ops.add(ops.mul(x, 0.3), ops.mul(ops.stopGradient(x), 0.7));
  const loss = (y: Tensor) => weighted(ops.exp(y), ops.constant(float32([2], [2, -1])));
  const [a] = grad(loss(functions.scaleGradient(x, 0.3)), [x]);
  const [b] = grad(loss(mixture), [x]);
  const [none] = grad(loss(stopped), [x]);
  const result = await (await compile({ a, b, none })).run({ x: feed(float32([2], [0.7, -0.2])) });
  close('mixture', result.a.data as Float32Array, [...(result.b.data as Float32Array)]);
  assert.deepEqual([...(result.none.data as Float32Array)], [0, 0]);
});

test('a silent series has magnitude 1e-6 and no gradient', async () => {
  const x = ops.input('x', [1, 1, 16]);
  const y = stftMagnitude(x, { frame: 8, hop: 8 });
  const [dx] = grad(ops.sum(y, { axes: [0, 1, 2, 3] }), [x]);
  const result = await (await compile({ y, dx })).run({ x: feed(float32([1, 1, 16], new Float32Array(16))) });
  assert.ok((result.y.data as Float32Array).every((v) => Math.abs(v - 1e-6) < 1e-9));
  assert.ok((result.dx.data as Float32Array).every((v) => v === 0));
});

test('the batch may stay open through convolution, pooling, norms, STFT and FFT', async () => {
  const x = ops.input('x', ['rows', 2, 12]);
  const w = ops.constant(float32([4, 2, 3], Float32Array.from({ length: 24 }, Math.sin)));
  const one = ops.full([4], 1);
  const h = groupNormalise(ops.conv(x, w, { pads: [1, 1] }), 2, one, one);
  const outputs = {
    h: ops.maxPool(h, [2]),
    s: stftMagnitude(x, { frame: 4, hop: 4 }),
    f: fftMagnitude(x),
    z: standardise(x, [2]),
  };
  const program = await compile(outputs);
  for (const rows of [1, 3]) {
    const result = await program.run({ x: feed(float32([rows, 2, 12], new Float32Array(rows * 24).fill(0.5))) });
    assert.deepEqual(result.h.dims, [rows, 4, 6]);
    assert.deepEqual(result.s.dims, [rows, 2, 3, 3]);
    assert.deepEqual(result.f.dims, [rows, 2, 7]);
  }
});

test('what does not fit is refused with its place and numbers', () => {
  const x = ops.input('x', [2, 3, 8]);
  const w = ops.input('w', [4, 3, 3]);
  assert.throws(() => ops.conv(x, w, { groups: 2 }), /conv: channels do not fit 2 groups/);
  assert.throws(() => ops.conv(x, w, { strides: [0] }), /conv: strides \[0\], dilations \[1\]/);
  assert.throws(() => ops.conv(x, w, { dilations: [4] }), /length 8 with its padding is shorter than kernel 3/);
  assert.throws(() => ops.conv(ops.input('v', [2, 3]), w), /conv: needs input and weights of one dtype and rank/);
  assert.throws(() => ops.maxPool(x, [2], { pads: [2, 0] }), /maxPool: kernel \[2\] must have 1 lengths above/);
  assert.throws(() => ops.pad(x, [-1, 0]), /pad: pads/);
  assert.throws(() => ops.clip(x, 2, 1), /clip: needs low <= high, got 2, 1/);
  assert.throws(() => groupNormalise(x, 2, x, x), /3 channels do not divide into 2 groups/);
  assert.throws(() => stftMagnitude(x, { frame: 4, hop: 0 }), /got 4, 0/);
});
