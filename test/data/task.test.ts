import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTable } from '../../src/data/readers/table.ts';
import { makeTask } from '../../src/data/task.ts';
import { ai4i, oneLine, table, times } from './helpers.ts';

/** Values without any pattern: distinct, not in order. */
const noise = (n: number, k = 7919) => times(n, (i) => ((i * k) % 1009) / 10);

test('AI4I failure modes: classes, order and overlap as Python counts them (reference/ai4i.py)', async () => {
  const data = await readTable(ai4i);
  const task = makeTask(data, { label: ['TWF', 'HDF', 'PWF', 'OSF'] });
  assert.deepEqual(task.classes, ['none', 'HDF', 'PWF', 'OSF', 'TWF']);
  assert.deepEqual(task.counts, [9670, 115, 91, 78, 46]);
  const finding = task.audit.find(({ kind }) => kind === 'multi-label');
  assert.match(finding?.detail ?? '', /^23 rows have more than one/);
  const reverse = makeTask(data, { label: ['OSF', 'PWF', 'HDF', 'TWF'] });
  assert.deepEqual(reverse.classes, ['none', 'HDF', 'OSF', 'PWF', 'TWF']);
  assert.deepEqual(reverse.counts, [9670, 106, 98, 83, 43]);
  const inputs = task.items.inputs.map(({ name }) => name);
  for (const name of ['TWF', 'HDF', 'PWF', 'OSF']) assert.ok(!inputs.includes(name), name);
});

test('class names: levels, whole numbers as written, false and true; falling count, then name', () => {
  const x = noise(12);
  const of = (label: (number | string | boolean | null)[]) => makeTask(table({ x, label }), { label: ['label'] });
  const numbers = of([3, 3, 3, 3, 3, 10, 10, 10, 2, 2, 2, 2]);
  assert.deepEqual(
    [numbers.classes, numbers.counts],
    [
      ['3', '2', '10'],
      [5, 4, 3],
    ],
  );
  assert.deepEqual(of(times(12, (i) => i % 2 === 0)).classes, ['false', 'true']);
  assert.deepEqual(of(times(12, (i) => (i % 2 === 0 ? 'b' : 'a'))).classes, ['a', 'b']);
  assert.deepEqual([...of(times(12, (i) => i > 3)).labels], [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test('several columns: text and boolean flags; a missing flag is a missing label; a class that never wins is said', () => {
  const data = table({
    x: noise(8),
    a: [0, 0, 1, 0, 1, 0, null, 0],
    b: [false, true, true, false, true, false, false, false],
    c: ['0', '0', '0', '1', '0', '0', '0', '0'],
    d: [0, 0, 1, 0, 0, 0, 0, 0],
  });
  const task = makeTask(data, { label: ['a', 'b', 'c', 'd'] });
  assert.deepEqual(task.classes, ['none', 'a', 'b', 'c']);
  assert.deepEqual([...task.labels], [0, 2, 1, 3, 1, 0, -1, 0]);
  const kinds = task.audit.map(({ kind, column }) => `${kind} ${column ?? ''}`.trim());
  assert.ok(kinds.includes('empty-class d') && kinds.includes('missing-label a, b, c, d'), kinds.join());
  assert.match(task.audit.find(({ kind }) => kind === 'multi-label')?.detail ?? '', /^2 rows/);
});

test('a class of one row is kept and reported; rows without a label are left out and counted', () => {
  const data = table({ x: noise(30), label: times(30, (i) => (i === 4 ? 'odd' : i < 3 ? null : i % 2 ? 'a' : 'b')) });
  const task = makeTask(data, { label: ['label'] });
  assert.deepEqual(
    [task.classes, task.counts],
    [
      ['a', 'b', 'odd'],
      [14, 12, 1],
    ],
  );
  assert.deepEqual([...task.labels.subarray(0, 5)], [-1, -1, -1, 0, 2]);
  const detail = (kind: string) => task.audit.find((finding) => finding.kind === kind)?.detail ?? '';
  assert.match(detail('tiny-class'), /"odd" has 1 row: kept/);
  assert.match(detail('missing-label'), /^3 rows of 30/);
});

test('roles: group, time, ignore; the treatment of every column is said', () => {
  const n = 40;
  const data = table({
    x: noise(n).map((value, i) => (i === 3 ? null : value)),
    on: times(n, (i) => i % 3 === 0),
    type: times(n, (i) => 'LMH'[(i * i) % 3]),
    machine: times(n, (i) => `m${i % 5}`),
    when: times(n, (i) => new Date(1.7e12 + i * 1e6)),
    other: noise(n, 3),
    day: times(n, (i) => new Date(1.7e12 + ((i * 37) % 41) * 1e7)),
    label: times(n, (i) => (i % 4 === 0 ? 'bad' : 'good')),
  });
  const task = makeTask(data, { label: ['label'], group: 'machine', time: 'when', ignore: ['other'] });
  assert.deepEqual(
    task.items.inputs.map(({ name }) => name),
    ['x', 'on', 'type', 'day'],
  );
  assert.deepEqual([...task.groups!].slice(0, 6), [0, 1, 2, 3, 4, 0]);
  assert.equal(task.times![1], 1.7e9 + 1000);
  assert.deepEqual(
    task.columns.map(({ name, role, missing, treatment }) => `${name}, ${role}, ${missing}: ${treatment}`),
    [
      'x, input, 1: standardised; missing takes the median; one more input says "was missing"',
      'on, input, 0: false 0, true 1, standardised',
      'type, input, 0: one input a level (2)',
      'machine, group, 0: rows with the same value stay on one side of a split',
      'when, time, 0: orders the rows; training never sees what came later',
      'other, ignored, 0: left out as asked',
      'day, input, 0: sine and cosine of the time of day and of the day of the week (UTC)',
      'label, label, 0: the label',
    ],
  );
});

test('wrong columns and labels: one line with the place, the value and the remedy', () => {
  const n = 60;
  const data = table({
    x: noise(n),
    torque: times(n, (i) => i / 7),
    serial: times(n, (i) => (i * 7) % 61),
    name: times(n, (i) => `item ${i}`),
    count: times(n, (i) => i % 40),
    none: times(n, (i) => i % 2),
    failed: times(n, (i) => (i % 5 === 0 ? 1 : 0)),
    same: times(n, () => 'ok'),
    gone: times(n, () => null),
    gaps: times(n, (i) => (i === 9 ? null : i % 6)),
    when: times(n, (i) => new Date(i * 1e9)),
  });
  const task = (options: Partial<Parameters<typeof makeTask>[1]>) => () =>
    makeTask(data, { label: ['failed'], ...options });
  const cases: [Partial<Parameters<typeof makeTask>[1]>, ...(string | RegExp)[]][] = [
    [
      { label: ['failure'] },
      'column "failure" not found in machines.csv; it has: x, torque',
      '(did you mean "failed"?)',
    ],
    [{ group: 'machine' }, 'column "machine" not found'],
    [{ time: 'whn' }, '(did you mean "when"?)'],
    [{ ignore: ['zzzzzz'] }, 'column "zzzzzz" not found', /when$/],
    [{ keep: ['X'] }, '(did you mean "x"?)'],
    [{ label: [] }, '--label'],
    [{ label: ['same'] }, '"same"', 'one class only', '60 rows'],
    [{ label: ['gone'] }, '"gone"', 'missing in every row'],
    [{ label: ['torque'] }, '"torque" has 60 distinct values', 'continuous', 'ranges'],
    [{ label: ['serial'] }, '"serial" has 60 distinct values in 60 rows', 'like an id'],
    [{ label: ['name'] }, '"name" has 60 distinct values', 'like an id'],
    [{ label: ['count'] }, '"count" has 40 distinct values', 'continuous'],
    [{ label: ['when'] }, '"when" holds dates'],
    [{ label: ['failed', 'count'] }, '"count" holds "2"', '0/1'],
    [{ label: ['failed', 'gone'] }, '"gone" is missing in every row'],
    [{ label: ['failed', 'none'] }, '"none"', 'rename'],
    [{ label: ['failed', 'failed'] }, '"failed" stands twice in --label'],
    [{ group: 'failed' }, '"failed" stands in --label and in --group'],
    [{ keep: ['failed'] }, '--label and in --keep'],
    [{ keep: ['x'], ignore: ['x'] }, '--ignore and in --keep'],
    [{ group: 'gaps' }, 'group "gaps" is missing in 1 labelled row', 'data row 10'],
    [{ time: 'gaps' }, 'time "gaps" is missing in 1 labelled row'],
    [{ time: 'name' }, 'time "name" holds text ("item 0")'],
    [
      { ignore: data.columns.map(({ name }) => name).filter((name) => !['failed', 'name', 'same'].includes(name)) },
      'no input column is left',
      'name (identifier)',
      'same (constant)',
      '--keep',
    ],
  ];
  for (const [options, ...parts] of cases) assert.throws(task(options), oneLine(...parts), JSON.stringify(options));
});

test('a number label with many classes is fine while they repeat', () => {
  const task = makeTask(table({ x: noise(500), label: times(500, (i) => i % 90) }), { label: ['label'] });
  assert.equal(task.classes.length, 90);
});
