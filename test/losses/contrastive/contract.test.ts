import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { array } from '../../../src/array/array.ts';
import { gram } from '../../../src/graph/functions.ts';
import { grad, topological } from '../../../src/graph/grad.ts';
import { constant, input, matmul, mul, sum } from '../../../src/graph/ops/index.ts';
import { type ContrastiveLoss, contrastiveLosses } from '../../../src/losses/contrastive/index.ts';
import { compile, feed, read } from '../../../src/runtime/session.ts';
import { type Answer, type Batch, changed, lossOf, type Options, randomBatch, reordered } from './harness.ts';

const byName = (name: string) => contrastiveLosses.find((l) => l.name === name) as ContrastiveLoss;
const official = (loss: ContrastiveLoss) => loss.name.startsWith('emargin-official');
const transitions = (loss: ContrastiveLoss) => (loss.name === 'emargin' ? { threshold: 0.8 } : {});

function near(what: string, got: number, wanted: number, tolerance = 1e-10): void {
  assert.ok(Math.abs(got - wanted) <= tolerance * Math.max(1, Math.abs(wanted)), `${what}: ${got} against ${wanted}`);
}

for (const loss of contrastiveLosses) {
  test(`${loss.name}: gradient agrees with finite differences`, async () => {
    const batch = randomBatch(3, 2, 3);
    // At the default temperature the official forms would hold the log's argument, where their derivative is another one.
    const run = await lossOf(loss, batch, { ...transitions(loss), values: official(loss) ? { temperature: 0.5 } : {} });
    const { gradients } = await run(batch);
    assert.deepEqual(Object.keys(gradients), loss.views === 2 ? ['z', 'other'] : ['z']);
    for (const name of Object.keys(gradients) as ('z' | 'other')[]) {
      const data = batch[name];
      for (let i = 0; i < data.length; i++) {
        const kept = data[i];
        const at = async (x: number) => {
          data[i] = x;
          return (await run(batch)).total;
        };
        const numeric = ((await at(kept + 1e-5)) - (await at(kept - 1e-5))) / 2e-5;
        data[i] = kept;
        near(`d ${name}[${i}]`, gradients[name][i], numeric, 1e-7);
      }
      assert.ok(gradients[name].some((g) => Math.abs(g) > 1e-3));
    }
  });

  test(`${loss.name}: the order of the sequences does not matter`, async () => {
    const batch = randomBatch(4, 3, 4);
    const run = await lossOf(loss, batch, transitions(loss));
    const order = [8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7];
    const [before, after] = [await run(batch), await run(reordered(batch, order))];
    // As published they take the whole batch for one sequence.
    if (official(loss)) return assert.ok(Math.abs(before.total - after.total) > 1e-6);
    near('total', after.total, before.total);
    order.forEach((from, to) => {
      for (let k = 0; k < 5; k++) near('gradient', after.gradients.z[to * 5 + k], before.gradients.z[from * 5 + k]);
    });
    const mixed = await run(reordered(batch, [0, 5, 2, 3, 4, 1, 6, 7, 8, 9, 10, 11]));
    const timeless = ['vicreg', 'barlow-twins', 'nt-xent'].includes(loss.name);
    assert.equal(Math.abs(mixed.total - before.total) < 1e-9, timeless, 'the order of windows matters');
  });

  if (loss.views === 2)
    test(`${loss.name}: exchanging the views changes nothing`, async () => {
      const batch = randomBatch(5, 2, 4);
      const run = await lossOf(loss, batch);
      const [there, back] = [await run(batch), await run({ ...batch, z: batch.other, other: batch.z })];
      near('total', back.total, there.total);
      back.gradients.other.forEach((g, i) => {
        near('gradient', g, there.gradients.z[i]);
      });
    });

  test(`${loss.name}: finite in float32, value and gradient, at every edge`, async () => {
    const plain = randomBatch(6, 2, 4);
    const edges: Record<string, Batch> = {
      'zero vectors': changed(plain, () => 0),
      'one zero vector': changed(plain, (x, row) => (row === 2 ? 0 : x)),
      'identical windows': changed(plain, (_, __, column) => column - 1.3),
      'identical windows, far out': changed(plain, (_, __, column) => 1e4 + column),
      'almost identical windows': changed(plain, (x, _, column) => column + 1e-6 * x),
      'constant channels': changed(plain, (x, _, column) => (column < 4 ? 0.7 : x)),
      'opposite windows': changed(plain, (_, row, column) => (row % 2 ? -1 : 1) * (column + 1)),
      'largest numbers': changed(plain, (x) => Math.sign(x) * 3.4e38),
      'large numbers': changed(plain, (x) => x * 1e18),
      'small numbers': changed(plain, (x) => x * 1e-20),
      'smallest numbers': changed(plain, (x) => x * 1e-44),
      'one far window': changed(plain, (x, row) => (row === 5 ? 3e38 : x)),
      'nothing special': plain,
    };
    for (const options of extremes(loss)) {
      const run = await lossOf(loss, plain, { ...options, dtype: 'float32' });
      for (const [what, batch] of Object.entries(edges))
        assertFinite(`${what}, ${JSON.stringify(options)}`, await run(batch));
    }
    const least = randomBatch(7, official(loss) ? 2 : 1, 2);
    assertFinite('fewest rows', await (await lossOf(loss, least, { dtype: 'float32', ...transitions(loss) }))(least));
    const one = { ...randomBatch(8, 3, 2, 1), features: new Float64Array(6).fill(1) };
    assertFinite('one column', await (await lossOf(loss, one, { dtype: 'float32', ...transitions(loss) }))(one));
  });

  test(`${loss.name}: parameters have bounds, and the bounds are enforced`, async () => {
    assert.ok(loss.source.length > 10);
    const batch = randomBatch(9, 2, 3);
    for (const [name, rule] of Object.entries(loss.parameters)) {
      assert.ok(rule.about.length > 3, name);
      const bad = 'words' in rule ? ['other', 1] : [rule.min - 1, rule.max * 2, Number.NaN, 'many'];
      for (const value of bad) {
        const wanted = new RegExp(`^RangeError: ${loss.name}: ${name} must be .*, got ${value}$`);
        await assert.rejects(lossOf(loss, batch, { values: { [name]: value } }), wanted);
      }
      if ('words' in rule) assert.ok(rule.words.includes(rule.default), name);
      else assert.ok(rule.default >= rule.min && rule.default <= rule.max, name);
    }
    await assert.rejects(lossOf(loss, batch, { values: { heat: 1 } }), /RangeError: .*has no "heat"; it has: [a-z]/);
    const z = input('z', [6, 5]);
    assert.throws(
      () => loss.build({ z, other: z, steps: 4 }),
      /RangeError: .*6 rows are no whole number of sequences of 4/,
    );
    assert.throws(() => loss.build({ z, other: z, steps: 1 }), /RangeError: .*at least 2/);
    assert.throws(
      () => loss.build({ z: input('z', [2, 3, 5]), other: z, steps: 3 }),
      /RangeError: .*z must be \[N, D\]/,
    );
    if (loss.views === 2) {
      assert.throws(() => loss.build({ z, steps: 3 }), /TypeError: .*second view/);
      assert.throws(() => loss.build({ z, steps: 3, other: input('o', [6, 4]) }), /RangeError: .*differ in shape/);
    }
  });
}

/** Every parameter at both ends of its range, each word, with and without a threshold. */
function extremes(loss: ContrastiveLoss): Options[] {
  const each = Object.entries(loss.parameters).flatMap(([name, rule]) =>
    ('words' in rule ? rule.words : [rule.min, rule.max]).map((value) => ({ [name]: value })),
  );
  const all: Record<string, number | string>[] = [{}, ...each];
  if (loss.name === 'emargin') all.push({ distance: 'rms', margin: 100 });
  if (official(loss))
    all.push({ margin: 100, temperature: 0.01 }, { margin: 100, temperature: 0.01, threshold: 'live', theta: 1 });
  return all.flatMap((values) => (loss.name === 'emargin' ? [{ values }, { values, threshold: 0.8 }] : [{ values }]));
}

function assertFinite(what: string, { parts, gradients }: Answer): void {
  for (const [name, x] of Object.entries(parts)) assert.ok(Number.isFinite(x), `${what}: ${name} is ${x}`);
  for (const [name, values] of Object.entries(gradients))
    for (const x of values) assert.ok(Number.isFinite(x), `${what}: d ${name} holds ${x}`);
}

test('every loss of the folder is in the list', () => {
  const folder = new URL('../../../src/losses/contrastive/', import.meta.url);
  const written = readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/^ {2}name: '([a-z-]+)'/gm)].map((match) => match[1]),
  );
  assert.deepEqual(contrastiveLosses.map((l) => l.name).sort(), written.sort());
  assert.equal(new Set(written).size, contrastiveLosses.length);
});

test('the length of a row does not matter where distances are cosines', async () => {
  const batch = randomBatch(10, 2, 4);
  const scaled = changed(batch, (x, row) => x * (0.2 + row));
  for (const name of ['info-nce', 'nt-xent', 'emargin', 'fixed-margin', 'triplet', 'soft-assignment']) {
    const run = await lossOf(byName(name), batch, transitions(byName(name)));
    near(name, (await run(scaled)).total, (await run(batch)).total);
  }
});

test('moving all rows does not matter where distances are root mean squares', async () => {
  const batch = randomBatch(11, 2, 4);
  const run = await lossOf(byName('emargin'), batch, { values: { distance: 'rms', margin: 2 } });
  near('total', (await run(changed(batch, (x, _, column) => x + 3 * column))).total, (await run(batch)).total);
});

test('a worked case of emargin: one transition, one pair that is too near', async () => {
  // Sequence 1 turns by 90 degrees with its input, sequence 2 stays where sequence 1 began.
  const batch = {
    steps: 2,
    rows: 4,
    z: Float64Array.of(1, 0, 0, 2, 3, 0, 1, 0),
    features: Float64Array.of(1, 0, 0, 1, 1, 0, 1, 0),
  } as unknown as Batch;
  const run = await lossOf(
    byName('emargin'),
    { ...batch, other: batch.z },
    { threshold: 0.5, values: { margin: 1.5 } },
  );
  const { parts } = await run(batch);
  // d: within 1 (turn), 0 (pull); across 0, 0 (first window) and 1, 1 (second), each counted twice.
  assert.deepEqual({ ...parts, push: 0 }, { pull: 0, turn: 0.25, push: 0 });
  assert.ok(Math.abs(parts.push - (2 * 2.25 + 2 * 0.25) / 4) < 1e-12);
});

test('emargin without a threshold is fixed-margin; emargin-smooth adds its share of info-nce', async () => {
  const batch = randomBatch(12, 2, 4);
  const of = async (name: string, values = {}) => (await (await lossOf(byName(name), batch, { values }))(batch)).parts;
  assert.deepEqual(await of('emargin'), await of('fixed-margin'));
  const { pull, push } = await of('emargin', { distance: 'rms', margin: 1 });
  const { 'info-nce': contrast } = await of('info-nce', { temperature: 0.5 });
  assert.deepEqual(await of('emargin-smooth'), { pull, push, 'info-nce': contrast * 0.3 });
});

test('a threshold below or above all similarities makes every neighbour a pull or a transition', async () => {
  const batch = randomBatch(13, 2, 4);
  const at = async (threshold: number) => (await (await lossOf(byName('emargin'), batch, { threshold }))(batch)).parts;
  const none = await at(-1);
  assert.equal(none.turn, 0);
  assert.equal(none.pull, (await (await lossOf(byName('fixed-margin'), batch))(batch)).parts.pull);
  assert.equal((await at(1)).pull, 0);
  const z = input('z', [8, 5]);
  assert.throws(() => byName('emargin').build({ z, steps: 4, threshold: 0.5 }), /TypeError: .*needs "features"/);
  for (const threshold of [Number.NaN, 2])
    assert.throws(() => byName('emargin').build({ z, steps: 4, threshold, features: z }), /RangeError: .*-1 to 1/);
});

test('a threshold may be a tensor of the step', async () => {
  const batch = randomBatch(14, 2, 4);
  const z = constant(array('float64', [8, 5], batch.z));
  const features = constant(array('float64', [8, 4], batch.features));
  const program = await compile(
    byName('emargin').build({ z, features, steps: 4, threshold: input('theta', [], 'float64') }),
  );
  const { turn } = await program.run({ theta: feed(array('float64', [], Float64Array.of(0.8))) });
  const fixed = await (await lossOf(byName('emargin'), batch, { threshold: 0.8 }))(batch);
  assert.equal(read(turn, 'float64')[0], fixed.parts.turn);
});

test('a very sharp soft assignment is info-nce', async () => {
  const batch = randomBatch(15, 2, 4);
  const sharp = await (await lossOf(byName('soft-assignment'), batch, { values: { sharpness: 50 } }))(batch);
  const hard = await (await lossOf(byName('info-nce'), batch, { values: { temperature: 0.5 } }))(batch);
  near('total', sharp.total, hard.total, 1e-12);
});

test('identical windows are at rest', async () => {
  const plain = randomBatch(16, 2, 4);
  for (const name of ['info-nce', 'nt-xent', 'emargin', 'emargin-smooth', 'fixed-margin', 'soft-assignment']) {
    const run = await lossOf(byName(name), plain, transitions(byName(name)));
    const { gradients } = await run(changed(plain, (_, __, column) => column - 1.3));
    for (const g of gradients.z) near(name, g, 0);
  }
});

test('a zero vector gets no gradient where distances are cosines, the others do', async () => {
  const plain = randomBatch(18, 2, 4);
  const batch = changed(plain, (x, row) => (row === 2 ? 0 : x));
  const cosines = ['info-nce', 'nt-xent', 'emargin', 'fixed-margin', 'triplet', 'soft-assignment'];
  for (const name of [...cosines, 'emargin-official-single', 'emargin-official-double']) {
    const { z } = (await (await lossOf(byName(name), plain))(batch)).gradients;
    assert.ok(z.subarray(10, 15).every((g) => g === 0) && z.subarray(0, 5).some((g) => g !== 0), name);
  }
});

test('gram has the value and derivative of a product with itself, by one matrix product', async () => {
  const batch = randomBatch(17, 2, 2, 3);
  const z = input('z', [4, 3], 'float64');
  const weight = constant(
    array(
      'float64',
      [4, 4],
      Float64Array.from({ length: 16 }, (_, i) => Math.cos(i)),
    ),
  );
  const [ours, plain] = [gram(z), matmul(z, z, { transposeB: true })].map((s) => {
    const [d] = grad(sum(mul(mul(s, s), weight), { axes: [0, 1] }), [z]);
    return { s, d };
  });
  const program = await compile({ s: ours.s, d: ours.d, s0: plain.s, d0: plain.d });
  const results = await program.run({ z: feed(array('float64', [4, 3], batch.z)) });
  const numbers = (name: 's' | 'd' | 's0' | 'd0') => read(results[name], 'float64');
  assert.deepEqual(numbers('s'), numbers('s0'));
  numbers('d').forEach((x, i) => {
    near('derivative', x, numbers('d0')[i], 1e-12);
  });
  const products = (t: Answer | unknown) => topological([t as never]).filter((n) => n.op.name === 'matmul').length;
  assert.deepEqual([products(ours.d), products(plain.d)], [2, 3]);
});
