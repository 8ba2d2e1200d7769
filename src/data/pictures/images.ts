import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InputError } from '../../array/errors.ts';
import { many } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import { newHash } from '../readers/file.ts';
import { brightness, decodePicture, type PictureHeader, pictureHeader } from './decode.ts';
import {
  commonSize,
  firstOf,
  type PictureEntry,
  type PictureOptions,
  type PictureShape,
  type PictureSize,
  sizeText,
} from './picture-set.ts';
import { checkSpace } from './planes.ts';

export interface ReadImages {
  /** The entries that could be read, in their order. */
  readonly entries: readonly PictureEntry[];
  readonly shape: PictureShape;
  /** [N, C, H, W] */
  readonly pixels: Uint8Array;
  /** Of all entries read; see `PictureFile`. */
  readonly digest: string;
  readonly findings: readonly Finding[];
}

interface Known {
  readonly header: PictureHeader;
  readonly digest: string;
}

/** Files open at once. */
const AT_ONCE = 4;

/**
 * Reads picture files into one array: a first pass looks at the heads (sizes, colour, digests), a second decodes.
 *
 * @param where names the data in messages
 * @throws InputError pictures that cannot be read, all named by the first of them and counted, unless `skipUnreadable`
 */
export async function readImages(
  where: string,
  entries: readonly PictureEntry[],
  options: PictureOptions,
): Promise<ReadImages> {
  const failed = new Map<number, string>();
  const known: (Known | undefined)[] = new Array(entries.length).fill(undefined);
  await each(entries.length, failed, async (i) => {
    const bytes = await readFile(entries[i].path);
    known[i] = { digest: newHash().update(bytes).digest('hex'), header: await pictureHeader(bytes) };
  });
  const headers = known.flatMap((own) => (own ? [own.header] : []));
  if (headers.length === 0) throw unreadable(where, entries, failed);
  const size = options.size ?? commonSize(headers.map((header) => header.size));
  const colour = options.channels !== 1 && (options.channels === 3 || headers.some((header) => header.colour));
  const planes = newPlanes(entries.length, size, colour);
  const brightest = new Uint8Array(entries.length);
  await each(entries.length, failed, async (i) => {
    if (failed.has(i)) return;
    const rgb = await decodePicture(await readFile(entries[i].path), size);
    if (known[i]?.header.deep) brightest[i] = rgb.reduce((most, value) => Math.max(most, value), 0);
    planes.put(i, rgb);
  });
  if (failed.size > 0 && (!options.skipUnreadable || failed.size === entries.length))
    throw unreadable(where, entries, failed);
  const kept = entries.flatMap((_, i) => (failed.has(i) ? [] : [i]));
  const { channels, pixels } = planes.take(kept, options.channels);
  const list = kept.flatMap((i) => {
    const own = known[i];
    return own ? [{ ...own, ...entries[i], brightest: brightest[i] }] : [];
  });
  return {
    entries: list,
    shape: [channels, ...size],
    pixels,
    digest: folderDigest(list),
    findings: [...skipped(entries, failed), ...treatments(list, size, channels, options)],
  };
}

/** Runs `work` for 0..n-1, a few at once; what it throws is kept as the reason why item i failed. */
async function each(n: number, failed: Map<number, string>, work: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < n) {
      const i = next++;
      try {
        await work(i);
      } catch (error) {
        if (error instanceof RangeError || error instanceof TypeError) throw error;
        failed.set(i, reason(error as NodeJS.ErrnoException));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, n) }, worker));
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EISDIR') return 'is a folder';
  return message
    .split('\n')[0]
    .replace(/^Input buffer contains unsupported image format$/, 'not a picture, or damaged');
}

function unreadable(where: string, entries: readonly PictureEntry[], failed: ReadonlyMap<number, string>): InputError {
  const shown = shownFailures(entries, failed);
  return new InputError(
    `${where}: ${many(failed.size, 'picture')} of ${entries.length.toLocaleString('en-GB')} cannot be read: ${shown}; mend or delete ${failed.size === 1 ? 'it' : 'them'}, or go on without: --skip-unreadable`,
  );
}

function shownFailures(entries: readonly PictureEntry[], failed: ReadonlyMap<number, string>): string {
  const order = [...failed].sort(([a], [b]) => a - b);
  return firstOf(order.map(([i, why]) => `${entries[i].name} (${why})`));
}

function skipped(entries: readonly PictureEntry[], failed: ReadonlyMap<number, string>): Finding[] {
  if (failed.size === 0) return [];
  const detail = `${many(failed.size, 'picture')} of ${entries.length.toLocaleString('en-GB')} cannot be read and ${failed.size === 1 ? 'is' : 'are'} left out: ${shownFailures(entries, failed)}`;
  return [{ kind: 'unreadable-pictures', severity: 'warning', detail }];
}

/** Room for all pictures; colour is given up at the end where no pixel has any. */
function newPlanes(count: number, size: PictureSize, colour: boolean) {
  const area = size[0] * size[1];
  const channels = colour ? 3 : 1;
  checkSpace(count, [channels, ...size]);
  const pixels = new Uint8Array(count * channels * area);
  let coloured = false;
  return {
    put(i: number, rgb: Uint8Array): void {
      const at = i * channels * area;
      for (let p = 0; p < area; p++) {
        const [red, green, blue] = [rgb[3 * p], rgb[3 * p + 1], rgb[3 * p + 2]];
        if (!colour) pixels[at + p] = brightness(red, green, blue);
        else {
          pixels[at + p] = red;
          pixels[at + area + p] = green;
          pixels[at + 2 * area + p] = blue;
          coloured ||= red !== green || green !== blue;
        }
      }
    },
    /** @returns the pictures `kept`, in ascending order, moved together */
    take(kept: readonly number[], wanted: 1 | 3 | undefined): { channels: 1 | 3; pixels: Uint8Array } {
      const out = colour && (coloured || wanted === 3) ? 3 : 1;
      kept.forEach((from, to) => {
        pixels.copyWithin(to * out * area, from * channels * area, from * channels * area + out * area);
      });
      const length = kept.length * out * area;
      return { channels: out, pixels: length === pixels.length ? pixels : pixels.slice(0, length) };
    },
  };
}

function folderDigest(list: readonly (PictureEntry & Known)[]): string {
  const lines = new Map(list.map(({ inside, digest }) => [inside, digest]));
  const hash = createHash('sha256');
  for (const inside of [...lines.keys()].sort()) hash.update(`${lines.get(inside)}  ${inside}\n`);
  return `sha256:${hash.digest('hex')}`;
}

type Read = PictureEntry & Known & { readonly brightest: number };

/** What was done to the pictures, each with how many and which first. */
function treatments(list: readonly Read[], size: PictureSize, channels: 1 | 3, options: PictureOptions): Finding[] {
  const findings: Finding[] = [];
  const say = (kind: string, which: readonly Read[], text: string, override?: string) => {
    if (which.length === 0) return;
    const of = which.length === list.length ? 'all' : `of ${list.length.toLocaleString('en-GB')}`;
    const detail = `${many(which.length, 'picture')} (${of}) ${text}; first ${firstOf(which.map(({ name }) => name))}`;
    findings.push({ kind, severity: 'info', detail, ...(override !== undefined && { override }) });
  };
  const odd = list.filter(({ header }) => header.size.join() !== size.join());
  const heights = odd.map(({ header }) => header.size[0]);
  const widths = odd.map(({ header }) => header.size[1]);
  say(
    'resized',
    odd,
    `of another size (height ${range(heights)}, width ${range(widths)}) stretched to ${sizeText(size)}${options.size ? '' : ', the most common size'}; the ratio of the sides is not kept`,
    '--size HEIGHT,WIDTH',
  );
  const colour = list.filter(({ header }) => header.colour);
  const grey = list.filter(({ header }) => !header.colour);
  if (channels === 3)
    say('grey-to-colour', grey, 'stored in grey: three equal channels', '--channels 1 makes all of them grey');
  else if (options.channels === 1)
    say('colour-to-grey', colour, 'stored in colour made grey (0.299 red + 0.587 green + 0.114 blue)');
  else
    say(
      'colour-unused',
      colour,
      'stored in colour, but no pixel of any picture has colour: one channel',
      '--channels 3',
    );
  const alpha = list.filter(({ header }) => header.alpha);
  say('transparency', alpha, 'with an alpha channel laid on black');
  const deep = list.filter(({ header }) => header.deep);
  const most = deep.reduce((best, { brightest }) => Math.max(best, brightest), 0);
  say('sixteen-bit', deep, `of 16 bits cut to the upper 8 (the brightest pixel became ${most} of 255)`);
  const turned = list.filter(({ header }) => header.turned);
  say('turned-upright', turned, 'turned upright by the EXIF orientation');
  const frames = list.filter(({ header }) => header.frames > 1);
  say('first-frame', frames, 'with several frames or pages: the first one is taken');
  return findings.map((finding) =>
    finding.kind === 'sixteen-bit' && most < 128
      ? { ...finding, severity: 'warning', override: 'stretch the values to 0..65535 and save the pictures again' }
      : finding,
  );
}

function range(values: readonly number[]): string {
  const [least, most] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, 0]);
  return least === most ? `${most}` : `${least} to ${most}`;
}
