import { InputError } from '../../array/errors.ts';
import { many } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import { divisionOf, type Split } from '../split-names.ts';
import { cifarBlocks } from './cifar.ts';
import { folderEntries } from './folder.ts';
import { groupOfFile, groupsOf } from './groups.ts';
import { idxBlocks } from './idx.ts';
import { readImages } from './images.ts';
import { pictureLabels } from './labels.ts';
import { listEntries } from './list.ts';
import {
  firstOf,
  type PictureBlock,
  type PictureEntry,
  type PictureFile,
  type PictureOptions,
  type PictureSet,
  type PictureShape,
  sizeText,
} from './picture-set.ts';
import { joinBlocks } from './planes.ts';
import { rawBlocks } from './raw.ts';
import { NAMES, type Recognised, recognise } from './recognise.ts';
import { twinFindings } from './twin-findings.ts';

/**
 * Pictures as data, whatever they came as (see `recognise.ts`): a folder per class, a table of paths and labels, idx, CIFAR
 * binary, bytes with a JSON header. What was recognised, everything done to the pictures, everything left out and pictures
 * that show the same (`twinFindings`) are findings. The order is that of the files; of a folder, by path, training before test.
 *
 * @throws InputError naming file, value and remedy: nothing recognised, damaged files, pictures that cannot be read (unless
 *   `skipUnreadable`), fewer than two classes
 */
export async function readPictures(paths: readonly string[], options: PictureOptions = {}): Promise<PictureSet> {
  checkOptions(options);
  const found = await recognise(paths);
  if (found.kind === 'folder') return fromFolder(found, options);
  if (found.refused !== undefined) throw new InputError(found.refused);
  const refusedBy = refusals[found.kind](options);
  if (refusedBy !== undefined) throw new InputError(refusedBy);
  if (found.kind === 'list') {
    const { entries, files, findings } = await listEntries(found.files, options);
    return fromEntries('list', found.files[0], entries, files, findings, options);
  }
  const { blocks, findings } = await blocksOf[found.kind](found.files, options);
  if (found.others.length > 0) findings.push(otherFiles(found.others));
  return fromBlocks(found, blocks, findings, options);
}

const blocksOf = {
  idx: async (files: readonly string[]) => ({ blocks: await idxBlocks(files), findings: [] as Finding[] }),
  cifar: cifarBlocks,
  raw: rawBlocks,
};

/** Options that would be passed over in silence. */
const refusals: Readonly<
  Record<Exclude<Recognised['kind'], 'folder'>, (options: PictureOptions) => string | undefined>
> = {
  list: () => undefined,
  idx: ({ label, path }) => onlyLists('idx files', path, label),
  cifar: ({ path }) => onlyLists('CIFAR files', path),
  raw: ({ path }) => onlyLists('bytes with a header', path),
};

function onlyLists(what: string, path?: string, label: readonly string[] = []): string | undefined {
  if (path === undefined && label.length === 0) return undefined;
  return `--${path === undefined ? 'label' : 'path'}: ${what} have no columns; leave it out`;
}

function checkOptions({ size, channels }: PictureOptions): void {
  if (size && !size.every((side) => Number.isInteger(side) && side >= 1 && side <= 16384))
    throw new InputError(`--size: height and width must be whole numbers from 1 to 16384, got ${size.join(',')}`);
  if (channels !== undefined && channels !== 1 && channels !== 3)
    throw new InputError(`--channels: must be 1 (grey) or 3 (colour), got ${channels}`);
}

async function fromFolder(
  { root, listing }: Extract<Recognised, { kind: 'folder' }>,
  options: PictureOptions,
): Promise<PictureSet> {
  const message = onlyLists('folders', options.path, options.label);
  if (message !== undefined) throw new InputError(message);
  const { entries, findings } = folderEntries(root, listing);
  const table = listing.others.find((name) => /^[^/]+\.(?:csv|tsv)(?:\.gz)?$/i.test(name));
  if (table !== undefined && new Set(entries.map(({ label }) => label)).size === 1)
    throw new InputError(
      `${root}: all pictures are in one folder ("${entries[0].label}"); does ${table} name their classes? name it instead: ${root.replace(/\/$/, '')}/${table}`,
    );
  const grouped = entries.map((entry) => ({ ...entry, group: groupOfFile(options.group, entry.path, 'folders') }));
  return fromEntries('folder', root, grouped, [], findings, options);
}

async function fromEntries(
  kind: 'folder' | 'list',
  where: string,
  entries: readonly PictureEntry[],
  files: readonly PictureFile[],
  before: readonly Finding[],
  options: PictureOptions,
): Promise<PictureSet> {
  const read = await readImages(where, entries, options);
  const folder = kind === 'folder' ? where : `pictures named by ${where}`;
  return assemble(kind, where, {
    pixels: read.pixels,
    shape: read.shape,
    names: read.entries.map(({ name }) => name),
    labels: read.entries.map(({ label }) => label),
    groups: read.entries.map(({ group }) => group),
    splits: read.entries.map(({ split }) => (options.pool ? undefined : split)),
    files: [...files, { file: folder, digest: read.digest, rows: read.entries.length }],
    findings: [...before, ...read.findings],
  });
}

function fromBlocks(
  { kind, files }: Exclude<Recognised, { kind: 'folder' }>,
  blocks: readonly PictureBlock[],
  findings: readonly Finding[],
  options: PictureOptions,
): PictureSet {
  const joined = joinBlocks(blocks, options);
  return assemble(kind, files[0], {
    pixels: joined.pixels,
    shape: joined.shape,
    names: blocks.flatMap(({ files: [{ file }], labels }) => labels.map((_, i) => `${file}, item ${i + 1}`)),
    labels: blocks.flatMap(({ labels }) => labels),
    groups: blocks.flatMap(({ groups, labels, files: [{ file }] }) => {
      if (groups) return groups;
      const group = groupOfFile(options.group, file, `${kind} files`);
      return labels.map(() => group);
    }),
    splits: blocks.flatMap(({ labels, split }) => labels.map(() => (options.pool ? undefined : split))),
    files: blocks.flatMap((block) => block.files),
    findings: [...findings, ...joined.findings],
  });
}

interface Parts {
  readonly pixels: Uint8Array;
  readonly shape: PictureShape;
  readonly names: readonly string[];
  readonly labels: readonly (string | undefined)[];
  readonly groups: readonly (string | undefined)[];
  readonly splits: readonly (Split | undefined)[];
  readonly files: readonly PictureFile[];
  readonly findings: readonly Finding[];
}

function assemble(kind: Recognised['kind'], where: string, parts: Parts): PictureSet {
  const { pixels, shape, names, files } = parts;
  const { splits, findings: aboutSplits } = divisionOf(parts.splits, 'picture');
  const { labels, classes, counts, findings } = pictureLabels(where, parts.labels, splits);
  const { findings: aboutGroups, ...groups } = groupsOf(parts.groups, splits);
  const onSide = (own: Split) => splits?.filter((side) => side === own).length.toLocaleString('en-GB');
  const sides = splits ? `; train ${onSide('train')}, test ${onSide('test')}` : '';
  const recognised: Finding = {
    kind: 'recognised',
    severity: 'info',
    detail: `${NAMES[kind]}: ${many(names.length, 'picture')} in ${classes.length} classes, ${sizeText([shape[1], shape[2]])}, ${shape[0] === 1 ? 'grey' : 'colour'}${sides}`,
  };
  const set = {
    count: names.length,
    shape,
    pixels,
    labels,
    classes,
    counts,
    names,
    ...(splits && { splits }),
    ...groups,
  };
  const notes = [...aboutSplits, ...oneSide(parts.splits), ...parts.findings, ...findings, ...aboutGroups];
  return { ...set, files, findings: [recognised, ...notes, ...twinFindings(set)] };
}

/** Such as test files alone: then the side means nothing. */
function oneSide([first, ...sides]: readonly (Split | undefined)[]): Finding[] {
  if (first === undefined || sides.some((side) => side !== first)) return [];
  const detail = `by the names of the files all pictures are of the ${first === 'train' ? 'training' : 'test'} side, so no division came with the data and all of them are divided anew`;
  return [{ kind: 'one-side', severity: 'info', detail }];
}

const otherFiles = (others: readonly string[]): Finding => ({
  kind: 'other-files',
  severity: 'info',
  detail: `${many(others.length, 'file')} in the folder not used: ${firstOf(others)}`,
});
