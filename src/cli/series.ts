import { InputError } from '../array/errors.ts';
import { TIME_UNITS, type TimeUnit } from '../data/series/index.ts';
import type { RepresentationPilotOptions } from '../pilot/represent/pilot.ts';
import { representationChoices } from '../pilot/represent/plan.ts';
import { SERIES_FLAGS, type SeriesFlags } from './options.ts';

/** The task that was named. @throws InputError when there is none such */
export function taskOf({ task = 'classify' }: { task?: string }): 'classify' | 'represent' {
  if (task !== 'classify' && task !== 'represent')
    throw new InputError(`--task: must be classify or represent, got "${task}"`);
  return task;
}

/** @throws InputError when something was said of time series */
export function refuseSeriesFlags(flags: SeriesFlags): void {
  const foreign = SERIES_FLAGS.find((name) => flags[name] !== undefined);
  if (!foreign) return;
  const flag = foreign.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new InputError(`--${flag}: is for time series; add --task represent, or leave it out`);
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

/** What representations are told beside. */
export interface RepresentationFlags extends CommonFlags, SeriesFlags {
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

/** The options of a pilot or sweep of representations. @throws InputError for flags that do not go together */
export function representationOptions(
  files: readonly string[],
  flags: RepresentationFlags,
): Omit<RepresentationPilotOptions, 'out'> {
  const { label, ignore, keep } = flags;
  if (label && label.length > 1)
    throw new InputError(`--label: one column tells the class of every step, got ${label.join(', ')}`);
  if (ignore || keep) throw new InputError(`--${ignore ? 'ignore' : 'keep'}: name the columns to use with --series`);
  const word = <W extends string>(flag: string, value: string | undefined, words: readonly W[]): W | undefined => {
    const found = words.find((own) => own === value);
    if (value !== undefined && !found)
      throw new InputError(`--${flag}: must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}, got "${value}"`);
    return found;
  };
  const { series, recording, rate, window, hop, resample, unlabelled, blocks, frame, frameHop } = flags;
  const { encoder, sequence, batch, clusters } = flags;
  return {
    ...commonOptions(flags, representationChoices.criteria),
    files,
    label: label?.[0],
    series,
    recording,
    rate,
    window,
    hop,
    timeUnit: word('time-unit', flags.timeUnit, Object.keys(TIME_UNITS) as TimeUnit[]),
    resample,
    unlabelled,
    blocks,
    features: word('features', flags.features, ['stft', 'raw']),
    scaling: word('scaling', flags.scaling, ['global', 'recording']),
    frame,
    frameHop,
    encoder,
    sequence,
    batch,
    clusters,
  };
}
