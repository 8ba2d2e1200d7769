import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, type NdArray, size } from '../../src/array/array.ts';
import { stream } from '../../src/array/random.ts';
import { grad } from '../../src/graph/grad.ts';
import * as graph from '../../src/graph/ops/index.ts';
import { apply, type Op, type OpExample, type Tensor } from '../../src/graph/tensor.ts';
import { compile, feed } from '../../src/runtime/session.ts';

/** These have no float64 kernel on the CPU: checked in float32 with the tolerance that it allows. */
const FLOAT32_ONLY = new Set([
  'relu',
  'hardSigmoid',
  'cos',
  'sin',
  'isNan',
  'oneHotText',
  'cast',
  'erf',
  'conv',
  'convTranspose',
  'maxPool',
  'averagePool',
]);

function widen(value: NdArray): NdArray {
  return value.dtype === 'float32'
    ? array('float64', value.shape, Float64Array.from(value.data as Float32Array))
    : value;
}

function build(op: Op, example: OpExample): { values: NdArray[]; inputs: Tensor[]; output: Tensor } {
  const values = example.inputs.map((v) => (FLOAT32_ONLY.has(op.name) ? v : widen(v)));
  const inputs = values.map((v, i) => graph.input(`x${i}`, v.shape, v.dtype));
  return { values, inputs, output: apply(op, inputs, example.attributes) };
}

const feeds = (values: readonly NdArray[]) => Object.fromEntries(values.map((v, i) => [`x${i}`, feed(v)]));

for (const op of graph.ops.filter((o) => o.examples.length > 0)) {
  test(`op ${op.name}: shape rule and dtype are what the runtime returns`, async () => {
    for (const example of op.examples) {
      const { values, output } = build(op, example);
      const program = await compile({ y: output });
      const { y } = await program.run(feeds(values));
      assert.deepEqual(y.dims, output.shape);
      assert.equal(y.type, output.dtype);
    }
  });

  if (op.vjp === 'none') continue;
  test(`op ${op.name}: derivative agrees with finite differences`, async () => {
    for (const example of op.examples) {
      const { values, inputs, output } = build(op, example);
      const differentiable = inputs.map((x, i) => ({ x, i })).filter(({ x }) => x.dtype.startsWith('float'));
      if (differentiable.length === 0 || !output.dtype.startsWith('float')) continue;
      const random = stream(1, op.name);
      const weights = Float64Array.from({ length: size(output.shape as number[]) }, () => random.normal());
      const weight = graph.cast(graph.constant(array('float64', output.shape as number[], weights)), output.dtype);
      const axes = output.shape.map((_, i) => i);
      const product = graph.mul(output, weight);
      const loss = axes.length > 0 ? graph.sum(product, { axes }) : product;
      const gradients = grad(
        loss,
        differentiable.map(({ x }) => x),
      );
      const program = await compile({ loss, ...Object.fromEntries(gradients.map((g, i) => [`g${i}`, g])) });
      const analytic = await program.run(feeds(values));
      const single = FLOAT32_ONLY.has(op.name);
      const [step, tolerance] = single ? [1e-2, 2e-3] : [1e-5, 1e-8];
      for (const [k, { i }] of differentiable.entries()) {
        const data = values[i].data as Float64Array;
        for (let j = 0; j < data.length; j++) {
          const kept = data[j];
          const at = async (v: number) => {
            data[j] = v;
            return Number((await program.run(feeds(values))).loss.data[0]);
          };
          const numeric = ((await at(kept + step)) - (await at(kept - step))) / (2 * step);
          data[j] = kept;
          const got = Number(analytic[`g${k}` as 'loss'].data[j]);
          assert.ok(
            Math.abs(got - numeric) <= tolerance * Math.max(1, Math.abs(numeric)),
            `${op.name} input ${i}[${j}]: ${got} against ${numeric} by differences`,
          );
        }
      }
    }
  });
}

test('every exported op is in the list that the contract test walks', () => {
  const names = graph.ops.map((o) => o.name);
  assert.equal(new Set(names).size, names.length);
  for (const op of graph.ops) {
    const untested = ['input', 'constant', 'stopGradient', 'withGradient', 'composite'].includes(op.name);
    assert.ok(untested || op.examples.length > 0, `${op.name} has no examples`);
  }
});
