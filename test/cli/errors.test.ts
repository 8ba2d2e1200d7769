import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { evenhand, newFolder, writeTable } from './run.ts';

const head = 'force,heat,state\n';
const good = `${head}${Array.from({ length: 40 }, (_, i) => `${i / 7},${(i * i) % 11},${i % 4 ? 'good' : 'bad'}`).join('\n')}\n`;

/** File content, more arguments, and what the one line must say. */
const wrong: readonly [what: string, content: string | Buffer | null, args: string[], message: RegExp][] = [
  ['missing file', null, ['--label', 'state'], /input\.csv: .*(no such file|not found|does not exist)/i],
  ['empty file', '', ['--label', 'state'], /input\.csv: .*empty/],
  ['header only', head, ['--label', 'state'], /input\.csv: .*(header|no rows|no data)/i],
  ['ragged row', `${good}1,2\n`, ['--label', 'state'], /input\.csv, line 42: .*2 .*3/],
  ['unknown label', good, ['--label', 'stat'], /column "stat" not found in input\.csv.*did you mean "state"/],
  ['one class', `${head}${'1,2,good\n2,3,good\n'.repeat(9)}`, ['--label', 'state'], /state.*(one class|only)/i],
  [
    'label that is an id',
    `${head}${Array.from({ length: 40 }, (_, i) => `${i % 3},${i % 5},part${i}`).join('\n')}\n`,
    ['--label', 'state'],
    /state.*40/,
  ],
  ['continuous label', good, ['--label', 'force'], /force/],
  ['label all missing', `${head}${'1,2,\n2,3,\n'.repeat(9)}`, ['--label', 'state'], /state/],
  ['infinite number', `${good}inf,2,good\n`, ['--label', 'state'], /input\.csv, line 42.*force/],
  ['doubled column', 'force,force,state\n1,2,good\n', ['--label', 'state'], /force/],
  ['gzip cut off', gzipSync(Buffer.from(good.repeat(50))).subarray(0, 60), ['--label', 'state'], /input\.csv: .*gzip/i],
  ['wrong flag', good, ['--label', 'state', '--fold', '3'], /unknown option '--fold'.*--folds/],
  ['flag without value', good, ['--label'], /--label/],
  ['no label', good, [], /--label/],
  ['folds not a number', good, ['--label', 'state', '--folds', 'x'], /--folds: needs a number, got "x"/],
  ['folds too few', good, ['--label', 'state', '--folds', '1'], /--folds: must be a whole number from 2 to 100, got 1/],
  ['more folds than rows', good, ['--label', 'state', '--folds', '90'], /90/],
  ['unknown method', good, ['--label', 'state', '--candidate', 'alnc'], /"alnc".*did you mean "allnc"/],
  ['A against itself', good, ['--label', 'state', '--candidate', 'cross-entropy'], /is the baseline too/],
  ['unknown metric', good, ['--label', 'state', '--criterion', 'makro-recall'], /makro-recall.*macro-recall/],
  ['metric without interval', good, ['--label', 'state', '--criterion', 'brier'], /brier.*cannot decide/],
  ['guard of no form', good, ['--label', 'state', '--guard', 'accuracy'], /--guard: "accuracy" is not of the form/],
  ['guard of an unknown class', good, ['--label', 'state', '--guard', 'recall[bat]=0.1'], /recall\[bat\].*bad/],
  ['unknown group', good, ['--label', 'state', '--group', 'lot'], /column "lot" not found/],
  ['unknown language', good, ['--label', 'state', '--lang', 'fr'], /--lang: must be en or ja/],
];

for (const [what, content, args, message] of wrong)
  test(`pilot, ${what}: one clear line, exit code 1, nothing written`, async () => {
    const folder = newFolder();
    if (content !== null) writeFileSync(join(folder, 'input.csv'), content);
    const before = readdirSync(folder);
    const { code, stdout, stderr } = await evenhand(['pilot', 'input.csv', ...args], folder);
    assert.equal(code, 1, stderr);
    assert.match(stderr, message);
    assert.match(stderr, /^evenhand: [^\n]+\n$/, `not one line: ${stderr}`);
    assert.equal(stdout, '');
    assert.deepEqual(readdirSync(folder), before);
  });

test('pilot, --out where a file is in the way: exit code 1, the file stays', async () => {
  const folder = newFolder();
  writeTable(folder);
  writeFileSync(join(folder, 'taken'), 'mine');
  const { code, stderr } = await evenhand(
    ['pilot', 'parts.csv', '--label', 'state', '--quiet', '--out', 'taken'],
    folder,
  );
  assert.equal(code, 1);
  assert.match(stderr, /^evenhand: --out: cannot write to "taken": [^\n]*; name another folder\n$/);
});

test('pilot, --out that holds something else: exit code 1, nothing touched', async () => {
  const folder = newFolder();
  writeTable(folder);
  mkdirSync(join(folder, 'old'));
  writeFileSync(join(folder, 'old/design.json'), '{"hash":"1234"}');
  const { code, stderr } = await evenhand(
    ['pilot', 'parts.csv', '--label', 'state', '--quiet', '--out', 'old'],
    folder,
  );
  assert.equal(code, 1);
  assert.match(stderr, /"old" holds another pilot/);
  assert.deepEqual(readdirSync(join(folder, 'old')), ['design.json']);
});

test('pilot, --out that is a folder of other things: exit code 1, nothing touched', async () => {
  const folder = newFolder();
  writeTable(folder);
  const { code, stderr } = await evenhand(['pilot', 'parts.csv', '--label', 'state', '--quiet', '--out', '.'], folder);
  assert.equal(code, 1);
  assert.match(stderr, /"\." holds other files and no pilot/);
  assert.deepEqual(readdirSync(folder), ['parts.csv']);
});

test('inspect: wrong flag and missing file', async () => {
  const folder = newFolder();
  writeTable(folder);
  const flag = await evenhand(['inspect', 'parts.csv', '--labl', 'state'], folder);
  assert.equal(flag.code, 1);
  assert.match(flag.stderr, /unknown option '--labl'.*--label/);
  const missing = await evenhand(['inspect', 'part.csv'], folder);
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /^evenhand: part\.csv: [^\n]+\n$/);
});

test('unknown command and no command', async () => {
  const folder = newFolder();
  const unknown = await evenhand(['pilott'], folder);
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /pilott.*pilot/);
  const none = await evenhand([], folder);
  assert.equal(none.code, 1);
  assert.match(none.stderr + none.stdout, /Usage: evenhand/);
  assert.ok(!existsSync(join(folder, 'evenhand-parts')));
});
