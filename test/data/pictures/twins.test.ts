import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { type Random, stream } from '../../../src/array/random.ts';
import { findTwins, type PictureShape, readPictures, twinFindings } from '../../../src/data/pictures/index.ts';
import { nearPairs } from '../../../src/data/pictures/near-pairs.ts';
import { thumbnails } from '../../../src/data/pictures/thumbnails.ts';
import { folder, times } from '../helpers.ts';
import { findingOf, put } from './make.ts';

const { path } = folder();

/** A smooth picture like no other: waves of random direction, length and place, 40 to 215. */
function picture(random: Random, [channels, height, width]: PictureShape): Uint8Array {
  const waves = times(channels * 6, () => times(4, () => random.normal()));
  return Uint8Array.from({ length: channels * height * width }, (_, at) => {
    const [c, y, x] = [Math.floor(at / (height * width)), Math.floor(at / width) % height, at % width];
    const of = waves.slice(6 * c, 6 * c + 6);
    const sum = of.reduce(
      (all, [a, b, d, e]) => all + a * Math.sin((6 * (b * y)) / height + (6 * d * x) / width + 6 * e),
      0,
    );
    return Math.max(40, Math.min(215, Math.round(128 + 30 * sum)));
  });
}

const joined = (list: readonly Uint8Array[]) => Uint8Array.from(list.flatMap((own) => [...own]));
const all = (count: number) => Int32Array.from({ length: count }, (_, i) => i);

/** The formula of `findTwins` for every pair, in float64. Pictures of 32 x 32 and less. */
function alikeBy(pictures: readonly Uint8Array[], least: number): number[][] {
  const evened = pictures.map((own) => {
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    const scale = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length);
    return Array.from(own, (value) => (value - mean) / scale);
  });
  const shared = evened[0].map((_, p) => evened.reduce((sum, own) => sum + own[p], 0) / (pictures.length + 10));
  const left = evened.map((own) => own.map((value, p) => value - shared[p]));
  const product = (a: number[], b: number[]) => a.reduce((sum, value, p) => sum + value * b[p], 0);
  const pairs: number[][] = [];
  for (let a = 0; a < left.length; a++)
    for (let b = a + 1; b < left.length; b++) {
      const size = Math.sqrt(product(left[a], left[a]) * product(left[b], left[b]));
      if (product(left[a], left[b]) / size >= least) pairs.push([a, b]);
    }
  return pairs;
}

test('copies, and twins with other light or noise, are found among strangers; as every pair compared tells', () => {
  const shape: PictureShape = [1, 20, 24];
  const random = stream(1, 'twins');
  const list = times(150, () => picture(random, shape));
  const twin = (of: number, change: (value: number) => number) => list.push(list[of].map(change)) - 1;
  const made: number[][] = [];
  for (let i = 0; i < 30; i++) {
    made.push([i, twin(i, (value) => Math.round(0.6 * value + 30))]);
    made.push([40 + i, twin(40 + i, (value) => value + random.integer(3) - 1)]);
  }
  const copies = [
    [80, twin(80, (value) => value)],
    [90, twin(90, (value) => value), twin(90, (value) => value)],
  ];
  const { equal, near, flat, codes, ended } = findTwins({ shape, pixels: joined(list) }, all(list.length));
  assert.deepEqual(equal, copies);
  assert.deepEqual(
    near,
    made.sort((p, q) => p[0] - q[0]),
  );
  assert.deepEqual([flat, codes, ended], [[], false, false]);
  const once = list.filter((_, i) => !copies.some(([, ...later]) => later.includes(i)));
  assert.equal(alikeBy(once, 0.985).length, near.length);
});

test('nearly all pairs at the threshold are found', () => {
  const random = stream(2, 'twins');
  const shape: PictureShape = [1, 16, 16];
  const base = times(200, () => picture(random, shape));
  const list = base.flatMap((own) => [own, own.map((value) => value + Math.round(7 * random.normal()))]);
  const expected = alikeBy(list, 0.985);
  const { near } = findTwins({ shape, pixels: joined(list) }, all(list.length));
  assert.ok(expected.length > 50 && expected.length < 195, `${expected.length} pairs`);
  const keys = new Set(expected.map(String));
  assert.ok(near.every((pair) => keys.has(String(pair))));
  assert.ok(near.length >= 0.97 * expected.length, `${near.length} of ${expected.length}`);
});

test('only the pictures asked for; flat and dim ones are neither copies nor twins', () => {
  const shape: PictureShape = [1, 16, 16];
  const random = stream(3, 'twins');
  const own = picture(random, shape);
  const dim = () => Uint8Array.from({ length: 256 }, () => 100 + random.integer(3));
  const [grey, black] = [new Uint8Array(256).fill(90), new Uint8Array(256)];
  const [one, two] = [dim(), dim()];
  const list = [own, black, black, grey, one, two, one, own, ...times(20, () => picture(random, shape))];
  const set = { shape, pixels: joined(list) };
  const found = findTwins(set, all(list.length));
  assert.deepEqual([found.equal, found.near, found.flat], [[[0, 7]], [], [1, 2, 3, 4, 5, 6]]);
  assert.deepEqual(findTwins(set, [0, 3, 9]), { equal: [], near: [], flat: [3], codes: false, ended: false });
});

test('pictures of few values are codes: equal ones alone count, however blank the others', () => {
  const shape: PictureShape = [1, 24, 24];
  const disc = (bad: readonly number[]) =>
    Uint8Array.from({ length: 576 }, (_, p) => {
      const inside = (Math.floor(p / 24) - 11.5) ** 2 + ((p % 24) - 11.5) ** 2 < 130;
      return !inside ? 0 : bad.includes(p) ? 2 : 1;
    });
  const list = times(40, (i) => disc([265 + (i % 20) + (i < 20 ? 0 : 24)])).concat([disc([270]), disc([])]);
  const found = findTwins({ shape, pixels: joined(list) }, all(list.length));
  assert.deepEqual(found, { equal: [[5, 40]], near: [], flat: [], codes: true, ended: false });
});

test('pictures too small to tell by chance: equal ones alone', () => {
  const random = stream(4, 'twins');
  const shape: PictureShape = [1, 2, 3];
  const list = times(300, () => Uint8Array.from({ length: 6 }, () => random.integer(256)));
  const { near, equal } = findTwins({ shape, pixels: joined([...list, list[7]]) }, all(301));
  assert.deepEqual([near, equal], [[], [[7, 300]]]);
});

test('thumbnails: brightness, averaged over cells that share the sides evenly', () => {
  const pixels = Uint8Array.from([...times(64, (i) => i), ...times(64, (i) => 2 * i), ...times(64, () => 10)]);
  const wide = thumbnails({ shape: [3, 1, 64], pixels }, [0]);
  assert.deepEqual([wide.height, wide.width], [1, 32]);
  wide.values.forEach((value, x) => {
    assert.ok(Math.abs(value - ((0.299 + 2 * 0.587) * (2 * x + 0.5) + 0.114 * 10)) < 1e-4);
  });
  const odd = thumbnails({ shape: [1, 1, 33], pixels: Uint8Array.from(times(33, (i) => 3 * i)) }, [0]);
  assert.deepEqual([...odd.values.subarray(0, 2), odd.values[31]], [1.5, 6, 96]);
  const same = thumbnails({ shape: [1, 2, 2], pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) }, [1, 0]);
  assert.deepEqual([...same.values], [5, 6, 7, 8, 1, 2, 3, 4]);
});

test('a search with too many pairs to compare ends, and says so', () => {
  const random = stream(5, 'twins');
  const row = times(64, () => random.normal());
  const size = Math.hypot(...row);
  const values = Float32Array.from({ length: 100 * 64 }, (_, at) => row[at % 64] / size);
  const { pairs, ended } = nearPairs(values, [8, 8], 0.985, 3000);
  assert.deepEqual([pairs.length, ended], [3000, true]);
  const whole = nearPairs(values, [8, 8], 0.985);
  assert.deepEqual([whole.pairs.length, whole.ended], [4950, false]);
});

const shape: PictureShape = [1, 16, 16];
const random = stream(6, 'twins');
const strangers = times(20, () => picture(random, shape));
/** Pictures 0..19 are strangers, 20 is alike 0, 21 equals 1, 22 and 23 equal 2. */
const list = [...strangers, strangers[0].map((value) => value - 20), strangers[1], strangers[2], strangers[2]];
const set = {
  shape,
  pixels: joined(list),
  names: list.map((_, i) => `p${i}`),
  labels: new Int32Array(list.length),
};
const told = (more: Partial<Parameters<typeof twinFindings>[0]>) =>
  Object.fromEntries(twinFindings({ ...set, ...more }).map((finding) => [finding.kind, finding]));

test('findings: how many, which first, how told', () => {
  const { 'equal-pictures': equal, 'near-twins': near, ...rest } = told({});
  assert.deepEqual(rest, {});
  assert.match(
    equal.detail,
    /^3 pictures \(12\.5 %\) equal an earlier one in every pixel \(first p1 and p21\); they may/,
  );
  assert.match(near.detail, /^1 pair of near twins among 2 pictures \(8\.33 %; first p0 and p20\).* 16 x 16 .*0\.985/);
  assert.deepEqual([equal.severity, near.severity], ['warning', 'warning']);
  assert.match(near.override!, /--group/);
  assert.deepEqual(told({ labels: new Int32Array(24).fill(-1, 20) }), {});
});

test('findings: across the division that came with the data', () => {
  const splits = list.map((_, i) => (i < 21 ? 'train' : 'test') as 'train' | 'test');
  const { 'equal-pictures': equal, 'near-twins': near } = told({ splits });
  assert.match(equal.detail, /; 3 of 3 test pictures have their twin in training: on them the result is too rosy/);
  assert.match(near.detail, /; none across training and test/);
  assert.deepEqual([equal.severity, near.severity], ['warning', 'info']);
  const other = told({ splits: list.map((_, i) => (i === 2 || i === 20 ? 'test' : 'train')) });
  assert.match(
    other['equal-pictures'].detail,
    /first p2 and p22\); 1 of 2 test pictures has its twin in training: on it/,
  );
  assert.equal(other['near-twins'].severity, 'warning');
});

test('findings: groups that hold twins together, and that do not', () => {
  const together = Int32Array.from([...times(20, (i) => i), 0, 1, 2, 2]);
  const held = told({ groups: together });
  assert.match(held['equal-pictures'].detail, /; --group holds all of them together/);
  assert.deepEqual([held['equal-pictures'].severity, held['near-twins'].severity], ['info', 'info']);
  const loose = told({ groups: Int32Array.from([...times(20, (i) => i), 0, 1, 2, 20]) });
  assert.match(loose['equal-pictures'].detail, /; 1 of these 2 lie in different groups/);
  assert.deepEqual([loose['equal-pictures'].severity, loose['near-twins'].severity], ['warning', 'info']);
});

test('findings: different labels are a warning wherever the pictures lie', () => {
  const labels = new Int32Array(24);
  labels[20] = 1;
  labels[23] = 1;
  const { 'equal-pictures': equal, 'near-twins': near } = told({ labels, groups: new Int32Array(24) });
  assert.match(equal.detail, /; 1 set with different labels/);
  assert.match(near.detail, /; 1 pair with different labels/);
  assert.deepEqual([equal.severity, near.severity], ['warning', 'warning']);
});

test('read from files: another size, format, light and colour are the same picture still', async () => {
  const root = path('same');
  const colours: PictureShape = [3, 48, 48];
  const file = (own: Uint8Array) => {
    const last = Uint8Array.from(own, (_, at) => own[(at % 3) * 48 * 48 + Math.floor(at / 3)]);
    return sharp(last, { raw: { height: 48, width: 48, channels: 3 } });
  };
  const made = times(14, () => picture(random, colours));
  for (const [i, own] of made.entries())
    put(`${root}/train/${i % 2 ? 'a' : 'b'}/${i}.png`, await file(own).png().toBuffer());
  put(`${root}/test/b/small.jpg`, await file(made[0]).resize(36, 36).jpeg({ quality: 60 }).toBuffer());
  put(`${root}/test/a/grey.webp`, await file(made[1]).greyscale().webp().toBuffer());
  put(`${root}/test/b/bright.png`, await file(made[2]).linear(0.8, 30).png().toBuffer());
  put(`${root}/test/a/other.png`, await file(picture(random, colours)).png().toBuffer());
  put(
    `${root}/test/a/white.png`,
    await sharp({ create: { width: 48, height: 48, channels: 3, background: '#fff' } })
      .png()
      .toBuffer(),
  );
  const read = await readPictures([root]);
  const near = findingOf(read, 'near-twins')!;
  assert.match(
    near.detail,
    /^3 pairs of near twins among 6 pictures .*3 of 5 test pictures have their twin in training/,
  );
  assert.equal(near.severity, 'warning');
  assert.match(findingOf(read, 'flat-pictures')!.detail, /^1 picture .*white\.png/);
  assert.equal(findingOf(read, 'equal-pictures'), undefined);
});
