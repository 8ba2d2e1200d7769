import { InputError } from '../../array/errors.ts';
import { blocksInTime } from './blocks.ts';
import { readRawRecordings } from './raw.ts';
import { type RecordingOptions, readRecordings } from './read.ts';
import type { RecordingSet } from './recording.ts';
import { readSeriesRows } from './rows.ts';

export interface SeriesOptions extends Partial<RecordingOptions> {
  /** Cut each recording into so many stretches of time that are split like groups. */
  readonly blocks?: number;
}

/** What the files were taken for. */
export type SeriesKind = 'recordings' | 'raw' | 'rows';

/**
 * Time series by what the files are: raw samples (`.i16`, see `readRawRecordings`), one whole series a line (`.ts`, `.tsv`
 * without named columns, see `readSeriesRows`), else tables with one step a row (`readRecordings`; needs `series`).
 *
 * @throws InputError what the readers refuse; options that such files do not take; files of different kinds
 */
export async function openSeries(files: readonly string[], options: SeriesOptions): Promise<RecordingSet> {
  const { blocks, ...rest } = options;
  const set = await read(files, rest);
  return blocks === undefined ? set : blocksInTime(set, blocks);
}

async function read(files: readonly string[], options: Omit<SeriesOptions, 'blocks'>): Promise<RecordingSet> {
  const { series, label, rate, group, unlabelled } = options;
  switch (kindOf(files, series)) {
    case 'raw':
      refuse(options, ['recording', 'time', 'timeUnit', 'resample'], 'raw samples have no columns');
      return readRawRecordings(files, { series, rate, group, unlabelled, ...(label === undefined ? {} : { label }) });
    case 'rows':
      refuse(
        options,
        ['series', 'recording', 'time', 'timeUnit', 'resample', 'label', 'group'],
        'of a series a line, the class stands in it',
      );
      return readSeriesRows(files, { rate, unlabelled });
    default:
      if (!series) throw new InputError('--series: name the columns that are measured, as in --series x,y,z');
      return readRecordings(files, { ...options, series });
  }
}

/** By the names of the files: all must be of one kind. */
export function kindOf(files: readonly string[], series: readonly string[] | undefined): SeriesKind {
  const kinds = files.map((file): SeriesKind => {
    if (/\.i16(\.gz|\.gzip)?$/i.test(file)) return 'raw';
    if (/\.ts(\.gz|\.gzip)?$/i.test(file)) return 'rows';
    return series === undefined && /\.(tsv|txt)(\.gz|\.gzip)?$/i.test(file) ? 'rows' : 'recordings';
  });
  const other = kinds.findIndex((kind) => kind !== kinds[0]);
  if (other > 0) throw new InputError(`${files[other]}: of another kind than ${files[0]}; give files of one kind`);
  return kinds[0];
}

function refuse(options: Omit<SeriesOptions, 'blocks'>, names: readonly (keyof typeof options)[], why: string): void {
  const given = names.find((name) => options[name] !== undefined && options[name] !== false);
  const flag = given?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (flag) throw new InputError(`--${flag}: not with such files (${why}); leave it out`);
}
