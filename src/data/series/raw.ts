import { basename, dirname, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { InputError, nearest } from '../../array/errors.ts';
import { many } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import { contents, digestOf, newHash, openTable } from '../readers/file.ts';
import { leadsOf, type Source } from './leads.ts';
import { type RawMeta, readMeta } from './meta.ts';
import { cut, missingValues } from './pieces.ts';
import type { RecordingSet } from './recording.ts';
import { stretchLabels } from './stretches.ts';
import { fileGroup, type SeriesTable } from './table.ts';

export interface RawOptions {
  /** Channels by name, or `channel 2` for the second of every record. Default: all, by position. */
  readonly series?: readonly string[];
  /** Samples a second, where `meta.json` does not say it. */
  readonly rate?: number;
  /**
   * What must stay on one side of a split: `patient` as `meta.json` names it, `file`, or `file:PATTERN` (`fileGroup`).
   * Default: the patient of records that have one, the file of others.
   */
  readonly group?: string;
  /** Column of `rhythms.csv`. Default: `rhythm`, where there is that file; null for no labels. */
  readonly label?: string | null;
  /** Values of the label that mean "no label". */
  readonly unlabelled?: readonly string[];
}

/** What WFDB writes where there is no sample. */
const NO_SAMPLE = -32768;

/**
 * Records of raw samples in the manner of WFDB: files NAME.i16, gzipped or not, of 16-bit little-endian whole numbers, all
 * of the first channel, then all of the second, and so on. They lie in one folder with `meta.json` (channels, rate, gain;
 * see meta.ts) and, if the steps have classes, `rhythms.csv` (stretchLabels).
 *
 * Values are millivolt = (value - adc_zero) / adc_units_per_mV where `meta.json` has these, else as they stand. Samples of
 * -32768 are missing ones and split the recording, as `readRecordings` does.
 *
 * @param files paths, as the shell expanded them
 * @throws InputError naming file, value and remedy: files of two folders, one record twice, what `readMeta` and
 *   `stretchLabels` refuse, a record or channel that `meta.json` lacks, sizes that don't fit, broken gzip, no rate
 */
export async function readRawRecordings(files: readonly string[], options: RawOptions = {}): Promise<RecordingSet> {
  const names = files.map(recordName);
  checkFiles(files, names);
  const folder = dirname(files[0]);
  const { meta, about: metaAbout } = await readMeta(folder);
  const sources = files.map((file, i) => sourceOf(file, names[i], meta, metaAbout.file));
  const rate = rateOf(meta, metaAbout.file, options.rate);
  const leads = leadsOf(sources, options.series);
  const groups = groupsOf(sources, options.group);
  const tables: SeriesTable[] = [];
  for (const [i, source] of sources.entries()) tables.push(await rawTable(source, meta, leads.places[i], groups.of[i]));
  const extents = tables.map(({ rows: length }, i) => ({ record: names[i], length }));
  const labelled =
    options.label === null ? undefined : await stretchLabels(folder, extents, options.label, options.unlabelled ?? []);
  let row = 0;
  const cuts = tables.map((table) => {
    const labels = labelled?.label.labels.subarray(row, row + table.rows);
    row += table.rows;
    return cut(table, { breaks: new Set(), labels, rate, resample: false });
  });
  const recordings = cuts.flatMap((part) => part.recordings);
  if (recordings.length === 0)
    throw new InputError(`${files[0]}: every sample is missing (${NO_SAMPLE}); name other channels with --series`);
  return {
    recordings,
    channels: leads.names,
    classes: labelled?.label.classes ?? [],
    counts: labelled?.label.counts ?? [],
    rate,
    files: [
      ...tables.map(({ file, digest, rows }) => ({ file, digest, rows })),
      metaAbout,
      ...(labelled ? [labelled.about] : []),
    ],
    findings: [
      ...(labelled?.label.findings ?? []),
      unitFinding(meta),
      ...leads.findings,
      ...groups.findings,
      ...missingValues(cuts, leads.names),
    ],
  };
}

function recordName(file: string): string {
  const match = /^(.+)\.i16(\.gz|\.gzip)?$/i.exec(basename(file));
  if (match) return match[1];
  throw new InputError(`${file}: raw records are files NAME.i16 or NAME.i16.gz; leave this one out`);
}

function checkFiles(files: readonly string[], names: readonly string[]): void {
  if (files.length === 0) throw new InputError('no file named; give one or more (a pattern such as data/*.i16.gz)');
  const elsewhere = files.find((file) => dirname(resolve(file)) !== dirname(resolve(files[0])));
  if (elsewhere !== undefined)
    throw new InputError(
      `${elsewhere}: lies in another folder than ${files[0]}; put the records in one, with one meta.json`,
    );
  const twin = names.findIndex((name, i) => names.indexOf(name) < i);
  if (twin >= 0)
    throw new InputError(
      `${files[twin]}: is record ${names[twin]}, as ${files[names.indexOf(names[twin])]}; name it once`,
    );
}

function sourceOf(file: string, record: string, { records }: RawMeta, metaName: string): Source {
  if (Object.hasOwn(records, record)) return { file, record, meta: records[record] };
  const guess = nearest(record, Object.keys(records));
  throw new InputError(
    `${file}: record "${record}" is not among the records of ${metaName}${guess === undefined ? '' : ` (did you mean "${guess}"?)`}; add it there, or leave the file out`,
  );
}

function rateOf({ fs_hz: told }: RawMeta, metaName: string, given: number | undefined): number {
  if (given !== undefined && !(given > 0 && Number.isFinite(given)))
    throw new InputError(`--rate: steps a second must be a number > 0, got ${given}`);
  if (told !== undefined && given !== undefined && told !== given)
    throw new InputError(`--rate ${given}: ${metaName} says ${told} ("fs_hz"); leave --rate out, or mend the file`);
  const rate = told ?? given;
  if (rate === undefined)
    throw new InputError(`${metaName}: does not say the rate ("fs_hz"); add it, or give --rate HZ`);
  return rate;
}

function groupsOf(sources: readonly Source[], group: string | undefined): { of: string[]; findings: Finding[] } {
  const of = sources.map(({ file, meta: { patient } }) => {
    if (patient !== undefined && (group === undefined || group === 'patient')) return String(patient);
    if (group === 'patient')
      throw new InputError(
        `--group patient: the record of ${file} has no "patient" in meta.json; add it, or give --group file`,
      );
    const named = fileGroup(group ?? 'file', file);
    if (named !== undefined) return named;
    throw new InputError(`--group ${group}: raw records have no columns; give patient, file or file:PATTERN`);
  });
  const findings = sources.flatMap(({ record, meta: { comment } }, i): Finding[] => {
    const twin = sources.findIndex((other, j) => j < i && of[j] !== of[i] && other.meta.comment === comment);
    if (!comment || twin < 0) return [];
    const detail = `records ${sources[twin].record} and ${record} have the same comment ("${comment}") and may be of one patient, but a split can part them`;
    const override = 'the same "patient" for both in meta.json, or --group file:PATTERN';
    return [{ kind: 'same-comment', severity: 'warning', detail, override }];
  });
  return { of, findings };
}

/** One record: channels [C][rows], NaN where a sample is missing. */
async function rawTable(source: Source, meta: RawMeta, places: readonly number[], group: string): Promise<SeriesTable> {
  const { file, record } = source;
  const opened = await openTable(file);
  const hash = newHash();
  const bytes = await buffer(contents(opened, hash));
  const stored = source.meta.channels.length;
  const rows = bytes.length / 2 / stored;
  if (!Number.isInteger(rows))
    throw new InputError(
      `${file}: ${many(bytes.length, 'byte')}, which is not ${many(stored, 'channel')} of 16-bit samples as meta.json says; copy the file again or mend meta.json`,
    );
  const samples = source.meta.samples ?? meta.samples ?? rows;
  if (rows !== samples)
    throw new InputError(
      `${file}: has ${rows.toLocaleString('en-GB')} samples a channel where meta.json says ${samples.toLocaleString('en-GB')} for record ${record}; copy the file again or mend meta.json`,
    );
  const { adc_zero: zero = 0, adc_units_per_mV: gain = 1 } = meta;
  const channels = places.map((place) => {
    const values = new Float32Array(rows);
    for (let i = 0; i < rows; i++) {
      const value = bytes.readInt16LE(2 * (place * rows + i));
      values[i] = value === NO_SAMPLE ? Number.NaN : (value - zero) / gain;
    }
    return values;
  });
  return { file, digest: digestOf(hash), rows, channels, runs: [{ name: file, record, group, from: 0, to: rows }] };
}

function unitFinding({ adc_zero: zero, adc_units_per_mV: gain }: RawMeta): Finding {
  const detail =
    gain === undefined
      ? "values are the converter's own units: meta.json has no adc_zero and adc_units_per_mV"
      : `values are millivolts: (value - ${zero}) / ${gain}, as meta.json says`;
  return { kind: 'unit', severity: 'info', detail };
}
