import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PilotEvent } from '../../../src/pilot/run.ts';
import { type RepresentationSweepOptions, sweepRepresentation } from '../../../src/pilot/sweep/represent.ts';
import { fresh, toyFiles, usual } from '../represent/files.ts';

const files = toyFiles({ groups: 4, windows: 12 });

async function run(more: Partial<RepresentationSweepOptions>) {
  const events: PilotEvent[] = [];
  const options = { ...usual, files, out: fresh(), method: 'info-nce', over: ['temperature=0.1,0.5'] };
  const found = await sweepRepresentation({ ...options, onEvent: (event) => events.push(event), ...more });
  return { found, trials: events.flatMap((event) => (event.kind === 'trial' ? [event.trial] : [])) };
}

test('points, baseline and numbers; the point that is the baseline is measured once; resumed nothing twice', async () => {
  const out = fresh();
  // Options that are there without a value are as if they were not: one repeat.
  const { found, trials } = await run({ out, repeats: undefined, baseline: undefined, samples: undefined });
  assert.equal(found.design.repeats, 1);
  assert.deepEqual(trials.sort(), [
    'info-nce, repeat 1, fold 1',
    'info-nce, repeat 1, fold 2',
    'info-nce:temperature=0.1, repeat 1, fold 1',
    'info-nce:temperature=0.1, repeat 1, fold 2',
  ]);
  assert.deepEqual(
    found.points.map(({ method, steps }) => [method, steps]),
    [
      ['info-nce:temperature=0.1', 4],
      ['info-nce:temperature=0.5', 4],
    ],
  );
  const [other, same] = found.points;
  assert.deepEqual(same.metrics, found.baseline.metrics);
  assert.equal(same.good, true);
  assert.notEqual(other.metrics.silhouette.value, same.metrics.silhouette.value);
  assert.deepEqual(
    found.criteria.map(({ metric, direction }) => [metric, direction]),
    [
      ['probe-macro-f1', 'higher'],
      ['silhouette', 'higher'],
    ],
  );
  assert.match(found.design.command, /^npx evenhand sweep .* --method info-nce --over temperature=0\.1,0\.5/);

  const again = await run({ out, resume: true });
  assert.deepEqual(again.trials, []);
  assert.deepEqual({ ...again.found, times: 0 }, { ...found, times: 0 });
});
