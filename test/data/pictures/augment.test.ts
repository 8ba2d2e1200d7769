import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Random, stream } from '../../../src/array/random.ts';
import {
  augmentPictures,
  type PictureAugmentation,
  type PictureBatchShape,
  parsePictureAugmentation,
} from '../../../src/data/pictures/index.ts';
import { rotatePicture } from '../../../src/data/pictures/rotate.ts';
import { oneLine, times } from '../helpers.ts';
import { reference } from './reference.ts';

const shape: PictureBatchShape = [6, 2, 5, 5];
const each = 2 * 5 * 5;
const values = Float32Array.from({ length: 6 * each }, (_, i) => i + 1);
const itemOf = (x: Float32Array, i: number) => x.subarray(i * each, (i + 1) * each);
const sorted = (x: Float32Array) => [...x].sort((a, b) => a - b);

/** Gives out the numbers listed, then fails. */
function scripted(numbers: readonly number[]): Random {
  let at = 0;
  const next = () => {
    if (at === numbers.length) throw new Error('one draw too many');
    return numbers[at++];
  };
  return { ...stream(0, 'none'), uniform: next, integer: next };
}

const everything: PictureAugmentation = {
  flipHorizontal: 0.5,
  flipVertical: 0.5,
  turn: 0.5,
  rotate: 30,
  shift: 2,
  fill: [-1, -2],
};

test('a flip twice is the picture, once it is another', () => {
  for (const settings of [{ flipHorizontal: 1 }, { flipVertical: 1 }]) {
    const once = augmentPictures(values, shape, stream(1, 'a'), settings);
    assert.notDeepEqual(once, values);
    assert.deepEqual(augmentPictures(once, shape, stream(2, 'a'), settings), values);
  }
  const row = Float32Array.of(1, 2, 3, 4, 5, 6);
  const flip = (settings: PictureAugmentation) => [...augmentPictures(row, [1, 1, 2, 3], stream(1, 'a'), settings)];
  assert.deepEqual(flip({ flipHorizontal: 1 }), [3, 2, 1, 6, 5, 4]);
  assert.deepEqual(flip({ flipVertical: 1 }), [4, 5, 6, 1, 2, 3]);
  assert.deepEqual(flip({ flipHorizontal: 1, flipVertical: 1 }), [6, 5, 4, 3, 2, 1]);
});

test('about the share of pictures asked for is flipped', () => {
  const many = Float32Array.from({ length: 4000 }, (_, i) => i % 2);
  const out = augmentPictures(many, [2000, 1, 1, 2], stream(3, 'a'), { flipHorizontal: 0.3 });
  const flipped = times(2000, (i) => out[2 * i]).reduce((sum, value) => sum + value, 0);
  assert.ok(flipped > 530 && flipped < 670, `${flipped} of 2000`);
});

test('quarter turns go against the clock, four make none', () => {
  const square = Float32Array.of(1, 2, 3, 4);
  const turn = (x: Float32Array, quarters: number) =>
    augmentPictures(x, [1, 1, 2, 2], scripted([0, quarters - 1]), { turn: 1 });
  assert.deepEqual([...turn(square, 1)], [2, 4, 1, 3]);
  assert.deepEqual([...turn(square, 2)], [4, 3, 2, 1]);
  assert.deepEqual([...turn(square, 3)], [3, 1, 4, 2]);
  const once = augmentPictures(values, shape, stream(4, 'a'), { turn: 1 });
  for (let i = 0; i < 6; i++) assert.deepEqual(sorted(itemOf(once, i)), sorted(itemOf(values, i)));
  assert.throws(() => augmentPictures(values, [6, 1, 5, 10], stream(1, 'a'), { turn: 1 }), /square.*5 x 10/);
});

test('rotation agrees with scipy at every angle, reading and fill', () => {
  const { shape: size, values: stored } = reference.plane;
  const plane = Float32Array.from(stored);
  for (const { degrees, interpolation, fill, out } of reference.rotate) {
    const two = Float32Array.from([...plane, ...plane.map((value) => 2 * value)]);
    const turned = new Float32Array(two.length);
    const fills = fill === 'value' ? [-3.5, -7] : [fill, fill];
    rotatePicture(two, [2, ...size], degrees, interpolation, fills, turned);
    out.forEach((value, i) => {
      const place = `${degrees} ${interpolation} ${fill} at ${i}: ${turned[i]}, ${value}`;
      assert.ok(Math.abs(turned[i] - value) < 1e-5, place);
      assert.ok(Math.abs(turned[plane.length + i] - 2 * value) < 2e-5, place);
    });
  }
});

test('a free rotation by 90 degrees is a quarter turn, and the middle stays', () => {
  const quarter = augmentPictures(values, shape, scripted(times(6, () => [0, 0]).flat()), { turn: 1 });
  for (const interpolation of ['nearest', 'bilinear'] as const) {
    const settings = { rotate: 90, interpolation, fill: 'zero' } as const;
    const turned = augmentPictures(values, shape, scripted(times(6, () => 1)), settings);
    turned.forEach((value, i) => {
      assert.ok(Math.abs(value - quarter[i]) < 1e-3);
    });
    const free = augmentPictures(values, shape, stream(5, 'a'), { ...settings, rotate: 180 });
    for (let plane = 0; plane < 12; plane++)
      assert.ok(Math.abs(free[plane * 25 + 12] - values[plane * 25 + 12]) < 1e-4);
  }
});

test('nearest rotation invents no value', () => {
  const codes = Float32Array.from(values, (_, i) => (i * 7) % 3);
  const out = augmentPictures(codes, shape, stream(6, 'a'), { rotate: 180, interpolation: 'nearest', fill: [0, 0] });
  assert.ok(out.every((value) => [0, 1, 2].includes(value)));
});

test('shifts agree with scipy', () => {
  const { shape: size, values: stored } = reference.plane;
  for (const { down, right, fill, out } of reference.shift) {
    const most = Math.max(Math.abs(down), Math.abs(right));
    const moved = augmentPictures(Float32Array.from(stored), [1, 1, ...size], scripted([down + most, right + most]), {
      shift: most,
      fill: fill === 'value' ? [-3.5] : fill,
    });
    out.forEach((value, i) => {
      assert.ok(Math.abs(moved[i] - value) < 1e-5, `${down},${right} ${fill} at ${i}`);
    });
  }
});

test('a shift keeps the values that stay inside, and fills the rest', () => {
  const moved = augmentPictures(values, shape, stream(7, 'a'), { shift: 2, fill: 'zero' });
  for (let plane = 0; plane < 12; plane++) {
    const [before, after] = [values, moved].map((x) => x.subarray(plane * 25, plane * 25 + 25));
    const places = [...after].flatMap((value, at) => (value === 0 ? [] : [[at, before.indexOf(value)]]));
    const offsets = new Set(
      places.map(([to, from]) => `${Math.floor(to / 5) - Math.floor(from / 5)},${(to % 5) - (from % 5)}`),
    );
    assert.equal(offsets.size, 1);
    const [down, right] = [...offsets][0].split(',').map(Number);
    assert.equal(places.length, (5 - Math.abs(down)) * (5 - Math.abs(right)));
  }
  const edge = augmentPictures(values, shape, stream(7, 'a'), { shift: 2, fill: 'edge' });
  for (let i = 0; i < 6; i++) assert.ok(itemOf(edge, i).every((value) => itemOf(values, i).includes(value)));
});

test('several changes at once are flips, then turns, then the rotation, then the shift, one after the other', () => {
  const fill = [-1, -2];
  const draws = { flip: [0.2], turn: [0.1, 2], rotate: [0.9], shift: [4, 1] };
  const [one, rest] = [itemOf(values, 0), itemOf(values, 1)];
  for (const rotate of [0, 20]) {
    const angle = rotate > 0 ? draws.rotate : [];
    const item = [...draws.flip, ...draws.turn, ...angle, ...draws.shift];
    const all = augmentPictures(Float32Array.from([...one, ...rest]), [2, 2, 5, 5], scripted([...item, ...item]), {
      flipHorizontal: 0.5,
      turn: 1,
      rotate,
      shift: 2,
      fill,
    });
    let steps = one;
    const each: readonly [PictureAugmentation, number[]][] = [
      [{ flipHorizontal: 0.5 }, draws.flip],
      [{ turn: 1 }, draws.turn],
      [{ rotate, fill }, angle],
      [{ shift: 2, fill }, draws.shift],
    ];
    for (const [settings, drawn] of each) steps = augmentPictures(steps, [1, 2, 5, 5], scripted(drawn), settings);
    assert.deepEqual(itemOf(all, 0), steps);
    assert.notDeepEqual(itemOf(all, 1), itemOf(all, 0));
  }
});

test('shifts by more than the picture', () => {
  const row = Float32Array.of(1, 2, 3);
  const by = (right: number, fill: 'edge' | 'zero' | 'reflect') => [
    ...augmentPictures(row, [1, 1, 1, 3], scripted([9, right + 9]), { shift: 9, fill }),
  ];
  assert.deepEqual(
    [by(5, 'zero'), by(-5, 'zero')],
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
  );
  assert.deepEqual(
    [by(5, 'edge'), by(-5, 'edge')],
    [
      [1, 1, 1],
      [3, 3, 3],
    ],
  );
  assert.deepEqual(
    [by(4, 'reflect'), by(-1, 'reflect')],
    [
      [1, 2, 3],
      [2, 3, 2],
    ],
  );
});

test('same seed, same bits; another seed, others; the batch given is not touched', () => {
  const before = values.slice();
  const run = (seed: number) => augmentPictures(values, shape, stream(seed, 'augment'), everything);
  assert.deepEqual(run(1), run(1));
  assert.notDeepEqual(run(1), run(2));
  assert.deepEqual(values, before);
  assert.ok(run(1).every(Number.isFinite));
});

test('off at 0: the batch itself, and no draw', () => {
  const none = scripted([]);
  assert.equal(augmentPictures(values, shape, none, {}), values);
  assert.equal(augmentPictures(values, shape, none, { shift: 0, rotate: 0, flipVertical: 0, turn: 0 }), values);
});

test('items never mix, and leaving some out changes nothing in the others', () => {
  const all = augmentPictures(values, shape, stream(8, 'a'), everything);
  const changed = values.slice();
  itemOf(changed, 3).fill(0);
  const other = augmentPictures(changed, shape, stream(8, 'a'), everything);
  const some = augmentPictures(values, shape, stream(8, 'a'), everything, [1, 0, 1, 1, 0, 1]);
  for (let i = 0; i < 6; i++) {
    if (i !== 3) assert.deepEqual(itemOf(other, i), itemOf(all, i));
    assert.deepEqual(itemOf(some, i), i === 1 || i === 4 ? itemOf(values, i) : itemOf(all, i));
  }
});

test('settings out of range', () => {
  const wrong: readonly (readonly [PictureAugmentation, RegExp])[] = [
    [{ flipHorizontal: 1.5 }, /flip horizontal.*1\.5/],
    [{ rotate: -1 }, /rotate.*-1/],
    [{ rotate: 200 }, /rotate.*200/],
    [{ shift: 1.5 }, /shift.*1\.5/],
    [{ shift: Number.NaN }, /shift.*NaN/],
    [{ shift: 1, fill: [0] }, /fill needs one finite value for each of 2/],
    [{ turn: 2 }, /turn.*2/],
  ];
  for (const [settings, message] of wrong)
    assert.throws(() => augmentPictures(values, shape, stream(1, 'a'), settings), message);
  assert.throws(() => augmentPictures(values.subarray(1), shape, stream(1, 'a'), { shift: 1 }), /299 values/);
  assert.throws(() => augmentPictures(values, shape, stream(1, 'a'), { shift: 1 }, [1]), /which has 1 of 6/);
});

test('settings from text', () => {
  assert.deepEqual(
    parsePictureAugmentation(' flip=0.5, flip-vertical=0.25,turn=1,rotate=10,shift=4,interpolation=nearest,fill=zero'),
    {
      flipHorizontal: 0.5,
      flipVertical: 0.25,
      turn: 1,
      rotate: 10,
      shift: 4,
      interpolation: 'nearest',
      fill: 'zero',
    },
  );
  const wrong: readonly (readonly [string, ...string[]])[] = [
    ['', '--augment: "" is no setting', 'flip=0.5'],
    ['flip', '--augment: "flip" is no setting; write'],
    ['flip=0.5,', '--augment: "" is no setting'],
    ['fliip=0.5', '"fliip" is no setting of pictures', 'flip-vertical', 'did you mean "flip"?'],
    ['jitter=1', '"jitter" is no setting of pictures'],
    ['flip=0.5,flip=1', '"flip" stands twice'],
    ['flip=2', '--augment flip=2: a number from 0 to 1 is needed'],
    ['turn=-0.1', 'a number from 0 to 1'],
    ['shift=', '--augment shift=: a whole number from 0 to 16384'],
    ['shift=1.5', '--augment shift=1.5: a whole number'],
    ['rotate=200', 'a number from 0 to 180'],
    ['rotate=ten', '--augment rotate=ten'],
    ['fill=white', '--augment fill=white: edge or reflect or zero is needed'],
    ['interpolation=cubic', 'nearest or bilinear'],
  ];
  for (const [text, ...parts] of wrong) assert.throws(() => parsePictureAugmentation(text), oneLine(...parts));
});
