import { hash } from 'node:crypto';
import { stream } from '../../array/random.ts';
import type { PictureSet } from './picture-set.ts';
import { looksLikeCodes } from './planes.ts';
import { cells, thumbnails } from './thumbnails.ts';

/** Two pictures are near twins from this correlation on. */
export const ALIKE = 0.985;
/** Standard deviation of the brightness, of 255, below which a picture is flat. */
const FLAT = 2;
/** Thumbnails with fewer pixels agree by chance. */
const LEAST_PIXELS = 64;
/** Blank pictures that count towards the mean picture, so that a few pictures are not compared with themselves. */
const BLANK = 10;
/** Marks are cut into bands of whole bits; two pictures are compared where a band agrees and few bits of all differ. */
const BANDS = 8;
const BITS = 16;
const MOST_DIFFERENT = 20;
/** Cells of the coarse picture, 8 x 8, and the correlation that it must reach first. */
const CELLS = 64;
const ALIKE_COARSE = 0.98;
/** Comparisons after which the search ends: of marks, and of thumbnails. */
const MOST_LOOKS = 3e8;
const MOST_COMPARED = 2e6;

type Pictures = Pick<PictureSet, 'shape' | 'pixels'>;

/** Pictures that show the same. */
export interface Twins {
  /** Sets of two or more that are equal in every pixel, members ascending. */
  readonly equal: readonly (readonly number[])[];
  /** Pairs that are alike and not equal, ascending; of equal pictures the first one stands for all. */
  readonly near: readonly (readonly [number, number])[];
  /** Pictures of (almost) one value: neither equal to nor alike any other. */
  readonly flat: readonly number[];
  /** The pictures are codes (few values): only equal ones were looked for. */
  readonly codes: boolean;
  /** The search for near twins ended early, so there are more. */
  readonly ended: boolean;
}

/**
 * Equal pictures (SHA-256 of the pixels) and near twins: those whose thumbnails t (brightness, at most 32 x 32) correlate by
 * 0.985 or more once the contrast is evened and what all pictures share is taken off,
 *
 *   z = (t - mean t) / sd t,  u = z - sum_j z_j / (N + 10),  u_a . u_b / (|u_a| |u_b|) >= 0.985
 *
 * To find them without comparing all pairs, each has a mark of 96 bits: the signs of random sums of +-u over 8 x 8 cells; a
 * pair is compared where one of eight parts of the marks agrees. About one twin in a hundred is missed at the threshold, none
 * well above.
 *
 * Flat pictures (standard deviation below 2 of 255) are no twins, since contrast evened they would be noise. Where the values
 * are codes, such as wafer maps, pictures with little on them would all be alike: there only equal ones count.
 *
 * @param rows the pictures looked at, ascending
 * @see Charikar 2002, doi 10.1145/509907.509965 (signs of random sums)
 */
export function findTwins(set: Pictures, rows: ArrayLike<number>): Twins {
  const codes = looksLikeCodes(set.pixels);
  const { bins, blank } = equalPictures(set, rows);
  const equal = bins.filter((bin) => bin.length > 1);
  if (codes) return { equal, near: [], flat: blank, codes, ended: false };
  const firsts = bins.map(([first]) => first);
  const { values, height, width } = thumbnails(set, firsts);
  const dull = evenContrast(values, height * width);
  const flat = [...blank, ...bins.flatMap((bin, i) => (dull[i] ? bin : []))].sort((a, b) => a - b);
  const bright = { equal: equal.filter(([first]) => !flat.includes(first)), flat, codes };
  if (height * width < LEAST_PIXELS) return { ...bright, near: [], ended: false };
  takeMeanOff(values, dull);
  const { pairs, ended } = nearPairs(values, cellSums(values, [height, width]), dull);
  const near = pairs.map(([a, b]) => [firsts[a], firsts[b]] as const);
  return { ...bright, near: near.sort((p, q) => p[0] - q[0] || p[1] - q[1]), ended };
}

/** Pictures by content, in the order of their first; those with one value in each channel apart. */
function equalPictures(
  { shape: [channels, height, width], pixels }: Pictures,
  rows: ArrayLike<number>,
): { bins: number[][]; blank: number[] } {
  const area = height * width;
  const bins = new Map<string, number[]>();
  const blank: number[] = [];
  for (let r = 0; r < rows.length; r++) {
    const own = pixels.subarray(rows[r] * channels * area, (rows[r] + 1) * channels * area);
    if (own.every((value, p) => value === own[p - (p % area)])) {
      blank.push(rows[r]);
      continue;
    }
    const key = hash('sha256', own, 'base64');
    const bin = bins.get(key);
    if (bin) bin.push(rows[r]);
    else bins.set(key, [rows[r]]);
  }
  return { bins: [...bins.values()], blank };
}

/** Each thumbnail to mean 0 and standard deviation 1, in place; flat ones to zeros. @returns 1 for each flat one */
function evenContrast(values: Float32Array, area: number): Uint8Array {
  const flat = new Uint8Array(values.length / area);
  for (let i = 0; i < flat.length; i++) {
    const own = values.subarray(i * area, (i + 1) * area);
    let [sum, squares] = [0, 0];
    for (const value of own) sum += value;
    const mean = sum / area;
    for (const value of own) squares += (value - mean) ** 2;
    const deviation = Math.sqrt(squares / area);
    flat[i] = deviation < FLAT ? 1 : 0;
    for (let p = 0; p < area; p++) own[p] = flat[i] ? 0 : (own[p] - mean) / deviation;
  }
  return flat;
}

/** Less the mean picture, then of length 1, in place; flat ones stay zeros. */
function takeMeanOff(values: Float32Array, flat: Uint8Array): void {
  const area = values.length / flat.length;
  const mean = new Float64Array(area);
  for (let at = 0; at < values.length; at += area) for (let p = 0; p < area; p++) mean[p] += values[at + p];
  for (let i = 0; i < flat.length; i++) {
    if (flat[i]) continue;
    let square = 0;
    for (let p = 0; p < area; p++) {
      values[i * area + p] -= mean[p] / (flat.length + BLANK);
      square += values[i * area + p] ** 2;
    }
    const size = Math.sqrt(square) || 1;
    for (let p = 0; p < area; p++) values[i * area + p] /= size;
  }
}

/** Sums over cells, at most 8 x 8, each row then of length 1. @returns [N, 64] */
function cellSums(values: Float32Array, [height, width]: readonly [number, number]): Float32Array {
  const area = height * width;
  const [rowOf, columnOf] = [cells(height, 8), cells(width, 8)];
  const cellOf = Int32Array.from({ length: area }, (_, p) => 8 * rowOf[Math.floor(p / width)] + columnOf[p % width]);
  const out = new Float32Array((values.length / area) * CELLS);
  for (let from = 0, to = 0; from < values.length; from += area, to += CELLS) {
    for (let p = 0; p < area; p++) out[to + cellOf[p]] += values[from + p];
    const size = Math.sqrt(dot(out, to, to, CELLS)) || 1;
    for (let k = 0; k < CELLS; k++) out[to + k] /= size;
  }
  return out;
}

/** Signs of random sums of the cells. @returns [N, BANDS], BITS bits each */
function marksOf(coarse: Float32Array): Uint16Array {
  const random = stream(0, 'twins');
  const signs = Float32Array.from({ length: BITS * CELLS * BANDS }, () => (random.uniform() < 0.5 ? -1 : 1));
  const marks = new Uint16Array((coarse.length / CELLS) * BANDS);
  for (let at = 0; at < marks.length; at++) {
    const [own, from] = [Math.floor(at / BANDS) * CELLS, (at % BANDS) * BITS * CELLS];
    for (let bit = 0; bit < BITS; bit++) {
      let sum = 0;
      for (let k = 0; k < CELLS; k++) sum += signs[from + bit * CELLS + k] * coarse[own + k];
      if (sum > 0) marks[at] |= 1 << bit;
    }
  }
  return marks;
}

/** Sum of n products from the places a and b on. */
function dot(values: Float32Array, a: number, b: number, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) sum += values[a + p] * values[b + p];
  return sum;
}

function nearPairs(
  values: Float32Array,
  coarse: Float32Array,
  flat: Uint8Array,
): { pairs: (readonly [number, number])[]; ended: boolean } {
  const area = values.length / flat.length;
  const marks = marksOf(coarse);
  const pairs: (readonly [number, number])[] = [];
  let [looks, compared] = [0, 0];
  for (let band = 0; band < BANDS; band++)
    for (const bin of binsOf(marks, band, flat))
      for (let m = 1; m < bin.length; m++)
        for (let k = 0; k < m; k++) {
          const [a, b] = [bin[k], bin[m]];
          if (++looks > MOST_LOOKS) return { pairs, ended: true };
          if (!worthALook(marks, band, a, b)) continue;
          if (dot(coarse, a * CELLS, b * CELLS, CELLS) < ALIKE_COARSE) continue;
          if (++compared > MOST_COMPARED) return { pairs, ended: true };
          if (dot(values, a * area, b * area, area) >= ALIKE) pairs.push([a, b]);
        }
  return { pairs, ended: false };
}

/** Few bits differ, and no earlier band agrees, where the pair was met already. */
function worthALook(marks: Uint16Array, band: number, a: number, b: number): boolean {
  let different = 0;
  for (let other = 0; other < BANDS; other++) {
    const bits = marks[a * BANDS + other] ^ marks[b * BANDS + other];
    if (bits === 0 && other < band) return false;
    different += ONES[bits];
  }
  return different <= MOST_DIFFERENT;
}

/** How many bits of a number are 1. */
const ONES = new Uint8Array(1 << BITS);
for (let n = 1; n < ONES.length; n++) ONES[n] = ONES[n >> 1] + (n & 1);

/** Places with the same mark in a band, ascending, without flat ones. */
function binsOf(marks: Uint16Array, band: number, flat: Uint8Array): Iterable<number[]> {
  const bins = new Map<number, number[]>();
  flat.forEach((dull, i) => {
    if (dull) return;
    const mark = marks[i * BANDS + band];
    const bin = bins.get(mark);
    if (bin) bin.push(i);
    else bins.set(mark, [i]);
  });
  return bins.values();
}
