import { stream } from '../../array/random.ts';
import type { PictureSize } from './picture-set.ts';
import { cells } from './thumbnails.ts';

/** Marks are cut into bands; two pictures are compared where a band agrees and few bits of all 128 differ. */
const BANDS = 8;
const BITS = 16;
const MOST_DIFFERENT = 20;
/** Cells of the coarse picture, 8 x 8, whose correlation may fall short of that asked for by the slack. */
const CELLS = 64;
const SLACK = 0.005;
/** Comparisons of marks after which the search ends. */
const MOST_LOOKS = 3e8;

/**
 * Pairs of rows with u_a . u_b >= least, without comparing all: each row has a mark of 128 bits, the signs of random sums
 * of +-u over 8 x 8 cells; a pair is compared, first by its cells, where one of eight parts of the marks agrees. At
 * u_a . u_b = 0.985 a bit differs in 5 % of the rows, so that one pair in some hundreds is missed.
 *
 * @param values rows u of length 1, or zeros for those without any pair; row-major [N, height * width]
 * @param most comparisons of whole rows after which the search ends
 * @returns pairs (a < b); `ended` where there was too much to compare, so that there may be more
 * @see Charikar 2002, doi 10.1145/509907.509965 (signs of random sums)
 */
export function nearPairs(
  values: Float32Array,
  size: PictureSize,
  least: number,
  most = 2e6,
): { pairs: (readonly [number, number])[]; ended: boolean } {
  const area = size[0] * size[1];
  const coarse = cellSums(values, size);
  const marks = marksOf(coarse);
  const pairs: (readonly [number, number])[] = [];
  let [looks, compared] = [0, 0];
  for (let band = 0; band < BANDS; band++)
    for (const bin of binsOf(marks, band, coarse))
      for (let m = 1; m < bin.length; m++)
        for (let k = 0; k < m; k++) {
          const [a, b] = [bin[k], bin[m]];
          if (++looks > MOST_LOOKS) return { pairs, ended: true };
          if (!worthALook(marks, band, a, b)) continue;
          if (dot(coarse, a * CELLS, b * CELLS, CELLS) < least - SLACK) continue;
          if (++compared > most) return { pairs, ended: true };
          if (dot(values, a * area, b * area, area) >= least) pairs.push([a, b]);
        }
  return { pairs, ended: false };
}

/** Sums over cells, at most 8 x 8, each row then of length 1. @returns [N, 64] */
function cellSums(values: Float32Array, [height, width]: PictureSize): Float32Array {
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

/** Rows with the same mark in a band, ascending, without zeros. */
function binsOf(marks: Uint16Array, band: number, coarse: Float32Array): Iterable<number[]> {
  const bins = new Map<number, number[]>();
  for (let row = 0; row < marks.length / BANDS; row++) {
    if (dot(coarse, row * CELLS, row * CELLS, CELLS) === 0) continue;
    const mark = marks[row * BANDS + band];
    const bin = bins.get(mark);
    if (bin) bin.push(row);
    else bins.set(mark, [row]);
  }
  return bins.values();
}
