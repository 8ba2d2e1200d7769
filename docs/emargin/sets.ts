import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { RepresentationPilotOptions } from '../../src/pilot/represent/pilot.ts';

/** How a data set is read and cut into windows. */
export type SetOptions = Omit<RepresentationPilotOptions, 'out'>;

const leads = ['FpzCz', 'PzOz'];
const numbers = ['delta', 'theta', 'alpha', 'beta', 'gamma', 'logvar', 'mobility'];

/** The three sets on which the paradox was found, in a folder that has them as `har-chest/*.csv.gz` and so on. */
export function sets(data: string): Readonly<Record<string, SetOptions>> {
  const files = (pattern: string) => globSync(join(data, pattern)).sort();
  return {
    'har-chest': {
      files: files('har-chest/*.csv.gz'),
      series: ['x_acceleration', 'y_acceleration', 'z_acceleration'],
      label: 'label',
      unlabelled: ['0'],
      rate: 52,
      window: '1s',
      hop: '0.5s',
      // The sensors are not calibrated: each recording is standardised by itself.
      scaling: 'recording',
    },
    'har-phone': {
      files: files('har-phone/*.csv.gz'),
      series: ['x_acc', 'y_acc', 'z_acc', 'x_gyro', 'y_gyro', 'z_gyro'],
      label: 'label',
      recording: 'execution',
      rate: 100,
      window: '0.64s',
      hop: '0.12s',
      // The phone is worn in several orientations.
      scaling: 'recording',
    },
    'sleep-edf-features': {
      // The first night of each of eight people.
      files: files('sleep-edf-features/*.csv.gz').filter(firstNight),
      series: leads.flatMap((lead) => numbers.map((name) => `${lead}_${name}`)),
      label: 'stage',
      // The two nights of one person stay together.
      group: 'file:^SC4(..)',
      time: 'epoch',
      timeUnit: 'steps',
      window: 1,
      hop: 1,
    },
  };
}

/** SC4ssNE0: of subject ss night N, as the first file of that subject. */
function firstNight(file: string, i: number, all: readonly string[]): boolean {
  const subject = (name: string) => /SC4(..)/.exec(name)?.[1];
  return i === 0 || subject(file) !== subject(all[i - 1]);
}
