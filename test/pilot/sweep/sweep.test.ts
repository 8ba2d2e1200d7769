import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { InputError } from '../../../src/array/errors.ts';
import { parseRepresentation } from '../../../src/methods/represent/index.ts';
import { sweepResult } from '../../../src/pilot/sweep/result.ts';
import { type SweepOptions, type SweepTask, sweep } from '../../../src/pilot/sweep/sweep.ts';

const fresh = () => join(mkdtempSync(join(tmpdir(), 'evenhand-sweep-')), 'out');
const marginOf = (method: string) => Number(/margin=([\d.]+)/.exec(method)?.[1] ?? 0.5);

/** Use is best at margin 1, clusters (the smaller the better) at margin 0. */
function fake(more: Partial<SweepTask> = {}) {
  const asked: { methods: readonly string[]; steps: number }[] = [];
  const task: SweepTask = {
    task: 'represent',
    device: 'cpu',
    design: { data: 'made up' },
    findings: [{ kind: 'few-groups', severity: 'warning', detail: '4 groups only' }],
    check: parseRepresentation,
    command: 'npx evenhand sweep walk.csv',
    measure: async (methods, steps) => {
      asked.push({ methods, steps });
      const numbers = (method: string) => ({
        'probe-macro-f1': { value: 0.7 - 0.1 * Math.abs(1 - marginOf(method)), interval: null, count: 3 },
        'davies-bouldin': { value: 1 + 0.01 * marginOf(method), interval: null, count: 3 },
      });
      return { metrics: new Map(methods.map((method) => [method, numbers(method)])), workers: 1 };
    },
    ...more,
  };
  return { task, asked };
}

const options = (more: Partial<SweepOptions> = {}): SweepOptions => ({
  method: 'emargin',
  baseline: 'info-nce',
  over: ['margin=0.1,0.3,0.9,2', 'threshold=off,q10'],
  seed: 0,
  steps: 400,
  folds: 3,
  repeats: 1,
  criteria: [
    { metric: 'probe-macro-f1', margin: 0.01, direction: 'higher' },
    { metric: 'davies-bouldin', margin: 0.1, direction: 'lower' },
  ],
  out: fresh(),
  ...more,
});

test('a grid: all points and the baseline with all steps, in one round', async () => {
  const { task, asked } = fake();
  const own = options();
  const found = await sweep(own, task);
  assert.equal(asked.length, 1);
  assert.equal(asked[0].steps, 400);
  assert.equal(asked[0].methods[0], 'info-nce');
  assert.equal(asked[0].methods.length, 9);
  assert.deepEqual(
    found.points.map(({ method }) => method),
    asked[0].methods.slice(1),
  );
  assert.deepEqual(found.points[2].settings, { margin: '0.3', threshold: 'off' });
  assert.ok(found.points.every(({ steps }) => steps === 400));
  // Baseline: margin taken for 0.5, so F1 0.65, and 0.64 is needed: 0.1 has 0.61, 0.3 0.63, 0.9 0.69, 2 0.6.
  assert.deepEqual(
    found.points.filter(({ good }) => good).map(({ settings }) => settings.margin),
    ['0.9', '0.9'],
  );
  assert.deepEqual(found.sensitivity.region, { good: 2, of: 8 });
  // Best F1 at 0.9, best Davies-Bouldin (the least) at 0.1; the first of equals.
  assert.deepEqual(found.best, [
    { metric: 'probe-macro-f1', point: 4 },
    { metric: 'davies-bouldin', point: 0 },
  ]);
  assert.equal(found.audit[0].kind, 'few-groups');
  const written = JSON.parse(readFileSync(join(own.out, 'sweep.json'), 'utf8'));
  assert.deepEqual(sweepResult.parse(written), found);
});

test('halving: the better half goes on for twice as long, the baseline beside it in every round', async () => {
  const { task, asked } = fake();
  const criteria = [{ metric: 'probe-macro-f1', margin: 0.01, direction: 'higher' as const }];
  const found = await sweep(options({ strategy: 'halving', criteria }), task);
  assert.deepEqual(
    asked.map(({ steps, methods }) => [steps, methods.length - 1]),
    [
      [100, 8],
      [200, 4],
      [400, 2],
    ],
  );
  assert.ok(asked.every(({ methods }) => methods[0] === 'info-nce'));
  assert.deepEqual(asked[1].methods.slice(1).map(marginOf).sort(), [0.3, 0.3, 0.9, 0.9]);
  assert.deepEqual(asked[2].methods.slice(1).map(marginOf), [0.9, 0.9]);
  assert.deepEqual(
    found.points.map(({ settings, steps, good }) => [settings.margin, steps, good]),
    [
      ['0.1', 100, null],
      ['0.1', 100, null],
      ['0.3', 200, null],
      ['0.3', 200, null],
      ['0.9', 400, true],
      ['0.9', 400, true],
      ['2', 100, null],
      ['2', 100, null],
    ],
  );
  assert.deepEqual(found.sensitivity.region, { good: 2, of: 2 });
  assert.equal(found.best[0].point, 4);
});

test('halving looks at all criteria, the smaller being better where it is, and at missing numbers last', async () => {
  const by = (value: (margin: number) => number | null, direction: 'higher' | 'lower') => {
    const { task, asked } = fake({});
    const measure: SweepTask['measure'] = async (methods, steps) => {
      asked.push({ methods, steps });
      const number = (m: string) => ({ silhouette: { value: value(marginOf(m)), interval: null, count: 1 } });
      return { metrics: new Map(methods.map((m) => [m, number(m)])), workers: 1 };
    };
    const over = ['margin=0.1,0.3,0.9,2'];
    const criteria = [{ metric: 'silhouette', margin: 0, direction }];
    return sweep(options({ over, strategy: 'halving', criteria, steps: 100 }), { ...task, measure }).then(() =>
      asked
        .at(-1)!
        .methods.slice(1)
        .map(marginOf)
        .sort((a, b) => a - b),
    );
  };
  assert.deepEqual(await by((m) => m, 'higher'), [0.9, 2]);
  assert.deepEqual(await by((m) => m, 'lower'), [0.1, 0.3]);
  assert.deepEqual(await by((m) => (m > 0.5 ? null : m), 'higher'), [0.1, 0.3]);
  assert.deepEqual(await by((m) => (m < 0.5 ? null : m), 'lower'), [0.9, 2]);
});

test('rounds: none shorter than 50 steps, none for two points', async () => {
  const rounds = async (more: Partial<SweepOptions>) => {
    const { task, asked } = fake();
    await sweep(options({ strategy: 'halving', ...more }), task);
    return asked.map(({ steps }) => steps);
  };
  assert.deepEqual(await rounds({ steps: 120 }), [60, 120]);
  assert.deepEqual(await rounds({ steps: 99 }), [99]);
  assert.deepEqual(await rounds({ over: ['margin=0.1,0.3'] }), [400]);
  assert.deepEqual(await rounds({ over: ['margin=0.01..2'], samples: 3 }), [200, 400]);
});

test('random: as many points as asked for; halving draws where there is a range', async () => {
  const { task } = fake();
  const points = async (more: Partial<SweepOptions>) => (await sweep(options(more), task)).points;
  assert.equal((await points({ strategy: 'random', over: ['margin=0.01..2'] })).length, 20);
  assert.equal((await points({ strategy: 'random', samples: 5 })).length, 5);
  assert.equal((await points({ strategy: 'halving', over: ['margin=0.01..2'], samples: 6 })).length, 6);
  assert.equal((await points({ strategy: 'halving' })).length, 8);
});

test('a point that is the baseline is measured once', async () => {
  const { task, asked } = fake();
  const found = await sweep(options({ baseline: 'emargin:margin=0.3', over: ['margin=0.1,0.3'] }), task);
  assert.deepEqual(asked[0].methods, ['emargin:margin=0.3', 'emargin:margin=0.1']);
  assert.deepEqual(found.points[1].metrics, found.baseline.metrics);
});

test('wrong use is told before anything is measured', async () => {
  const refused = async (more: Partial<SweepOptions>, message: RegExp) => {
    const { task, asked } = fake();
    const own = options(more);
    await assert.rejects(sweep(own, task), (error) => error instanceof InputError && message.test(error.message));
    assert.equal(asked.length, 0);
    assert.equal(existsSync(own.out), false);
  };
  await refused({ over: [] }, /--over: name at least one setting/);
  await refused({ over: ['margin=1', 'margin=2'] }, /"margin" is named twice/);
  await refused({ over: ['margin=0.1..2'] }, /a grid needs values/);
  await refused({ samples: 5 }, /--samples: a grid has all of its points/);
  await refused({ strategy: 'random', samples: 0 }, /--samples/);
  await refused({ over: ['margn=1'] }, /has no setting "margn".*did you mean "margin"/);
  await refused({ over: ['margin=1,200'] }, /margin must be 0 to 100/);
  await refused({ baseline: 'nothing' }, /method "nothing" is not known/);
});

test('the folder belongs to one sweep: goes on when told, refuses another', async () => {
  const { task } = fake();
  const out = fresh();
  const first = await sweep(options({ out }), task);
  await assert.rejects(sweep(options({ out }), task), /add --resume/);
  const again = await sweep(options({ out, resume: true }), task);
  assert.deepEqual({ ...again, times: 0 }, { ...first, times: 0 });
  await assert.rejects(sweep(options({ out, resume: true, over: ['margin=1,2'] }), task), /holds another pilot/);
  const other = fresh();
  writeFileSync(other, 'a file');
  await assert.rejects(sweep(options({ out: other }), task), InputError);
});
