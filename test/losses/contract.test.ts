import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { array, float32, type NdArray, size } from '../../src/array/array.ts';
import { type Random, stream } from '../../src/array/random.ts';
import { grad } from '../../src/graph/grad.ts';
import { input, sum } from '../../src/graph/ops/index.ts';
import { losses } from '../../src/losses/index.ts';
import type { Layout, Loss } from '../../src/losses/loss.ts';
import { compile, feed, type Program, read } from '../../src/runtime/session.ts';

const C = 3;
const D = 4;

function shapeOf(layout: Layout, rows: number): number[] {
  return { BC: [rows, C], B1hot: [rows, C], BD: [rows, D], CD: [C, D], C: [C], '1D': [1, D] }[layout];
}

function draw(layout: Layout, rows: number, random: Random): Float64Array {
  const values = new Float64Array(size(shapeOf(layout, rows)));
  if (layout === 'B1hot') for (let i = 0; i < rows; i++) values[i * C + (i % C)] = 1;
  else for (let i = 0; i < values.length; i++) values[i] = layout === 'C' ? 0.3 + random.uniform() : random.normal();
  return values;
}

type Values = Record<string, NdArray>;

/** Values, total and gradients of a loss on float64 inputs. */
async function programOf(loss: Loss, rows: number): Promise<Program> {
  const inputs = Object.fromEntries(
    Object.entries(loss.inputs).map(([name, layout]) => [name, input(name, shapeOf(layout, rows), 'float64')]),
  );
  const values = loss.build(inputs);
  const total = sum(values, { axes: [0] });
  const learnt = Object.keys(inputs).filter((name) => differentiable(loss, name));
  const gradients = grad(
    total,
    learnt.map((name) => inputs[name]),
  );
  return compile({ values, total, ...Object.fromEntries(gradients.map((g, i) => [`d_${learnt[i]}`, g])) });
}

const differentiable = (loss: Loss, name: string) => ['BC', 'BD', 'CD', '1D'].includes(loss.inputs[name]);

function valuesFor(loss: Loss, rows: number, seed: number): Values {
  const random = stream(seed, loss.name);
  return Object.fromEntries(
    Object.entries(loss.inputs).map(([name, layout]) => [
      name,
      array('float64', shapeOf(layout, rows), draw(layout, rows, random)),
    ]),
  );
}

const feeds = (values: Values) => Object.fromEntries(Object.entries(values).map(([name, v]) => [name, feed(v)]));

for (const loss of losses) {
  test(`loss ${loss.name}: one value a ${loss.per}, gradient agrees with finite differences`, async () => {
    const rows = 6;
    const values = valuesFor(loss, rows, 1);
    const program = await programOf(loss, rows);
    const at = await program.run(feeds(values));
    assert.deepEqual(at.values.dims, [loss.per === 'row' ? rows : C]);
    for (const name of Object.keys(loss.inputs).filter((n) => differentiable(loss, n))) {
      const data = values[name].data as Float64Array;
      const got = read(at[`d_${name}`], 'float64');
      for (let i = 0; i < data.length; i++) {
        const kept = data[i];
        const total = async (x: number) => {
          data[i] = x;
          return Number((await program.run(feeds(values), { total: null })).total.data[0]);
        };
        const numeric = ((await total(kept + 1e-5)) - (await total(kept - 1e-5))) / 2e-5;
        data[i] = kept;
        assert.ok(
          Math.abs(got[i] - numeric) < 1e-6 * Math.max(1, Math.abs(numeric)),
          `${name}[${i}]: ${got[i]} against ${numeric}`,
        );
      }
    }
  });

  test(`loss ${loss.name}: finite, with finite gradients, at its edges`, async () => {
    const rows = 3;
    const program = await programOf(loss, rows);
    const fillWith = (rule: (x: number, i: number, data: Float64Array) => number) => (data: Float64Array) =>
      data.set(data.map(rule));
    const edges: [string, Layout[], (data: Float64Array) => void][] = [
      ['identical rows', ['BC', 'BD'], fillWith((_, i, data) => data[i % (data.length / rows)])],
      ['zero vectors', ['BC', 'BD', 'CD', '1D'], fillWith(() => 0)],
      ['logits of 1e4', ['BC'], fillWith((x) => x * 1e4)],
      ['one class', ['B1hot'], fillWith((_, i) => (i % C === 0 ? 1 : 0))],
    ];
    for (const [what, layouts, change] of edges) {
      const values = valuesFor(loss, rows, 2);
      for (const [name, layout] of Object.entries(loss.inputs))
        if (layouts.includes(layout)) change(values[name].data as Float64Array);
      for (const [name, result] of Object.entries(await program.run(feeds(values))))
        for (const x of read(result, 'float64')) assert.ok(Number.isFinite(x), `${what}: ${name} holds ${x}`);
    }
    const one = await programOf(loss, 1);
    for (const result of Object.values(await one.run(feeds(valuesFor(loss, 1, 3)))))
      for (const x of read(result, 'float64')) assert.ok(Number.isFinite(x), 'one row');
  });

  test(`loss ${loss.name}: the order of rows does not matter`, async () => {
    const rows = 6;
    const program = await programOf(loss, rows);
    const values = valuesFor(loss, rows, 4);
    const before = [...read((await program.run(feeds(values))).values, 'float64')];
    const order = [4, 2, 0, 5, 1, 3];
    for (const [name, layout] of Object.entries(loss.inputs)) {
      if (!layout.startsWith('B')) continue;
      const width = shapeOf(layout, 1)[1];
      const old = (values[name].data as Float64Array).slice();
      for (const [to, from] of order.entries())
        (values[name].data as Float64Array).set(old.subarray(from * width, (from + 1) * width), to * width);
    }
    const after = read((await program.run(feeds(values))).values, 'float64');
    const expected = loss.per === 'row' ? order.map((i) => before[i]) : before;
    for (const [i, x] of expected.entries()) assert.ok(Math.abs(x - after[i]) < 1e-12);
  });
}

test('every file of the folder is in the list that this test walks', () => {
  const shared = ['index.ts', 'loss.ts'];
  const files = readdirSync(new URL('../../src/losses', import.meta.url)).filter(
    (f) => f.endsWith('.ts') && !shared.includes(f),
  );
  for (const file of files) {
    const stem = file.replace('.ts', '');
    assert.ok(
      losses.some((loss) => loss.name.startsWith(stem)),
      `${file} is not in losses/index.ts`,
    );
  }
});

test('float32 logits of 1e4 keep cross-entropy finite', async () => {
  const [loss] = losses;
  const logits = input('logits', [2, C]);
  const target = input('target', [2, C]);
  const program = await compile({ values: loss.build({ logits, target }) });
  const { values } = await program.run({
    logits: feed(float32([2, C], [1e4, -1e4, 0, -1e4, 1e4, 0])),
    target: feed(float32([2, C], [1, 0, 0, 1, 0, 0])),
  });
  assert.deepEqual(Array.from(read(values, 'float32'), Math.abs), [0, 20000]);
});
