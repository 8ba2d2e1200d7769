import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  type ContrastiveLoss,
  contrastiveLosses,
  otsu,
  quantile,
  thresholdOf,
} from '../../../src/losses/contrastive/index.ts';
import { type Batch, lossOf } from './harness.ts';

interface Case {
  readonly loss: string;
  readonly input: string;
  readonly values: Record<string, number | string>;
  readonly threshold?: number;
  readonly parts: Record<string, number>;
  readonly gradients: Record<string, number[]>;
  /** Terms of an official form whose log argument was held. */
  readonly held?: number;
}
const stored: {
  inputs: Record<string, { steps: number; z: number[][]; other: number[][]; features: number[][] }>;
  cases: Case[];
  thresholds: { values: number[]; q10: number; q25: number; otsu: number };
} = JSON.parse(readFileSync(new URL('reference/contrastive.json', import.meta.url), 'utf8'));

const batches = new Map<string, Batch>(
  Object.entries(stored.inputs).map(([name, { steps, z, other, features }]) => {
    const flat = (rows: number[][]) => Float64Array.from(rows.flat());
    return [name, { steps, rows: z.length, z: flat(z), other: flat(other), features: flat(features) }];
  }),
);

function close(what: string, got: number, wanted: number, scale = Math.abs(wanted)): void {
  assert.ok(Math.abs(got - wanted) <= 1e-9 * Math.max(1, scale), `${what}: ${got}, PyTorch ${wanted}`);
}

for (const loss of contrastiveLosses) {
  test(`${loss.name}: parts and gradients are those of the plain formula in PyTorch`, async () => {
    const cases = stored.cases.filter((c) => c.loss === loss.name);
    assert.ok(cases.length >= 4, `${loss.name} has ${cases.length} stored cases`);
    for (const { input, values, threshold, parts, gradients } of cases) {
      const batch = batches.get(input) as Batch;
      const answer = await (await lossOf(loss, batch, { values, threshold }))(batch);
      const where = `${loss.name} on ${input} with ${JSON.stringify(values)}`;
      assert.deepEqual(Object.keys(answer.parts), Object.keys(parts), where);
      for (const [name, wanted] of Object.entries(parts)) close(`${where}, ${name}`, answer.parts[name], wanted);
      for (const [name, wanted] of Object.entries(gradients)) {
        const scale = Math.max(...wanted.map(Math.abs));
        wanted.forEach((w, i) => {
          close(`${where}, d ${name}[${i}]`, answer.gradients[name][i], w, scale);
        });
      }
    }
  });
}

test('float32 has the same values, at temperature 0.01 and margin 100, too', async () => {
  for (const { loss: name, input, values, threshold, parts } of stored.cases) {
    const loss = contrastiveLosses.find((l) => l.name === name) as ContrastiveLoss;
    const batch = batches.get(input) as Batch;
    const answer = await (await lossOf(loss, batch, { values, threshold, dtype: 'float32' }))(batch);
    for (const [part, wanted] of Object.entries(parts)) {
      const gap = Math.abs(answer.parts[part] - wanted);
      assert.ok(gap <= 3e-5 * Math.max(1, Math.abs(wanted)), `${name} on ${input}: ${answer.parts[part]}, ${wanted}`);
    }
  }
});

test('the stored cases of the official forms hold the argument of the log in some and not in others', () => {
  for (const name of ['emargin-official-single', 'emargin-official-double']) {
    const held = stored.cases.filter((c) => c.loss === name).map((c) => c.held ?? 0);
    assert.ok(held.some((n) => n > 0) && held.some((n) => n === 0), name);
  }
});

test('thresholds agree with numpy', () => {
  const { values, q10, q25, otsu: cut } = stored.thresholds;
  close('q10', thresholdOf('q10', values) as number, q10);
  close('q25', quantile(values, 0.25), q25);
  close('otsu', otsu(values), cut);
});
