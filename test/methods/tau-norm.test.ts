import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { float32 } from '../../src/array/array.ts';
import { constant, input } from '../../src/graph/ops/index.ts';
import { parseMethod } from '../../src/methods/index.ts';
import { compile, feed, read } from '../../src/runtime/session.ts';
import { frozenScope } from '../../src/train/graphs.ts';

type Numbers = 'embeddings' | 'weight' | 'bias' | 'logits';
/** Made by reference/tau-norm.py. */
const stored: Record<Numbers, number[]> & { cases: { tau: number; logits: number[] }[] } = JSON.parse(
  readFileSync(new URL('reference/tau-norm.json', import.meta.url), 'utf8'),
);
const [ROWS, C, D] = [6, 4, 5];

for (const { tau, logits: expected } of stored.cases)
  test(`tau-norm in use, tau ${tau}: logits are PyTorch's`, async () => {
    const { method, settings } = parseMethod(`tau-norm:tau=${tau}`);
    const head = method.head(D, C, settings);
    const values = new Map(
      head.parameters.map((v) => [v, constant(float32(v.shape, v === head.weight ? stored.weight : stored.bias))]),
    );
    const program = await compile({ y: head.logits(input('h', [ROWS, D]), frozenScope(values)) });
    const { y } = await program.run({ h: feed(float32([ROWS, D], stored.embeddings)) });
    read(y, 'float32').forEach((z, i) => {
      assert.ok(Math.abs(z - expected[i]) < 1e-5, `${i}: ${z}, PyTorch ${expected[i]}`);
    });
  });
