import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { size } from '../../src/array/array.ts';
import { relu, silu, tanh } from '../../src/nn/activation.ts';
import { batchNorm } from '../../src/nn/batch-norm.ts';
import { conv1d, conv2d } from '../../src/nn/conv.ts';
import { cnn2d } from '../../src/nn/encoders/cnn-2d.ts';
import { context } from '../../src/nn/encoders/context.ts';
import { dilated } from '../../src/nn/encoders/dilated.ts';
import { inceptionTime } from '../../src/nn/encoders/inception-time.ts';
import { mlp } from '../../src/nn/encoders/mlp.ts';
import { pointwise } from '../../src/nn/encoders/pointwise.ts';
import { resnet1d } from '../../src/nn/encoders/resnet-1d.ts';
import { resnetCifar } from '../../src/nn/encoders/resnet-cifar.ts';
import { groupNorm } from '../../src/nn/group-norm.ts';
import { layerNorm } from '../../src/nn/layer-norm.ts';
import { linear } from '../../src/nn/linear.ts';
import { averagePool, flatten, maxPool } from '../../src/nn/pool.ts';
import { type Layer, sequential } from '../../src/nn/variable.ts';
import { pass } from './harness.ts';

interface Digest {
  readonly shape: number[];
  readonly norm: number;
  readonly sample: number[];
}
interface Case {
  readonly input: number[];
  readonly y: Digest;
  readonly dx: Digest;
  readonly gradients: Digest[];
  readonly running: Digest[];
  readonly use: Digest;
}
const stored: { cases: Record<string, Case> } = JSON.parse(
  readFileSync(new URL('reference/layers.json', import.meta.url), 'utf8'),
);

const nets: Record<string, Layer> = {
  'conv1d, batch norm, max pool': sequential(
    conv1d('c', 4, 6, 5, { stride: 2, padding: 3, dilation: 2, groups: 2 }),
    batchNorm('n', 6),
    maxPool(3, { stride: 2, padding: 1 }),
  ),
  'conv2d, batch norm, tanh, average pool': sequential(
    conv2d('c', 3, 8, 3, { stride: 2, padding: 1 }),
    batchNorm('n', 8),
    tanh,
    averagePool(3, { stride: 2, padding: 1 }),
  ),
  'conv2d, group norm, silu, max pool, flatten, layer norm, linear': sequential(
    conv2d('c', 2, 8, 3, { padding: 'same' }),
    groupNorm('g', 4, 8),
    silu,
    maxPool(2),
    flatten,
    layerNorm('l', [96]),
    linear('o', 96, 5),
  ),
  'conv1d, even kernel, length kept': conv1d('c', 2, 3, 4, { padding: 'same', dilation: 3 }),
  'batch norm of rows': sequential(linear('l', 5, 7, { bias: false }), batchNorm('n', 7), relu),
  'resnet-1d': resnet1d(3),
  'resnet-1d, equal widths': resnet1d(8, { widths: [8, 8] }),
  'inception-time': inceptionTime(1),
  'inception-time, depth 5': inceptionTime(2, { depth: 5 }),
  dilated: dilated(2, { width: 16, depth: 5, outputs: 24 }),
  'dilated, every point': dilated(2, { width: 8, depth: 2, outputs: 12, pool: 'none' }),
  pointwise: pointwise(),
  'pointwise, no last relu': pointwise(156, { lastRelu: false }),
  context: context(9),
  'cnn-2d': cnn2d([3, 32, 32], { pool: 'average' }),
  'resnet-32': resnetCifar(),
  'mlp with embeddings': mlp(9, [6, 5], {
    embeddings: [
      { start: 4, levels: 2, width: 4 },
      { start: 1, levels: 3, width: 2 },
    ],
  }),
};

/** The generator of layers.py. */
function numbers(seed: number, count: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 23 - 1;
  });
}

function firstWeights({ parameters }: Layer): Float32Array {
  return Float32Array.from(
    parameters.flatMap(({ name, shape }, i) => {
      const u = [...numbers(i + 1, size(shape))];
      if (shape.length > 1) return u.map((v) => v * Math.sqrt(6 / (size(shape) / shape[0])));
      return name.endsWith('.scale') ? u.map((v) => 1 + 0.2 * v) : u.map((v) => 0.2 * v);
    }),
  );
}

/** Length and samples agree to 1e-4 of the tensor's root mean square (or of the number itself, where larger). */
function close(name: string, got: Float32Array, { shape, norm, sample }: Digest, floor: number): void {
  assert.equal(got.length, size(shape), name);
  const typical = norm / Math.sqrt(got.length);
  const length = Math.sqrt(got.reduce((total, v) => total + v * v, 0));
  const scale = Math.max(norm, floor * Math.sqrt(got.length));
  assert.ok(Math.abs(length - norm) <= 1e-4 * scale, `${name}: length ${length}, PyTorch ${norm}`);
  sample.forEach((wanted, j) => {
    const value = got[Math.floor((j * got.length) / 6)];
    const limit = 1e-4 * Math.max(Math.abs(wanted), typical, floor);
    assert.ok(Math.abs(value - wanted) <= limit, `${name}, sample ${j}: ${value}, PyTorch ${wanted}`);
  });
}

test('every stored net is built here', () => assert.deepEqual(Object.keys(nets), Object.keys(stored.cases)));

for (const [name, net] of Object.entries(nets))
  test(`${name}: values, gradients and running statistics are PyTorch's`, async () => {
    const wanted = stored.cases[name];
    const x = {
      shape: wanted.input,
      data: Float32Array.from(numbers(1001, size(wanted.input)), (u) => 1.5 * u),
    };
    const buffers = Float32Array.from(
      net.buffers.flatMap((v) => new Array<number>(size(v.shape)).fill(v.name.endsWith('.variance') ? 1 : 0)),
    );
    const got = await pass(net, x, firstWeights(net), buffers, (n) => Float32Array.from(numbers(1002, n)));
    assert.deepEqual(got.shape, wanted.y.shape);
    assert.equal(net.parameters.length, wanted.gradients.length);
    close('y', got.y, wanted.y, 0);
    close('dx', got.dx, wanted.dx, 0);
    // A bias before a batch norm has no gradient but rounding: small against the largest of the net.
    const largest = Math.max(...wanted.gradients.map((g) => g.norm / Math.sqrt(size(g.shape))));
    net.parameters.forEach((v, i) => {
      close(`gradient of ${v.name}`, got.gradients[i], wanted.gradients[i], 0.01 * largest);
    });
    net.buffers.forEach((v, i) => {
      close(`new ${v.name}`, got.running[i], wanted.running[i], 1e-2);
    });
    close('in use', got.use, wanted.use, 0);
  });
