import assert from 'node:assert/strict';
import { float32, size } from '../../src/array/array.ts';
import { stream } from '../../src/array/random.ts';
import { grad } from '../../src/graph/grad.ts';
import { constant, input, mul, reshape, sum } from '../../src/graph/ops/index.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { type Layer, type Moving, packedLength, unpack, type Variable } from '../../src/nn/variable.ts';
import { compile, type Feed, feed, read } from '../../src/runtime/session.ts';

/** One layer's forward and backward pass in training, and its forward pass in use with an open batch. */
export interface Pass {
  readonly y: Float32Array;
  readonly shape: readonly number[];
  readonly dx: Float32Array;
  /** For each parameter, in their order. */
  readonly gradients: readonly Float32Array[];
  /** For each buffer: its value after the step. */
  readonly running: readonly Float32Array[];
  /** Result in use, with the running statistics after the step. */
  readonly use: Float32Array;
}

/** Runs a layer once on x with loss sum(y * weight). */
export async function pass(
  layer: Layer,
  x: { readonly shape: readonly number[]; readonly data: Float32Array },
  parameters: Float32Array,
  buffers: Float32Array,
  weightOf: (length: number) => Float32Array,
): Promise<Pass> {
  const flat = input('parameters', [packedLength(layer.parameters)]);
  const running = input('buffers', [packedLength(layer.buffers)]);
  const values = new Map([...unpack(flat, layer.parameters), ...unpack(running, layer.buffers)]);
  const current = (v: Variable) => values.get(v) ?? assert.fail(`${v.name} is not in the layer's lists`);
  const written = new Map<Variable, Moving & { value: Tensor }>();
  const xIn = input('x', x.shape);
  const y = layer.apply(xIn, {
    training: true,
    read: current,
    write: (v, value, moving = { keep: 0, rate: 1 }) => written.set(v, { value, ...moving }),
    noise: (name, shape) => {
      const drawn = stream(1, name);
      return constant(
        float32(
          shape,
          Float32Array.from({ length: size(shape) }, () => drawn.uniform()),
        ),
      );
    },
  });
  const length = size(y.shape as number[]);
  const loss = sum(mul(reshape(y, [length]), input('weight', [length])), { axes: [0] });
  const [dx, ...gradients] = grad(loss, [xIn, ...layer.parameters.map(current)]);
  const outputs: Record<string, Tensor> = { y, dx };
  gradients.forEach((g, i) => {
    assert.deepEqual(g.shape, layer.parameters[i].shape, layer.parameters[i].name);
    outputs[`g${i}`] = g;
  });
  layer.buffers.forEach((v, i) => {
    const { value, keep } = written.get(v) ?? assert.fail(`${v.name} is not written`);
    assert.deepEqual(value.shape, v.shape, v.name);
    assert.equal(keep, 0.9);
    outputs[`b${i}`] = value;
  });
  const program = await compile(outputs);
  const common: Record<string, Feed> = {
    x: feed(float32(x.shape, x.data)),
    parameters: feed(float32([parameters.length], parameters)),
  };
  const result = await program.run({ ...common, weight: feed(float32([length], weightOf(length))) });
  const numbers = (name: string) => read(result[name], 'float32');
  let start = 0;
  const next = layer.buffers.map((v, i) => {
    const before = buffers.subarray(start, start + size(v.shape));
    start += before.length;
    const { keep, rate } = written.get(v) ?? assert.fail(v.name);
    return numbers(`b${i}`).map((value, j) => keep * before[j] + rate * value);
  });

  const open = input('x', ['rows', ...x.shape.slice(1)]);
  const scope = {
    training: false,
    read: current,
    write: () => assert.fail('a net in use writes nothing'),
    noise: assert.fail,
  };
  const inUse = await compile({ use: layer.apply(open, scope) });
  const statistics = Float32Array.from(next.flatMap((part) => [...part]));
  if (next.length > 0) common.buffers = feed(float32([statistics.length], statistics));
  const { use } = await inUse.run(common);
  assert.deepEqual(use.dims, y.shape);
  return {
    y: numbers('y'),
    shape: y.shape as readonly number[],
    dx: numbers('dx'),
    gradients: gradients.map((_, i) => numbers(`g${i}`)),
    running: next,
    use: read(use, 'float32'),
  };
}
