import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { stream } from '../../../src/array/random.ts';
import { readPictures, recognisePictures } from '../../../src/data/pictures/index.ts';
import { folder, oneLine, times } from '../helpers.ts';
import { classNames, findingOf, idx, png, put } from './make.ts';

const { path } = folder();
const random = stream(1, 'bytes');
const bytes = (n: number, below = 256) => Uint8Array.from({ length: n }, () => random.integer(below));

test('idx: pictures and labels beside each other, gzipped or not, train and test by name', async () => {
  const [train, held] = [bytes(4 * 2 * 3), bytes(2 * 2 * 3)];
  const images = put(path('idx/train-images-idx3-ubyte'), idx([4, 2, 3], train));
  put(path('idx/train-labels-idx1-ubyte.gz'), gzipSync(idx([4], [7, 2, 7, 0])));
  const zipped = gzipSync(idx([2, 2, 3], held));
  put(path('idx/t10k-images.idx3-ubyte.gz'), zipped);
  const labels = put(path('idx/t10k-labels.idx1-ubyte'), idx([2], [2, 0]));
  put(path('idx/notes.md'), 'x');
  const set = await readPictures([images, labels]);
  assert.deepEqual(
    [set.shape, [...set.pixels]],
    [
      [1, 2, 3],
      [...train, ...held],
    ],
  );
  assert.deepEqual(classNames(set), ['7', '2', '7', '0', '2', '0']);
  assert.deepEqual(set.classes, ['0', '2', '7']);
  assert.deepEqual(set.splits, ['train', 'train', 'train', 'train', 'test', 'test']);
  assert.equal(set.names[5], `${path('idx/t10k-images.idx3-ubyte.gz')}, item 2`);
  const digest = `sha256:${createHash('sha256').update(zipped).digest('hex')}`;
  assert.deepEqual(set.files[2], { file: path('idx/t10k-images.idx3-ubyte.gz'), digest, rows: 2 });
  const whole = await readPictures([path('idx')]);
  assert.deepEqual([whole.pixels, whole.splits], [set.pixels, set.splits]);
  assert.match(findingOf(whole, 'other-files')!.detail, /notes\.md/);
  assert.equal(await recognisePictures([path('idx')]), 'idx');
});

test('idx: each damage is named', async () => {
  const good = put(path('bad/x-labels-idx1-ubyte'), idx([2], [0, 1]));
  const cases: readonly (readonly [Uint8Array, string])[] = [
    [idx([2, 2, 2], bytes(7)), 'the head says 2 x 2 x 2 bytes (8), the file holds 7'],
    [idx([2, 2, 2], bytes(9)), 'the file holds 9'],
    [idx([3, 2, 2], bytes(12)), '2 labels for 3 pictures'],
    [idx([2, 2, 2], bytes(32), 13), 'holds float32'],
    [idx([2, 2, 2], bytes(8), 5), 'values of unknown type 0x05'],
    [idx([2, 4], bytes(8)), 'has 2 dimensions; pictures [count, height, width] have 3'],
    [idx([0, 2, 2], []), '0 x 2 x 2'],
    [Uint8Array.of(0, 0, 8, 3, 0, 0), 'cut off within its head'],
    [Buffer.from('<html>'), 'begins with 3c68746d'],
  ];
  for (const [content, message] of cases) {
    const images = put(path('bad/x-images-idx3-ubyte'), content);
    await assert.rejects(readPictures([images]), oneLine(path('bad/x-'), message));
    await assert.rejects(readPictures([good]), oneLine(message));
  }
  const cut = gzipSync(idx([2, 2, 2], bytes(8)));
  const zipped = put(path('zip/x-images-idx3-ubyte.gz'), cut.subarray(0, cut.length - 9));
  await assert.rejects(readPictures([zipped]), oneLine('x-images', 'gzip is cut off'));
  const alone = put(path('alone/x-images-idx3-ubyte'), idx([2, 2, 2], bytes(8)));
  await assert.rejects(readPictures([alone]), oneLine('its labels (x-labels-idx1-ubyte) are not beside it'));
  await assert.rejects(readPictures([alone], { label: ['y'] }), oneLine('--label: idx files have no columns'));
});

test('idx of two sizes: refused, or stretched when asked; grey to three channels', async () => {
  for (const [name, side] of [
    ['a', 2],
    ['b', 4],
  ] as const) {
    put(path(`two/${name}-images-idx3-ubyte`), idx([2, side, side], new Uint8Array(2 * side * side).fill(side)));
    put(path(`two/${name}-labels-idx1-ubyte`), idx([2], [0, 1]));
  }
  await assert.rejects(readPictures([path('two')]), oneLine('b-images', 'pictures of 4 x 4', '2 x 2', '--size'));
  const set = await readPictures([path('two')], { size: [3, 3], channels: 3 });
  assert.deepEqual(set.shape, [3, 3, 3]);
  assert.deepEqual([...set.pixels], [...times(54, () => 2), ...times(54, () => 4)]);
  assert.equal(set.findings.filter(({ kind }) => kind === 'resized').length, 2);
  assert.match(findingOf(set, 'grey-to-colour')!.detail, /2 pictures in grey/);
});

const cifar = (labels: readonly (readonly number[])[]) => {
  const pixels = labels.map(() => bytes(3072));
  return { file: Buffer.concat(labels.flatMap((own, i) => [Uint8Array.from(own), pixels[i]])), pixels };
};

test('CIFAR-10: records, names from the list beside, sides by name', async () => {
  const train = cifar([[3], [0], [3]]);
  const held = cifar([[1]]);
  put(path('cifar/data_batch_1.bin'), train.file);
  put(path('cifar/test_batch.bin.gz'), gzipSync(held.file));
  const without = await readPictures([path('cifar')]);
  assert.deepEqual(classNames(without), ['3', '0', '3', '1']);
  assert.ok(findingOf(without, 'class-names'));
  put(path('cifar/batches.meta.txt'), 'airplane\nautomobile\nbird\ncat\n\n');
  const set = await readPictures([path('cifar')]);
  assert.deepEqual([set.shape, set.count], [[3, 32, 32], 4]);
  assert.deepEqual(Buffer.from(set.pixels), Buffer.concat([...train.pixels, ...held.pixels]));
  assert.deepEqual(classNames(set), ['cat', 'airplane', 'cat', 'automobile']);
  assert.deepEqual(set.splits, ['train', 'train', 'train', 'test']);
  assert.equal(findingOf(set, 'class-names'), undefined);
  const grey = await readPictures([path('cifar')], { channels: 1 });
  const [r, g, b] = [0, 1024, 2048].map((at) => train.pixels[0][at + 5]);
  assert.equal(grey.pixels[5], Math.floor(0.299 * r + 0.587 * g + 0.114 * b + 0.5));
});

test('CIFAR-100: fine or coarse; names by index table; damage', async () => {
  const { file } = cifar([
    [19, 99],
    [0, 5],
    [0, 99],
  ]);
  const name = put(path('hundred/train.bin'), file);
  assert.deepEqual(classNames(await readPictures([name])), ['99', '5', '99']);
  assert.deepEqual(classNames(await readPictures([name], { label: ['coarse'] })), ['19', '0', '0']);
  put(path('hundred/train.index.csv'), 'row,label,class\n0,99,worm\n1,5,bed\n2,99,worm\n');
  assert.deepEqual(classNames(await readPictures([name])), ['worm', 'bed', 'worm']);
  await assert.rejects(readPictures([name], { label: ['other'] }), oneLine('coarse and fine only'));
  const cut = put(path('cut/data.bin'), file.subarray(0, 5000));
  await assert.rejects(readPictures([cut]), oneLine('data.bin: 5,000 bytes are no whole number of CIFAR records'));
  const wrong = put(path('cut/wrong.bin'), cifar([[3], [200]]).file);
  await assert.rejects(readPictures([wrong]), oneLine('wrong.bin: record 2 has label 200, CIFAR-10 has 0 to 9'));
});

const labels = (names: readonly string[]) =>
  `row,label,class\n${names.map((name, i) => `${i},${name.length},${name}`).join('\n')}\n`;
const NAMES = ['bb', 'a', 'bb', 'a'];

test('raw bytes: header names bytes and labels; grey, channels first, channels last', async () => {
  const pixels = bytes(4 * 6);
  put(path('raw/x.u8.gz'), gzipSync(pixels));
  put(path('raw/labels.csv'), labels(NAMES));
  const header = (own: object, name = 'meta') =>
    put(path(`raw/${name}.json`), JSON.stringify({ dtype: 'uint8', file: 'x.u8.gz', labels: 'labels.csv', ...own }));
  const set = await readPictures([header({ shape: [4, 2, 3] })]);
  assert.deepEqual([set.shape, [...set.pixels], classNames(set)], [[1, 2, 3], [...pixels], NAMES]);
  assert.equal(await recognisePictures([path('raw/meta.json')]), 'raw');
  assert.deepEqual((await readPictures([path('raw/x.u8.gz')])).pixels, set.pixels);
  assert.deepEqual((await readPictures([path('raw')])).pixels, set.pixels);
  const named = await readPictures([header({ shape: [4, 2, 3], classes: ['zero', 'one', 'two'] })], {
    label: ['label'],
  });
  assert.deepEqual(classNames(named), ['two', 'one', 'two', 'one']);
  const first = await readPictures([header({ shape: [4, 3, 2, 1], layout: 'chw' })]);
  assert.deepEqual([first.shape, first.pixels], [[3, 2, 1], set.pixels]);
  const last = await readPictures([header({ shape: [4, 1, 2, 3], layout: 'channels last' })]);
  assert.deepEqual(last.shape, [3, 1, 2]);
  assert.deepEqual(
    [...last.pixels.subarray(0, 6)],
    [0, 3, 1, 4, 2, 5].map((i) => pixels[i]),
  );
  await assert.rejects(readPictures([header({ shape: [4, 3, 2, 1] })]), oneLine('shape 4 x 3 x 2 x 1', '"layout"'));
  await assert.rejects(readPictures([header({ shape: [4, 2, 2] })]), oneLine('24 bytes for 4 labels', '4 x 2 x 2'));
  await assert.rejects(readPictures([header({ shape: [2, 4, 3] })]), oneLine('4 rows for 2 pictures'));
  await assert.rejects(readPictures([header({ shape: [4, 2, 3], dtype: 'float32' })]), oneLine('dtype is "float32"'));
  await assert.rejects(
    readPictures([header({ shape: [4, 2, 3], file: '../x.u8' })]),
    oneLine('path outside the folder'),
  );
  await assert.rejects(readPictures([header({ shape: 'big' })]), oneLine('meta.json: shape:'));
  await assert.rejects(
    readPictures([header({ shape: [4, 2, 3], classes: ['zero', 'one'] })], { label: ['label'] }),
    oneLine('label 2 in row 1'),
  );
  await assert.rejects(readPictures([put(path('raw/no.json'), '{')]), oneLine('no.json: is not valid JSON'));
  put(path('raw/labels.csv'), labels(NAMES).replace('\n1,', '\n3,'));
  await assert.rejects(readPictures([header({ shape: [4, 2, 3] })]), oneLine('column "row" holds 3 in row 2'));
});

test('raw bytes of their own sizes: nearest pixel to the most common size', async () => {
  const maps = [
    Uint8Array.of(1, 2, 0, 1),
    Uint8Array.of(2),
    Uint8Array.of(0, 1, 2, 2),
    Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0, 1),
  ];
  put(path('maps/train-native.u8'), Buffer.concat(maps));
  put(path('maps/meta.json'), JSON.stringify({ small_layout: '[n,2,2] row-major', classes: ['p', 'q'] }));
  const rows = ['0,0,2,2,0', '1,1,1,1,4', '2,0,2,2,5', '3,1,3,3,9'];
  const table = (own: readonly string[]) =>
    put(path('maps/train.labels.csv'), ['row,label,height,width,native_offset', ...own].join('\n'));
  table(rows);
  const set = await readPictures([path('maps/train-native.u8')]);
  assert.deepEqual(
    [set.shape, classNames(set)],
    [
      [1, 2, 2],
      ['p', 'q', 'p', 'q'],
    ],
  );
  assert.deepEqual([...set.pixels], [1, 2, 0, 1, 2, 2, 2, 2, 0, 1, 2, 2, 1, 0, 0, 1]);
  assert.match(
    findingOf(set, 'resized')!.detail,
    /2 pictures of 4 of another size brought to 2 x 2, the most common size/,
  );
  const larger = await readPictures([path('maps/train-native.u8')], { size: [3, 3] });
  assert.deepEqual([...larger.pixels.subarray(27)], [...maps[3]]);
  table([...rows.slice(0, 3), '3,1,3,4,9']);
  await assert.rejects(
    readPictures([path('maps/train-native.u8')]),
    oneLine('row 4 of the data puts 3 x 4 bytes at 9', '18'),
  );
  table(rows.slice(0, 3));
  await assert.rejects(readPictures([path('maps/train-native.u8')]), oneLine('the pictures take 9 bytes', 'holds 18'));
  // The layout told by text: as many rows as the bytes make.
  put(path('maps/test-2.u8'), bytes(16, 3));
  put(path('maps/test.labels.csv'), labels(NAMES));
  assert.deepEqual((await readPictures([path('maps/test-2.u8')])).shape, [1, 2, 2]);
  await assert.rejects(
    readPictures([path('maps')]),
    oneLine('holds test-2.u8, train-native.u8, which are not one set; name those that are wanted'),
  );
});

test('a folder of raw bytes with one header for all: one set is taken, of several the remedy is named', async () => {
  const own = path('wafers');
  put(`${own}/meta.json`, JSON.stringify({ small_layout: '[n,2,2] row-major' }));
  for (const side of ['train', 'test']) {
    put(`${own}/${side}-2.u8.gz`, gzipSync(bytes(16, 3)));
    put(`${own}/${side}.labels.csv`, labels(NAMES));
  }
  const set = await readPictures([own]);
  assert.deepEqual(set.splits, [...times(4, () => 'train'), ...times(4, () => 'test')]);
  assert.deepEqual([set.files[0].file, findingOf(set, 'other-files')], [`${own}/train-2.u8.gz`, undefined]);
  assert.match(findingOf(set, 'label-column')!.detail, /train\.labels\.csv: the classes are column "class"/);
  for (const side of ['train', 'test']) put(`${own}/${side}-native.u8.gz`, gzipSync(bytes(20, 3)));
  assert.equal(await recognisePictures([own]), 'raw');
  await assert.rejects(
    readPictures([own]),
    oneLine(`name those that are wanted: ${own}/train-2.u8.gz ${own}/test-2.u8.gz`),
  );
});

test('files of one side alone are no division, and it is told', async () => {
  put(path('side/t10k-images-idx3-ubyte'), idx([4, 2, 2], bytes(16)));
  put(path('side/t10k-labels-idx1-ubyte'), idx([4], [0, 1, 0, 1]));
  const set = await readPictures([path('side')]);
  assert.equal(set.splits, undefined);
  assert.match(findingOf(set, 'one-side')!.detail, /all pictures are of the test side.* divided anew/);
});

test('a mixture of kinds is refused', async () => {
  put(path('mix/a-labels-idx1-ubyte'), idx([2], [0, 1]));
  const images = put(path('mix/a-images-idx3-ubyte'), idx([2, 2, 2], bytes(8)));
  const other = put(path('mix/b.bin'), cifar([[1], [2]]).file);
  await assert.rejects(readPictures([images, other]), oneLine('b.bin: is CIFAR binary where'));
  const picture = put(path('mix/c.png'), await png(3));
  await assert.rejects(readPictures([images, picture]), oneLine('c.png: is one picture'));
  assert.equal(await recognisePictures([images, other]), undefined);
});
