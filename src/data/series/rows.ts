import type { Hash } from 'node:crypto';
import { InputError } from '../../array/errors.ts';
import { many } from '../columns.ts';
import type { Column, Finding } from '../dataset.ts';
import { digestOf, newHash, openTable, type TableFile, textBlocks } from '../readers/file.ts';
import { divisionOf, oneSidedClasses, splitOfName } from '../split-names.ts';
import { fillGaps } from './fill.ts';
import { labelsOf } from './label.ts';
import type { Recording, RecordingSet, SeriesFile } from './recording.ts';

export interface SeriesRowOptions {
  /** Steps a second, where known. */
  readonly rate?: number;
  /** Labels that mean "no label". */
  readonly unlabelled?: readonly string[];
  /** Take no notice of a division that the files' names tell. */
  readonly pool?: boolean;
  /** Missing values inside a series: refused (default), or filled by straight lines. */
  readonly gaps?: 'refuse' | 'fill';
}

/**
 * Sets of whole series, one a line with its class, gzipped or not:
 *
 * - `.tsv`, `.txt`, `.csv` as in the UCR archive: the class first, then the values, divided by tabs, commas or blanks; no
 *   line of names. NaN at the end of a line only fills it up: the series is shorter.
 * - `.ts` as in sktime and the UEA archive: `#` and `@` lines, `@data`, then channels divided by `:`, values by commas, the
 *   class last.
 *
 * Each series is a recording and a group of its own, named by file and line; all of its steps have its class. Where the names
 * of all files tell the side (`X_TRAIN.tsv`, `X_TEST.tsv`), so does the set.
 *
 * With `gaps` `fill`, missing values (NaN, `?`) inside a series are filled by straight lines, at its start with the nearest
 * value; so are a channel's at the end where another channel goes on. How many is a finding.
 *
 * @throws InputError naming file and line: no number, missing values inside a series unless they are filled, no value at all,
 *   another number of channels, no series
 */
export async function readSeriesRows(files: readonly string[], options: SeriesRowOptions = {}): Promise<RecordingSet> {
  if (files.length === 0) throw new InputError('no file named; give one or more (a pattern such as data/*.tsv.gz)');
  const { rate, unlabelled = [], gaps = 'refuse', pool = false } = options;
  const read: { series: Series[]; about: SeriesFile }[] = [];
  for (const name of files) {
    const file = await openTable(name);
    const hash = newHash();
    const series = await seriesOf(file, hash, gaps === 'fill');
    if (series.length === 0) throw new InputError(`${name}: holds no series`);
    read.push({ series, about: { file: name, digest: digestOf(hash), rows: series.length } });
  }
  const all = read.flatMap(({ series }) => series);
  const channels = all[0].channels.length;
  for (const { place, channels: own } of all)
    if (own.length !== channels)
      throw new InputError(`${place}: has ${own.length} channels where the first series has ${channels}`);
  const label = labelsOf(
    read.map(({ series, about }) => ({ file: about.file, column: labelColumn(series) })),
    unlabelled,
  );
  const sides = read.flatMap(({ series, about: { file } }) => series.map(() => (pool ? undefined : splitOfName(file))));
  const { splits, findings: division } = divisionOf(sides, 'item');
  let row = 0;
  const recordings = read.flatMap(({ series, about: { file } }) =>
    series.map(({ place: name, channels: own }): Recording => {
      const [{ length }] = own;
      const values = new Float32Array(channels * length);
      own.forEach((channel, c) => {
        values.set(channel, c * length);
      });
      const labels = new Int32Array(length).fill(label.labels[row++]);
      return { name, file, source: name, group: name, channels: values, length, labels, ...(rate && { rate }) };
    }),
  );
  return {
    recordings,
    channels: Array.from({ length: channels }, (_, c) => `channel ${c + 1}`),
    classes: label.classes,
    counts: label.counts,
    ...(rate !== undefined && { rate }),
    ...(splits && { splits }),
    files: read.map(({ about }) => about),
    findings: [
      ...label.findings,
      ...division,
      ...(splits ? oneSidedClasses(label.classes, label.labels, splits, 'item') : []),
      ...filledGaps(all),
    ],
  };
}

interface Series {
  /** `file, line 7` */
  readonly place: string;
  readonly channels: readonly (readonly number[])[];
  readonly label: string;
  /** Values that were missing and are filled. */
  readonly filled: number;
}

async function seriesOf(file: TableFile, hash: Hash, fill: boolean): Promise<Series[]> {
  const dotTs = /\.ts(\.gz|\.gzip)?$/i.test(file.name);
  const found: Series[] = [];
  let inData = !dotTs;
  for await (const block of textBlocks(file, hash)) {
    let line = block.line - 1;
    for (const text of block.bytes.toString('utf8').split('\n')) {
      line++;
      const trimmed = text.trim();
      if (trimmed === '' || (dotTs && trimmed.startsWith('#'))) continue;
      if (inData) found.push((dotTs ? fromTs : fromTsv)(`${file.name}, line ${line}`, trimmed, fill));
      else if (/^@data$/i.test(trimmed)) inData = true;
      else if (/^@(timestamps|targetlabel)\s+true/i.test(trimmed))
        throw new InputError(`${file.name}, line ${line}: "${trimmed}": only plain values with a class are read`);
      else if (/^@classlabel\s+false/i.test(trimmed))
        throw new InputError(`${file.name}, line ${line}: the series have no class; give a set with classes`);
      else if (!trimmed.startsWith('@'))
        throw new InputError(`${file.name}, line ${line}: stands before "@data"; lines there begin with @ or #`);
    }
  }
  return found;
}

/** Fields of a line: divided by tabs, else by commas, else by blanks. */
export const fieldsOf = (line: string): string[] =>
  line.split(line.includes('\t') ? '\t' : line.includes(',') ? ',' : /\s+/).map((field) => field.trim());

function fromTsv(place: string, text: string, fill: boolean): Series {
  const [label, ...cells] = fieldsOf(text);
  if (cells.length === 0)
    throw new InputError(`${place}: holds one value; the class must come first, then the values, divided by tabs`);
  const values = valuesOf(place, cells, 1, fill);
  return { place, label, ...levelled([values]) };
}

function fromTs(place: string, text: string, fill: boolean): Series {
  const parts = text.split(':');
  const label = parts.pop()?.trim() ?? '';
  if (parts.length === 0) throw new InputError(`${place}: has no class; it must stand last, after a colon`);
  const cells = parts.map((part) => part.split(','));
  const channels = cells.map((own, c) => valuesOf(`${place}, channel ${c + 1}`, own, 0, fill));
  const other = channels.find((values) => values.length !== channels[0].length);
  // A channel may be shorter only by values that are missing at its end.
  if (other && !(fill && cells.every((own) => own.length === cells[0].length)))
    throw new InputError(
      `${place}: channels of ${channels[0].length} and ${other.length} values; all must have as many`,
    );
  return { place, label, ...levelled(channels) };
}

/** Channels of one length with their missing values filled, in place. */
function levelled(channels: number[][]): Pick<Series, 'channels' | 'filled'> {
  const length = Math.max(...channels.map((values) => values.length));
  let filled = 0;
  for (const values of channels) {
    while (values.length < length) values.push(Number.NaN);
    filled += fillGaps(values);
  }
  return { channels, filled };
}

function filledGaps(all: readonly Series[]): Finding[] {
  const holed = all.filter(({ filled }) => filled > 0);
  if (holed.length === 0) return [];
  const values = holed.reduce((sum, { filled }) => sum + filled, 0);
  const detail =
    `${many(values, 'missing value')} inside ${holed.length.toLocaleString('en-GB')} of ${all.length.toLocaleString('en-GB')} series ` +
    `(${holed[0].place} first) filled by straight lines, at the ends with the nearest value`;
  return [{ kind: 'gaps-filled', severity: 'warning', detail }];
}

const MISSING = /^(nan|\?|na|)$/i;
export const isMissingText = (text: string): boolean => MISSING.test(text);

/** Values without those missing at the end. @param fill leave others that are missing as NaN, instead of refusing them */
function valuesOf(place: string, cells: readonly string[], before: number, fill: boolean): number[] {
  let length = cells.length;
  while (length > 0 && isMissingText(cells[length - 1].trim())) length--;
  if (length === 0) throw new InputError(`${place}: the series has no value; take it out`);
  return cells.slice(0, length).map((cell, i) => {
    const text = cell.trim();
    const at = `${place}, field ${i + 1 + before}`;
    if (isMissingText(text)) {
      if (fill) return Number.NaN;
      throw new InputError(`${at}: a value is missing inside the series; fill it in or take the series out`);
    }
    const value = Number(text);
    if (!Number.isFinite(Math.fround(value)))
      throw new InputError(`${at}: ${JSON.stringify(text)} is not a finite number; is the first line one of names?`);
    return value;
  });
}

/** Number labels where all are (`1` and `1.0` are one), else text. @throws InputError numbers that are no classes */
function labelColumn(series: readonly Series[]): Column {
  const cells = series.map(({ label }) => label);
  const number = (cell: string) => (isMissingText(cell) ? Number.NaN : Number(cell));
  if (cells.every((cell) => isMissingText(cell) || Number.isFinite(Number(cell)))) {
    const values = Float64Array.from(cells, number);
    const odd = values.findIndex((value) => !Number.isNaN(value) && !Number.isInteger(value));
    if (odd >= 0)
      throw new InputError(
        `${series[odd].place}: the class ${JSON.stringify(cells[odd])} is neither a whole number nor a name; the class comes first in a line (in .ts files last)`,
      );
    return { name: 'class', kind: 'number', values };
  }
  const levels = [...new Set(cells.filter((cell) => !isMissingText(cell)))];
  return { name: 'class', kind: 'category', codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)), levels };
}
