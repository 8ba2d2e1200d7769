import type { OpenTaskOptions } from '../data/items/open.ts';

type Flags = [flag: string, value: string | undefined][];

const list = (values: readonly string[] | undefined) => (values?.length ? values.join(',') : undefined);
const text = (value: string | number | undefined) => (value === undefined ? undefined : String(value));

/** What was said of the data, as it is typed; flags without a value: see `switchesOf`. */
export function dataFlags(options: OpenTaskOptions): Flags {
  return [
    ['--label', list(options.label)],
    ['--group', options.group],
    ['--time', options.time],
    ['--ignore', list(options.ignore)],
    ['--keep', list(options.keep)],
    ['--series', list(options.series)],
    ['--events', options.events],
    ['--before', text(options.before)],
    ['--recording', options.recording],
    ['--rate', text(options.rate)],
    ['--time-unit', options.timeUnit],
    ['--window', text(options.window)],
    ['--hop', text(options.hop)],
    ['--unlabelled', list(options.unlabelled)],
    ['--blocks', text(options.blocks)],
    ['--features', options.features],
    ['--scaling', options.scaling],
    ['--frame', text(options.frame)],
    ['--frame-hop', text(options.frameHop)],
    ['--path', options.path],
    ['--size', options.size?.join(',')],
    ['--channels', text(options.channels)],
    ['--imbalance', text(options.imbalance)],
  ];
}

/** Flags that stand alone. */
export function switchesOf({ resample, skipUnreadable, pool }: OpenTaskOptions): string[] {
  return [
    ...(resample ? ['--resample'] : []),
    ...(skipUnreadable ? ['--skip-unreadable'] : []),
    ...(pool ? ['--pool'] : []),
  ];
}
