import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../array/errors.ts';
import { byName, many } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import { KINDS_TEXT, OTHER_PICTURE_NAME, PICTURE_NAME } from './decode.ts';
import { firstOf, type PictureEntry, type Split } from './picture-set.ts';

const TRAIN = ['train', 'training'];
const TEST = ['test', 'testing'];
const VALIDATION = ['val', 'valid', 'validation'];

/** Everything below a folder, as paths within it with `/`, ordered by name. */
export interface Listing {
  readonly pictures: readonly string[];
  readonly others: readonly string[];
  readonly folders: readonly string[];
}

/** Links are followed, but not back into a folder above. Hidden folders are named, not entered. @throws InputError where a folder may not be read */
export async function listFolder(root: string): Promise<Listing> {
  const [pictures, others, folders]: string[][] = [[], [], []];
  const visit = async (inside: string, above: readonly string[]): Promise<void> => {
    const names = await readdir(join(root, inside)).catch((error: NodeJS.ErrnoException) => {
      throw new InputError(`${join(root, inside)}: the folder cannot be read (${error.code}); check its rights`);
    });
    for (const name of names.sort(byName)) {
      const path = inside === '' ? name : `${inside}/${name}`;
      const info = await stat(join(root, path)).catch(() => undefined);
      const hidden = name.startsWith('.') || name === '__MACOSX';
      const own = info?.isDirectory() && !hidden ? await realpath(join(root, path)) : '';
      if (own !== '' && !above.includes(own)) {
        folders.push(path);
        await visit(path, [...above, own]);
      } else if (info?.isFile() && !hidden && PICTURE_NAME.test(name)) pictures.push(path);
      else others.push(path);
    }
  };
  await visit('', [await realpath(root)]);
  return { pictures, others, folders };
}

/**
 * A folder per class: `CLASS/a.png`, or `train/CLASS/a.png` and `test/CLASS/a.png` for data that comes divided. Beside
 * `test`, a folder `val` goes with training; without it, `val` is the test side. Pictures deeper within a class folder are of
 * that class.
 *
 * @param root as the user gave it
 * @throws InputError folders of a division beside folders of classes, no class folder with a picture
 */
export function folderEntries(
  root: string,
  { pictures, others, folders }: Listing,
): { entries: PictureEntry[]; findings: Finding[] } {
  const sides = sidesOf(root, [...new Set(pictures.filter((path) => path.includes('/')).map(topOf))], folders);
  const depth = sides ? 1 : 0;
  const entries: PictureEntry[] = [];
  const classless: string[] = [];
  let nested = 0;
  for (const inside of pictures) {
    const parts = inside.split('/');
    const split = sides?.get(parts[0]);
    if (parts.length < depth + 2 || (sides && split === undefined)) {
      classless.push(inside);
      continue;
    }
    if (parts.length > depth + 2) nested++;
    entries.push({ path: join(root, inside), name: join(root, inside), inside, label: parts[depth], split });
  }
  if (entries.length === 0)
    throw new InputError(
      `${root}: no class folder holds a picture (${KINDS_TEXT}); expected ${root}/CLASS/PICTURE.png or ${root}/train/CLASS/PICTURE.png`,
    );
  if (sides) entries.sort((a, b) => (a.split === b.split ? 0 : a.split === 'train' ? -1 : 1));
  const used = new Set(
    entries.map(({ inside }) =>
      inside
        .split('/')
        .slice(0, depth + 1)
        .join('/'),
    ),
  );
  const empty = folders.filter((path) => path.split('/').length === depth + 1 && !used.has(path));
  return { entries, findings: [...sideFinding(sides), ...leftOut(empty, classless, nested, others)] };
}

const topOf = (path: string): string => path.split('/', 1)[0];

/** Which top folder is which side; undefined where the top folders are classes. */
function sidesOf(root: string, tops: readonly string[], folders: readonly string[]): Map<string, Split> | undefined {
  const is = (names: readonly string[]) => (top: string) => names.includes(top.toLowerCase());
  const [train, test, validation] = [TRAIN, TEST, VALIDATION].map((names) => tops.filter(is(names)));
  if (train.length === 0 || test.length + validation.length === 0) return undefined;
  const holds = (top: string) => folders.some((path) => path.startsWith(`${top}/`));
  if (![...train, ...test, ...validation].every(holds)) return undefined;
  const other = tops.find((top) => ![...train, ...test, ...validation].includes(top));
  if (other !== undefined)
    throw new InputError(
      `${root}: folder "${other}" stands beside "${train[0]}" and "${[...test, ...validation][0]}"; a divided set holds only train, val and test there: move it away`,
    );
  return new Map([
    ...train.map((top) => [top, 'train'] as const),
    ...test.map((top) => [top, 'test'] as const),
    ...validation.map((top) => [top, test.length > 0 ? 'train' : 'test'] as const),
  ]);
}

function sideFinding(sides: ReadonlyMap<string, Split> | undefined): Finding[] {
  const validation = [...(sides ?? [])].find(([top]) => VALIDATION.includes(top.toLowerCase()));
  if (validation === undefined) return [];
  const [top, split] = validation;
  const detail =
    split === 'test'
      ? `folder "${top}" is the test side, since there is none called test`
      : `folder "${top}" goes with training: the part for early stopping is drawn from both`;
  return [{ kind: 'validation-folder', severity: 'info', detail }];
}

function leftOut(
  empty: readonly string[],
  classless: readonly string[],
  nested: number,
  others: readonly string[],
): Finding[] {
  const findings: Finding[] = [];
  const say = (kind: string, severity: Finding['severity'], detail: string) =>
    findings.push({ kind, severity, detail });
  if (empty.length > 0)
    say(
      'empty-class',
      'warning',
      `${many(empty.length, 'class folder')} without a picture: ${firstOf(empty)}; no such class there`,
    );
  if (classless.length > 0)
    say(
      'no-class-folder',
      'warning',
      `${many(classless.length, 'picture')} outside any class folder left out: ${firstOf(classless)}`,
    );
  if (nested > 0)
    say('nested-folders', 'info', `${many(nested, 'picture')} in folders within class folders: class of the outer one`);
  const foreign = others.filter((path) => OTHER_PICTURE_NAME.test(path));
  if (foreign.length > 0)
    say(
      'other-pictures',
      'warning',
      `${many(foreign.length, 'picture')} of a kind that is not read left out: ${firstOf(foreign)}; save as ${KINDS_TEXT}`,
    );
  const rest = others.filter((path) => !OTHER_PICTURE_NAME.test(path));
  if (rest.length > 0)
    say(
      'other-files',
      'info',
      `${many(rest.length, 'file')} that ${rest.length === 1 ? 'is no picture' : 'are no pictures'} left out: ${firstOf(rest)}`,
    );
  return findings;
}
