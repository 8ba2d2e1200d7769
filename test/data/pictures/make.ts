import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import sharp from 'sharp';
import type { PictureSet } from '../../../src/data/pictures/index.ts';
import type { PictureSize } from '../../../src/data/pictures/picture-set.ts';

/** Writes a file, and the folders above it. */
export function put(path: string, content: string | Uint8Array = ''): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** A PNG of one colour, [red, green, blue] or one grey. */
export async function png(value: number | readonly number[], [height, width]: PictureSize = [4, 4]): Promise<Buffer> {
  const parts = typeof value === 'number' ? [value] : value;
  const pixels = Uint8Array.from({ length: height * width * parts.length }, (_, i) => parts[i % parts.length]);
  const raw = { height, width, channels: parts.length as 1 | 3 };
  const picture = sharp(pixels, { raw });
  return (parts.length === 1 ? picture.toColourspace('b-w') : picture).png().toBuffer();
}

export const findingOf = (set: PictureSet, kind: string) => set.findings.find((finding) => finding.kind === kind);

export const kindsOf = (set: PictureSet): string[] => set.findings.map(({ kind }) => kind);

/** First pixel of every picture and channel. */
export const firstPixels = ({ count, shape: [channels, height, width], pixels }: PictureSet): number[][] =>
  Array.from({ length: count }, (_, i) =>
    Array.from({ length: channels }, (_, c) => pixels[(i * channels + c) * height * width]),
  );

export const classNames = ({ labels, classes }: PictureSet): (string | null)[] =>
  Array.from(labels, (label) => (label < 0 ? null : classes[label]));

/** An idx file: type 8 unless told. */
export function idx(dimensions: readonly number[], values: ArrayLike<number>, type = 8): Buffer {
  const head = Buffer.alloc(4 + 4 * dimensions.length);
  head[2] = type;
  head[3] = dimensions.length;
  dimensions.forEach((n, d) => {
    head.writeUInt32BE(n, 4 + 4 * d);
  });
  return Buffer.concat([head, Uint8Array.from(values)]);
}
