import type { Hash } from 'node:crypto';
import { InputError } from '../../array/errors.ts';
import type { Column } from '../dataset.ts';
import { digestOf, newHash, openTable, type TableFile, textBlocks } from '../readers/file.ts';
import { labelsOf } from './label.ts';
import type { Recording, RecordingSet, SeriesFile } from './recording.ts';

export interface SeriesRowOptions {
  /** Steps a second, where known. */
  readonly rate?: number;
  /** Labels that mean "no label". */
  readonly unlabelled?: readonly string[];
}

/**
 * Sets of whole series, one a line with its class, gzipped or not:
 *
 * - `.tsv`, `.txt`, `.csv` as in the UCR archive: the class first, then the values, divided by tabs, commas or blanks; no
 *   line of names. NaN at the end of a line only fills it up: the series is shorter.
 * - `.ts` as in sktime and the UEA archive: `#` and `@` lines, `@data`, then channels divided by `:`, values by commas, the
 *   class last.
 *
 * Each series is a recording and a group of its own, named by file and line; all of its steps have its class.
 *
 * @throws InputError naming file and line: no number, missing values inside a series, another number of channels, no series
 */
export async function readSeriesRows(files: readonly string[], options: SeriesRowOptions = {}): Promise<RecordingSet> {
  if (files.length === 0) throw new InputError('no file named; give one or more (a pattern such as data/*.tsv.gz)');
  const { rate, unlabelled = [] } = options;
  const read: { series: Series[]; about: SeriesFile }[] = [];
  for (const name of files) {
    const file = await openTable(name);
    const hash = newHash();
    const series = await seriesOf(file, hash);
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
    files: read.map(({ about }) => about),
    findings: label.findings,
  };
}

interface Series {
  /** `file, line 7` */
  readonly place: string;
  readonly channels: readonly (readonly number[])[];
  readonly label: string;
}

async function seriesOf(file: TableFile, hash: Hash): Promise<Series[]> {
  const dotTs = /\.ts(\.gz|\.gzip)?$/i.test(file.name);
  const found: Series[] = [];
  let inData = !dotTs;
  for await (const block of textBlocks(file, hash)) {
    let line = block.line - 1;
    for (const text of block.bytes.toString('utf8').split('\n')) {
      line++;
      const trimmed = text.trim();
      if (trimmed === '' || (dotTs && trimmed.startsWith('#'))) continue;
      if (inData) found.push((dotTs ? fromTs : fromTsv)(`${file.name}, line ${line}`, trimmed));
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

function fromTsv(place: string, text: string): Series {
  const [label, ...cells] = text.split(text.includes('\t') ? '\t' : text.includes(',') ? ',' : /\s+/);
  if (cells.length === 0)
    throw new InputError(`${place}: holds one value; the class must come first, then the values, divided by tabs`);
  return { place, label: label.trim(), channels: [valuesOf(place, cells, 1)] };
}

function fromTs(place: string, text: string): Series {
  const parts = text.split(':');
  const label = parts.pop()?.trim() ?? '';
  if (parts.length === 0) throw new InputError(`${place}: has no class; it must stand last, after a colon`);
  const channels = parts.map((part, c) => valuesOf(`${place}, channel ${c + 1}`, part.split(','), 0));
  const other = channels.find((values) => values.length !== channels[0].length);
  if (other)
    throw new InputError(
      `${place}: channels of ${channels[0].length} and ${other.length} values; all must have as many`,
    );
  return { place, label, channels };
}

const MISSING = /^(nan|\?|na|)$/i;

function valuesOf(place: string, cells: readonly string[], before: number): number[] {
  let length = cells.length;
  while (length > 0 && MISSING.test(cells[length - 1].trim())) length--;
  if (length === 0) throw new InputError(`${place}: the series has no value; take it out`);
  return cells.slice(0, length).map((cell, i) => {
    const text = cell.trim();
    const at = `${place}, field ${i + 1 + before}`;
    if (MISSING.test(text))
      throw new InputError(`${at}: a value is missing inside the series; fill it in or take the series out`);
    const value = Number(text);
    if (!Number.isFinite(Math.fround(value)))
      throw new InputError(`${at}: ${JSON.stringify(text)} is not a finite number; is the first line one of names?`);
    return value;
  });
}

/** Number labels where all are (`1` and `1.0` are one), else text. */
function labelColumn(series: readonly Series[]): Column {
  const cells = series.map(({ label }) => label);
  const number = (cell: string) => (MISSING.test(cell) ? Number.NaN : Number(cell));
  if (cells.every((cell) => MISSING.test(cell) || Number.isFinite(Number(cell))))
    return { name: 'class', kind: 'number', values: Float64Array.from(cells, number) };
  const levels = [...new Set(cells.filter((cell) => !MISSING.test(cell)))];
  return { name: 'class', kind: 'category', codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)), levels };
}
