import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../../array/errors.ts';
import { many } from '../columns.ts';
import type { Dataset, Finding } from '../dataset.ts';
import { readTable } from '../readers/table.ts';
import { splitOfName } from '../split-names.ts';
import { readBytes, unzippedName } from './bytes.ts';
import { groupsOfTable } from './groups.ts';
import { tableLabels } from './labels.ts';
import { commonSize, type PictureBlock, type PictureOptions, type PictureSize, sizeText } from './picture-set.ts';
import { looksLikeCodes } from './planes.ts';
import { type Header, readHeader } from './raw-header.ts';
import { layoutOf, ownSizes, planar, type RawLayout, sizeColumns } from './raw-layout.ts';
import { stretchNearest } from './stretch.ts';

/** One file of bytes with what its header and its table of labels say. */
interface Raw {
  readonly file: string;
  readonly bytes: Buffer;
  readonly digest: string;
  readonly header: Header;
  readonly table: Dataset;
  /** Not given where every picture has a size of its own. */
  readonly layout?: RawLayout;
}

export const isRawName = (name: string): boolean => /\.u8(?:\.gz|\.gzip)?$/i.test(name);

/**
 * Unsigned bytes with a JSON header, gzipped or not. Named is the header, whose `file` tells the bytes, or the `.u8` file,
 * whose header is `NAME.json` or `meta.json` beside it. The header has
 *
 * - `dtype`: `uint8`;
 * - `shape`: [N, H, W], [N, H, W, C] or [N, C, H, W], C 1 or 3, or a `layout` (`small_layout`) that begins with `[n,32,32]`;
 *   where both 4-d readings fit, `layout` must say `hwc` or `chw`;
 * - `labels`: a table with one row a picture, in their order (else `NAME.labels.csv`, where NAME may lose a last `-part`): the
 *   column `class`, else `label`, or the one that `label` of the options names;
 * - `classes`: names for the numbers 0..C-1 of the column `label`.
 *
 * Groups are another column of that table.
 *
 * Pictures of their own sizes one after another need columns `height`, `width` and an offset (`offset`, `..._offset`) in the
 * table; they are brought to one size by the nearest pixel, for bytes may be codes.
 *
 * @throws InputError header, lengths, offsets or labels that do not fit, naming file and value
 */
export async function rawBlocks(
  paths: readonly string[],
  options: PictureOptions,
): Promise<{ blocks: PictureBlock[]; findings: Finding[] }> {
  const raws: Raw[] = [];
  for (const path of paths) raws.push(await readRaw(path));
  const { texts, label, findings } = labelTexts(raws, options.label);
  if (options.label === undefined || options.label.length === 0) findings.push(labelColumn(raws[0].table, label[0]));
  const sizes = raws.map((raw) => (raw.layout ? [] : ownSizes(raw.file, raw.bytes, raw.table)));
  const every = sizes.flatMap((own) => own.map(({ size }) => size));
  const target = options.size ?? (every.length > 0 ? commonSize(every) : undefined);
  const blocks = raws.map((raw, r): PictureBlock => {
    const { file, bytes, digest, table, layout } = raw;
    const common = {
      files: [
        { file, digest, rows: table.rows },
        { file: table.file, digest: table.digest, rows: table.rows },
      ],
      labels: texts[r],
      groups: groupsOfTable(table, options.group, texts[r], label, () => file),
      split: splitOfName(file),
    };
    if (layout || !target) {
      if (!layout) throw new RangeError(`raw: ${file} has neither layout nor sizes`);
      const pixels = layout.last ? planar(bytes, layout.shape) : new Uint8Array(bytes);
      return { ...common, shape: layout.shape, pixels, codes: looksLikeCodes(pixels) };
    }
    const area = target[0] * target[1];
    const pixels = new Uint8Array(table.rows * area);
    sizes[r].forEach(({ size, offset }, i) => {
      pixels.set(stretchNearest(bytes.subarray(offset, offset + size[0] * size[1]), size, target), i * area);
    });
    findings.push(
      ...stretched(
        file,
        sizes[r].map(({ size }) => size),
        target,
        options,
      ),
    );
    return { ...common, shape: [1, ...target], pixels, codes: true };
  });
  return { blocks, findings };
}

async function readRaw(path: string): Promise<Raw> {
  const isHeader = /\.json$/i.test(path);
  const headerFile = isHeader ? path : beside(path, [`${stemOf(path)}.json`, 'meta.json'], 'JSON header');
  const head = await readHeader(headerFile);
  if (head.dtype !== undefined && !/^(uint8|u8|\|u1)$/.test(head.dtype))
    throw new InputError(`${headerFile}: dtype is "${head.dtype}"; only uint8 is read`);
  if (isHeader && head.file === undefined)
    throw new InputError(`${path}: names no "file" of pixels; name the .u8 file itself (it finds this header)`);
  const file = isHeader ? inFolder(path, head.file ?? '', 'file') : path;
  const named = head.labels !== undefined && (isHeader || head.file === undefined || head.file === basename(path));
  const table = await readTable(named ? inFolder(headerFile, head.labels ?? '', 'labels') : labelsBeside(file));
  const { bytes, digest } = await readBytes(file);
  checkRows(table);
  const mine = head.file === undefined || head.file === basename(file);
  const layout = layoutOf(headerFile, mine ? head : { ...head, shape: undefined }, bytes.length, table);
  if (layout === undefined && !sizeColumns(table))
    throw new InputError(
      `${file}: ${bytes.length.toLocaleString('en-GB')} bytes for ${many(table.rows, 'label')} in ${table.file} do not make pictures of the shape in ${headerFile} (${head.shape?.join(' x ') ?? head.layout ?? head.small_layout ?? 'none given'}); it is cut off, or the header is of another file`,
    );
  return { file, bytes, digest, header: head, table, ...(layout && { layout }) };
}

/** `train-32.u8.gz` is `train-32`. */
const stemOf = (path: string): string => unzippedName(basename(path)).replace(/\.u8$/i, '');

function beside(path: string, names: readonly string[], what: string): string {
  const found = names.map((name) => join(dirname(path), name)).find((own) => existsSync(own));
  if (found !== undefined) return found;
  throw new InputError(`${path}: no ${what} beside it; expected ${names.join(' or ')}`);
}

function labelsBeside(file: string): string {
  const stems = [stemOf(file)];
  for (let stem = stemOf(file); stem.includes('-'); stems.push(stem)) stem = stem.slice(0, stem.lastIndexOf('-'));
  return beside(
    file,
    stems.flatMap((stem) => [`${stem}.labels.csv`, `${stem}.labels.csv.gz`]),
    'table of labels',
  );
}

function inFolder(headerFile: string, name: string, field: string): string {
  if (name !== basename(name) || name === '' || name === '..')
    throw new InputError(
      `${headerFile}: ${field} ${JSON.stringify(name)} is a path outside the folder; it must be the name of a file beside`,
    );
  return join(dirname(headerFile), name);
}

/** A column `row` must count the rows, or the labels would go with other pictures. */
function checkRows(table: Dataset): void {
  const column = table.columns.find(({ name, kind }) => name === 'row' && kind === 'number');
  if (column?.kind !== 'number') return;
  const wrong = column.values.findIndex((value, i) => value !== i + column.values[0]);
  if (wrong >= 0)
    throw new InputError(
      `${table.file}: column "row" holds ${column.values[wrong]} in row ${wrong + 1} of the data; the rows must stand in the pictures' order`,
    );
}

function labelTexts(
  raws: readonly Raw[],
  wanted: readonly string[] | undefined,
): { texts: (string | undefined)[][]; label: readonly string[]; findings: Finding[] } {
  const tables = raws.map(({ table }) => table);
  const name = ['class', 'label'].find((own) =>
    tables.every(({ columns }) => columns.some((column) => column.name === own)),
  );
  const label = wanted !== undefined && wanted.length > 0 ? wanted : name === undefined ? [] : [name];
  if (label.length === 0)
    throw new InputError(`${tables[0].file}: has no column "class" nor "label"; name the label: --label COLUMN`);
  const { texts, findings } = tableLabels(tables, label);
  const named = texts.map((own, r) => {
    const { header: head, table } = raws[r];
    const column = table.columns.find((each) => each.name === label[0]);
    if (label[0] !== 'label' || head.classes === undefined || column?.kind !== 'number') return own;
    return own.map((text, row) => {
      if (text === undefined) return undefined;
      const title = head.classes?.[Number(text)];
      if (title !== undefined) return title;
      throw new InputError(
        `${table.file}: label ${text} in row ${row + 1} of the data; the header names ${head.classes?.length} classes, 0 to ${(head.classes?.length ?? 0) - 1}`,
      );
    });
  });
  return { texts: named, label, findings };
}

const labelColumn = ({ file }: Dataset, column: string): Finding => ({
  kind: 'label-column',
  column,
  severity: 'info',
  detail: `${file}: the classes are column "${column}"`,
  override: '--label COLUMN',
});

function stretched(
  file: string,
  sizes: readonly PictureSize[],
  target: PictureSize,
  options: PictureOptions,
): Finding[] {
  const odd = sizes.filter((size) => size.join() !== target.join());
  if (odd.length === 0) return [];
  const most = options.size ? '' : ', the most common size';
  const detail = `${file}: ${many(odd.length, 'picture')} of ${sizes.length.toLocaleString('en-GB')} of another size brought to ${sizeText(target)}${most}, by the nearest pixel`;
  return [{ kind: 'resized', severity: 'info', detail, override: '--size HEIGHT,WIDTH' }];
}
