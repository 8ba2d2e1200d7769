import { InputError } from '../../array/errors.ts';
import { many } from '../columns.ts';
import type { Column, Dataset } from '../dataset.ts';
import type { PictureShape, PictureSize } from './picture-set.ts';
import type { Header } from './raw-header.ts';

/** Pictures of one size, grey or with the channels first or last. */
export interface RawLayout {
  readonly shape: PictureShape;
  /** The channels lie last. */
  readonly last: boolean;
}

/** The layout that header and length agree on, or undefined. @throws InputError another number of labels, unclear channels */
export function layoutOf(file: string, head: Header, bytes: number, table: Dataset): RawLayout | undefined {
  const text = head.layout ?? head.small_layout ?? '';
  const inText = /^\[\s*n\s*,\s*([\d\s,]+)\]/i.exec(text)?.[1].split(',').map(Number);
  const dimensions = head.shape ?? (inText && [table.rows, ...inText]);
  if (dimensions === undefined || dimensions.reduce((product, n) => product * n, 1) !== bytes) return undefined;
  if (dimensions[0] !== table.rows)
    throw new InputError(
      `${table.file}: ${many(table.rows, 'row')} for ${many(dimensions[0], 'picture')} (shape in ${file}); give the labels that belong to it`,
    );
  if (dimensions.length === 3) return { shape: [1, dimensions[1], dimensions[2]], last: false };
  const [, a, b, c] = dimensions;
  const isChannels = (n: number) => n === 1 || n === 3;
  const says = /\b(?:hwc|channels?[ _-]last)\b/i.test(text)
    ? 'hwc'
    : /\b(?:chw|channels?[ _-]first)\b/i.test(text)
      ? 'chw'
      : '';
  if (isChannels(c) && (says === 'hwc' || (says === '' && !isChannels(a)))) return { shape: [c, a, b], last: true };
  if (isChannels(a) && (says === 'chw' || (says === '' && !isChannels(c)))) return { shape: [a, b, c], last: false };
  throw new InputError(
    `${file}: shape ${dimensions.join(' x ')}: which of the numbers are the channels (1 or 3)? add "layout": "hwc" or "chw"`,
  );
}

/** Columns of heights, widths and offsets of a table of pictures that have a size each. */
export function sizeColumns(table: Dataset): readonly [Float64Array, Float64Array, Float64Array] | undefined {
  const values = (test: RegExp): Float64Array | undefined => {
    const column: Column | undefined = table.columns.find(({ name, kind }) => kind === 'number' && test.test(name));
    return column?.kind === 'number' ? column.values : undefined;
  };
  const [height, width, offset] = [values(/^height$/i), values(/^width$/i), values(/(?:^|_)offset$/i)];
  return height && width && offset ? [height, width, offset] : undefined;
}

/** @throws InputError sizes or offsets that do not fit the bytes */
export function ownSizes(file: string, bytes: Uint8Array, table: Dataset): { size: PictureSize; offset: number }[] {
  const columns = sizeColumns(table);
  if (!columns) throw new RangeError(`raw: ${table.file} has no sizes`);
  const [heights, widths, offsets] = columns;
  let taken = 0;
  const own = Array.from(heights, (height, i) => {
    const [width, offset] = [widths[i], offsets[i]];
    const whole = [height, width].every((side) => Number.isInteger(side) && side >= 1) && Number.isInteger(offset);
    if (!whole || offset < 0 || offset + height * width > bytes.length)
      throw new InputError(
        `${table.file}: row ${i + 1} of the data puts ${height} x ${width} bytes at ${offset}; ${file} holds ${bytes.length.toLocaleString('en-GB')}`,
      );
    taken += height * width;
    return { size: [height, width] as const, offset };
  });
  if (taken !== bytes.length)
    throw new InputError(
      `${table.file}: the pictures take ${taken.toLocaleString('en-GB')} bytes, ${file} holds ${bytes.length.toLocaleString('en-GB')}; give the files that belong together`,
    );
  return own;
}

/** [N, H, W, C] as [N, C, H, W] */
export function planar(bytes: Uint8Array, [channels, height, width]: PictureShape): Uint8Array {
  const area = height * width;
  const out = new Uint8Array(bytes.length);
  for (let start = 0; start < bytes.length; start += channels * area)
    for (let p = 0; p < area; p++)
      for (let c = 0; c < channels; c++) out[start + c * area + p] = bytes[start + p * channels + c];
  return out;
}
