import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../../src/array/random.ts';
import type { Task } from '../../../src/data/dataset.ts';
import { readTable } from '../../../src/data/readers/table.ts';
import { makeTask, type TableTask } from '../../../src/data/task.ts';
import { ai4i, steelPlates, table, times } from '../helpers.ts';

const found = (task: Task, severity: string) =>
  task.audit
    .filter((finding) => finding.severity === severity)
    .map(({ kind, column }) => (column ? `${kind}: ${column}` : kind));
const inputs = (task: TableTask) => task.items.inputs.map(({ name }) => name);
const honest = [
  'Type',
  'Air temperature [K]',
  'Process temperature [K]',
  'Rotational speed [rpm]',
  'Torque [Nm]',
  'Tool wear [min]',
];

const machines = readTable(ai4i);

test('AI4I, label "Machine failure": the five mode flags and both identifiers are left out, nothing else', async () => {
  const data = await machines;
  const task = makeTask(data, { label: ['Machine failure'] });
  assert.deepEqual(found(task, 'excluded'), [
    'identifier: UDI',
    'identifier: Product ID',
    'label-leak: TWF',
    'label-leak: HDF',
    'label-leak: PWF',
    'label-leak: OSF',
    'label-leak: RNF',
  ]);
  assert.deepEqual(inputs(task), honest);
  const by = (name: string) => task.audit.find(({ column }) => column === name)!;
  assert.match(by('HDF').detail, /of the 115 rows where it is "1", 115 are of class "1"/);
  // 9,991 of 10,000 rows: reference/ai4i.py.
  assert.match(by('HDF').detail, /TWF, HDF, PWF and OSF together .* in 99\.9 % of the rows/);
  assert.match(by('RNF').detail, /block of 0\/1 columns .* tell the label little/);
  assert.equal(by('Product ID').override, '--keep "Product ID"');
  assert.ok(
    task.audit
      .filter(({ severity }) => severity === 'excluded')
      .every(({ override }) => override?.startsWith('--keep ')),
  );

  const kept = makeTask(data, { label: ['Machine failure'], keep: ['HDF', 'UDI', 'RNF'] });
  assert.deepEqual(inputs(kept), ['UDI', ...honest, 'HDF', 'RNF']);
  assert.deepEqual(found(kept, 'warning'), ['identifier: UDI', 'label-leak: HDF', 'label-leak: RNF']);
  assert.match(kept.audit.find(({ column }) => column === 'HDF')!.override!, /^--ignore HDF$/);
});

test('each AI4I mode flag is found alone too, the others being ignored', async () => {
  const data = await machines;
  const modes = ['TWF', 'HDF', 'PWF', 'OSF'];
  for (const mode of modes) {
    const ignore = [...modes.filter((other) => other !== mode), 'RNF'];
    const task = makeTask(data, { label: ['Machine failure'], ignore });
    assert.deepEqual(found(task, 'excluded').slice(2), [`label-leak: ${mode}`]);
    assert.deepEqual(inputs(task), honest);
  }
});

test('AI4I, label TWF,HDF,PWF,OSF: "Machine failure" tells none from any, RNF is of the same block', async () => {
  const task = makeTask(await machines, { label: ['TWF', 'HDF', 'PWF', 'OSF'] });
  assert.deepEqual(inputs(task), honest);
  assert.deepEqual(found(task, 'excluded').slice(2), ['label-leak: Machine failure', 'label-leak: RNF']);
  assert.match(
    task.audit.find(({ column }) => column === 'Machine failure')!.detail,
    /of the 339 rows where it is "1", 330 are of any class but "none"/,
  );
});

test('steel plates: no input is suspected, strong predictors and coordinates among them', async () => {
  const dataset = await readTable(steelPlates);
  const task = makeTask(dataset, { label: ['fault'] });
  assert.deepEqual(task.audit, []);
  assert.equal(task.items.inputs.length, 27);
  for (const fault of task.classes) {
    const labels = Int32Array.from(task.labels, (label) => (task.classes[label] === fault ? 1 : 0));
    const columns = [...task.items.inputs, { name: 'is', kind: 'number' as const, values: Float64Array.from(labels) }];
    const binary = makeTask({ ...dataset, columns }, { label: ['is'] });
    assert.deepEqual(binary.audit, [], `${fault} against the rest`);
  }
});

/** 600 rows, 5 % "bad", with two fair inputs; `add` gives further columns from the label and a random stream. */
function plant(add: (bad: boolean[], uniform: () => number) => Parameters<typeof table>[0]) {
  const random = stream(11, 'audit');
  const bad = times(600, (i) => i % 20 === 7);
  const base = { heat: bad.map((b) => random.normal() + (b ? 1.5 : 0)), load: times(600, () => random.normal()) };
  const label = bad.map((b) => (b ? 'bad' : 'good'));
  return makeTask(table({ ...base, ...add(bad, random.uniform), label }), { label: ['label'] });
}

test('columns made from the label are found in whatever dress', () => {
  const dresses: Record<
    string,
    (bad: boolean[], uniform: () => number) => (number | string | boolean | Date | null)[]
  > = {
    'the label again, in words': (bad) => bad.map((b) => (b ? 'defect' : 'ok')),
    'the label, a few slips': (bad) => bad.map((b, i) => (b !== (i === 7) ? 1 : 0)),
    'a rare flag of some of them': (bad, u) => bad.map((b) => b && u() < 0.4),
    'a repair date only where bad': (bad) =>
      bad.map((b, i) => (b ? new Date(1.7e12 + ((i * 7919) % 997) * 1e8) : null)),
    'a comment only where bad': (bad, u) => bad.map((b) => (b ? `seen by ${'abc'[Math.floor(3 * u())]}` : null)),
    'downtime, 0 where good': (bad, u) => bad.map((b) => (b && u() < 0.7 ? 5 + 100 * u() : 0)),
    'cost, one threshold parts it': (bad, u) => bad.map((b) => (b ? 500 : 0) + 100 * u()),
    'error codes, each its own class': (bad, u) =>
      bad.map((b) => (b ? ['E1', 'E2'][Math.floor(2 * u())] : ['A', 'B', 'C'][Math.floor(3 * u())])),
    'class and shift': (bad, u) => bad.map((b) => (b ? 10 : 20) + Math.floor(4 * u())),
    'error codes of half of them': (bad, u) =>
      bad.map((b) => (b && u() < 0.8 ? 'E1' : ['A', 'B', 'C'][Math.floor(3 * u())])),
  };
  for (const [name, make] of Object.entries(dresses)) {
    const task = plant((bad, uniform) => ({ [name]: make(bad, uniform) }));
    assert.deepEqual(found(task, 'excluded'), [`label-leak: ${name}`]);
    assert.deepEqual(inputs(task), ['heat', 'load']);
  }
});

test('good predictors, noise and rare honest flags are not taken for leaks', () => {
  const task = plant((bad, u) => ({
    'strong, 3 sigma': bad.map((b) => (b ? 4 : 0) + 2 * (u() + u() + u() - 1.5)),
    'alarm, right in 80 %': bad.map((b) => (b ? u() < 0.9 : u() < 0.012)),
    'rare flag by chance': bad.map((_, i) => (i === 7 || i === 27 || i === 47 ? 1 : 0)),
    shift: bad.map((b) => (u() < 0.7 ? 'day' : b ? 'night' : 'late')),
    gaps: bad.map((b) => (u() < (b ? 0.5 : 0.05) ? null : u())),
    count: bad.map((b) => Math.floor(u() * (b ? 9 : 6))),
  }));
  assert.deepEqual(found(task, 'excluded'), []);
  assert.deepEqual(found(task, 'warning'), []);
});

test('by chance alone: 300 columns of noise against rare and balanced labels raise nothing', () => {
  const random = stream(5, 'noise');
  for (const rate of [0.01, 0.1, 0.5]) {
    const columns: Parameters<typeof table>[0] = {};
    for (let c = 0; c < 100; c++) {
      const kind = c % 4;
      const share = random.uniform() ** 3;
      columns[`c${c}`] = times(500, () =>
        kind === 0
          ? random.normal()
          : kind === 1
            ? Number(random.uniform() < share)
            : kind === 2
              ? `l${random.integer(20)}`
              : random.integer(30),
      );
    }
    const label = times(500, (i) => (i % Math.round(1 / rate) === 0 ? 'x' : 'y'));
    const task = makeTask(table({ ...columns, label }), { label: ['label'] });
    assert.deepEqual(
      task.audit.filter(({ kind }) => kind === 'label-leak' || kind === 'identifier'),
      [],
      `rate ${rate}`,
    );
  }
});

test('one class of several parted by one threshold (as Iris setosa): said, and kept', () => {
  const random = stream(6, 'iris');
  const kind = times(150, (i) => Math.floor(i / 50));
  const data = table({
    petal: kind.map((k) => [1.5, 4.3, 5.2][k] + 0.45 * (random.uniform() + random.uniform() - 1)),
    sepal: kind.map((k) => 5 + 0.4 * k + 0.5 * random.normal()),
    species: kind.map((k) => ['setosa', 'versicolor', 'virginica'][k]),
  });
  // Two of the three overlap, as in the flowers.
  const task = makeTask(data, { label: ['species'] });
  assert.deepEqual(inputs(task), ['petal', 'sepal']);
  assert.deepEqual(found(task, 'warning'), ['label-leak: petal']);
  assert.equal(task.audit[0].override, '--ignore petal');
});

test('identifiers: text, running numbers in any order, clocks, named numbers; measurements stay', () => {
  const random = stream(7, 'ids');
  const n = 400;
  const data = table({
    key: times(n, (i) => `x${(i * 7919) % 1009}`),
    'nearly text': times(n, (i) => (i < 10 ? 'twin' : `y${i}`)),
    shuffled: Array.from(random.shuffle(Int32Array.from({ length: n }, (_, i) => 1000 + i))),
    falling: times(n, (i) => 50 - i * 3),
    clock: times(n, (i) => i * 0.1 + 0.01 * random.uniform()),
    customer_id: times(n, () => random.integer(2 ** 31)),
    counts: times(n, () => random.integer(2 ** 31)),
    float: times(n, () => random.normal()),
    town: times(n, () => `t${random.integer(300)}`),
    wobble: times(n, (i) => i + 5 * random.normal()),
    label: times(n, (i) => (i % 7 === 0 ? 'a' : 'b')),
  });
  const task = makeTask(data, { label: ['label'] });
  assert.deepEqual(
    found(task, 'excluded'),
    ['key', 'nearly text', 'shuffled', 'falling', 'clock', 'customer_id'].map((name) => `identifier: ${name}`),
  );
});

test('constant, all missing, missing, dates, many levels, text that looks like numbers', () => {
  const random = stream(8, 'values');
  const n = 300;
  const data = table({
    x: times(n, () => random.normal()),
    one: times(n, () => 5),
    'one and gaps': times(n, () => (random.uniform() < 0.3 ? null : 5)),
    void: times(n, () => null),
    holes: times(n, (i) => (i % 10 === 3 ? null : random.normal())),
    when: times(n, () => new Date(1.7e12 + random.integer(1e9) * 1000)),
    many: times(n, () => `l${random.integer(40)}`),
    comma: times(n, () => `${random.integer(9)},5`),
    stray: times(n, (i) => (i === 5 ? 'error' : `${random.integer(20)}`)),
    label: times(n, (i) => (i % 6 === 0 ? 'a' : 'b')),
  });
  const task = makeTask(data, { label: ['label'] });
  assert.deepEqual(found(task, 'excluded'), ['constant: one', 'all-missing: void']);
  assert.deepEqual(found(task, 'warning'), [
    'high-cardinality: many',
    'number-like-text: comma',
    'number-like-text: stray',
  ]);
  assert.deepEqual(found(task, 'info'), ['missing: one and gaps', 'missing: holes', 'date: when']);
  const detail = (kind: string, column: string) =>
    task.audit.find((f) => f.kind === kind && f.column === column)!.detail;
  assert.match(detail('missing', 'holes'), /^30 values missing \(10 %\)/);
  assert.match(detail('high-cardinality', 'many'), /has 40 levels; the 32 most frequent/);
  assert.match(detail('number-like-text', 'comma'), /comma .* with a point/);
  assert.match(detail('number-like-text', 'stray'), /1 cell is not \("error"\)/);
});

test('equal rows: copies counted, differing labels told, rows without a label not counted', () => {
  const random = stream(9, 'copies');
  const n = 100;
  const a: (number | null)[] = times(n, () => random.normal());
  const b: (string | null)[] = times(n, () => 'pqr'[random.integer(3)]);
  const label: (string | null)[] = times(n, (i) => (i % 4 === 0 ? 'x' : 'y'));
  for (const [from, to] of [
    [3, 10],
    [3, 20],
    [8, 41],
    [50, 60],
    [70, 71],
  ])
    [a[to], b[to]] = [a[from], b[from]];
  for (const row of [50, 60]) a[row] = null;
  [b[60], b[50]] = ['p', 'p'];
  label[71] = null;
  const task = makeTask(table({ a, b, label }), { label: ['label'] });
  const finding = task.audit.find(({ kind }) => kind === 'duplicate-rows')!;
  assert.equal(finding.severity, 'warning');
  // 3 = 10 = 20, 8 = 41, 50 = 60 (missing equals missing); 71 has no label. Of these, 3/20 and 8/41 differ in class; 50/60 do.
  const differ = [
    [3, 10, 20],
    [8, 41],
    [50, 60],
  ].filter((rows) => new Set(rows.map((row) => label[row])).size > 1).length;
  assert.match(finding.detail, /^4 rows \(4\.04 %\) equal an earlier one in every input \(data rows 4 and 11 first\)/);
  assert.match(finding.detail, new RegExp(`; ${differ} sets of equal rows have different labels`));
});
