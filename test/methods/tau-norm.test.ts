import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { float32 } from '../../src/array/array.ts';
import { headNumbers, rescaled, rescaledNet } from '../../src/evaluate/rescale.ts';
import { constant, input } from '../../src/graph/ops/index.ts';
import { parseMethod } from '../../src/methods/index.ts';
import { identity } from '../../src/nn/activation.ts';
import { linearHead } from '../../src/nn/head.ts';
import { viewOf } from '../../src/nn/variable.ts';
import { compile, feed, read } from '../../src/runtime/session.ts';
import { frozenScope } from '../../src/train/graphs.ts';

type Numbers = 'embeddings' | 'weight' | 'bias' | 'logits';
/** Made by reference/tau-norm.py. */
const stored: Record<Numbers, number[]> & { cases: { tau: number; logits: number[] }[] } = JSON.parse(
  readFileSync(new URL('reference/tau-norm.json', import.meta.url), 'utf8'),
);
const [ROWS, C, D] = [6, 4, 5];
const head = linearHead(D, C);
const layers = { encoder: identity, width: D, head, memory: [], parameters: head.parameters, buffers: [] };
const net = {
  parameters: Float32Array.from([...stored.weight, ...stored.bias]),
  buffers: new Float32Array(1),
  counts: [4, 3, 2, 1],
  keptAt: 1,
};

function close(got: ArrayLike<number>, expected: readonly number[]): void {
  assert.equal(got.length, expected.length);
  expected.forEach((z, i) => {
    assert.ok(Math.abs(got[i] - z) < 1e-5, `${i}: ${got[i]}, PyTorch ${z}`);
  });
}

for (const { tau, logits: expected } of stored.cases)
  test(`tau-norm, tau ${tau}: logits made anew and those of the changed head are PyTorch's`, async () => {
    const { method, settings, training } = parseMethod(`tau-norm:tau=${tau}`);
    assert.equal(training, 'cross-entropy');
    const [step, ...others] = method.afterwards!(headNumbers(layers, net), settings);
    assert.deepEqual(others, []);
    close(rescaled(Float32Array.from(stored.logits), step), expected);

    const { parameters } = rescaledNet(net, layers, step);
    const values = new Map(
      head.parameters.map((v) => [v, constant(float32(v.shape, viewOf(parameters, head.parameters, v.name)))]),
    );
    const program = await compile({ y: head.logits(input('h', [ROWS, D]), frozenScope(values)) });
    const { y } = await program.run({ h: feed(float32([ROWS, D], stored.embeddings)) });
    close(read(y, 'float32'), expected);
    assert.deepEqual(
      [...net.parameters.slice(0, 20)],
      [...Float32Array.from(stored.weight)],
      'the trained net is kept',
    );
  });

test('tau-norm, tau auto: 0, 0.1, ..., 1 are tried; a zero vector breaks nothing', () => {
  const { method, settings } = parseMethod('tau-norm');
  const steps = method.afterwards!({ lengths: [2, 0], bias: [1, 0.5] }, settings);
  assert.equal(steps.length, 11);
  assert.deepEqual(steps[0], { scale: [1, 1], shift: [-1, -0.5] });
  assert.deepEqual([steps[10].scale[0], steps[10].shift[0]], [0.5, -0.5]);
  assert.ok(steps.every(({ scale, shift }) => [...scale, ...shift].every(Number.isFinite)));
  assert.throws(() => parseMethod('tau-norm:tau=3'), /tau must be auto or a number from 0 to 2, got "3"/);
});
