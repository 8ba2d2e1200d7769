import { hash } from 'node:crypto';
import { nearPairs } from './near-pairs.ts';
import type { PictureSet } from './picture-set.ts';
import { looksLikeCodes } from './planes.ts';
import { thumbnails } from './thumbnails.ts';

/**
 * Two pictures are near twins from this correlation on. Chosen by looking at pairs: above it, CIFAR-10 and photographs of
 * magnetic tiles have the same object twice; of 10,000 digits of MNIST no two reach it, of Fashion-MNIST 0.4 % of the pictures.
 */
export const ALIKE = 0.985;
/** Standard deviation of the brightness, of 255, below which a picture is flat. */
const FLAT = 2;
/** Thumbnails with fewer pixels agree by chance. */
const LEAST_PIXELS = 64;
/** Blank pictures that count towards the mean picture, so that a few pictures are not compared with themselves. */
const BLANK = 10;

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
 * found without comparing all pairs (`nearPairs`).
 *
 * Flat pictures (standard deviation below 2 of 255) are no twins, since contrast evened they would be noise. Where the values
 * are codes, such as wafer maps, pictures with little on them would all be alike: there only equal ones count.
 *
 * @param rows the pictures looked at, ascending
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
  const empty = new Set(flat);
  const bright = { equal: equal.filter(([first]) => !empty.has(first)), flat, codes };
  if (height * width < LEAST_PIXELS) return { ...bright, near: [], ended: false };
  takeMeanOff(values, dull);
  const { pairs, ended } = nearPairs(values, [height, width], ALIKE);
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
