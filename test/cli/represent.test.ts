import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseHTML } from 'linkedom';
import { readTable } from '../../src/data/readers/table.ts';
import { describeModel } from '../../src/onnx/decode.ts';
import { representation } from '../../src/pilot/result.ts';
import { sweepResult } from '../../src/pilot/sweep/result.ts';
import { resolve } from '../../src/report/index.ts';
import { allRefused, evenhand, newFolder, start, timeless, writeRecordings } from './run.ts';

const series = ['--series', 'x,y', '--window', '8', '--hop', '4', '--features', 'stft'];
const small = ['--encoder', 'pointwise:widths=12+8', '--sequence', '12', '--batch', '4', '--folds', '3'];
const quick = [...series, ...small, '--label', 'activity', '--steps', '30', '--repeats', '2'];
const pilot = (folder: string, out: string, ...more: string[]) =>
  evenhand(['pilot', ...writeRecordings(folder), '--task', 'represent', ...quick, '--out', out, ...more], folder);
const readResult = (folder: string) =>
  representation.parse(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')));

test('pilot --task represent: both criteria, files, the same bits whatever the number of workers', async () => {
  const folder = newFolder();
  const references = ['--references', 'raw,supervised'];
  const one = await pilot(folder, 'one', ...references, '--workers', '1', '--json');
  assert.equal(one.code, 0, one.stderr);
  const result = representation.parse(JSON.parse(one.stdout));
  assert.deepEqual(result, readResult(join(folder, 'one')));
  assert.deepEqual(
    result.arms.map(({ method }) => method),
    ['info-nce', 'emargin', 'raw', 'supervised'],
  );
  const criteria = result.comparisons.filter((c) => c.method === 'emargin' && c.role === 'criterion');
  assert.deepEqual(criteria.map(({ metric, against }) => [metric, against]).slice(0, 2), [
    ['probe-macro-f1', 'info-nce'],
    ['silhouette', 'info-nce'],
  ]);
  assert.equal(result.verdict.outcome, 'inconclusive');
  assert.match(one.stderr, /6 files, 6 recordings of 6 groups, 2 channels/);
  assert.match(one.stderr, /VERDICT: /);
  const two = await pilot(folder, 'two', ...references, '--workers', '2', '--quiet');
  assert.equal(two.code, 0, two.stderr);
  assert.equal(timeless(join(folder, 'one')), timeless(join(folder, 'two')));

  assert.deepEqual(readdirSync(join(folder, 'one')).sort(), [
    'design.json',
    'models',
    'predictions.parquet',
    'report.html',
    'result.json',
    'trials',
  ]);
  const model = describeModel(readFileSync(join(folder, 'one/models/emargin.onnx')));
  assert.equal(model.metadata.method, 'emargin');
  const answers = await readTable(join(folder, 'one/predictions.parquet'));
  assert.equal(answers.rows, result.data.labelled * 2 * 4);
  const { document } = parseHTML(readFileSync(join(folder, 'one/report.html'), 'utf8'));
  const shown = [...document.querySelectorAll('[data-path]')];
  assert.ok(shown.length > 200, `${shown.length} numbers`);
  for (const element of shown) {
    const path = element.getAttribute('data-path') ?? '';
    assert.equal(Number(element.getAttribute('data-value')), resolve(result, path), path);
  }
});

test('without labels: clusters and health only, and no more than "not decided"', async () => {
  const folder = newFolder();
  const files = writeRecordings(folder);
  const { code, stdout, stderr } = await evenhand(
    [
      'pilot',
      ...files,
      '--task',
      'represent',
      ...series,
      ...small,
      '--steps',
      '30',
      '--repeats',
      '2',
      '--references',
      'raw',
      '--clusters',
      '3',
      '--out',
      'out',
      '-q',
    ],
    folder,
  );
  assert.equal(code, 0, stderr);
  const result = readResult(join(folder, 'out'));
  assert.equal(result.verdict.outcome, 'inconclusive');
  const [arm] = result.arms;
  assert.deepEqual(
    [arm.metrics['probe-macro-f1'].value, arm.metrics['probe-macro-f1'].reason],
    [null, 'no labels to train a probe with'],
  );
  assert.ok(Number(arm.metrics.silhouette.value) > -1);
  assert.ok(result.verdict.reasons.some((r) => r.rule === 'criterion-missing' && r.criterion === 'probe-macro-f1'));
  assert.match(stdout, /VERDICT/);
  assert.ok(!existsSync(join(folder, 'out/predictions.parquet')));
});

test('Ctrl-C and going on: the undisturbed result', async () => {
  const folder = newFolder();
  const files = writeRecordings(folder);
  const args = ['pilot', ...files, '--task', 'represent', ...quick, '--steps', '150', '--references', 'none'];
  const { child, ended } = start([...args, '--out', 'out'], folder);
  const trials = join(folder, 'out/trials');
  const finished = () => (existsSync(trials) ? readdirSync(trials).filter((f) => f.endsWith('.json')).length : 0);
  for (let i = 0; i < 600 && finished() < 1; i++) await sleep(50);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /interrupted; finished trials are in out, add --resume --out out to go on/);
  const resumed = await evenhand([...args, '--out', 'out', '--resume', '-q'], folder);
  assert.equal(resumed.code, 0, resumed.stderr);
  const whole = await evenhand([...args, '--out', 'whole', '-q'], folder);
  assert.equal(whole.code, 0, whole.stderr);
  assert.equal(timeless(join(folder, 'out')), timeless(join(folder, 'whole')));
});

test('sweep: map, sensitivity, page; going on measures nothing twice', async () => {
  const folder = newFolder();
  const files = writeRecordings(folder);
  const args = [
    'sweep',
    ...files,
    ...quick,
    '--repeats',
    '1',
    '--method',
    'emargin',
    '--over',
    'margin=0.2,1',
    '--over',
    'threshold=off,q10',
    '--out',
    'out',
  ];
  const { code, stdout, stderr } = await evenhand(args, folder);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /SENSITIVITY: \d of 4 settings of emargin are no worse than info-nce on every criterion/);
  assert.match(stdout, /margin \/ threshold +off +q10/);
  const result = sweepResult.parse(JSON.parse(readFileSync(join(folder, 'out/sweep.json'), 'utf8')));
  assert.deepEqual(
    result.points.map(({ method }) => method),
    [
      'emargin:margin=0.2:threshold=off',
      'emargin:margin=0.2:threshold=q10',
      'emargin:margin=1:threshold=off',
      'emargin:margin=1:threshold=q10',
    ],
  );
  for (const { metrics } of result.points) assert.equal(typeof metrics.silhouette.value, 'number');
  assert.match(readFileSync(join(folder, 'out/sweep.html'), 'utf8'), /<html/);
  const again = await evenhand([...args, '--resume'], folder);
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stderr, /15 of them already done/);
});

test('wrong use: one line that names the place, the value and the remedy', async () => {
  const folder = newFolder();
  const files = writeRecordings(folder);
  writeFileSync(join(folder, 'short.csv'), 'x,y,activity\n1,2,sit\n3,4,walk\n');
  writeFileSync(
    join(folder, 'uneven.csv'),
    `time,x,y,activity\n${[0, 1, 1.5, 4, 4.1, 9, 9.5, 15, 15.1, 20].map((t) => `${t},1,${t},${t < 5 ? 'sit' : 'walk'}`).join('\n')}\n`,
  );
  const represent = ['--task', 'represent'];
  const cases: [string[], RegExp][] = [
    [[files[0]], /--label: no column named; name the column that holds the classes/],
    [[...files, '--label', 'activity'], /walks-2\.csv: a table is one file/],
    [[...files, '--task', 'cluster'], /--task: must be classify or represent, got "cluster"/],
    [[...files, ...represent, '--label', 'activity'], /--series: name the columns that are measured/],
    [
      [...files, ...represent, ...quick, '--series', 'x,z'],
      /--series: column "z" not found in walks-1\.csv; it has: x, y, activity/,
    ],
    [[...files, ...represent, ...quick, '--window', '1s'], /--window.*rate/],
    [[...files, ...represent, ...quick, '--window', '5000'], /--window: 5,000 steps are more than any recording has/],
    [[...files, ...represent, ...quick, '--hop', '0'], /--hop/],
    [
      [...files, ...represent, ...quick, '--candidate', 'emargine'],
      /method "emargine" is not known; .*did you mean "emargin"\?/,
    ],
    [
      [...files, ...represent, ...quick, '--candidate', 'emargin:threshold=q100'],
      /threshold must be auto, off, otsu, q1 to q99/,
    ],
    [[...files, ...represent, ...quick, '--candidate', 'info-nce'], /"info-nce" is the baseline too/],
    [
      [...files, ...represent, ...quick, '--encoder', 'pointwis'],
      /encoder "pointwis" is not known.*did you mean "pointwise"\?/,
    ],
    [
      [...files, ...represent, ...quick, '--criterion', 'silhouette'],
      /judged by its clusters and by its use; name one of each/,
    ],
    [
      [...files, ...represent, ...quick, '--criterion', 'silhouete,probe-macro-f1'],
      /metric "silhouete" is not one of a representation.*did you mean "silhouette"/,
    ],
    [
      [...files, ...represent, ...quick, '--unlabelled', 'stand'],
      /--unlabelled stand: label "activity" never holds it/,
    ],
    [[...files, ...represent, ...quick, '--scaling', 'local'], /--scaling: must be global or recording, got "local"/],
    [['short.csv', ...represent, ...quick], /--window: 8 steps are more than any recording has/],
    [[files[0], ...represent, ...quick], /1 group with windows .* at least 3 are needed .*--blocks N/],
    [['uneven.csv', ...represent, ...quick, '--time', 'time'], /uneven\.csv.*--resample/],
    [['nothing.csv', ...represent, ...quick], /nothing\.csv/],
  ];
  await allRefused(cases, folder);
  assert.ok(!existsSync(join(folder, 'out')));
});
