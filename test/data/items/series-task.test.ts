import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTask } from '../../../src/data/items/open.ts';
import { seriesTask } from '../../../src/data/items/series-task.ts';
import { makeWindows } from '../../../src/data/series/index.ts';
import { folder, oneLine, times } from '../helpers.ts';
import { counting } from '../series/make.ts';

const { write } = folder();
const said = (findings: readonly { kind: string; detail: string }[]) => findings.map((f) => `${f.kind}: ${f.detail}`);

test('classes are ordered by their windows, not by their steps; one without a window is none', () => {
  const rule = (r: number, step: number) => (r === 0 ? (step < 4 ? 0 : 1) : r === 1 ? 1 : step < 3 ? 2 : 0);
  const set = counting([6, 6, 6, 6], (r, step) => (r === 3 ? 1 : rule(r, step)), ['a', 'b', 'c']);
  const task = seriesTask(makeWindows(set), {});
  // The third window is half of c, half of a: the first in time.
  assert.deepEqual(
    [task.classes, task.counts, [...task.labels]],
    [
      ['b', 'a', 'c'],
      [2, 1, 1],
      [1, 0, 2, 0],
    ],
  );
  const none = seriesTask(makeWindows(counting([6, 6], (r, step) => (step < 2 ? 2 : r), ['a', 'b', 'c'])), {});
  assert.deepEqual(
    [none.classes, none.counts, [...none.labels]],
    [
      ['a', 'b'],
      [1, 1],
      [0, 1],
    ],
  );
  assert.match(said(none.audit).join('\n'), /class-without-window: class "c" has the majority in no window/);
  assert.throws(
    () => seriesTask(makeWindows(counting([6, 6], (_, step) => (step < 2 ? 1 : 0), ['a', 'b'])), {}),
    oneLine('all windows with a class are of "a"', '--window'),
  );
});

test('what has no class is left out of training and evaluation, and said so; few windows are counted as such', async () => {
  const label = (i: number) => (i < 40 ? 'a' : i < 52 ? 'b' : '');
  const file = write('walk.csv', `x,y\n${times(60, (i) => `${i % 7},${label(i)}`).join('\n')}\n`);
  const task = await openTask([file], { series: ['x'], label: ['y'], window: 4 });
  assert.deepEqual([task.classes, task.counts, task.source.rows], [['a', 'b'], [10, 3], 15]);
  assert.deepEqual(said(task.audit), [
    'recognised: tables with one step a row: 1 recording, 1 channel, no rate',
    'missing-label: 8 rows of 60 without a label: where these outnumber every class, a window has none',
    'unlabelled-windows: 2 windows of 15 without a class: left out of training and evaluation',
    'tiny-class: class "b" has 3 windows: kept, but too few to measure (at least 5 are needed; collect 2 more or merge it with another class)',
  ]);
  assert.equal(task.audit[2].severity, 'warning');
});
