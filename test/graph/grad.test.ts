import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, size } from '../../src/array/array.ts';
import { normaliseRows } from '../../src/graph/functions.ts';
import { grad, topological } from '../../src/graph/grad.ts';
import { add, input, mul, reshape, slice, sum } from '../../src/graph/ops/index.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { compile, feed, read } from '../../src/runtime/session.ts';

const x = input('x', [5, 2], 'float64');
const X = Float64Array.from({ length: 10 }, (_, i) => Math.sin(i));
const part = (start: number, end: number, axis = 0) => slice(x, { axis, start, end });
const squares = (t: Tensor) => sum(mul(t, t), { axes: t.shape.map((_, i) => i) });

async function gradient(loss: Tensor, of: Tensor = x): Promise<Float64Array> {
  const [dx] = grad(loss, [of]);
  const { dx: result } = await (await compile({ dx: add(dx, 0) })).run({ x: feed(array('float64', [5, 2], X)) });
  return read(result, 'float64');
}

/** Rows that count how often. */
const expected = (times: readonly number[]) => X.map((value, i) => 2 * value * times[Math.floor(i / 2)] + 0);

test('slices side by side, with gaps: their gradients are joined, not summed', async () => {
  const loss = add(squares(part(0, 2)), squares(part(3, 5)));
  assert.deepEqual(await gradient(loss), expected([1, 1, 0, 1, 1]));
  const [dx] = grad(loss, [x]);
  assert.deepEqual([dx.op.name, topological([dx]).filter(({ op }) => op.name === 'concat').length], ['concat', 1]);
});

test('slices that overlap, or of different axes, or beside the whole: gradients add up', async () => {
  assert.deepEqual(await gradient(add(squares(part(0, 3)), squares(part(2, 5)))), expected([1, 1, 2, 1, 1]));
  const column = await gradient(add(squares(part(0, 5)), squares(part(1, 2, 1))));
  assert.deepEqual(
    column,
    X.map((value, i) => 2 * value * (i % 2 === 1 ? 2 : 1)),
  );
  assert.deepEqual(await gradient(add(squares(part(1, 2)), squares(x))), expected([1, 2, 1, 1, 1]));
});

test('a slice of a slice, and one that nothing is asked of', async () => {
  const inner = slice(part(1, 4), { axis: 0, start: 1, end: 3 });
  assert.deepEqual(await gradient(squares(inner)), expected([0, 0, 1, 1, 0]));
});

test('the gradient is that of the very tensor asked for, also of one that is reshaped on', async () => {
  const flat = reshape(x, [10]);
  const dx = await gradient(squares(reshape(flat, [2, 5])), flat);
  assert.equal(dx.length, size([10]));
  assert.deepEqual(
    dx,
    X.map((value) => 2 * value),
  );
});

test('normaliseRows: a zero row stays zero and passes no gradient', async () => {
  const rows = normaliseRows(mul(x, input('mask', [5, 1], 'float64')));
  const loss = sum(mul(rows, input('weight', [5, 2], 'float64')), { axes: [0, 1] });
  const [dx] = grad(loss, [x]);
  const program = await compile({ rows, dx });
  const result = await program.run({
    x: feed(array('float64', [5, 2], X)),
    mask: feed(array('float64', [5, 1], Float64Array.of(1, 0, 1, 1, 1))),
    weight: feed(array('float64', [5, 2], new Float64Array(10).fill(3))),
  });
  for (const name of ['rows', 'dx'] as const) {
    const values = read(result[name], 'float64');
    assert.deepEqual([...values.subarray(2, 4)].map(Math.abs), [0, 0], name);
    assert.ok(values.every(Number.isFinite) && values.some((value) => value !== 0), name);
  }
});
