import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../../array/errors.ts';
import { many } from '../columns.ts';
import { openTable } from '../readers/file.ts';
import { splitOfName } from '../split-names.ts';
import { isCifarName } from './cifar.ts';
import { PICTURE_NAME } from './decode.ts';
import { type Listing, listFolder } from './folder.ts';
import { looksLikeIdx } from './idx.ts';
import type { PictureKind, PictureOptions } from './picture-set.ts';
import { isRawName } from './raw.ts';
import { readHeader } from './raw-header.ts';

/** What the paths are, and the files to read. */
export type Recognised =
  | { readonly kind: 'folder'; readonly root: string; readonly listing: Listing }
  | {
      readonly kind: Exclude<PictureKind, 'folder'>;
      readonly files: readonly string[];
      readonly others: readonly string[];
      /** Why they cannot be read as they were named, with the remedy. */
      readonly refused?: string;
    };

const IDX_NAME = /idx\d|ubyte/i;

/**
 * What kind of pictures the paths hold: one folder (class folders, or files of one kind), or files of one kind. A table is a
 * list of pictures only where a column of paths was named, for else it may be data of its own.
 *
 * @returns undefined where they hold no pictures or can't be opened; of a folder, `readPictures` then says what is wrong
 */
export async function recognisePictures(
  paths: readonly string[],
  options: Pick<PictureOptions, 'path'> = {},
): Promise<PictureKind | undefined> {
  try {
    const found = await recognise(paths);
    return found.kind === 'list' && options.path === undefined ? undefined : found.kind;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** As {@link recognisePictures}, sure that these are pictures. @throws InputError where nothing fits */
export async function recognise(paths: readonly string[]): Promise<Recognised> {
  if (paths.length === 0) throw new InputError('no picture named; give a folder with a folder per class, or files');
  const twin = paths.find((path, i) => paths.indexOf(path) < i);
  if (twin !== undefined) throw new InputError(`${twin}: named twice; name each once`);
  const folder = await firstFolder(paths);
  if (folder !== undefined && paths.length > 1)
    throw new InputError(`${folder}: a folder beside other paths; name the one folder that holds all class folders`);
  if (folder !== undefined) return inFolder(folder);
  const kinds = new Map<string, Exclude<PictureKind, 'folder'>>();
  for (const path of paths) kinds.set(path, await kindOfFile(path));
  const [[first, kind]] = kinds;
  const other = paths.find((path) => kinds.get(path) !== kind);
  if (other !== undefined)
    throw new InputError(
      `${other}: is ${NAMES[kinds.get(other) ?? kind]} where ${first} is ${NAMES[kind]}; give files of one kind`,
    );
  return { kind, files: paths, others: [] };
}

export const NAMES: Readonly<Record<PictureKind, string>> = {
  folder: 'a folder per class',
  list: 'a table of paths and labels',
  idx: 'idx (as MNIST)',
  cifar: 'CIFAR binary',
  raw: 'bytes with a JSON header',
};

async function firstFolder(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if ((await stat(path).catch(() => undefined))?.isDirectory()) return path;
  return undefined;
}

async function kindOfFile(path: string): Promise<Exclude<PictureKind, 'folder'>> {
  const name = basename(path);
  const { head } = await openTable(path);
  if (PICTURE_NAME.test(name))
    throw new InputError(`${path}: is one picture; name the folder that holds a folder per class`);
  if (isCifarName(name) && !IDX_NAME.test(name)) return 'cifar';
  if (isRawName(name)) return 'raw';
  if (/\.json$/i.test(name)) return 'raw';
  if (IDX_NAME.test(name) || looksLikeIdx(head)) return 'idx';
  return 'list';
}

/** The first file, and those whose names differ from it by the side alone: `train-32.u8`, `test-32.u8`. */
function likeFirst(names: readonly string[]): string[] {
  const bare = (name: string) => name.toLowerCase().replace(/train(?:ing)?|test(?:ing)?/, '');
  return names.filter((name) => bare(name) === bare(names[0]));
}

/** Training first, as in a divided folder. */
const sideOrder = (name: string): number => (splitOfName(name) === 'test' ? 1 : 0);

async function inFolder(root: string): Promise<Recognised> {
  const listing = await listFolder(root);
  if (listing.pictures.some((path) => path.includes('/'))) return { kind: 'folder', root, listing };
  const top = listing.others.filter((path) => !path.includes('/') && !path.startsWith('.'));
  const full = (names: readonly string[]) => names.map((name) => join(root, name));
  const files = (kind: Exclude<PictureKind, 'folder'>, names: readonly string[], also: RegExp): Recognised => ({
    kind,
    files: full([...names].sort((a, b) => sideOrder(a) - sideOrder(b))),
    others: [...listing.pictures, ...listing.others].filter((path) => !names.includes(path) && !also.test(path)),
  });
  const idx = top.filter((name) => IDX_NAME.test(name) && /image/i.test(name));
  if (idx.length > 0) return files('idx', idx, /label.*(?:idx1|ubyte)/i);
  const cifar = top.filter(isCifarName);
  if (cifar.length > 0) return files('cifar', cifar, /^batches\.meta\.txt$|_label_names\.txt$|\.index\.csv(\.gz)?$/i);
  const raw = top.filter(isRawName);
  if (raw.length > 0) {
    const headers = [];
    for (const name of top.filter((own) => /\.json$/i.test(own)))
      if ((await readHeader(join(root, name))).file !== undefined) headers.push(name);
    if (headers.length > 0) return files('raw', headers, /\.u8(\.gz)?$|labels\.csv(\.gz)?$/i);
    const found = files('raw', likeFirst(raw), /\.json$|labels\.csv(\.gz)?$/i);
    if (found.kind === 'folder' || found.files.length === raw.length) return found;
    const refused = `${root}: holds ${raw.join(', ')}, which are not one set; name those that are wanted: ${found.files.join(' ')}`;
    return { ...found, refused };
  }
  const table = top.find((name) => /\.(?:csv|tsv|parquet|jsonl)(?:\.gz)?$/i.test(name));
  if (listing.pictures.length > 0 && table !== undefined)
    throw new InputError(
      `${root}: holds ${many(listing.pictures.length, 'picture')} and no class folders; does ${table} name their classes? name it instead: ${join(root, table)}`,
    );
  throw new InputError(
    `${root}: holds no class folders with pictures, and no idx, CIFAR or .u8 files; for a table of paths, name the table`,
  );
}
