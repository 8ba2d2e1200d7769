import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array } from '../../src/array/array.ts';
import { stream } from '../../src/array/random.ts';
import { grad } from '../../src/graph/grad.ts';
import { input, mul, sum } from '../../src/graph/ops/index.ts';
import { batchNorm } from '../../src/nn/batch-norm.ts';
import { mlp } from '../../src/nn/encoders/mlp.ts';
import { initialise, packedLength, unpack, viewOf } from '../../src/nn/variable.ts';
import { compile, feed } from '../../src/runtime/session.ts';

test('batch norm: its closed-form derivative agrees with finite differences', async () => {
  const [rows, width] = [5, 3];
  const layer = batchNorm('n', width);
  const x = input('x', [rows, width], 'float64');
  const scale = input('scale', [width], 'float64');
  const shift = input('shift', [width], 'float64');
  const still = input('still', [width], 'float64');
  const weight = input('weight', [rows, width], 'float64');
  const y = layer.apply(x, {
    training: true,
    read: ({ name }) => ({ 'n.scale': scale, 'n.shift': shift })[name] ?? still,
    write: () => {},
    noise: assert.fail,
  });
  const loss = sum(mul(y, weight), { axes: [0, 1] });
  const [dx, dscale, dshift] = grad(loss, [x, scale, shift]);
  const program = await compile({ loss, dx, dscale, dshift });
  const random = stream(3, 'norm');
  const draw = (...shape: number[]) =>
    array(
      'float64',
      shape,
      Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    );
  const values = { x: draw(rows, width), scale: draw(width), shift: draw(width), weight: draw(rows, width) };
  const feeds = () => Object.fromEntries(Object.entries(values).map(([name, v]) => [name, feed(v)]));
  const got = await program.run(feeds());
  for (const name of ['x', 'scale', 'shift'] as const) {
    const { data } = values[name];
    for (let i = 0; i < data.length; i++) {
      const kept = data[i];
      const at = async (v: number) => {
        data[i] = v;
        return Number((await program.run(feeds(), { loss: null })).loss.data[0]);
      };
      const numeric = ((await at(kept + 1e-5)) - (await at(kept - 1e-5))) / 2e-5;
      data[i] = kept;
      assert.ok(Math.abs(Number(got[`d${name}`].data[i]) - numeric) < 1e-6, `${name}[${i}]`);
    }
  }
});

test('batch norm refuses a batch of one row', () => {
  const layer = batchNorm('n', 2);
  const scope = { training: true, read: () => input('v', [2]), write: () => {}, noise: assert.fail };
  assert.throws(() => layer.apply(input('x', [1, 2]), scope), /batchNorm "n": needs at least 2 rows a batch, got 1/);
});

test('mlp: shape of the embedding, gradient reaches every parameter', async () => {
  const net = mlp(3, [6, 4]);
  const flat = input('flat', [packedLength(net.parameters)]);
  const running = input('running', [packedLength(net.buffers)]);
  const values = new Map([...unpack(flat, net.parameters), ...unpack(running, net.buffers)]);
  const h = net.apply(input('x', [8, 3]), {
    training: true,
    read: (v) => values.get(v) ?? assert.fail(v.name),
    write: () => {},
    noise: assert.fail,
  });
  assert.deepEqual(h.shape, [8, 4]);
  const weight = input('weight', [8, 4]);
  const gradients = grad(
    sum(mul(h, weight), { axes: [0, 1] }),
    net.parameters.map((v) => values.get(v)!),
  );
  const program = await compile(Object.fromEntries(gradients.map((g, i) => [`g${i}`, g])));
  const random = stream(1, 'mlp');
  const normal = (n: number) => Float32Array.from({ length: n }, () => random.normal());
  const start = initialise(net.parameters, random);
  const result = await program.run({
    flat: feed(array('float32', [start.length], start)),
    x: feed(array('float32', [8, 3], normal(24))),
    weight: feed(array('float32', [8, 4], normal(32))),
  });
  net.parameters.forEach((v, i) => {
    const largest = Math.max(...Array.from(result[`g${i}`].data as Float32Array, Math.abs));
    assert.ok(largest > 1e-4, `${v.name}: gradient ${largest}`);
  });
});

test('mlp: wrong widths are named', () => {
  assert.throws(() => mlp(3, []), /mlp: widths must be whole numbers >= 1, got \[\]/);
  assert.throws(() => mlp(3, [4, 0.5]), /got \[4,0.5\]/);
});

test('flat storage gives back each variable, and names the one that is missing', () => {
  const net = mlp(2, [3]);
  const start = initialise(net.parameters, stream(1, 'init'));
  assert.deepEqual([...viewOf(start, net.parameters, 'encoder.0.norm.scale')], [1, 1, 1]);
  assert.throws(() => viewOf(start, net.parameters, 'head'), /no variable "head"; there are: encoder.0.weight/);
});
