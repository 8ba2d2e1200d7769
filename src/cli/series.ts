import { flagOf, InputError } from '../array/errors.ts';
import type { OpenTaskOptions } from '../data/items/open.ts';
import { TIME_UNITS, type TimeUnit } from '../data/series/index.ts';
import type { RepresentationPilotOptions } from '../pilot/represent/pilot.ts';
import { representationChoices } from '../pilot/represent/plan.ts';
import { type PictureFlags, type SeriesFlags, size } from './options.ts';

/** The task that was named. @throws InputError when there is none such */
export function taskOf({ task = 'classify' }: { task?: string }): 'classify' | 'represent' {
  if (task !== 'classify' && task !== 'represent')
    throw new InputError(`--task: must be classify or represent, got "${task}"`);
  return task;
}

/** What pilots of both tasks are told alike. */
export interface CommonFlags {
  baseline?: string;
  candidate?: string;
  references?: string[];
  group?: string;
  time?: string;
  criterion?: { metric: string; limit?: number }[];
  margin?: number;
  guard?: { metric: string; tolerance: number }[];
  folds?: number;
  repeats?: number;
  steps?: number;
  seed?: number;
}

/** What a pilot is told of the data, whatever its task. */
export interface DataFlags extends CommonFlags, SeriesFlags, PictureFlags {
  label?: string[];
  ignore?: string[];
  keep?: string[];
}

/** What both tasks are told alike. */
export function commonOptions(flags: CommonFlags, usual: readonly { metric: string; margin: number }[]) {
  const { baseline, candidate, references, guard, group, time, folds, repeats, steps, seed } = flags;
  const marginOf = (metric: string) =>
    flags.margin ?? usual.find((own) => own.metric === metric)?.margin ?? usual[0].margin;
  const criteria = flags.criterion?.map(({ metric, limit }) => ({ metric, margin: limit ?? marginOf(metric) }));
  return {
    baseline,
    candidate,
    references: references?.join() === 'none' ? [] : references,
    criteria: criteria ?? usual.map(({ metric }) => ({ metric, margin: marginOf(metric) })),
    guards: guard,
    group,
    time,
    folds,
    repeats,
    steps,
    seed,
  };
}

/** A flag that takes one of a few words. @throws InputError naming it */
function word<W extends string>(flag: string, value: string | undefined, words: readonly W[]): W | undefined {
  const found = words.find((own) => own === value);
  if (value !== undefined && !found)
    throw new InputError(`--${flag}: must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}, got "${value}"`);
  return found;
}

/** What is said of time series, whatever is asked of them. */
function seriesOptions({ timeUnit, features, scaling, ...flags }: SeriesFlags) {
  const { series, events, before, recording, rate, window, hop, resample, unlabelled, blocks, frame, frameHop } = flags;
  return {
    series,
    events,
    before,
    recording,
    rate,
    window,
    hop,
    timeUnit: word('time-unit', timeUnit, Object.keys(TIME_UNITS) as TimeUnit[]),
    resample,
    unlabelled,
    blocks,
    features: word('features', features, ['stft', 'raw']),
    scaling: word('scaling', scaling, ['global', 'recording']),
    frame,
    frameHop,
  };
}

/** What is said of the data of a classification. @throws InputError for flags of representations */
export function taskOptions(flags: DataFlags): OpenTaskOptions {
  const { label, group, time, ignore, keep, path, channels, skipUnreadable, pool, imbalance, seed } = flags;
  for (const flag of ['sequence', 'clusters'] as const)
    if (flags[flag] !== undefined) throw new InputError(`--${flag}: is for --task represent; leave it out`);
  const colours = ([1, 3] as const).find((n) => n === channels);
  if (colours !== channels) throw new InputError(`--channels: must be 1 (grey) or 3 (colour), got ${channels}`);
  const pictures = { path, size: size(flags.size), channels: colours, skipUnreadable, pool, imbalance };
  return { label, group, time, ignore, keep, ...seriesOptions(flags), ...pictures, seed };
}

/** Flags that representations do not take. */
const FOR_CLASSES = [
  'events',
  'before',
  'path',
  'size',
  'channels',
  'skipUnreadable',
  'pool',
  'imbalance',
] as const satisfies readonly (keyof DataFlags)[];

/** The options of a pilot or sweep of representations. @throws InputError for flags that do not go together */
export function representationOptions(
  files: readonly string[],
  flags: DataFlags,
): Omit<RepresentationPilotOptions, 'out'> {
  const { label, ignore, keep } = flags;
  if (label && label.length > 1)
    throw new InputError(`--label: one column tells the class of every step, got ${label.join(', ')}`);
  const foreign = FOR_CLASSES.find((name) => flags[name] !== undefined);
  if (foreign)
    throw new InputError(`--${flagOf(foreign)}: is for telling classes; leave it out, or leave --task represent out`);
  if (ignore || keep) throw new InputError(`--${ignore ? 'ignore' : 'keep'}: name the columns to use with --series`);
  const { encoder, sequence, batch, clusters } = flags;
  const { before: _, ...series } = seriesOptions(flags);
  return {
    ...commonOptions(flags, representationChoices.criteria),
    files,
    label: label?.[0],
    ...series,
    encoder,
    sequence,
    batch,
    clusters,
  };
}
