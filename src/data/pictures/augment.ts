import type { Random } from '../../array/random.ts';
import { type AugmentRules, parseAugmentRules } from '../augment-rules.ts';
import { type Moves, movePlane, offsetsOf } from './move.ts';
import type { PlaneFill } from './outside.ts';
import { rotatePicture } from './rotate.ts';

/** [items, channels, height, width] */
export type PictureBatchShape = readonly [number, number, number, number];

/** What stands where a picture was moved away: its edge, its mirror image, 0, or one value a channel. */
export type PictureFill = 'edge' | 'reflect' | 'zero' | readonly number[];

/** Random changes to pictures; each is off at 0, which is the default. */
export interface PictureAugmentation {
  /** Probability of left and right changing places, 0..1. */
  readonly flipHorizontal?: number;
  /** Probability of top and bottom changing places, 0..1. */
  readonly flipVertical?: number;
  /** Probability of a turn by 90, 180 or 270 degrees, each as likely, 0..1; square pictures only. */
  readonly turn?: number;
  /** Largest angle of a free rotation about the middle, degrees, 0..180; the angle is uniform within plus and minus it. */
  readonly rotate?: number;
  /** How a rotated pixel is read: `nearest` keeps codes (wafer maps), `bilinear` (default) is smooth. */
  readonly interpolation?: 'nearest' | 'bilinear';
  /**
   * Largest shift, whole pixels, in each direction; every shift is as likely. With `fill` zero this is the random crop out
   * of a picture padded by as many pixels.
   */
  readonly shift?: number;
  /** Default `edge`. */
  readonly fill?: PictureFill;
}

const rules: AugmentRules<keyof PictureAugmentation> = {
  of: 'pictures',
  example: 'flip=0.5,shift=4,rotate=10',
  settings: {
    flip: { name: 'flipHorizontal', most: 1 },
    'flip-vertical': { name: 'flipVertical', most: 1 },
    turn: { name: 'turn', most: 1 },
    rotate: { name: 'rotate', most: 180 },
    shift: { name: 'shift', most: 16384, whole: true },
    interpolation: { name: 'interpolation', words: ['nearest', 'bilinear'] },
    fill: { name: 'fill', words: ['edge', 'reflect', 'zero'] },
  },
};

/**
 * Reads `flip=0.5,flip-vertical=0.5,turn=1,rotate=10,shift=4`; `interpolation=nearest` and `fill=zero` too.
 * @throws InputError naming `--augment`: an unknown or doubled name, a value out of range
 */
export const parsePictureAugmentation = (text: string): PictureAugmentation =>
  parseAugmentRules(text, rules) as PictureAugmentation;

/**
 * Pictures flipped, turned, rotated and shifted at random, in that order. Items never mix. The draws of an item depend on
 * its place in the batch alone, so leaving some out with `which` changes nothing in the others.
 *
 * @param values [B, C, H, W], not changed
 * @param which items to change [B], 0 or false for those that stay; all where left out
 * @returns [B, C, H, W]; `values` itself where nothing is on
 * @throws RangeError settings out of range, a turn of pictures that are not square
 */
export function augmentPictures(
  values: Float32Array,
  shape: PictureBatchShape,
  random: Random,
  settings: PictureAugmentation,
  which?: ArrayLike<number | boolean>,
): Float32Array {
  check(values, shape, settings, which);
  const { flipHorizontal = 0, flipVertical = 0, turn = 0, rotate = 0, shift = 0 } = settings;
  if (flipHorizontal === 0 && flipVertical === 0 && turn === 0 && rotate === 0 && shift === 0) return values;
  const { fill = 'edge', interpolation = 'bilinear' } = settings;
  const [items, channels, height, width] = shape;
  const area = height * width;
  const each = channels * area;
  const fills = Array.from({ length: channels }, (_, c) => fillOf(fill, c));
  const out = new Float32Array(values.length);
  const move = (from: Float32Array, start: number, moves: Moves, to: Float32Array, at: number) => {
    const offsets = offsetsOf(moves, [height, width], fills[0]);
    for (let c = 0; c < channels; c++) movePlane(from, start + c * area, to, at + c * area, offsets, fills[c]);
  };
  const [upright, rotated] = rotate > 0 ? [new Float32Array(each), new Float32Array(each)] : [];
  const chance = (probability: number) => probability > 0 && random.uniform() < probability;
  const pixels = () => (shift > 0 ? random.integer(2 * shift + 1) - shift : 0);
  for (let i = 0; i < items; i++) {
    const [left, top] = [chance(flipHorizontal), chance(flipVertical)];
    const [turned, some] = turn > 0 ? [chance(turn), 1 + random.integer(3)] : [false, 0];
    const angle = rotate > 0 ? (2 * random.uniform() - 1) * rotate : 0;
    const turns = { flipHorizontal: left, flipVertical: top, quarters: turned ? some : 0 };
    const shifts = { down: pixels(), right: pixels() };
    const at = i * each;
    if (which && !which[i]) out.set(values.subarray(at, at + each), at);
    else if (!upright || !rotated) move(values, at, { ...turns, ...shifts }, out, at);
    else {
      move(values, at, { ...turns, down: 0, right: 0 }, upright, 0);
      rotatePicture(upright, [channels, height, width], angle, interpolation, fills, rotated);
      move(rotated, 0, { flipHorizontal: false, flipVertical: false, quarters: 0, ...shifts }, out, at);
    }
  }
  return out;
}

function fillOf(fill: PictureFill, channel: number): PlaneFill {
  if (fill === 'zero') return 0;
  return typeof fill === 'string' ? fill : fill[channel];
}

function check(
  values: Float32Array,
  shape: PictureBatchShape,
  { flipHorizontal = 0, flipVertical = 0, turn = 0, rotate = 0, shift = 0, fill = 'edge' }: PictureAugmentation,
  which: ArrayLike<number | boolean> | undefined,
): void {
  const [items, channels, height, width] = shape;
  checkWithin('flip horizontal', flipHorizontal, 1);
  checkWithin('flip vertical', flipVertical, 1);
  checkWithin('turn', turn, 1);
  checkWithin('rotate', rotate, 180);
  checkWithin('shift', shift, 16384);
  if (!Number.isInteger(shift)) throw new RangeError(`shift: pixels must be whole, got ${shift}`);
  if (turn > 0 && height !== width) throw new RangeError(`turn: needs square pictures, got ${height} x ${width}`);
  if (typeof fill !== 'string' && (fill.length !== channels || !fill.every(Number.isFinite)))
    throw new RangeError(`augment: fill needs one finite value for each of ${channels} channels, got [${fill}]`);
  if (values.length !== items * channels * height * width)
    throw new RangeError(`augment: ${values.length} values are not [${shape}]`);
  if (which && which.length !== items) throw new RangeError(`augment: which has ${which.length} of ${items} items`);
}

function checkWithin(what: string, value: number, most: number): void {
  if (!(value >= 0 && value <= most)) throw new RangeError(`${what}: must be within 0..${most}, got ${value}`);
}
