import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RepresentationOutcome } from '../../../src/evaluate/represent/trial.ts';
import { loadRepresentation, saveRepresentation } from '../../../src/pilot/represent/trial-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'evenhand-represent-'));
mkdirSync(join(folder, 'trials'));
const path = join(folder, 'trials', 'one.json');

const outcome: RepresentationOutcome = {
  width: 8,
  threshold: { rule: 'q10', reason: 'detectable' },
  metrics: {
    silhouette: { value: 0.1 + 0.2 },
    bridge: { value: null, reason: 'one cluster only' },
    zero: { value: 0 },
  },
  rows: Int32Array.of(3, 70_000, 2 ** 30),
  probe: Int32Array.of(0, 2, 1),
  neighbours: Int32Array.of(1, 1, 1),
  probeFit: { rows: 80, strength: 1e-4, gradientNorm: 3e-6 },
  looks: [{ step: 10, largestShare: null, effectiveRank: 4.2 }],
  timeline: {
    recording: 'r4',
    windows: 2,
    first: 0,
    secondsPerWindow: null,
    labels: [-1, 0],
    clusters: [0, 1],
    contrast: [1.5],
    signal: [
      [
        [-1, 1],
        [0, 0.5],
      ],
    ],
  },
  trainCounts: [40, 40, 0],
  trainSeconds: 1.25,
};

test('a trial comes back as it was, whole and in part', () => {
  saveRepresentation(folder, 'one', outcome);
  assert.deepEqual(loadRepresentation(folder, 'one'), outcome);
  const { probe: _, neighbours: __, probeFit: ___, threshold: ____, timeline: _____, ...bare } = outcome;
  saveRepresentation(folder, 'bare', { ...bare, rows: new Int32Array() });
  assert.deepEqual(loadRepresentation(folder, 'bare'), { ...bare, rows: new Int32Array() });
  // A view into a longer array, as it comes out of a filter.
  saveRepresentation(folder, 'part', { ...outcome, rows: Int32Array.of(9, 8, 7, 6).subarray(1, 3) });
  assert.deepEqual(loadRepresentation(folder, 'part')?.rows, Int32Array.of(8, 7));
  assert.deepEqual(readdirSync(join(folder, 'trials')).sort(), ['bare.json', 'one.json', 'part.json']);
});

test('what numbers of a metric a file holds beside value and reason is left out', () => {
  const metrics = { silhouette: { value: 0.5, perClass: [0.5, 0.5], items: 3 } };
  saveRepresentation(folder, 'one', { ...outcome, metrics });
  assert.deepEqual(loadRepresentation(folder, 'one')?.metrics, { silhouette: { value: 0.5 } });
});

test('none, damaged, of another trial or of another form: as if there were none', () => {
  assert.equal(loadRepresentation(folder, 'absent'), undefined);
  saveRepresentation(folder, 'one', outcome);
  const text = readFileSync(path, 'utf8');
  const json = JSON.parse(text);
  const damaged = [
    '',
    text.slice(0, text.length / 2),
    text.replace('"id":"one"', '"id":"two"'),
    JSON.stringify({ ...json, schema: 'evenhand.trial/1' }),
    JSON.stringify({ ...json, rows: json.rows.slice(0, -4) }),
    JSON.stringify({ ...json, metrics: { silhouette: { value: 'much' } } }),
    JSON.stringify({ ...json, rows: undefined }),
  ];
  for (const content of damaged) {
    writeFileSync(path, content);
    assert.equal(loadRepresentation(folder, 'one'), undefined, content.slice(0, 80));
  }
  writeFileSync(path, text);
  assert.deepEqual(loadRepresentation(folder, 'one'), outcome);
});
