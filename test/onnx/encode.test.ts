import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, float32, int32 } from '../../src/array/array.ts';
import { add, cast, input, mul, relu, scalar, stopGradient, sum } from '../../src/graph/ops/index.ts';
import { describeModel } from '../../src/onnx/decode.ts';
import { encodeModel } from '../../src/onnx/encode.ts';
import { compile, compileLoop, feed, read } from '../../src/runtime/session.ts';

test('names, shapes and metadata come back; equal expressions are one node, aliases none', () => {
  const x = input('x', ['rows', 3]);
  const y = add(mul(x, 2), mul(stopGradient(x), 2));
  const bytes = encodeModel({ y, again: y }, { made: 'here' });
  const found = describeModel(bytes);
  assert.deepEqual(found.inputs, [{ name: 'x', shape: ['rows', 3], dtype: 'float32' }]);
  assert.deepEqual(
    found.outputs.map((o) => [o.name, o.shape]),
    [
      ['y', ['rows', 3]],
      ['again', ['rows', 3]],
    ],
  );
  assert.deepEqual(found.operators, ['Mul', 'Add', 'Identity']);
  assert.deepEqual(found.metadata, { made: 'here' });
});

test('an output may be an input or a constant', async () => {
  const x = input('x', [2]);
  const program = await compile({ same: x, one: scalar(1) });
  const { same, one } = await program.run({ x: feed(float32([2], [3, 4])) });
  assert.deepEqual([...read(same, 'float32')], [3, 4]);
  assert.deepEqual([...read(one, 'float32')], [1]);
});

test('an output with the name of an input is refused by name', () => {
  const x = input('x', [2]);
  assert.throws(() => encodeModel({ x: mul(x, 2) }), /onnx: "x" names an input and an output/);
});

test('a repeated step is the step run again and again, bit for bit', async () => {
  const x = input('x', [3]);
  const factor = input('factor', []);
  const t = input('t', [], 'int32');
  const next = relu(add(mul(x, factor), cast(t, 'float32')));
  const outputs = { x_next: next, total: sum(next, { axes: [0] }) };
  const once = await compile(outputs);
  const often = await compileLoop({ outputs, state: ['x'], counter: 't' });
  const start = feed(float32([3], [0.1, -0.7, 0.3]));
  let state = start;
  const totals: number[] = [];
  for (let i = 5; i < 12; i++) {
    const result = await once.run({ x: state, factor: feed(float32([], [1.1])), t: feed(int32([], [i])) });
    state = result.x_next;
    totals.push(read(result.total, 'float32')[0]);
  }
  const result = await often.run({
    x_first: start,
    factor: feed(float32([], [1.1])),
    from: feed(int32([], [5])),
    count: feed(array('int64', [], BigInt64Array.of(7n))),
  });
  assert.deepEqual([...read(result.x_last, 'float32')], [...read(state, 'float32')]);
  assert.deepEqual([...read(result.total, 'float32')], totals);
});
