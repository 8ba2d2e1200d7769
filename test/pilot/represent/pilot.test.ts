import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { InputError } from '../../../src/array/errors.ts';
import { readTable } from '../../../src/data/readers/table.ts';
import { pilotRepresentation, type RepresentationPilotOptions } from '../../../src/pilot/represent/pilot.ts';
import { result } from '../../../src/pilot/result.ts';
import type { PilotEvent } from '../../../src/pilot/run.ts';
import { CLASSES } from '../../evaluate/represent/toy.ts';
import { fresh, toyFiles, usual } from './files.ts';

const files = toyFiles({ groups: 4, windows: 12 });

async function run(more: Partial<RepresentationPilotOptions>) {
  const events: PilotEvent[] = [];
  const found = await pilotRepresentation({
    ...usual,
    files,
    references: ['raw'],
    repeats: 1,
    out: fresh(),
    onEvent: (event) => events.push(event),
    ...more,
  });
  return { found, trials: events.filter(({ kind }) => kind === 'trial').length };
}

test('from files to the result, its files, and back again without a training', async () => {
  const out = fresh();
  const { found, trials } = await run({ out });
  assert.equal(trials, 3 * 2);
  const written = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'));
  assert.deepEqual(result.parse(written), written);
  assert.deepEqual(written, JSON.parse(JSON.stringify(found)));
  assert.deepEqual(
    found.arms.map(({ method, role }) => [method, role]),
    [
      ['info-nce', 'baseline'],
      ['emargin', 'candidate'],
      ['raw', 'reference'],
    ],
  );
  assert.deepEqual(found.plane, { across: 'silhouette', up: 'probe-macro-f1' });
  assert.equal(found.verdict.outcome, 'inconclusive');
  assert.deepEqual(readdirSync(join(out, 'models')).sort(), ['emargin.onnx', 'info-nce.onnx']);
  assert.deepEqual([found.data.rows, found.data.labelled, found.data.series?.groups], [48, 48, 4]);
  // The answers: one line a window and arm.
  const answers = await readTable(join(out, 'predictions.parquet'));
  assert.equal(answers.rows, 3 * 48);
  const column = (name: string) => answers.columns.find((own) => own.name === name)!;
  const words = (name: string): string[] => {
    const own = column(name);
    assert.ok(own.kind === 'category');
    return Array.from(own.codes, (code) => own.levels[code]);
  };
  const [method, recording, label, probe] = ['method', 'recording', 'label', 'probe'].map(words);
  const start = column('start');
  assert.ok(start.kind === 'number');
  const starts: Float64Array = start.values;
  for (let i = 0; i < answers.rows; i++) {
    const group = Number(/r(\d)\.csv/.exec(recording[i])?.[1]);
    assert.equal(label[i], CLASSES[(group + Math.floor(starts[i] / 40)) % 3]);
  }
  // Accuracy from the file is that of the result.
  for (const arm of found.arms) {
    const own = Array.from(method.keys()).filter((i) => method[i] === arm.method);
    assert.equal(new Set(own.map((i) => `${recording[i]} ${starts[i]}`)).size, 48);
    const right = own.filter((i) => probe[i] === label[i]).length;
    assert.ok(Math.abs(right / 48 - arm.metrics['probe-accuracy'].value!) < 1e-12);
  }

  // Two trials of six are gone: these alone run again, and no number is another.
  const [first, second, ...kept] = readdirSync(join(out, 'trials'));
  assert.equal(kept.length, 4);
  rmSync(join(out, 'trials', first));
  writeFileSync(join(out, 'trials', second), '{"schema": "evenhand.repr');
  const again = await run({ out, resume: true });
  assert.equal(again.trials, 2);
  const clockless = ({ times: _, arms, ...rest }: typeof found) => ({
    ...rest,
    arms: arms.map(({ cost: __, ...arm }) => arm),
  });
  assert.deepEqual(clockless(again.found), clockless(found));
  await assert.rejects(run({ out }), /add --resume/);
  await assert.rejects(run({ out, resume: true, steps: 5 }), /holds another pilot/);
});

const criteria = (...metrics: string[]) => ({ criteria: metrics.map((metric) => ({ metric, margin: 0.01 })) });
const refused = async (more: Partial<RepresentationPilotOptions>, message: RegExp) => {
  const out = fresh();
  await assert.rejects(
    run({ out, ...more }),
    (error) => error instanceof InputError && message.test(error.message) && !error.message.includes('\n'),
  );
  assert.equal(existsSync(out), false, 'nothing is written');
};

test('criteria: one of the clusters and one of use are needed', async () => {
  const both = /--criterion .*: a representation is judged by its clusters and by its use; name one of each/;
  await refused(criteria('silhouette'), both);
  await refused(criteria('probe-macro-f1'), both);
  await refused(criteria('probe-macro-f1', 'knn-macro-f1'), both);
  await refused(criteria('silhouette', 'davies-bouldin'), both);
  // Numbers of health or of the true classes are neither.
  await refused(criteria('silhouette', 'effective-rank'), both);
  await refused(criteria('silhouette', 'davies-bouldin-on-classes'), both);
  await refused(criteria(), /--criterion: name at least one metric/);
  await refused(criteria('silhouette', 'probe-macro-f1', 'bridg'), /did you mean "bridge"/);
});

test('what cannot be is told before anything is trained', async () => {
  await refused({ folds: 1 }, /--folds: must be a whole number from 2/);
  await refused({ clusters: 1 }, /--clusters/);
  await refused({ sequence: 2 }, /--sequence/);
  await refused({ sequence: 13 }, /--sequence 13: some training part has no recording of more than 12 windows/);
  await refused({ candidate: 'info-nce' }, /--candidate: "info-nce" is the baseline too/);
});
