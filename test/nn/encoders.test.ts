import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { float32, size } from '../../src/array/array.ts';
import { stream } from '../../src/array/random.ts';
import { constant, input } from '../../src/graph/ops/index.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { cnn2d } from '../../src/nn/encoders/cnn-2d.ts';
import { dilated } from '../../src/nn/encoders/dilated.ts';
import { inceptionTime } from '../../src/nn/encoders/inception-time.ts';
import { encoderOf, encoders, readEncoder } from '../../src/nn/encoders/index.ts';
import { mlp } from '../../src/nn/encoders/mlp.ts';
import { pointwise } from '../../src/nn/encoders/pointwise.ts';
import { resnet1d } from '../../src/nn/encoders/resnet-1d.ts';
import { resnetCifar } from '../../src/nn/encoders/resnet-cifar.ts';
import { initialise, type Layer, packedLength, unpack, type Variable } from '../../src/nn/variable.ts';
import { compile, feed, read } from '../../src/runtime/session.ts';
import { pass } from './harness.ts';

const count = (net: Layer) => net.parameters.reduce((n, v) => n + size(v.shape), 0);

/** Parameters by the papers' layers: counted by hand below, per layer weights + 2 a channel of each norm. */
const nets: [name: string, net: Layer, x: number[], h: number[], parameters: number][] = [
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
  ['cnn2d', cnn2d([1, 17, 20]), [3, 1, 17, 20], [3, 64], 144 + 4608 + 18432 + 224 + 3 * 3 * 64 * 64 + 64],
  ['cnn2d, mean', cnn2d([1, 17, 20], { pool: 'average' }), [3, 1, 17, 20], [3, 64], 144 + 4608 + 18432 + 224 + 4160],
  // The number that He et al. give for CIFAR's ResNet-32 is 0.46 M with the head of 650.
  ['resnetCifar', resnetCifar(), [4, 3, 16, 16], [4, 64], 464154 - 650],
];

/** Of one item, for each kind. */
const shapes = { rows: [6], series: [2, 20], pictures: [3, 9, 10] } as const;

for (const encoder of encoders)
  for (const kind of encoder.takes)
    test(`encoder ${encoder.name} on ${kind}: shape, gradients, and one row at a time in use`, async () => {
      const shape = shapes[kind];
      const { layer, width, embedding } = encoderOf({ kind: encoder.name }, shape);
      assert.equal(width, embedding[0]);
      const random = stream(7, encoder.name);
      const normal = (n: number) => Float32Array.from({ length: n }, () => random.normal());
      const first = initialise(layer.parameters, random);
      const data = normal(4 * size(shape));
      const still = initialise(layer.buffers, random);
      const got = await pass(layer, { shape: [4, ...shape], data }, first, still, normal);
      assert.deepEqual(got.shape, [4, ...embedding]);
      layer.parameters.forEach((v, i) => {
        const largest = got.gradients[i].reduce((most, g) => Math.max(most, Math.abs(g)), 0);
        assert.ok(largest > 1e-7 && Number.isFinite(largest), `${v.name}: gradient ${largest}`);
      });
      // Running statistics away from their first values, so that use and training differ.
      const buffers = still.map((v) => v + 0.1 * Math.abs(random.normal()));
      const together = await use(layer, [4, ...shape], 4, data, first, buffers);
      for (let row = 0; row < 4; row++) {
        const one = data.subarray(row * size(shape), (row + 1) * size(shape));
        const alone = await use(layer, ['rows', ...shape], 1, one, first, buffers);
        alone.forEach((v, i) => {
          const wanted = together[row * size(embedding) + i];
          assert.ok(Math.abs(v - wanted) <= 1e-5 * Math.max(1, Math.abs(wanted)), `row ${row}, ${i}: ${v}, ${wanted}`);
        });
      }
    });

/** The net in use, as the model file that it becomes. */
async function use(
  layer: Layer,
  shape: (number | string)[],
  rows: number,
  data: Float32Array,
  parameters: Float32Array,
  buffers: Float32Array,
): Promise<Float32Array> {
  const values = new Map<Variable, Tensor>();
  for (const [variables, flat] of [
    [layer.parameters, parameters],
    [layer.buffers, buffers],
  ] as const)
    for (const entry of unpack(constant(float32([flat.length], flat)), variables)) values.set(...entry);
  const h = layer.apply(input('x', shape), {
    training: false,
    read: (v) => values.get(v) ?? assert.fail(v.name),
    write: () => assert.fail('a net in use writes nothing'),
    noise: () => assert.fail('a net in use draws nothing'),
  });
  const program = await compile({ h });
  const result = await program.run({ x: feed(float32([rows, ...(shape.slice(1) as number[])], data)) });
  return read(result.h, 'float32');
}

test('every file of the folder is in the list that this test walks', () => {
  // MiniRocket's features are made once and not learnt.
  const shared = ['encoder.ts', 'index.ts', 'list.ts', 'spec.ts', 'minirocket.ts'];
  const files = readdirSync(new URL('../../src/nn/encoders', import.meta.url)).filter((f) => !shared.includes(f));
  assert.deepEqual(files.map((f) => f.replace('.ts', '')).sort(), encoders.map(({ name }) => name).sort());
});

test('settings are plain JSON, their defaults fit their own rules and are those of the functions', () => {
  for (const { name, settings } of encoders)
    for (const [key, rule] of Object.entries(settings)) {
      assert.ok(rule.fits(rule.default), `${name}: ${key}`);
      assert.deepEqual(JSON.parse(JSON.stringify(rule.default)), rule.default);
      for (const wrong of [null, -1, 0.5, [], [2, 0.5], [null], 'no', {}])
        if (rule.fits(wrong))
          assert.ok((key === 'dropout' && wrong === 0.5) || (key === 'embeddings' && `${wrong}` === ''));
    }
  const byHand = { mlp: mlp(6), 'resnet-1d': resnet1d(2), 'inception-time': inceptionTime(2), dilated: dilated(2) };
  const pictures = { 'cnn-2d': cnn2d(shapes.pictures), 'resnet-cifar': resnetCifar(3), pointwise: pointwise(3) };
  const described = (layer: Layer) =>
    [...layer.parameters, ...layer.buffers].map(({ name, shape }) => ({ name, shape }));
  for (const [kind, layer] of Object.entries({ ...byHand, ...pictures })) {
    const item = kind === 'pointwise' ? [3, 8] : shapes[encoders.find(({ name }) => name === kind)!.takes[0]];
    assert.deepEqual(described(encoderOf({ kind }, item).layer), described(layer));
  }
});

test('settings reach the net, and the width follows', () => {
  const widths = (spec: Parameters<typeof encoderOf>[0], shape: number[]) => {
    const { layer, width, embedding } = encoderOf(spec, shape);
    return [width, embedding, count(layer)];
  };
  assert.deepEqual(widths({ kind: 'mlp', widths: [4, 3] }, [5]), [3, [3], 20 + 8 + 12 + 6]);
  assert.deepEqual(widths({ kind: 'mlp', widths: [4], embeddings: [{ start: 0, levels: 5 }] }, [6]), [
    4,
    [4],
    15 + 16 + 8,
  ]);
  assert.deepEqual(widths({ kind: 'pointwise', widths: [4] }, [5, 9]), [4, [4, 9], 28]);
  assert.deepEqual(widths({ kind: 'dilated', width: 2, depth: 1, outputs: 3, pool: 'none' }, [1, 7]).slice(0, 2), [
    3,
    [3, 7],
  ]);
  assert.deepEqual(widths({ kind: 'inception-time', filters: 2, kernels: [3], depth: 1 }, [2, 9]).slice(0, 2), [
    4,
    [4],
  ]);
  assert.deepEqual(widths({ kind: 'cnn-2d', widths: [2], embedding: 7 }, [1, 5, 5]), [7, [7], 18 + 4 + 9 * 14 + 7]);
  assert.deepEqual(widths({ kind: 'resnet-cifar', widths: [4, 8], blocks: 1 }, [1, 8, 8]).slice(0, 2), [8, [8]]);
});

test('a spec with its defaults filled in says the same encoder', () => {
  const { settings } = readEncoder({ kind: 'dilated', depth: 2, pool: undefined });
  assert.deepEqual(settings, { width: 64, depth: 2, outputs: 320, kernel: 3, pool: 'max', dropout: 0 });
  assert.deepEqual(readEncoder({ kind: 'dilated', ...settings }).settings, settings);
});

test('wrong specs and items are named, with what there is', () => {
  const wrong = (spec: Parameters<typeof encoderOf>[0], shape: number[], message: string) =>
    assert.throws(() => encoderOf(spec, shape), { name: 'InputError', message });
  wrong(
    { kind: 'resnet1d' },
    [1, 9],
    'encoder "resnet1d" is not known; there are: mlp, resnet-1d, inception-time, dilated, pointwise, context, cnn-2d, ' +
      'resnet-cifar (did you mean "resnet-1d"?)',
  );
  wrong(
    { kind: 'mlp', width: 3 },
    [4],
    'encoder "mlp" has no setting "width"; there are: widths, embeddings, dropout (did you mean "widths"?)',
  );
  wrong(
    { kind: 'mlp', toString: 3 },
    [4],
    'encoder "mlp" has no setting "toString"; there are: widths, embeddings, dropout',
  );
  wrong(
    { kind: 'mlp', widths: [4, 0.5] },
    [4],
    'encoder "mlp": widths must be a list of whole numbers >= 1, got [4,0.5]',
  );
  wrong({ kind: 'dilated', pool: 'min' }, [1, 9], 'encoder "dilated": pool must be one of "max", "none", got "min"');
  wrong(
    { kind: 'cnn-2d' },
    [8],
    'encoder "cnn-2d" takes pictures [channels, height, width], got items of shape [8]; ' +
      'for rows [inputs] there are: mlp, pointwise',
  );
  wrong(
    { kind: 'pointwise' },
    [3, 8, 8],
    'encoder "pointwise" takes series [channels, length] or rows [inputs], got items of shape [3, 8, 8]; ' +
      'for pictures [channels, height, width] there are: cnn-2d, resnet-cifar',
  );
  wrong({ kind: 'mlp' }, [], 'encoder "mlp" takes rows [inputs], got items of shape []; no encoder takes 0 axes');
  assert.throws(
    () => encoderOf({ kind: 'mlp' }, [0]),
    /RangeError: encoder "mlp": lengths must be whole numbers >= 1, got \[0\]/,
  );
  assert.throws(
    () => encoderOf({ kind: 'mlp', embeddings: [{ start: 2, levels: 3, width: 2 }] }, [4]),
    /RangeError: embedding: columns 2 to 4 are not within 4 inputs/,
  );
});

for (const [name, net, x, h, parameters] of nets)
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
  const scope = { training: false, read: (v: object) => values.get(v as never)!, write: () => {}, noise: assert.fail };
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
