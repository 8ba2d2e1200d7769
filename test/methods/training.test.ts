import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { float32, int32 } from '../../src/array/array.ts';
import { effectiveNumber } from '../../src/methods/class-weighted.ts';
import { parseMethod } from '../../src/methods/index.ts';
import { packedLength, type Variable, viewOf } from '../../src/nn/variable.ts';
import { adamw } from '../../src/optim/index.ts';
import { compile, type Feed, feed, read } from '../../src/runtime/session.ts';
import { inferenceGraph, trainingGraph } from '../../src/train/graphs.ts';
import type { TrainingPlan } from '../../src/train/plan.ts';
import { rateAt, stepInStage } from '../../src/train/stages.ts';
import { countClasses } from '../../src/train/trainer.ts';

type Named = Record<string, number[]>;
/** Made by reference/methods.py. */
const stored = JSON.parse(readFileSync(new URL('reference/methods.json', import.meta.url), 'utf8')) as {
  inputs: number;
  widths: number[];
  classes: number;
  batch: number;
  steps: number;
  learningRate: number;
  weightDecay: number;
  x: number[];
  labels: number[];
  indices: number[];
  /** Shares of mixup, one a step. */
  mix: number[];
  initial: Named;
  effective: { counts: number[]; beta: number; weights: number[] }[];
  methods: Record<string, { losses: number[]; gradient: Named; parameters: Named; running: Named; logits: number[] }>;
};

/** Relative to the largest of the expected values: single small ones are sums of large ones that cancel. */
function close(actual: ArrayLike<number>, expected: readonly number[], tolerance: number, what: string) {
  assert.equal(actual.length, expected.length, what);
  const scale = Math.max(...expected.map(Math.abs));
  expected.forEach((value, i) => {
    const gap = Math.abs(actual[i] - value);
    assert.ok(gap <= tolerance * scale, `${what}[${i}]: ${actual[i]}, PyTorch ${value}`);
  });
}

/** A variable's first values; those of layers of a method's own lie under the method's name. */
function firstValues(method: string, { name }: Variable): number[] {
  const own = method.startsWith('allnc') ? 'predictive' : method;
  return stored.initial[name] ?? stored.initial[`${own}/${name}`];
}

/** All variables at once, so that a small gradient is measured beside the large ones. */
function closeByName(flat: Float32Array, variables: readonly Variable[], expected: Named, what: string) {
  assert.deepEqual(variables.map((v) => v.name).sort(), Object.keys(expected).sort(), what);
  const names = Object.keys(expected);
  const own = names.flatMap((name) => {
    const values = [...viewOf(flat, variables, name)];
    // Of long ones every 19th is stored.
    return values.length < 200 ? values : values.filter((_, i) => i % 19 === 0);
  });
  const wanted = names.flatMap((name) => expected[name]);
  close(own, wanted, 1e-5, what);
}

for (const [name, expected] of Object.entries(stored.methods))
  test(`${name}: gradient, three AdamW steps and the net in use are PyTorch's`, async () => {
    const { steps, batch, classes } = stored;
    const spec = parseMethod(name);
    assert.equal(spec.name, name);
    const plan: TrainingPlan = {
      ...{ spec, classes, batch, steps, learningRate: stored.learningRate, checks: 1 },
      shape: [stored.inputs],
      encoder: { kind: 'mlp', widths: stored.widths },
      optimiser: { kind: 'adamw', weightDecay: stored.weightDecay },
      schedule: { kind: 'cosine' },
    };
    const { outputs, layout } = trainingGraph(plan);
    const program = await compile(outputs);
    const { net } = layout;
    const rows = stored.labels.length;
    const facts = spec.method.facts(countClasses(Int32Array.from(stored.labels), classes), spec.settings);
    const optimiser = adamw(stored);
    const schedule = Array.from({ length: steps }, (_, t) => {
      const all: Record<string, number> = {
        ...spec.method.scalars(t / steps, spec.settings),
        ...optimiser.scalars(stepInStage(plan, t), rateAt(plan, t)),
        mix: stored.mix[t],
      };
      return layout.scalars.map((key) => all[key]);
    });
    const fixed: Record<string, Feed> = {
      x: feed(float32([rows, stored.inputs], stored.x)),
      labels: feed(int32([rows], stored.labels)),
      indices: feed(int32([steps, batch], stored.indices)),
      schedule: feed(float32([steps, layout.scalars.length], schedule.flat())),
    };
    if (layout.facts.length > 0) {
      const values = layout.facts.flatMap((key) => [...facts[key]]);
      fixed.facts = feed(float32([layout.facts.length, classes], values));
    }
    const length = packedLength(net.parameters);
    const first = net.parameters.flatMap((v) => firstValues(name, v));
    const running = net.buffers.flatMap((v) => [...v.init({} as never)]);
    let state: Record<string, Feed> = {
      parameters: feed(float32([length], first)),
      moment0: feed(float32([length], new Float32Array(length))),
      moment1: feed(float32([length], new Float32Array(length))),
      buffers: feed(float32([packedLength(net.buffers)], running)),
    };
    for (let t = 0; t < steps; t++) {
      const result = await program.run({ ...fixed, ...state, t: feed(int32([], [t])) });
      const loss = read(result.losses, 'float32').reduce((a, b) => a + b, 0);
      close([loss], [expected.losses[t]], 1e-5, `loss of step ${t}`);
      // After one step the first moment, kept as a sum, is the gradient.
      if (t === 0) closeByName(read(result.moment0_next, 'float32'), net.parameters, expected.gradient, 'gradient');
      state = Object.fromEntries(Object.keys(state).map((key) => [key, result[`${key}_next`]]));
    }
    closeByName(read(state.parameters, 'float32'), net.parameters, expected.parameters, 'parameters');
    const statistics = net.buffers.filter((v) => v.name in expected.running);
    closeByName(
      Float32Array.from(statistics.flatMap((v) => [...viewOf(read(state.buffers, 'float32'), net.buffers, v.name)])),
      statistics,
      expected.running,
      'running statistics',
    );
    const inference = await compile(inferenceGraph(plan));
    const { logits } = await inference.run({
      parameters: state.parameters,
      buffers: state.buffers,
      x: feed(float32([6, stored.inputs], stored.x.slice(0, 6 * stored.inputs))),
    });
    close(read(logits, 'float32'), expected.logits, 1e-4, 'logits in use');
  });

for (const { counts, beta, weights } of stored.effective)
  test(`effective number of ${counts} with beta ${beta}: the weights of the formula`, () => {
    effectiveNumber(counts, beta).forEach((w, c) => {
      assert.ok(Math.abs(w - weights[c]) <= 1e-12 * weights[c], `class ${c}: ${w}, not ${weights[c]}`);
    });
  });
