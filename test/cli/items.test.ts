import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { describeModel } from '../../src/onnx/decode.ts';
import { classification } from '../../src/pilot/result.ts';
import { png, put } from '../data/pictures/make.ts';
import { allRefused, evenhand, newFolder } from './run.ts';

/** A folder per class, small grey pictures that a glance tells apart, and one file that is no picture. */
async function writePictures(folder: string): Promise<void> {
  const random = stream(4, 'pictures');
  for (const [name, count, level] of [
    ['good', 24, 60],
    ['dent', 12, 130],
    ['crack', 8, 200],
  ] as const)
    for (let i = 0; i < count; i++)
      put(join(folder, `images/${name}/${i}.png`), await png(level + random.integer(40), [8, i === 3 ? 6 : 8]));
  put(join(folder, 'images/crack/note.png'), 'no picture');
}

/** One series a line, as in the UCR archive: 30 to learn from and 24 to test on, of three classes. */
function writeSeries(folder: string): string[] {
  const random = stream(5, 'series');
  return [['waves_TRAIN.tsv', 30] as const, ['waves_TEST.tsv', 24] as const].map(([name, count]) => {
    const lines = Array.from({ length: count }, (_, i) => {
      const label = i % 6 === 0 ? 3 : i % 3 === 0 ? 2 : 1;
      const values = Array.from({ length: 20 }, (_, t) => Math.sin((label * t) / 3) + 0.2 * random.normal());
      return [label, ...values.map((v) => v.toFixed(4))].join('\t');
    });
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
    return name;
  });
}

const short = ['--references', 'none', '--repeats', '1', '--steps', '12', '--batch', '16', '--quiet', '--out', 'out'];
const resultIn = (folder: string) =>
  classification.parse(JSON.parse(readFileSync(join(folder, 'out/result.json'), 'utf8')));

test('pictures: a folder per class, changed at random, without the one that cannot be read', async () => {
  const folder = newFolder();
  await writePictures(folder);
  const refused = await evenhand(['pilot', 'images', ...short], folder);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^evenhand: images: 1 picture of 45 cannot be read: .*note\.png.*--skip-unreadable\n$/);
  assert.ok(!existsSync(join(folder, 'out')));
  const more = ['--skip-unreadable', '--folds', '2', '--augment', 'shift=1,flip=0.5', '--augment-except', 'crack'];
  const { code, stderr } = await evenhand(['pilot', 'images', ...short, ...more], folder);
  assert.equal(code, 0, stderr);
  const { data, design, arms, audit } = resultIn(folder);
  assert.deepEqual(data.pictures, { channels: 1, height: 8, width: 8 });
  assert.deepEqual(
    data.classes.map(({ name, count }) => [name, count]),
    [
      ['good', 24],
      ['dent', 12],
      ['crack', 8],
    ],
  );
  assert.match(design.command, /images --skip-unreadable .*--augment shift=1,flip=0\.5 --augment-except crack/);
  assert.equal(arms[1].settings.form, 'predictive');
  assert.deepEqual(
    ['unreadable-pictures', 'resized'].filter((kind) => audit.some((own) => own.kind === kind)),
    ['unreadable-pictures', 'resized'],
  );
  const model = describeModel(readFileSync(join(folder, 'out/models/cross-entropy.onnx')));
  assert.deepEqual(model.inputs[0].shape, ['rows', 8, 8, 1]);
});

test('series a line, divided by their files: the test part is kept, or pooled, or thinned', async () => {
  const folder = newFolder();
  const files = writeSeries(folder);
  const inspected = await evenhand(['inspect', ...files], folder);
  assert.equal(inspected.code, 0, inspected.stderr);
  assert.match(inspected.stdout, /waves_TRAIN\.tsv and 1 more/);
  const { code, stderr } = await evenhand(['pilot', ...files, ...short, '--augment', 'jitter=0.1'], folder);
  assert.equal(code, 0, stderr);
  const { data, design, arms } = resultIn(folder);
  assert.deepEqual([design.scheme, design.folds], ['given', 1]);
  assert.deepEqual([data.series?.window, data.series?.channels.length], [20, 1]);
  assert.equal(
    arms[0].classes.reduce((sum, { evaluated }) => sum + evaluated, 0),
    24,
  );
  const pooled = JSON.parse((await evenhand(['inspect', ...files, '--pool', '--json'], folder)).stdout);
  assert.ok(pooled.classes.every((own: object) => !('test' in own)));
  const thinned = JSON.parse((await evenhand(['inspect', ...files, '--imbalance', '10', '--json'], folder)).stdout);
  assert.deepEqual(
    thinned.classes.map(({ train, test: held }: { train: number; test: number }) => [train, held]),
    [
      [20, 16],
      [5, 4],
      [2, 4],
    ],
  );
});

test('what does not go with the data is refused in one line', async () => {
  const folder = newFolder();
  const files = writeSeries(folder);
  const cases: [string[], RegExp][] = [
    [[...files, '--keep', 'x'], /--keep: not with such data \(these are time series\)/],
    [[...files, '--augment', 'jiter=1'], /--augment: "jiter".*did you mean "jitter"/],
    [[...files, '--encoder', 'cnn-2d'], /encoder "cnn-2d" takes pictures/],
    [[...files, '--imbalance', '0.5'], /--imbalance: must be a number of 1 or more/],
    [[...files, '--sequence', '9'], /--sequence: is for --task represent/],
    [[...files, '--augment-except', '1'], /--augment-except: says whom --augment leaves alone/],
    [[...files, '--size', '3'], /--size: needs height and width/],
    [['--task', 'represent', ...files, '--pool'], /--pool: is for telling classes/],
  ];
  await allRefused(cases, folder);
  assert.ok(!existsSync(join(folder, 'out')));
});
