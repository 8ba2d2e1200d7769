import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../../array/errors.ts';
import { coded } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import { readTable } from '../readers/table.ts';
import { splitOfName } from '../split-names.ts';
import { readBytes, unzippedName } from './bytes.ts';
import type { PictureBlock, PictureOptions } from './picture-set.ts';

const PIXELS = 3 * 32 * 32;

/** The two layouts: bytes of labels before the pixels, and how many classes each byte tells. */
const LAYOUTS = [
  { name: 'CIFAR-10', labels: ['label'], classes: [10] },
  { name: 'CIFAR-100', labels: ['coarse', 'fine'], classes: [20, 100] },
] as const;
type Layout = (typeof LAYOUTS)[number];

export const isCifarName = (name: string): boolean => /\.bin(?:\.gz|\.gzip)?$/i.test(name);

/**
 * CIFAR binary, gzipped or not: records of 1 label byte (CIFAR-10) or 2 (CIFAR-100: coarse, fine), then 1,024 bytes each of
 * red, green and blue, row-major. There is no head: the layout is told by the length and checked by the labels.
 *
 * Class names come from `batches.meta.txt` (or `fine_label_names.txt`, `coarse_label_names.txt`) beside the file, or from
 * the columns `label` and `class` of `NAME.index.csv`; without these the numbers are the names.
 *
 * @throws InputError a length of no whole records, a label byte out of range
 * @see https://www.cs.toronto.edu/~kriz/cifar.html
 */
export async function cifarBlocks(
  files: readonly string[],
  options: PictureOptions,
): Promise<{ blocks: PictureBlock[]; findings: Finding[] }> {
  const read = [];
  for (const file of files) read.push({ file, ...(await readBytes(file)) });
  const layout = layoutOf(read);
  const which = labelByte(layout, options.label);
  const known = new Map<number, string>();
  for (const { file } of read) for (const [code, name] of await namesBeside(file, layout, which)) known.set(code, name);
  const blocks = read.map(({ file, bytes, digest }): PictureBlock => {
    const { codes, pixels } = taken(file, bytes, layout, which);
    return {
      files: [{ file, digest, rows: codes.length }],
      shape: [3, 32, 32],
      pixels,
      labels: Array.from(codes, (code) => known.get(code) ?? String(code)),
      split: splitOfName(file),
      codes: false,
    };
  });
  const findings: Finding[] =
    known.size === 0
      ? [
          {
            kind: 'class-names',
            severity: 'info',
            detail: `${files[0]}: no names of classes beside it; their numbers are the names`,
            override: 'put batches.meta.txt (one name a line) beside it',
          },
        ]
      : [];
  return { blocks, findings };
}

const recordOf = (layout: Layout): number => layout.labels.length + PIXELS;

function layoutOf(read: readonly { file: string; bytes: Buffer }[]): Layout {
  const fitting = LAYOUTS.filter((layout) => read.every(({ bytes }) => bytes.length % recordOf(layout) === 0));
  if (fitting.length === 1) return fitting[0];
  // Both fit at multiples of 3073 * 3074 bytes only: the labels decide.
  const small = fitting.find((layout) => read.every(({ bytes }) => firstBad(bytes, layout) === undefined));
  if (small) return small;
  const { file, bytes } =
    read.find((own) => LAYOUTS.every((layout) => own.bytes.length % recordOf(layout) > 0)) ?? read[0];
  throw new InputError(
    `${file}: ${bytes.length.toLocaleString('en-GB')} bytes are no whole number of CIFAR records (3,073 bytes each in CIFAR-10, 3,074 in CIFAR-100); it is cut off or of another kind`,
  );
}

function firstBad(bytes: Buffer, layout: Layout): { record: number; at: number; value: number } | undefined {
  const record = recordOf(layout);
  for (let i = 0; i * record < bytes.length; i++)
    for (let at = 0; at < layout.labels.length; at++) {
      const value = bytes[i * record + at];
      if (value >= layout.classes[at]) return { record: i, at, value };
    }
  return undefined;
}

function labelByte(layout: Layout, label: readonly string[] | undefined): number {
  if (label === undefined || label.length === 0) return layout.labels.length - 1;
  const at = layout.labels.findIndex((name) => label.length === 1 && name === label[0].toLowerCase());
  if (at >= 0) return at;
  throw new InputError(`--label ${label.join(',')}: ${layout.name} records have ${layout.labels.join(' and ')} only`);
}

function taken(file: string, bytes: Buffer, layout: Layout, which: number): { codes: Uint8Array; pixels: Uint8Array } {
  const bad = firstBad(bytes, layout);
  if (bad)
    throw new InputError(
      `${file}: record ${bad.record + 1} has ${layout.labels[bad.at]} ${bad.value}, ${layout.name} has 0 to ${layout.classes[bad.at] - 1}; the file is damaged or of another kind`,
    );
  const record = recordOf(layout);
  const count = bytes.length / record;
  const codes = new Uint8Array(count);
  const pixels = new Uint8Array(count * PIXELS);
  for (let i = 0; i < count; i++) {
    codes[i] = bytes[i * record + which];
    pixels.set(bytes.subarray(i * record + layout.labels.length, (i + 1) * record), i * PIXELS);
  }
  return { codes, pixels };
}

async function namesBeside(file: string, layout: Layout, which: number): Promise<[number, string][]> {
  const beside = (name: string) => join(dirname(file), name);
  const plain = beside(layout.labels.length === 1 ? 'batches.meta.txt' : `${layout.labels[which]}_label_names.txt`);
  if (existsSync(plain)) {
    const lines = readFileSync(plain, 'utf8')
      .split(/\r?\n/)
      .map((line) => line.trim());
    return lines.flatMap((name, code): [number, string][] => (name === '' ? [] : [[code, name]]));
  }
  const stem = unzippedName(basename(file)).replace(/\.bin$/i, '');
  const table = [beside(`${stem}.index.csv`), beside(`${stem}.index.csv.gz`)].find((path) => existsSync(path));
  if (table === undefined) return [];
  const { columns } = await readTable(table);
  const [label, name] = ['label', 'class'].map((own) => columns.find((column) => column.name === own));
  if (label?.kind !== 'number' || name === undefined) return [];
  const { codes, values } = coded(name);
  const pairs = Array.from(label.values, (code, row): [number, string] => [code, values[codes[row]]]);
  return pairs.filter(([, text]) => text !== undefined);
}
