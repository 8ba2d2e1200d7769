import { flagOf, InputError } from '../../array/errors.ts';
import { many } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import type { Split } from '../split-names.ts';
import { blocksInTime } from './blocks.ts';
import { eventWindows } from './events.ts';
import { readRawRecordings } from './raw.ts';
import { type RecordingOptions, readRecordings } from './read.ts';
import { recogniseSeries, type SeriesKind } from './recognise.ts';
import type { RecordingSet } from './recording.ts';
import { readSeriesRows } from './rows.ts';
import { makeWindows, type WindowOptions, type WindowSet } from './windows.ts';

export interface SeriesOptions extends Partial<RecordingOptions> {
  /** Cut each recording into so many stretches of time that are split like groups. */
  readonly blocks?: number;
  /** A table of events, which tells the classes: steps have none then (see `eventWindows`). */
  readonly events?: string;
  /** Of sets with one series a line: take no notice of a division that the files' names tell. */
  readonly pool?: boolean;
  /** Missing values inside a series of a set with one series a line: see `readSeriesRows`. */
  readonly gaps?: 'refuse' | 'fill';
}

/**
 * Time series by what the files are (`recogniseSeries`): raw samples (`readRawRecordings`), one whole series a line
 * (`readSeriesRows`), else tables with one step a row (`readRecordings`; needs `series`).
 *
 * @throws InputError what the readers refuse; options that such files do not take; files of different kinds
 */
export async function openSeries(files: readonly string[], options: SeriesOptions): Promise<RecordingSet> {
  const { blocks, ...rest } = options;
  const kind = (await recogniseSeries(files, options)) ?? 'recordings';
  const plain = await read(kind, files, rest);
  const set = { ...plain, findings: [recognised(kind, plain), ...plain.findings] };
  return blocks === undefined ? set : blocksInTime(set, blocks);
}

const NAMES: Readonly<Record<SeriesKind, string>> = {
  recordings: 'tables with one step a row',
  raw: 'raw samples (.i16)',
  rows: 'one series a line (as UCR, sktime)',
};

function recognised(kind: SeriesKind, { recordings, channels, rate, splits }: RecordingSet): Finding {
  const steps = rate === undefined ? 'no rate' : `${many(Number(rate.toPrecision(6)), 'step')} a second`;
  const side = (name: Split) => (splits ?? []).filter((own) => own === name).length.toLocaleString('en-GB');
  const sides = splits ? `; train ${side('train')}, test ${side('test')}` : '';
  const detail = `${NAMES[kind]}: ${many(recordings.length, kind === 'rows' ? 'item' : 'recording')}, ${many(channels.length, 'channel')}, ${steps}${sides}`;
  return { kind: 'recognised', severity: 'info', detail };
}

export interface ItemOptions extends SeriesOptions, Pick<WindowOptions, 'window' | 'hop'> {
  /** How far ahead of an event its window begins: see `eventWindows`. */
  readonly before?: string | number;
}

/**
 * Items to be classified: windows around events where `events` names them (`label` and `unlabelled` are then of their table),
 * else windows at a regular hop. Where a whole series is one item (one series a line; a recording of a `recording` column, no
 * window asked for), series of unequal length are filled up, and missing values inside a line are filled in.
 *
 * @throws InputError what `openSeries`, `makeWindows` and `eventWindows` refuse
 */
export async function openItems(files: readonly string[], options: ItemOptions): Promise<WindowSet> {
  const { events, label, unlabelled, window, hop, before, recording } = options;
  const set = await openSeries(files, { ...options, gaps: options.gaps ?? 'fill' });
  if (events !== undefined) {
    if (window === undefined)
      throw new InputError('--window: windows around events need a length, as in --window 0.7s');
    if (hop !== undefined)
      throw new InputError('--hop: not with --events, whose windows lie around them; leave it out');
    return eventWindows(set, { file: events, label, unlabelled, window, before });
  }
  if (before !== undefined) throw new InputError('--before: is for windows around events; add --events FILE');
  const rows = (await recogniseSeries(files, options)) === 'rows';
  const whole = rows || (recording !== undefined && window === undefined);
  return makeWindows(set, { window, hop, ...(whole && { unequal: 'fill' }) });
}

async function read(
  kind: SeriesKind,
  files: readonly string[],
  options: Omit<SeriesOptions, 'blocks'>,
): Promise<RecordingSet> {
  const { series, rate, group, events, gaps } = options;
  const { label, unlabelled } = events === undefined ? options : {};
  switch (kind) {
    case 'raw':
      refuse(options, ['recording', 'time', 'timeUnit', 'resample'], 'raw samples have no columns');
      return readRawRecordings(files, {
        ...{ series, rate, group, unlabelled },
        ...(events !== undefined ? { label: null } : label !== undefined && { label }),
      });
    case 'rows':
      refuse(
        options,
        ['series', 'recording', 'time', 'timeUnit', 'resample', 'label', 'group', 'events'],
        'of a series a line, the class stands in it',
      );
      return readSeriesRows(files, { rate, unlabelled, gaps, pool: options.pool });
    default:
      if (!series) throw new InputError('--series: name the columns that are measured, as in --series x,y,z');
      return readRecordings(files, { ...options, series, label, unlabelled });
  }
}

function refuse(options: Omit<SeriesOptions, 'blocks'>, names: readonly (keyof typeof options)[], why: string): void {
  const given = names.find((name) => options[name] !== undefined && options[name] !== false);
  if (given) throw new InputError(`--${flagOf(given)}: not with such files (${why}); leave it out`);
}
