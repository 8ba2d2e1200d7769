import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type PictureSet, readPictures } from '../../../src/data/pictures/index.ts';
import { folder, oneLine, times } from '../helpers.ts';
import { findingOf, idx, png, put } from './make.ts';

const { path } = folder();
for (const value of [1, 2, 3, 4, 5]) put(path(`list/pictures/p${value % 2}_${value}.png`), await png(value));
const csv = (name: string, lines: readonly string[]) => put(path(name), `${lines.join('\n')}\n`);
const groupNames = ({ groups, groupNames: names }: PictureSet) =>
  groups && Array.from(groups, (group) => (group < 0 ? null : names?.[group]));

const rows = ['p1_1.png,a,7,x,', 'p0_2.png,b,7,y,1', 'p1_3.png,,,z,1', 'p0_4.png,b,5,y,2', 'p1_5.png,a,5,x,2'];
const table = csv('list/all.csv', ['file,kind,lot,site,gap', ...rows.map((row) => `pictures/${row}`)]);
const options = { label: ['kind'], path: 'file' };

test('a table: the values of a column, in the order of their first picture', async () => {
  const set = await readPictures([table], { ...options, group: 'lot' });
  assert.deepEqual(groupNames(set), ['7', '7', null, '5', '5']);
  assert.deepEqual(
    [[...set.groups!], set.groupNames],
    [
      [0, 0, -1, 1, 1],
      ['7', '5'],
    ],
  );
  assert.match(findingOf(set, 'groups')!.detail, /^2 groups of pictures; the largest \("7"\) has 2 pictures/);
  assert.deepEqual(groupNames(await readPictures([table], { ...options, group: 'site' })), ['x', 'y', 'z', 'y', 'x']);
  const none = await readPictures([table], options);
  assert.deepEqual([none.groups, none.groupNames, findingOf(none, 'groups')], [undefined, undefined, undefined]);
});

test("a table: what the pictures' names say; a column that is called so goes first", async () => {
  const set = await readPictures([table], { ...options, group: 'file:^p(\\d)' });
  assert.deepEqual(groupNames(set), ['1', '0', '1', '0', '1']);
  const own = await readPictures([table], { ...options, group: 'file' });
  assert.equal(own.groupNames![1], 'pictures/p0_2.png');
  assert.deepEqual(findingOf(own, 'groups')!.severity, 'warning');
  assert.match(findingOf(own, 'groups')!.detail, /every picture is a group of its own/);
});

test('a table: unknown column, missing values, the label, a pattern that finds nothing or is none', async () => {
  const refused = (group: string, ...parts: string[]) =>
    assert.rejects(readPictures([table], { ...options, group }), oneLine(...parts));
  await refused('lott', '--group: column "lott" not found', 'did you mean "lot"');
  await refused('gap', 'all.csv: group "gap" is missing in 1 labelled row (data row 1 first)');
  await refused('kind', 'column "kind" stands in --label and in --group');
  await refused('file:x(\\d)', '--group file:x(\\d): the pattern finds nothing in the name of', 'p1_1.png');
  await refused('file:(', 'is no regular expression');
});

test('two tables: a value is one group in both, and a group on both sides of their division is told', async () => {
  const head = 'file,kind,lot';
  const train = csv('list/train.csv', [
    head,
    'pictures/p1_1.png,a,7',
    'pictures/p0_2.png,b,8',
    'pictures/p1_3.png,a,7',
  ]);
  const held = csv('list/test.csv', [head, 'pictures/p0_4.png,b,9', 'pictures/p1_5.png,a,7']);
  const set = await readPictures([train, held], { ...options, group: 'lot' });
  assert.deepEqual(groupNames(set), ['7', '8', '7', '9', '7']);
  const torn = findingOf(set, 'torn-groups')!;
  assert.match(torn.detail, /^1 group of 3 stands on both sides of the division .*first "7"/);
  assert.deepEqual([torn.severity, torn.override!.includes('--pool')], ['warning', true]);
  const apart = await readPictures([train, held], { ...options, group: 'file:(\\d).png' });
  assert.equal(findingOf(apart, 'torn-groups'), undefined);
});

test('unreadable pictures that are left out take their groups along', async () => {
  put(path('list/pictures/p9_9.png'), 'no picture');
  const file = csv('list/bad.csv', [
    'file,kind,lot',
    'pictures/p1_1.png,a,7',
    'pictures/p9_9.png,a,8',
    'pictures/p0_2.png,b,9',
  ]);
  const set = await readPictures([file], { ...options, group: 'lot', skipUnreadable: true });
  assert.deepEqual(groupNames(set), ['7', '9']);
});

test('folders: a pattern in the names of the files', async () => {
  const root = path('folders');
  for (const name of ['a/p1_1', 'a/p2_1', 'b/p1_2', 'b/deep/p2_2', 'b/p3']) put(`${root}/${name}.png`, await png(9));
  const set = await readPictures([root], { group: 'file:^(p\\d)' });
  assert.deepEqual(groupNames(set), ['p1', 'p2', 'p2', 'p1', 'p3']);
  await assert.rejects(
    readPictures([root], { group: 'file:^(p\\d)_' }),
    oneLine('finds nothing in the name of', 'b/p3.png'),
  );
  await assert.rejects(
    readPictures([root], { group: 'patient' }),
    oneLine('--group patient: folders have no columns', 'file:PATTERN'),
  );
});

test('idx and CIFAR: a pattern in the name of the file of many pictures', async () => {
  for (const site of ['east', 'west']) {
    put(
      path(`idx/${site}-images-idx3-ubyte`),
      idx(
        [2, 2, 2],
        times(8, (i) => i * (site === 'east' ? 3 : 5)),
      ),
    );
    put(path(`idx/${site}-labels-idx1-ubyte`), idx([2], [0, 1]));
    const record = (label: number) => [label, ...times(3072, (i) => (i * (label + 7)) % 251)];
    put(path(`cifar/${site}.bin.gz`), gzipSync(Uint8Array.from([record(1), record(2)].flat())));
  }
  for (const kind of ['idx', 'cifar']) {
    const set = await readPictures([path(kind)], { group: 'file:^(\\w+)' });
    assert.deepEqual(groupNames(set), ['east', 'east', 'west', 'west'], kind);
    await assert.rejects(
      readPictures([path(kind)], { group: 'site' }),
      oneLine(`--group site: ${kind} files have no columns`),
    );
  }
});

test('raw bytes: a column of the table of labels', async () => {
  put(path('raw/x.u8'), Uint8Array.from(times(32, (i) => (i * 37) % 256)));
  csv('raw/labels.csv', ['row,class,lot,gap', '0,a,7,1', '1,b,8,1', '2,a,7,', '3,b,8,1']);
  const header = { dtype: 'uint8', file: 'x.u8', labels: 'labels.csv', shape: [4, 2, 4] };
  put(path('raw/meta.json'), JSON.stringify(header));
  const set = await readPictures([path('raw')], { group: 'lot' });
  assert.deepEqual(groupNames(set), ['7', '8', '7', '8']);
  assert.deepEqual(findingOf(set, 'label-column')!.column, 'class');
  const refused = (group: string, ...parts: string[]) =>
    assert.rejects(readPictures([path('raw')], { group }), oneLine(...parts));
  await refused('lto', '--group: column "lto" not found', 'did you mean "lot"');
  await refused('gap', 'labels.csv: group "gap" is missing in 1 labelled row (data row 3 first)');
  await refused('class', 'stands in --label and in --group');
});
