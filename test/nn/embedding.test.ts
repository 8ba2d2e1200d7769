import assert from 'node:assert/strict';
import { test } from 'node:test';
import { float32 } from '../../src/array/array.ts';
import { stream } from '../../src/array/random.ts';
import { constant, input } from '../../src/graph/ops/index.ts';
import { embedding, embeddingWidth, joinedWidth } from '../../src/nn/embedding.ts';
import { mlp } from '../../src/nn/encoders/mlp.ts';
import { compile, feed, read } from '../../src/runtime/session.ts';

const blocks = [
  { start: 4, levels: 2, width: 1 },
  { start: 1, levels: 3, width: 2 },
];

test('a level becomes its row of the table, no level zeros; other columns stay, all in the order of the columns', async () => {
  const layer = embedding('e', 7, blocks);
  const tables: Record<string, number[]> = { 'e.0.table': [1, 2, 3, 4, 5, 6], 'e.1.table': [7, 8] };
  const y = layer.apply(input('x', ['rows', 7]), {
    training: false,
    read: ({ name, shape }) => constant(float32(shape, tables[name])),
    write: assert.fail as () => never,
    noise: assert.fail,
  });
  assert.deepEqual(y.shape, ['rows', 5]);
  assert.equal(joinedWidth(7, blocks), 5);
  const x = [
    [0.5, 0, 1, 0, 0, 1, -2],
    [0.25, 0, 0, 0, 1, 0, 9],
  ];
  const result = await (await compile({ y })).run({ x: feed(float32([2, 7], x.flat())) });
  assert.deepEqual([...read(result.y, 'float32')], [0.5, 3, 4, 8, -2, 0.25, 0, 0, 7, 9]);
});

test('vectors of levels have length 1 on average', () => {
  const [table] = embedding('e', 400, [{ start: 0, levels: 400, width: 25 }]).parameters;
  const values = table.init(stream(1, 'table'));
  // 10,000 draws: standard error of the mean square is 1.4 %.
  assert.ok(Math.abs(values.reduce((total, v) => total + v * v, 0) / 400 - 1) < 0.05);
});

test('width by default: half the levels, at most 50', () => {
  assert.deepEqual([1, 2, 3, 32, 99, 100, 5000].map(embeddingWidth), [1, 1, 2, 16, 50, 50, 50]);
  assert.equal(joinedWidth(40, [{ start: 8, levels: 32 }]), 24);
});

test('blocks that overlap, leave the inputs or are none are named', () => {
  const make = (...list: { start: number; levels: number; width?: number }[]) => mlp(6, [3], { embeddings: list });
  const cases: [() => unknown, RegExp][] = [
    [() => make({ start: 2, levels: 3 }, { start: 0, levels: 3 }), /columns 2 to 4 overlap columns 0 to 2/],
    [() => make({ start: 3, levels: 4 }), /columns 3 to 6 are not within 6 inputs/],
    [() => make({ start: -1, levels: 4 }), /start >= 0, levels and width >= 1, got -1, 4, 2/],
    [() => make({ start: 0, levels: 0 }), /got 0, 0, 0/],
    [() => make({ start: 0, levels: 2, width: 1.5 }), /got 0, 2, 1.5/],
  ];
  for (const [run, message] of cases) assert.throws(run, message);
  assert.throws(() => make({ start: 3, levels: 4 }), RangeError);
});
