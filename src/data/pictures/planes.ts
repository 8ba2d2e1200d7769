import { constants } from 'node:buffer';
import { InputError } from '../../array/errors.ts';
import { many } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import { brightness } from './decode.ts';
import {
  type PictureBlock,
  type PictureOptions,
  type PictureShape,
  type PictureSize,
  sizeText,
} from './picture-set.ts';
import { stretchNearest, stretchSmooth } from './stretch.ts';

/** Bytes that one set may take. */
const MOST_BYTES = Math.min(8 * 2 ** 30, constants.MAX_LENGTH);

/** @throws InputError where that many pictures do not fit */
export function checkSpace(count: number, shape: PictureShape): void {
  const bytes = count * shape[0] * shape[1] * shape[2];
  if (bytes > MOST_BYTES)
    throw new InputError(
      `--size: ${many(count, 'picture')} of ${sizeText([shape[1], shape[2]])} with ${shape[0]} channels take ${(bytes / 2 ** 30).toFixed(1)} GiB, at most ${MOST_BYTES / 2 ** 30} fit; give a smaller --size HEIGHT,WIDTH`,
    );
}

/** Blocks of several files made alike and joined. */
export function joinBlocks(
  blocks: readonly PictureBlock[],
  options: PictureOptions,
): { shape: PictureShape; pixels: Uint8Array; findings: Finding[] } {
  const [first] = blocks;
  const size = options.size ?? ([first.shape[1], first.shape[2]] as const);
  const channels = options.channels ?? (blocks.some(({ shape }) => shape[0] === 3) ? 3 : 1);
  const findings: Finding[] = [];
  const count = blocks.reduce((sum, { labels }) => sum + labels.length, 0);
  const each = channels * size[0] * size[1];
  checkSpace(count, [channels, ...size]);
  const pixels = new Uint8Array(count * each);
  let at = 0;
  for (const block of blocks) {
    const { shape, labels, codes } = block;
    const { file } = block.files[0];
    const own: PictureSize = [shape[1], shape[2]];
    if (own.join() !== size.join()) {
      if (options.size === undefined)
        throw new InputError(
          `${file}: pictures of ${sizeText(own)} where ${first.files[0].file} has ${sizeText(size)}; give one size for all: --size HEIGHT,WIDTH`,
        );
      const detail = `${file}: ${many(labels.length, 'picture')} of ${sizeText(own)} stretched to ${sizeText(size)}${codes ? ' by the nearest pixel, since the few values look like codes' : ''}`;
      findings.push({ kind: 'resized', severity: 'info', detail, override: '--size HEIGHT,WIDTH' });
    }
    if (shape[0] !== channels) {
      const what =
        channels === 3 ? 'in grey: three equal channels' : 'in colour made grey (0.299 R + 0.587 G + 0.114 B)';
      const detail = `${file}: ${many(labels.length, 'picture')} ${what}`;
      findings.push({ kind: channels === 3 ? 'grey-to-colour' : 'colour-to-grey', severity: 'info', detail });
    }
    pixels.set(withChannels(withSize(block, size), shape[0], channels, size), at);
    at += labels.length * each;
  }
  return { shape: [channels, ...size], pixels, findings };
}

function withSize({ pixels, shape, codes }: PictureBlock, size: PictureSize): Uint8Array {
  const own: PictureSize = [shape[1], shape[2]];
  if (own.join() === size.join()) return pixels;
  return codes ? stretchNearest(pixels, own, size) : stretchSmooth(pixels, own, size);
}

function withChannels(pixels: Uint8Array, from: number, to: number, size: PictureSize): Uint8Array {
  if (from === to) return pixels;
  const area = size[0] * size[1];
  const count = pixels.length / (from * area);
  const out = new Uint8Array(count * to * area);
  for (let i = 0; i < count; i++) {
    const own = pixels.subarray(i * from * area, (i + 1) * from * area);
    if (to === 3) for (let c = 0; c < 3; c++) out.set(own, (3 * i + c) * area);
    else for (let p = 0; p < area; p++) out[i * area + p] = brightness(own[p], own[area + p], own[2 * area + p]);
  }
  return out;
}

/** Sixteen different values or fewer are taken for codes (such as the states of a die), not for brightness. */
export function looksLikeCodes(pixels: Uint8Array): boolean {
  const seen = new Uint8Array(256);
  let distinct = 0;
  for (const value of pixels) {
    if (seen[value]) continue;
    seen[value] = 1;
    if (++distinct > 16) return false;
  }
  return true;
}
