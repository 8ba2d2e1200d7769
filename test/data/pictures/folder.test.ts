import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { readPictures, recognisePictures } from '../../../src/data/pictures/index.ts';
import { folder, oneLine } from '../helpers.ts';
import { classNames, findingOf, firstPixels, kindsOf, png, put } from './make.ts';

const { path } = folder();

test('a folder per class: order by path, classes by count, digest as sha256sum lists', async () => {
  const root = path('plain');
  for (const [name, value] of Object.entries({
    'cat/b': 20,
    'cat/a': 10,
    'ant/x': 30,
    'dog/1': 40,
    'dog/2': 50,
    'dog/3': 60,
  }))
    put(`${root}/${name}.png`, await png(value));
  const set = await readPictures([root]);
  assert.deepEqual([set.count, set.shape, set.classes, set.counts], [6, [1, 4, 4], ['dog', 'cat', 'ant'], [3, 2, 1]]);
  assert.deepEqual(firstPixels(set).flat(), [30, 10, 20, 40, 50, 60]);
  assert.deepEqual([...set.labels], [2, 1, 1, 0, 0, 0]);
  assert.equal(set.names[1], `${root}/cat/a.png`);
  assert.equal(set.splits, undefined);
  assert.ok(set.pixels.subarray(16, 32).every((value) => value === 10));
  const lines = ['ant/x', 'cat/a', 'cat/b', 'dog/1', 'dog/2', 'dog/3'].map((name) => {
    const digest = createHash('sha256')
      .update(readFileSync(`${root}/${name}.png`))
      .digest('hex');
    return `${digest}  ${name}.png\n`;
  });
  const digest = createHash('sha256').update(lines.join('')).digest('hex');
  assert.deepEqual(set.files, [{ file: root, digest: `sha256:${digest}`, rows: 6 }]);
  assert.deepEqual(kindsOf(set), ['recognised', 'tiny-class', 'tiny-class', 'tiny-class', 'flat-pictures']);
  assert.equal(set.findings[0].detail, 'a folder per class: 6 pictures in 3 classes, 4 x 4, grey');
  assert.equal(await recognisePictures([root]), 'folder');
});

test('train and test folders: sides, a class that training lacks, empty class folders, validation', async () => {
  const root = path('sides');
  for (const name of ['train/a/1', 'train/a/2', 'train/b/1', 'test/a/1', 'test/c/1', 'val/b/2'])
    put(`${root}/${name}.png`, await png(5));
  put(`${root}/train/c/readme.txt`, 'none yet');
  const set = await readPictures([root]);
  assert.deepEqual(set.splits, ['train', 'train', 'train', 'train', 'test', 'test']);
  assert.deepEqual(classNames(set), ['a', 'a', 'b', 'b', 'a', 'c']);
  assert.match(findingOf(set, 'class-not-in-training')!.detail, /"c" has 1 picture in test and none in training/);
  assert.match(findingOf(set, 'class-not-in-test')!.detail, /"b" has 2 pictures in training and none in test/);
  assert.match(findingOf(set, 'empty-class')!.detail, /1 class folder without a picture: train\/c/);
  assert.match(findingOf(set, 'validation-folder')!.detail, /"val" goes with training/);
  assert.match(findingOf(set, 'other-files')!.detail, /train\/c\/readme\.txt/);
  assert.match(set.findings[0].detail, /train 4, test 2$/);

  const two = path('validation-only');
  for (const name of ['train/a/1', 'train/b/1', 'val/a/1', 'val/b/1']) put(`${two}/${name}.png`, await png(5));
  const other = await readPictures([two]);
  assert.deepEqual(other.splits, ['train', 'train', 'test', 'test']);
  assert.match(findingOf(other, 'validation-folder')!.detail, /"val" is the test side/);

  put(`${two}/extra/c/1.png`, await png(5));
  await assert.rejects(readPictures([two]), oneLine('"extra"', 'beside "train"'));
});

test('sizes: the most common one, others stretched and counted; a size asked for', async () => {
  const root = path('sizes');
  put(`${root}/a/1.png`, await png(7, [4, 6]));
  put(`${root}/a/2.png`, await png(8, [4, 6]));
  put(`${root}/b/1.png`, await png(9, [12, 3]));
  const set = await readPictures([root]);
  assert.deepEqual(set.shape, [1, 4, 6]);
  assert.deepEqual([...new Set(set.pixels.subarray(48))], [9]);
  const resized = findingOf(set, 'resized')!;
  assert.match(
    resized.detail,
    /^1 picture \(of 3\) of another size \(height 12, width 3\) stretched to 4 x 6, the most common size/,
  );
  assert.equal(resized.override, '--size HEIGHT,WIDTH');
  const asked = await readPictures([root], { size: [2, 5] });
  assert.deepEqual([asked.shape, asked.pixels.length], [[1, 2, 5], 30]);
  assert.match(findingOf(asked, 'resized')!.detail, /^3 pictures \(all\) .*height 4 to 12, width 3 to 6/);
  await assert.rejects(readPictures([root], { size: [0, 5] }), oneLine('--size', '0,5'));
});

test('grey and colour: three channels where any pixel has colour, one where none has, as asked for else', async () => {
  const mixed = path('mixed');
  put(`${mixed}/a/1.png`, await png(100));
  put(`${mixed}/b/1.png`, await png([10, 20, 30]));
  const set = await readPictures([mixed]);
  assert.deepEqual(
    [set.shape, firstPixels(set)],
    [
      [3, 4, 4],
      [
        [100, 100, 100],
        [10, 20, 30],
      ],
    ],
  );
  assert.match(findingOf(set, 'grey-to-colour')!.detail, /1 picture .*first .*a\/1\.png/);
  const grey = await readPictures([mixed], { channels: 1 });
  assert.deepEqual(firstPixels(grey), [[100], [Math.round(0.299 * 10 + 0.587 * 20 + 0.114 * 30)]]);
  assert.match(findingOf(grey, 'colour-to-grey')!.detail, /^1 picture/);

  const unused = path('unused');
  put(`${unused}/a/1.png`, await png([50, 50, 50]));
  put(`${unused}/b/1.png`, await png([60, 60, 60]));
  const one = await readPictures([unused]);
  assert.deepEqual([one.shape[0], firstPixels(one)], [1, [[50], [60]]]);
  assert.ok([...one.pixels.subarray(16)].every((value) => value === 60));
  assert.match(findingOf(one, 'colour-unused')!.detail, /^2 pictures \(all\)/);
  assert.deepEqual((await readPictures([unused], { channels: 3 })).shape, [3, 4, 4]);
});

test('every treatment of a file is told', async () => {
  const { files } = JSON.parse(readFileSync(new URL('reference/pictures.json', import.meta.url), 'utf8')) as {
    files: { name: string; file: string }[];
  };
  const root = path('treated');
  files.forEach(({ name, file }, i) => {
    put(`${root}/${i % 2 ? 'a' : 'b'}/${name}`, Buffer.from(file, 'base64'));
  });
  const set = await readPictures([root]);
  assert.equal(set.count, files.length);
  const told = Object.fromEntries(
    set.findings.map(({ kind, detail }) => [kind, Number(/^(\d+) picture/.exec(detail)?.[1])]),
  );
  const { transparency, 'sixteen-bit': deep, 'turned-upright': turned, 'first-frame': frames, resized } = told;
  assert.deepEqual({ transparency, deep, turned, frames }, { transparency: 2, deep: 2, turned: 7, frames: 3 });
  assert.ok(resized >= 8);
});

test('unreadable pictures: refused with names and count, or left out when asked', async () => {
  const root = path('unreadable');
  for (const name of ['a/1', 'a/2', 'b/1', 'b/2']) put(`${root}/${name}.png`, await png([name.charCodeAt(2), 0, 0]));
  put(`${root}/a/0.png`, 'no picture');
  put(`${root}/b/3.jpg`, '');
  const { bad } = JSON.parse(readFileSync(new URL('reference/pictures.json', import.meta.url), 'utf8')) as {
    bad: { name: string; file: string }[];
  };
  put(`${root}/a/15.png`, Buffer.from(bad.find(({ name }) => name === 'cut.png')!.file, 'base64'));
  await assert.rejects(
    readPictures([root]),
    oneLine(
      '3 pictures of 7 cannot be read',
      `${root}/a/0.png (not a picture`,
      'b/3.jpg (the file is empty)',
      '--skip-unreadable',
    ),
  );
  const set = await readPictures([root], { skipUnreadable: true, size: [4, 4] });
  assert.deepEqual(firstPixels(set), [
    [49, 0, 0],
    [50, 0, 0],
    [49, 0, 0],
    [50, 0, 0],
  ]);
  assert.deepEqual([...set.labels], [0, 0, 1, 1]);
  assert.equal(set.names[1], `${root}/a/2.png`);
  assert.match(findingOf(set, 'unreadable-pictures')!.detail, /^3 pictures of 7 .*a\/0\.png .*15\.png/);
  const none = path('none');
  put(`${none}/a/1.png`, 'x');
  put(`${none}/b/1.png`, 'y');
  await assert.rejects(readPictures([none], { skipUnreadable: true }), oneLine('2 pictures of 2 cannot be read'));
});

test('what lies about is told; links are followed but not in circles', async () => {
  const root = path('about');
  put(`${root}/a/1.png`, await png(1));
  put(`${root}/a/deep/2.png`, await png(2));
  put(`${root}/b/1.PNG`, await png(3));
  put(`${root}/loose.png`, await png(4));
  put(`${root}/b/scan.bmp`, 'BM');
  put(`${root}/.hidden/c/1.png`, await png(5));
  symlinkSync(root, `${root}/a/above`);
  put(path('elsewhere/9.png'), await png(9));
  symlinkSync(path('elsewhere'), `${root}/c`);
  const set = await readPictures([root]);
  assert.deepEqual(firstPixels(set).flat(), [1, 2, 3, 9]);
  assert.deepEqual(classNames(set), ['a', 'a', 'b', 'c']);
  assert.match(findingOf(set, 'no-class-folder')!.detail, /^1 picture .*loose\.png/);
  assert.match(findingOf(set, 'nested-folders')!.detail, /^1 picture/);
  assert.match(findingOf(set, 'other-pictures')!.detail, /b\/scan\.bmp; save as PNG/);
  assert.match(findingOf(set, 'other-files')!.detail, /^2 files .*\.hidden, a\/above/);
});

test('one class, no picture, wrong paths and options', async () => {
  const root = path('one');
  put(`${root}/images/1.png`, await png(1));
  await assert.rejects(readPictures([root]), oneLine('one class ("images", 1 picture)'));
  put(`${root}/labels.csv`, 'file,y\nimages/1.png,a\n');
  await assert.rejects(readPictures([root]), oneLine('all pictures are in one folder', `${root}/labels.csv`));
  put(path('loose/1.png'), await png(1));
  put(path('loose/2.png'), await png(2));
  put(path('loose/labels.csv'), 'file,y\n1.png,a\n2.png,b\n');
  await assert.rejects(
    readPictures([path('loose')]),
    oneLine('holds 2 pictures and no class folders', `name it instead: ${path('loose/labels.csv')}`),
  );
  put(path('empty/readme.txt'), 'x');
  await assert.rejects(readPictures([path('empty')]), oneLine('no class folders'));
  assert.equal(await recognisePictures([path('empty')]), undefined);
  await assert.rejects(readPictures([path('nowhere')]), oneLine('no such file'));
  await assert.rejects(readPictures([]), oneLine('no picture named'));
  await assert.rejects(readPictures([root, root]), oneLine('named twice'));
  await assert.rejects(readPictures([root, path('empty')]), oneLine('a folder beside other paths'));
  await assert.rejects(readPictures([`${root}/images/1.png`]), oneLine('is one picture'));
  await assert.rejects(readPictures([root], { label: ['y'] }), oneLine('--label: folders have no columns'));
});
