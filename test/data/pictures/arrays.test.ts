import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '../../../src/array/errors.ts';
import { applyPictures, fitPictures } from '../../../src/data/pictures/index.ts';
import { pictureLabels } from '../../../src/data/pictures/labels.ts';
import { checkSpace, looksLikeCodes } from '../../../src/data/pictures/planes.ts';
import { stretchNearest, stretchSmooth } from '../../../src/data/pictures/stretch.ts';
import { splitOfName } from '../../../src/data/split-names.ts';
import { times } from '../helpers.ts';
import { reference } from './reference.ts';

test('smooth stretching agrees with PyTorch (antialiased), several planes at once', () => {
  for (const { from, to, plane, out } of reference.stretch) {
    const two = stretchSmooth(Uint8Array.from([...plane, ...plane.map((value) => 255 - value)]), from, to);
    const rounded = out.flatMap((value, i) => (Math.abs(value - Math.floor(value) - 0.5) < 1e-3 ? [] : [i]));
    assert.ok(rounded.length > 0.9 * out.length);
    for (const i of rounded) {
      assert.equal(two[i], Math.round(out[i]));
      assert.equal(two[out.length + i], Math.round(255 - out[i]));
    }
  }
});

test('nearest stretching keeps every value a value that was there, and whole factors exactly', () => {
  const plane = Uint8Array.of(0, 1, 2, 9, 8, 7);
  assert.deepEqual([...stretchNearest(plane, [2, 3], [4, 3])], [0, 1, 2, 0, 1, 2, 9, 8, 7, 9, 8, 7]);
  assert.deepEqual([...stretchNearest(stretchNearest(plane, [2, 3], [10, 9]), [10, 9], [2, 3])], [...plane]);
  assert.deepEqual([...stretchNearest(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), [1, 4], [1, 2])], [2, 4, 6, 8]);
});

test('codes are sixteen values or fewer', () => {
  assert.equal(looksLikeCodes(Uint8Array.from(times(1000, (i) => (i % 16) * 15))), true);
  assert.equal(looksLikeCodes(Uint8Array.from(times(1000, (i) => i % 17))), false);
});

test('mean, scale and inputs agree with numpy: training rows alone count', () => {
  const { shape, pixels, rows, mean, scale, asked, out } = reference.normalise;
  const set = { count: shape[0], shape: [shape[1], shape[2], shape[3]] as const, pixels: Uint8Array.from(pixels) };
  const fitted = fitPictures(set, rows);
  assert.deepEqual(
    { ...fitted, mean: [], scale: [] },
    { layout: 'chw', channels: 3, height: 2, width: 4, mean: [], scale: [] },
  );
  mean.forEach((value, c) => {
    assert.ok(Math.abs(fitted.mean[c] - value) < 1e-12 && Math.abs(fitted.scale[c] - scale[c]) < 1e-12);
  });
  const x = applyPictures(fitted, set, Int32Array.from(asked));
  assert.equal(x.length, out.length);
  out.forEach((value, i) => {
    assert.ok(Math.abs(x[i] - value) < 2e-6);
  });
  assert.throws(() => fitPictures(set, []), RangeError);
  assert.throws(() => applyPictures(fitted, set, [5]), /row 5 is not one of the 5 pictures/);
  assert.throws(() => applyPictures(fitted, { ...set, shape: [1, 6, 4] }, [0]), /fitted on \[3,2,4\]/);
});

test('classes: by falling count, ties by name, a thousand of one picture each', () => {
  const names = [...times(1000, (i) => `class ${i}`), 'b', 'b', 'a', 'a', undefined];
  const { labels, classes, counts } = pictureLabels('x', names);
  assert.deepEqual(classes.slice(0, 4), ['a', 'b', 'class 0', 'class 1']);
  assert.deepEqual([counts.length, labels.at(-1), labels[1000]], [1002, -1, 1]);
  assert.throws(() => pictureLabels('x', [undefined]), InputError);
  assert.throws(() => pictureLabels('x', ['a', 'a']), InputError);
});

test('names of files tell the side', () => {
  const side = (names: string) => names.split(' ').map(splitOfName);
  assert.deepEqual(
    new Set(side('train-images-idx3-ubyte.gz data_batch_5.bin X_TRAIN.csv training.csv train2.csv')),
    new Set(['train']),
  );
  assert.deepEqual(new Set(side('t10k-images-idx3-ubyte test_batch.bin test-200.bin.gz')), new Set(['test']));
  assert.deepEqual(
    new Set(side('images.u8 strain.csv latest.csv train-test.csv trains.csv test/images.u8')),
    new Set([undefined]),
  );
});

test('more than fits is refused before any room is taken', () => {
  assert.doesNotThrow(() => checkSpace(60_000, [3, 64, 64]));
  assert.throws(() => checkSpace(1_000_000, [3, 512, 512]), /--size: 1,000,000 pictures of 512 x 512/);
});
