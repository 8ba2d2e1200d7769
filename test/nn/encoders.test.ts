import assert from 'node:assert/strict';
import { test } from 'node:test';
import { float32, size } from '../../src/array/array.ts';
import { stream } from '../../src/array/random.ts';
import { input } from '../../src/graph/ops/index.ts';
import { cnn2d } from '../../src/nn/encoders/cnn-2d.ts';
import { dilated } from '../../src/nn/encoders/dilated.ts';
import { inceptionTime } from '../../src/nn/encoders/inception-time.ts';
import { pointwise } from '../../src/nn/encoders/pointwise.ts';
import { resnet1d } from '../../src/nn/encoders/resnet-1d.ts';
import { resnetCifar } from '../../src/nn/encoders/resnet-cifar.ts';
import { initialise, type Layer, packedLength, unpack } from '../../src/nn/variable.ts';
import { compile, feed } from '../../src/runtime/session.ts';
import { pass } from './harness.ts';

const count = (net: Layer) => net.parameters.reduce((n, v) => n + size(v.shape), 0);

/** Parameters by the papers' layers: counted by hand below, per layer weights + 2 a channel of each norm. */
const encoders: [name: string, net: Layer, x: number[], h: number[], parameters: number][] = [
  // 3*32*7 + 32*32*8 + 3*32 + 8*32 (four norms), then 32*64*7 + 64*64*8 + 32*64 + 8*64
  ['resnet1d', resnet1d(3), [4, 3, 30], [4, 64], 9216 + 49664],
  // three modules of 16 * 16 * 67 + pooled + norm, bottlenecks of 2 and 64 channels, shortcut
  [
    'inceptionTime',
    inceptionTime(2),
    [4, 2, 40],
    [4, 64],
    3 * (16 * 16 * 67 + 128) + 2 * 16 * 2 + 4 * 64 * 16 + (2 * 64 + 128),
  ],
  ['dilated', dilated(1, { depth: 3, outputs: 40 }), [2, 1, 25], [2, 40], 128 + 3 * 24704 + 7720 + 4840 + 2600],
  [
    'dilated, every point',
    dilated(1, { width: 8, depth: 1, outputs: 6, pool: 'none' }),
    [2, 1, 9],
    [2, 6, 9],
    16 + 400 + 150 + 114 + 54,
  ],
  ['pointwise', pointwise(), [2, 156, 7], [2, 320, 7], 156 * 128 + 128 * 64 + 64 * 320 + 2 * 512],
  ['pointwise, rows', pointwise(6, { widths: [5, 4], lastRelu: false }), [9, 6], [9, 4], 68],
  ['cnn2d', cnn2d(1), [3, 1, 17, 20], [3, 64], 144 + 4608 + 18432 + 224 + 4160],
  // The number that He et al. give for CIFAR's ResNet-32 is 0.46 M with the head of 650.
  ['resnetCifar', resnetCifar(), [4, 3, 16, 16], [4, 64], 464154 - 650],
];

for (const [name, net, x, h, parameters] of encoders)
  test(`${name}: shape of the embedding, gradient reaches every parameter, names differ`, async () => {
    const random = stream(5, name);
    const normal = (n: number) => Float32Array.from({ length: n }, () => random.normal());
    const first = initialise(net.parameters, random);
    const buffers = net.buffers.length > 0 ? initialise(net.buffers, random) : new Float32Array(0);
    const got = await pass(net, { shape: x, data: normal(size(x)) }, first, buffers, normal);
    assert.deepEqual(got.shape, h);
    assert.equal(count(net), parameters);
    const names = [...net.parameters, ...net.buffers].map((v) => v.name);
    assert.equal(new Set(names).size, names.length);
    net.parameters.forEach((v, i) => {
      const largest = Math.max(...Array.from(got.gradients[i], Math.abs));
      assert.ok(largest > 1e-4 && Number.isFinite(largest), `${v.name}: gradient ${largest}`);
    });
  });

test('pointwise: rows and points in time give the same', async () => {
  const net = pointwise(3, { widths: [4, 2] });
  const flat = input('flat', [packedLength(net.parameters)]);
  const running = input('running', [packedLength(net.buffers)]);
  const values = new Map([...unpack(flat, net.parameters), ...unpack(running, net.buffers)]);
  const scope = { training: false, read: (v: object) => values.get(v as never)!, write: () => {} };
  const rows = net.apply(input('rows', [5, 3]), scope);
  const points = net.apply(input('points', [1, 3, 5]), scope);
  const program = await compile({ byRows: rows, byPoints: points });
  const random = stream(2, 'pointwise');
  const data = Float32Array.from({ length: 15 }, () => random.normal());
  const first = initialise(net.parameters, random);
  const still = initialise(net.buffers, random);
  const result = await program.run({
    flat: feed(float32([first.length], first)),
    running: feed(float32([still.length], still)),
    rows: feed(float32([5, 3], data)),
    points: feed(
      float32(
        [1, 3, 5],
        data.map((_, i) => data[(i % 5) * 3 + Math.floor(i / 5)]),
      ),
    ),
  });
  const [a, b] = [result.byRows.data as Float32Array, result.byPoints.data as Float32Array];
  for (let i = 0; i < 5; i++)
    for (let d = 0; d < 2; d++) assert.ok(Math.abs(a[i * 2 + d] - b[d * 5 + i]) < 1e-6, `row ${i}, channel ${d}`);
});
