import type { Random } from '../../array/random.ts';
import { type PlaneFill, sourceOf } from './outside.ts';
import { rotatePlane } from './rotate.ts';

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
  const { flipHorizontal = 0, flipVertical = 0, turn = 0, rotate = 0, shift = 0 } = settings;
  const { fill = 'edge', interpolation = 'bilinear' } = settings;
  let out = values;
  out = flipPictures(out, shape, random, { axis: 'horizontal', probability: flipHorizontal }, which);
  out = flipPictures(out, shape, random, { axis: 'vertical', probability: flipVertical }, which);
  out = turnPictures(out, shape, random, { probability: turn }, which);
  out = rotatePictures(out, shape, random, { degrees: rotate, interpolation, fill }, which);
  return shiftPictures(out, shape, random, { pixels: shift, fill }, which);
}

type Which = ArrayLike<number | boolean> | undefined;

/** Left and right (horizontal) or top and bottom (vertical) change places with the probability given. */
export function flipPictures(
  values: Float32Array,
  shape: PictureBatchShape,
  random: Random,
  { axis, probability }: { axis: 'horizontal' | 'vertical'; probability: number },
  which?: Which,
): Float32Array {
  checkWithin(`flip ${axis}`, probability, 1);
  if (probability === 0) return values;
  const [, , height, width] = shape;
  const draw = () => random.uniform() < probability;
  return eachPlane(values, shape, which, draw, (plane, flipped, _, out) => {
    if (!flipped) return;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const from = axis === 'horizontal' ? y * width + width - 1 - x : (height - 1 - y) * width + x;
        out[y * width + x] = plane[from];
      }
  });
}

/** With the probability given, one, two or three quarter turns against the clock, each as likely. */
export function turnPictures(
  values: Float32Array,
  shape: PictureBatchShape,
  random: Random,
  { probability }: { probability: number },
  which?: Which,
): Float32Array {
  checkWithin('turn', probability, 1);
  if (probability === 0) return values;
  const [, , height, side] = shape;
  if (height !== side) throw new RangeError(`turn: needs square pictures, got ${height} x ${side}`);
  const draw = () => {
    const [turned, quarters] = [random.uniform() < probability, 1 + random.integer(3)];
    return turned ? quarters : 0;
  };
  return eachPlane(values, shape, which, draw, (plane, quarters, _, out) => {
    if (quarters === 0) return;
    const last = side - 1;
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const [row, column] = quarters === 1 ? [x, last - y] : quarters === 2 ? [last - y, last - x] : [last - x, y];
        out[y * side + x] = plane[row * side + column];
      }
  });
}

/** Rotated about the middle by an angle uniform within -degrees..degrees. */
export function rotatePictures(
  values: Float32Array,
  shape: PictureBatchShape,
  random: Random,
  settings: { degrees: number; interpolation: 'nearest' | 'bilinear'; fill: PictureFill },
  which?: Which,
): Float32Array {
  const { degrees, interpolation, fill } = settings;
  checkWithin('rotate', degrees, 180);
  if (degrees === 0) return values;
  const [, channels, height, width] = shape;
  checkFill('rotate', fill, channels);
  const draw = () => (2 * random.uniform() - 1) * degrees;
  return eachPlane(values, shape, which, draw, (plane, angle, channel, out) =>
    rotatePlane(plane, [height, width], angle, interpolation, fillOf(fill, channel), out),
  );
}

/** Shifted by whole pixels, down and to the right each uniform within -pixels..pixels. */
export function shiftPictures(
  values: Float32Array,
  shape: PictureBatchShape,
  random: Random,
  { pixels, fill }: { pixels: number; fill: PictureFill },
  which?: Which,
): Float32Array {
  if (!Number.isInteger(pixels)) throw new RangeError(`shift: pixels must be whole, got ${pixels}`);
  checkWithin('shift', pixels, 16384);
  if (pixels === 0) return values;
  const [, channels, height, width] = shape;
  checkFill('shift', fill, channels);
  const draw = () => [random.integer(2 * pixels + 1) - pixels, random.integer(2 * pixels + 1) - pixels] as const;
  return eachPlane(values, shape, which, draw, (plane, [down, right], channel, out) => {
    const outside = fillOf(fill, channel);
    const columns = Int32Array.from({ length: width }, (_, x) => sourceOf(x - right, width, outside));
    for (let y = 0; y < height; y++) {
      const row = sourceOf(y - down, height, outside);
      for (let x = 0; x < width; x++) {
        const inside = row >= 0 && columns[x] >= 0;
        out[y * width + x] = inside ? plane[row * width + columns[x]] : Number(outside);
      }
    }
  });
}

function fillOf(fill: PictureFill, channel: number): PlaneFill {
  if (fill === 'zero') return 0;
  return typeof fill === 'string' ? fill : fill[channel];
}

/** Draws for every item, then changes the planes of those asked for; `change` fills `out`, which begins as a copy. */
function eachPlane<T>(
  values: Float32Array,
  [items, channels, height, width]: PictureBatchShape,
  which: Which,
  draw: () => T,
  change: (plane: Float32Array, drawn: T, channel: number, out: Float32Array) => void,
): Float32Array {
  const area = height * width;
  if (values.length !== items * channels * area)
    throw new RangeError(`augment: ${values.length} values are not [${[items, channels, height, width]}]`);
  if (which && which.length !== items) throw new RangeError(`augment: which has ${which.length} of ${items} items`);
  const out = values.slice();
  for (let i = 0; i < items; i++) {
    const drawn = draw();
    if (which && !which[i]) continue;
    for (let c = 0; c < channels; c++) {
      const start = (i * channels + c) * area;
      change(values.subarray(start, start + area), drawn, c, out.subarray(start, start + area));
    }
  }
  return out;
}

function checkWithin(what: string, value: number, most: number): void {
  if (!(value >= 0 && value <= most)) throw new RangeError(`${what}: must be within 0..${most}, got ${value}`);
}

function checkFill(what: string, fill: PictureFill, channels: number): void {
  if (typeof fill !== 'string' && (fill.length !== channels || !fill.every(Number.isFinite)))
    throw new RangeError(`${what}: fill needs one finite value for each of ${channels} channels, got [${fill}]`);
}
