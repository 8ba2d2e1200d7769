import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readPictures, recognisePictures } from '../../../src/data/pictures/index.ts';
import { folder, oneLine } from '../helpers.ts';
import { classNames, findingOf, firstPixels, png, put } from './make.ts';

const { path } = folder();
for (const value of [1, 2, 3, 4]) put(path(`pictures/${value}.png`), await png(value));
const csv = (name: string, lines: readonly string[]) => put(path(name), `${lines.join('\n')}\n`);
const options = { label: ['kind'], path: 'file' };

test('paths and labels: rows in order, a row without a label kept as none, table and pictures digested', async () => {
  const file = csv('all.csv', [
    'file,kind,size',
    'pictures/3.png,a,1',
    './pictures/1.png,b,2',
    'pictures/2.png,,3',
    'pictures/4.png,a,4',
  ]);
  const set = await readPictures([file], options);
  assert.deepEqual(
    [firstPixels(set).flat(), classNames(set)],
    [
      [3, 1, 2, 4],
      ['a', 'b', null, 'a'],
    ],
  );
  assert.deepEqual([set.classes, set.counts, set.splits], [['a', 'b'], [2, 1], undefined]);
  assert.equal(set.names[1], path('pictures/1.png'));
  assert.deepEqual(
    set.files.map(({ rows }) => rows),
    [4, 4],
  );
  assert.match(set.files[0].digest, /^sha256:[0-9a-f]{64}$/);
  assert.match(findingOf(set, 'missing-label')!.detail, /^1 picture of 4 without a label/);
  assert.match(set.findings[0].detail, /^a table of paths and labels: 4 pictures in 2 classes/);
});

test('the column of paths is found where one only holds names of pictures, and told', async () => {
  const file = put(path('guess.csv.gz'), gzipSync('kind,file\na,pictures/1.png\nb,pictures/2.png\na,pictures/3.png\n'));
  const set = await readPictures([file], { label: ['kind'] });
  assert.equal(findingOf(set, 'path-column')!.column, 'file');
  assert.equal(await recognisePictures([file]), undefined);
  assert.equal(await recognisePictures([file], { path: 'file' }), 'list');
  const none = csv('none.csv', ['kind,value', 'a,1', 'b,2', 'a,3']);
  await assert.rejects(
    readPictures([none], { label: ['kind'] }),
    oneLine('no column holds names of pictures', '--path'),
  );
});

test('a division by the column split or by the names of tables', async () => {
  const rows = [
    'file,kind,split',
    'pictures/1.png,a,Train',
    'pictures/2.png,b,test',
    'pictures/3.png,b,val',
    'pictures/4.png,a,train',
  ];
  const set = await readPictures([csv('divided.csv', rows)], options);
  assert.deepEqual(set.splits, ['train', 'test', 'train', 'train']);
  const odd = csv('odd.csv', [...rows, 'pictures/1.png,a,fold2']);
  await assert.rejects(readPictures([odd], options), oneLine('column "split" holds "fold2" in row 5'));
  const train = csv('train.csv', [
    'file,kind',
    ...['1.png,a', '2.png,b', '3.png,a', '4.png,b', '4.png,b'].map((row) => `pictures/${row}`),
  ]);
  const held = csv('test.csv', ['file,kind', 'pictures/4.png,c']);
  const two = await readPictures([train, held], options);
  assert.deepEqual(two.splits, ['train', 'train', 'train', 'train', 'train', 'test']);
  assert.match(findingOf(two, 'class-not-in-training')!.detail, /"c"/);
});

test('several 0/1 columns; one picture named twice', async () => {
  const rows = [
    'file,scratch,dent',
    'pictures/1.png,1,0',
    'pictures/2.png,0,1',
    'pictures/3.png,0,0',
    'pictures/1.png,0,1',
  ];
  const set = await readPictures([csv('flags.csv', rows)], { label: ['scratch', 'dent'], path: 'file' });
  assert.deepEqual(classNames(set), ['scratch', 'dent', 'none', 'dent']);
  assert.match(findingOf(set, 'doubled-pictures')!.detail, /^1 picture named by several rows .*pictures\/1\.png/);
});

test('a path that leaves the folder is refused, whatever way it takes', async () => {
  put(path('inner/pictures/1.png'), await png(1));
  for (const bad of [
    '../pictures/1.png',
    path('pictures/1.png'),
    'pictures/../../pictures/1.png',
    '..\\pictures\\1.png',
    '.',
  ]) {
    const file = csv('inner/bad.csv', ['file,kind', 'pictures/1.png,a', `${bad},b`, 'pictures/1.png,a']);
    await assert.rejects(
      readPictures([file], options),
      oneLine('bad.csv: column "file", row 2 of the data', 'is a path outside the folder'),
    );
  }
  const fine = csv('inner/fine.csv', [
    'file,kind',
    'pictures/1.png,a',
    `${path('inner/pictures/1.png')},b`,
    'pictures/x/../1.png,a',
  ]);
  assert.equal((await readPictures([fine], options)).count, 3);
});

test('missing files and cells, unknown columns', async () => {
  const lost = csv('lost.csv', [
    'file,kind',
    'pictures/1.png,a',
    'pictures/99.png,b',
    'pictures/2.png,b',
    'pictures/3.png,a',
  ]);
  await assert.rejects(
    readPictures([lost], options),
    oneLine('1 picture of 4 cannot be read', '99.png (no such file)'),
  );
  assert.equal((await readPictures([lost], { ...options, skipUnreadable: true })).count, 3);
  const gap = csv('gap.csv', ['file,kind', 'pictures/1.png,a', ',b', 'pictures/2.png,b']);
  await assert.rejects(readPictures([gap], options), oneLine('row 2 of the data: no path'));
  await assert.rejects(
    readPictures([gap], { label: ['kid'], path: 'file' }),
    oneLine('--label: column "kid"', 'did you mean "kind"'),
  );
  await assert.rejects(readPictures([gap], { label: ['kind'], path: 'fil' }), oneLine('--path: column "fil"'));
  await assert.rejects(readPictures([gap], { path: 'file' }), oneLine('no label named'));
});
