import { stat } from 'node:fs/promises';
import { flagOf, InputError } from '../../array/errors.ts';
import type { Task } from '../dataset.ts';
import { type PictureOptions, readPictures, recognisePictures } from '../pictures/index.ts';
import { readTable } from '../readers/table.ts';
import { type FeatureOptions, type ItemOptions, openItems, recogniseSeries } from '../series/index.ts';
import { makeTask, type TaskOptions } from '../task.ts';
import type { Items } from './items.ts';
import { pictureTask } from './picture-task.ts';
import { seriesTask } from './series-task.ts';
import { thinned } from './thin.ts';

/** What may be said of the data, whatever they are; what does not go with them is refused. */
export interface OpenTaskOptions
  extends Partial<Pick<TaskOptions, 'label' | 'group' | 'time' | 'ignore' | 'keep'>>,
    Partial<Omit<ItemOptions, 'label' | 'group' | 'time' | 'gaps'>>,
    FeatureOptions,
    Pick<PictureOptions, 'path' | 'size' | 'channels' | 'skipUnreadable'> {
  /** Data that come divided into training and test: put them together, and divide anew. */
  readonly pool?: boolean;
  /** Thin the training items to a long tail: largest over smallest class. */
  readonly imbalance?: number;
  /** Names the items that thinning keeps. Default 0. */
  readonly seed?: number;
}

const TABLE = ['ignore', 'keep'] as const;
const SERIES = [
  'series',
  'events',
  'before',
  'recording',
  'rate',
  'timeUnit',
  'resample',
  'unlabelled',
  'blocks',
  'window',
  'hop',
  'features',
  'scaling',
  'frame',
  'frameHop',
] as const;
const PICTURES = ['path', 'size', 'channels', 'skipUnreadable'] as const;

/**
 * The classification task that the files hold: pictures (a folder per class, idx, CIFAR, bytes with a header, a table of
 * paths where `path` names the column), time series (raw samples, a series a line, tables where `series` names the channels),
 * else a table.
 *
 * @throws InputError what the readers refuse; options that do not go with such data, by flag
 */
export async function openTask(files: readonly string[], options: OpenTaskOptions): Promise<Task> {
  const task = await open(files, options);
  return options.imbalance === undefined ? task : thinned(task, options.imbalance, options.seed ?? 0);
}

/** What the files hold. */
export async function recogniseItems(
  files: readonly string[],
  { path, series, events }: Pick<OpenTaskOptions, 'path' | 'series' | 'events'>,
): Promise<Items['kind']> {
  if (path !== undefined || (await recognisePictures(files, {})) !== undefined) return 'pictures';
  // Only pictures come as a folder: their reader says what is wrong with it.
  for (const file of files) if ((await stat(file).catch(() => undefined))?.isDirectory()) return 'pictures';
  return (await recogniseSeries(files, { series, events })) === undefined ? 'table' : 'series';
}

async function open(files: readonly string[], options: OpenTaskOptions): Promise<Task> {
  const { label = [], group, time, ignore, keep, path, size, channels, skipUnreadable, pool } = options;
  const kind = await recogniseItems(files, options);
  if (kind === 'pictures') {
    refuse(options, [...TABLE, ...SERIES, 'time'], 'these are pictures');
    return pictureTask(
      await readPictures(files, {
        ...(label.length > 0 && { label }),
        path,
        size,
        channels,
        skipUnreadable,
        group,
        pool,
      }),
    );
  }
  if (kind === 'series') {
    refuse(options, [...TABLE, ...PICTURES], 'these are time series');
    if (label.length > 1) throw new InputError(`--label: time series have one label, got ${label.join(', ')}`);
    const { features, scaling, frame, frameHop } = options;
    const settings = Object.fromEntries(
      Object.entries({ features, scaling, frame, frameHop }).filter(([, value]) => value !== undefined),
    );
    return seriesTask(await openItems(files, { ...options, label: label[0] }), settings);
  }
  refuse(options, [...SERIES, ...PICTURES, 'pool'], 'this is a table; of time series name the channels with --series');
  const [file, second] = files;
  if (second !== undefined)
    throw new InputError(`${second}: a table is one file; put the rows into one (time series name --series)`);
  return makeTask(await readTable(file), { label, group, time, ignore, keep });
}

function refuse(options: OpenTaskOptions, names: readonly (keyof OpenTaskOptions)[], why: string): void {
  const given = names.find((name) => options[name] !== undefined && options[name] !== false);
  if (!given) return;
  throw new InputError(`--${flagOf(given)}: not with such data (${why}); leave it out`);
}
