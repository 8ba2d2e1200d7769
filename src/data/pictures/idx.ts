import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../../array/errors.ts';
import { splitOfName } from '../split-names.ts';
import { readBytes } from './bytes.ts';
import type { PictureBlock } from './picture-set.ts';
import { looksLikeCodes } from './planes.ts';

const TYPES: Readonly<Record<number, string>> = {
  9: 'signed bytes',
  11: '16-bit numbers',
  12: '32-bit numbers',
  13: 'float32',
  14: 'float64',
};

/** Is it the head of an idx file? Two zero bytes, a known type, at least one dimension. */
export const looksLikeIdx = (head: Uint8Array): boolean =>
  head.length >= 4 &&
  head[0] === 0 &&
  head[1] === 0 &&
  (head[2] === 8 || head[2] in TYPES) &&
  head[3] >= 1 &&
  head[3] <= 4;

/**
 * idx files (MNIST and its kin), gzipped or not: big-endian head 00 00 TYPE DIMENSIONS, one uint32 a dimension, then the
 * values. Pictures are unsigned bytes [N, H, W]; their labels are unsigned bytes [N] in the file of the same name with
 * `labels` for `images` (and `idx1` for `idx3`), which need not be named.
 *
 * @throws InputError naming the file and what is wrong with its head, length or counts
 * @see http://yann.lecun.com/exdb/mnist/
 */
export async function idxBlocks(files: readonly string[]): Promise<PictureBlock[]> {
  const pairs = new Map<string, string>();
  for (const file of files) {
    const isLabels = /label/i.test(basename(file));
    const images = isLabels ? partner(file, 'images') : file;
    const labels = isLabels ? file : partner(file, 'labels');
    pairs.set(images, labels);
  }
  const blocks: PictureBlock[] = [];
  for (const [images, labels] of pairs) blocks.push(await idxBlock(images, labels));
  return blocks;
}

/** The file beside that holds the other half. */
function partner(file: string, half: 'images' | 'labels'): string {
  const swap: readonly (readonly [RegExp, string])[] =
    half === 'labels'
      ? [
          [/images?/i, 'labels'],
          [/idx3/i, 'idx1'],
        ]
      : [
          [/labels?/i, 'images'],
          [/idx1/i, 'idx3'],
        ];
  const name = swap.reduce((text, [from, to]) => text.replace(from, to), basename(file));
  const bare = name.replace(/\.gz$/i, '');
  const candidates = [name, bare, `${bare}.gz`].filter((own) => own !== basename(file));
  const found = candidates.map((own) => join(dirname(file), own)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  const what = half === 'labels' ? 'its labels' : 'its pictures';
  throw new InputError(
    `${file}: ${what} (${candidates[0] ?? `a file with "${half}" in its name`}) are not beside it; put both in one folder`,
  );
}

async function idxBlock(images: string, labelFile: string): Promise<PictureBlock> {
  const pictures = await readIdx(images, 3, 'pictures [count, height, width]');
  const labels = await readIdx(labelFile, 1, 'labels [count]');
  const [count, height, width] = pictures.dimensions;
  if (labels.dimensions[0] !== count)
    throw new InputError(
      `${labelFile}: ${labels.dimensions[0].toLocaleString('en-GB')} labels for ${count.toLocaleString('en-GB')} pictures in ${images}; give the files that belong together`,
    );
  return {
    files: [
      { file: images, digest: pictures.digest, rows: count },
      { file: labelFile, digest: labels.digest, rows: count },
    ],
    shape: [1, height, width],
    pixels: pictures.values,
    labels: Array.from(labels.values, String),
    split: splitOfName(images),
    codes: looksLikeCodes(pictures.values),
  };
}

async function readIdx(file: string, rank: number, wanted: string) {
  const { bytes, digest } = await readBytes(file);
  const fail = (what: string): never => {
    throw new InputError(`${file}: ${what}`);
  };
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0)
    fail(`is no idx file: it begins with ${bytes.toString('hex', 0, 4)}, not 0000; check that it came over whole`);
  if (bytes[2] !== 8)
    fail(
      `holds ${TYPES[bytes[2]] ?? `values of unknown type 0x${bytes.toString('hex', 2, 3)}`}; ${wanted} must be unsigned bytes (0x08)`,
    );
  if (bytes[3] !== rank) fail(`has ${bytes[3]} dimensions; ${wanted} have ${rank}`);
  const start = 4 + 4 * rank;
  if (bytes.length < start) fail(`is cut off within its head (${bytes.length} bytes); copy it again`);
  const dimensions = Array.from({ length: rank }, (_, d) => bytes.readUInt32BE(4 + 4 * d));
  if (dimensions.includes(0)) fail(`the head says ${dimensions.join(' x ')}; every dimension must be 1 or more`);
  const expected = dimensions.reduce((product, n) => product * n, 1);
  if (bytes.length - start !== expected)
    fail(
      `the head says ${dimensions.join(' x ')} bytes (${expected.toLocaleString('en-GB')}), the file holds ${(bytes.length - start).toLocaleString('en-GB')}; copy it again`,
    );
  return { dimensions, values: new Uint8Array(bytes.subarray(start)), digest };
}
