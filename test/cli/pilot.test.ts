import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseHTML } from 'linkedom';
import { readTable } from '../../src/data/readers/table.ts';
import { describeModel } from '../../src/onnx/decode.ts';
import { result as resultSchema } from '../../src/pilot/result.ts';
import { resolve } from '../../src/report/index.ts';
import { evenhand, newFolder, start, timeless, writeTable } from './run.ts';

const quick = [
  '--label',
  'state',
  '--references',
  'logit-adjustment',
  '--folds',
  '2',
  '--repeats',
  '2',
  '--steps',
  '40',
];
const run = (folder: string, out: string, ...more: string[]) =>
  evenhand(['pilot', 'parts.csv', ...quick, '--out', out, ...more], folder);

test('pilot: result, report, predictions and models; the same bits whatever the number of workers', async () => {
  const folder = newFolder();
  writeTable(folder);
  const one = await run(folder, 'one', '--workers', '1', '--json');
  assert.equal(one.code, 0, one.stderr);
  const printed = resultSchema.parse(JSON.parse(one.stdout));
  assert.deepEqual(printed, resultSchema.parse(JSON.parse(readFileSync(join(folder, 'one/result.json'), 'utf8'))));
  assert.match(one.stderr, /trial 4\/8 +50 %, \d+ s left/);
  assert.match(one.stderr, /VERDICT: /);
  const two = await run(folder, 'two', '--workers', '2', '--quiet');
  assert.equal(two.code, 0, two.stderr);
  assert.equal(two.stderr, '');
  assert.match(two.stdout, /VERDICT: [\s\S]*cracked[\s\S]*Report: two/);
  assert.equal(timeless(join(folder, 'one')), timeless(join(folder, 'two')));

  assert.deepEqual(readdirSync(join(folder, 'one')).sort(), [
    'design.json',
    'models',
    'predictions.parquet',
    'report.html',
    'result.json',
    'trials',
  ]);
  assert.match(readFileSync(join(folder, 'one/report.html'), 'utf8'), /<html/);
  const predictions = await readTable(join(folder, 'one/predictions.parquet'));
  assert.equal(predictions.rows, 240 * 2 * 3);
  const model = describeModel(readFileSync(join(folder, 'one/models/allnc.onnx')));
  assert.deepEqual(JSON.parse(model.metadata.classes), ['good', 'worn', 'cracked']);
});

test('every number on the page of a real run is the one in result.json', async () => {
  const folder = newFolder();
  writeTable(folder);
  assert.equal((await run(folder, 'out', '--quiet')).code, 0);
  const { document } = parseHTML(readFileSync(join(folder, 'out/report.html'), 'utf8'));
  const result = JSON.parse(readFileSync(join(folder, 'out/result.json'), 'utf8'));
  const shown = [...document.querySelectorAll('[data-path]')];
  assert.ok(shown.length > 300, `${shown.length} numbers`);
  for (const element of shown) {
    const path = element.getAttribute('data-path') ?? '';
    assert.equal(Number(element.getAttribute('data-value')), resolve(result, path), path);
  }
});

test('predictions.parquet is enough to compute the result again', async () => {
  const folder = newFolder();
  writeTable(folder);
  assert.equal((await run(folder, 'out', '--quiet')).code, 0);
  const result = resultSchema.parse(JSON.parse(readFileSync(join(folder, 'out/result.json'), 'utf8')));
  const table = await readTable(join(folder, 'out/predictions.parquet'));
  const text = (name: string) => {
    const column = table.columns.find((c) => c.name === name);
    assert.ok(column?.kind === 'category', name);
    return Array.from(column.codes, (code) => column.levels[code]);
  };
  const [method, label, prediction] = [text('method'), text('label'), text('prediction')];
  for (const arm of result.arms)
    for (const own of arm.classes) {
      const rows = [...method.keys()].filter((i) => method[i] === arm.method && label[i] === own.name);
      const recall = rows.filter((i) => prediction[i] === own.name).length / rows.length;
      assert.ok(Math.abs(recall - Number(own.recall.value)) < 1e-12, `${arm.method} ${own.name}`);
      assert.equal(rows.length, 2 * own.evaluated);
    }
});

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 600 && !condition(); i++) await sleep(50);
  assert.ok(condition(), 'waited 30 s in vain');
}

const finished = (folder: string) =>
  existsSync(join(folder, 'trials'))
    ? readdirSync(join(folder, 'trials')).filter((f) => f.endsWith('.json')).length
    : 0;

test('killed in the middle and resumed: the same numbers as an undisturbed run', async () => {
  const folder = newFolder();
  writeTable(folder);
  const long = ['--steps', '400', '--quiet'];
  const { child, ended } = start(['pilot', 'parts.csv', ...quick, ...long, '--out', 'broken'], folder);
  await until(() => finished(join(folder, 'broken')) >= 2);
  child.kill('SIGKILL');
  assert.equal((await ended).signal, 'SIGKILL');
  const done = finished(join(folder, 'broken'));
  assert.ok(done >= 2 && done < 8, `${done} trials were done`);
  assert.ok(!existsSync(join(folder, 'broken/result.json')));
  // A trial that the kill cut off in writing, or a disk that went bad, is run again.
  const [first] = readdirSync(join(folder, 'broken/trials')).filter((f) => f.endsWith('.json'));
  writeFileSync(join(folder, 'broken/trials', first), '{"schema":"evenhand.trial/1","id"');

  const without = await run(folder, 'broken', ...long);
  assert.equal(without.code, 1);
  assert.match(without.stderr, /holds this pilot already; add --resume/);
  const resumed = await run(folder, 'broken', ...long, '--resume');
  assert.equal(resumed.code, 0, resumed.stderr);
  const undisturbed = await run(folder, 'whole', ...long);
  assert.equal(undisturbed.code, 0, undisturbed.stderr);
  assert.equal(timeless(join(folder, 'broken')), timeless(join(folder, 'whole')));
});

test('Ctrl-C: exit code 130, the training in hand is kept, and going on gives the undisturbed result', async () => {
  const folder = newFolder();
  writeTable(folder);
  const long = ['--steps', '800'];
  const { child, ended } = start(['pilot', 'parts.csv', ...quick, ...long, '--out', 'out'], folder);
  await until(() => finished(join(folder, 'out')) >= 1);
  const pressed = Date.now();
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  assert.equal(code, 130, stderr);
  assert.ok(Date.now() - pressed < 10_000);
  assert.match(stderr, /interrupted; finished trials are in out, add --resume --out out to go on/);
  assert.ok(!existsSync(join(folder, 'out/result.json')));
  const checkpoints = () => readdirSync(join(folder, 'out/trials')).filter((name) => name.endsWith('.safetensors'));
  assert.ok(checkpoints().length >= 1, 'no training was kept');
  const resumed = await run(folder, 'out', ...long, '--resume');
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.match(resumed.stderr, /of them already done/);
  assert.deepEqual(checkpoints(), []);
  const undisturbed = await run(folder, 'whole', ...long);
  assert.equal(undisturbed.code, 0, undisturbed.stderr);
  assert.equal(timeless(join(folder, 'out')), timeless(join(folder, 'whole')));
});

test('without --out each run gets a folder of its own', async () => {
  const folder = newFolder();
  writeTable(folder);
  const args = ['pilot', 'parts.csv', ...quick, '--quiet'];
  for (const name of ['evenhand-parts', 'evenhand-parts-2']) {
    const { code, stdout, stderr } = await evenhand(args, folder);
    assert.equal(code, 0, stderr);
    assert.ok(stdout.includes(join(name, 'report.html')), stdout);
  }
});

test('grouped and forward in time: said in the result, no rare class dropped', async () => {
  const folder = newFolder();
  writeTable(folder);
  const grouped = await run(folder, 'grouped', '--group', 'machine', '--quiet');
  assert.equal(grouped.code, 0, grouped.stderr);
  const result = (name: string) =>
    resultSchema.parse(JSON.parse(readFileSync(join(folder, name, 'result.json'), 'utf8')));
  assert.equal(result('grouped').design.scheme, 'grouped');
  assert.equal(result('grouped').design.unit, 'group');
  const timed = await run(folder, 'timed', '--time', 'day', '--quiet');
  assert.equal(timed.code, 0, timed.stderr);
  assert.equal(result('timed').design.scheme, 'forward-in-time');
  for (const name of ['grouped', 'timed'])
    assert.deepEqual(result(name).data.classes, [
      { name: 'good', count: 180 },
      { name: 'worn', count: 45 },
      { name: 'cracked', count: 15 },
    ]);
});

test('a class of one row is kept, reported, and breaks nothing', async () => {
  const folder = newFolder();
  writeTable(folder);
  const path = join(folder, 'parts.csv');
  writeFileSync(path, `${readFileSync(path, 'utf8')}9.5,3,A,m3,2026-02-28,shattered\n`);
  const { code, stdout, stderr } = await run(folder, 'out', '--quiet');
  assert.equal(code, 0, stderr);
  assert.match(stdout, /shattered/);
  const result = resultSchema.parse(JSON.parse(readFileSync(join(folder, 'out/result.json'), 'utf8')));
  assert.ok(result.audit.some((f) => f.kind === 'tiny-class' && f.detail.includes('shattered')));
  const own = result.arms[0].classes.find((c) => c.name === 'shattered');
  assert.equal(own?.evaluated, 1);
  assert.match(own?.recall.reason ?? '', /not measurable: needs 4 more/);
});

test('a glitch of 1e300 in a column that hardly varies does not cost the pilot', async () => {
  const folder = newFolder();
  writeTable(folder);
  const path = join(folder, 'parts.csv');
  const [head, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const glitched = lines.map((line, i) => `${i === 100 ? '1e300' : '5.5'},${line}`);
  writeFileSync(path, `${[`steady,${head}`, ...glitched].join('\n')}\n`);
  const { code, stdout, stderr } = await run(folder, 'out', '--quiet', '--keep', 'steady');
  assert.equal(code, 0, stderr);
  assert.match(stdout, /VERDICT/);
});

test('inspect trains nothing and says what it would do', async () => {
  const folder = newFolder();
  writeTable(folder);
  const labelled = await evenhand(['inspect', 'parts.csv', '--label', 'state', '--ignore', 'machine'], folder);
  assert.equal(labelled.code, 0, labelled.stderr);
  assert.match(labelled.stdout, /cracked +15 +6\.3 %/);
  assert.match(labelled.stdout, /machine +ignored/);
  assert.match(labelled.stdout, /mould +input +category +one input a level \(3\)/);
  const json = await evenhand(['inspect', 'parts.csv', '--label', 'state', '--json'], folder);
  assert.equal(JSON.parse(json.stdout).classes[0].count, 180);
  const plain = await evenhand(['inspect', 'parts.csv'], folder);
  assert.match(plain.stdout, /parts\.csv: 240 rows, 6 columns[\s\S]*day +date/);
  assert.deepEqual(readdirSync(folder), ['parts.csv']);
});

test('help names every flag of the command line, with examples; --version is the package version', async () => {
  const folder = newFolder();
  const { stdout, code } = await evenhand(['pilot', '--help'], folder);
  assert.equal(code, 0);
  for (const flag of 'label baseline candidate references group time ignore keep criterion margin guard folds repeats steps seed out resume json quiet'.split(
    ' ',
  ))
    assert.match(stdout, new RegExp(`--${flag}\\b`));
  assert.match(stdout, /Examples:\n +evenhand pilot machines\.csv --label failure/);
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  assert.equal((await evenhand(['--version'], folder)).stdout, `${version}\n`);
});
