import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { array, float32 } from '../../src/array/array.ts';
import { grad } from '../../src/graph/grad.ts';
import { constant, input, mul, sum } from '../../src/graph/ops/index.ts';
import { ranking } from '../../src/losses/ranking.ts';
import { compile, feed, read } from '../../src/runtime/session.ts';

const stored: Record<'labels' | 'logits' | 'weight' | 'values' | 'gradient', number[]> = JSON.parse(
  readFileSync(new URL('reference/ranking.json', import.meta.url), 'utf8'),
);

const codes = (labels: readonly number[], classes: number) =>
  Float64Array.from({ length: labels.length * classes }, (_, i) =>
    labels[Math.floor(i / classes)] === i % classes ? 1 : 0,
  );

function close(got: ArrayLike<number>, wanted: readonly number[], tolerance = 1e-12): void {
  assert.equal(got.length, wanted.length);
  wanted.forEach((w, i) => {
    assert.ok(Math.abs(got[i] - w) < tolerance, `${i}: ${got[i]}, not ${w}`);
  });
}

test("ranking: values and gradient are PyTorch's, taken pair by pair; a class without rows does not matter", async () => {
  const rows = stored.labels.length;
  const logits = input('logits', [rows, 4], 'float64');
  const target = constant(array('float64', [rows, 4], codes(stored.labels, 4)));
  const weight = constant(array('float64', [rows], Float64Array.from(stored.weight)));
  const values = ranking.build({ logits, target });
  const [gradient] = grad(sum(mul(values, weight), { axes: [0] }), [logits]);
  const program = await compile({ values, gradient });
  const result = await program.run({ logits: feed(array('float64', [rows, 4], Float64Array.from(stored.logits))) });
  close(read(result.values, 'float64'), stored.values);
  close(read(result.gradient, 'float64'), stored.gradient);
});

test('ranking by hand: right order costs little, wrong order its distance, a tie log 2, one class alone nothing', async () => {
  const run = async (labels: readonly number[], values: readonly number[]) => {
    const logits = constant(float32([labels.length, 2], values));
    const target = constant(float32([labels.length, 2], codes(labels, 2)));
    const { y } = await (await compile({ y: ranking.build({ logits, target }) })).run({});
    return read(y, 'float32');
  };
  // Row 0 is of class 0, row 1 of class 1; each looks at its own column: 50 against 0, and -30 against 0.
  close(await run([0, 1], [50, 0, 0, -30]), [0, 30], 1e-6);
  close(await run([0, 1], [4, 9, 4, 9]), [Math.LN2, Math.LN2], 1e-6);
  close(await run([1, 1], [4, 9, 4, -9]), [0, 0], 1e-6);
});
