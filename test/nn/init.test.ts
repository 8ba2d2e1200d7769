import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { input } from '../../src/graph/ops/index.ts';
import { batchNorm } from '../../src/nn/batch-norm.ts';
import { conv1d } from '../../src/nn/conv.ts';
import { kaimingNormal, orthogonal, xavierNormal, xavierUniform } from '../../src/nn/init.ts';

const random = () => stream(3, 'init');
const deviation = (values: Float32Array) => Math.sqrt(values.reduce((total, v) => total + v * v, 0) / values.length);

test('kaiming normal: standard deviation gain / sqrt(fan)', () => {
  // 20,000 draws: standard error of the deviation is 0.5 %.
  assert.ok(Math.abs(deviation(kaimingNormal(20000, 72)(random())) / Math.sqrt(2 / 72) - 1) < 0.02);
  assert.ok(Math.abs(deviation(kaimingNormal(20000, 72, 1)(random())) / Math.sqrt(1 / 72) - 1) < 0.02);
});

test('xavier uniform: within gain sqrt(6 / (in + out)) and up to it', () => {
  const values = xavierUniform(20000, 30, 24, 2)(random());
  const bound = 2 / 3;
  const largest = Math.max(...values.map(Math.abs));
  assert.ok(largest <= bound + 1e-6 && largest > 0.999 * bound);
  assert.ok(Math.abs(deviation(values) / (bound / Math.sqrt(3)) - 1) < 0.02);
});

test('xavier normal: standard deviation gain sqrt(2 / (in + out))', () => {
  assert.ok(Math.abs(deviation(xavierNormal(20000, 30, 20, 2)(random())) / 0.4 - 1) < 0.02);
});

for (const [rows, columns] of [
  [3, 7],
  [7, 3],
  [5, 5],
])
  test(`orthogonal ${rows}x${columns}: the shorter side's vectors are at right angles with length gain`, () => {
    const q = orthogonal(rows, columns, 1.5)(random());
    const [n, m] = rows <= columns ? [rows, columns] : [columns, rows];
    const at = (i: number, j: number) => (rows <= columns ? q[i * columns + j] : q[j * columns + i]);
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++) {
        let product = 0;
        for (let j = 0; j < m; j++) product += at(a, j) * at(b, j);
        assert.ok(Math.abs(product - (a === b ? 2.25 : 0)) < 1e-6, `${a}, ${b}: ${product}`);
      }
  });

test('the same stream gives the same bits', () => {
  assert.deepEqual(orthogonal(4, 6)(random()), orthogonal(4, 6)(random()));
  assert.deepEqual(kaimingNormal(9, 4)(random()), kaimingNormal(9, 4)(random()));
});

test('layers refuse channels that do not fit', () => {
  const scope = { training: true, read: () => input('v', [4]), write: () => {}, noise: assert.fail };
  assert.throws(() => conv1d('c', 6, 4, 3, { groups: 4 }), /conv "c": 6 to 4 channels do not divide into 4 groups/);
  assert.throws(
    () => batchNorm('n', 4).apply(input('x', [2, 1, 5]), scope),
    /"n": needs \[B, 4, ...\], got \[2, 1, 5\]/,
  );
});
