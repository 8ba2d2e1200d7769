import { basename } from 'node:path';
import { many } from './columns.ts';
import type { Finding } from './dataset.ts';

/** Which side of a division that came with the data. */
export type Split = 'train' | 'test';

const TRAIN = /(?:^|[^a-z0-9])(?:train|training|data_batch)(?:[^a-z]|$)/;
const TEST = /(?:^|[^a-z0-9])(?:test|testing|t10k)(?:[^a-z]|$)/;

/** The side that a file's own name tells: `train-images...`, `ECG5000_TRAIN.tsv`, `data_batch_1.bin`, `t10k-...`, `test.csv`. */
export function splitOfName(file: string): Split | undefined {
  const lower = basename(file).toLowerCase();
  const [train, test] = [TRAIN.test(lower), TEST.test(lower)];
  return train === test ? undefined : train ? 'train' : 'test';
}

/**
 * A division counts where the side of every item is told and both sides hold some; told of some items only is a finding.
 * @param noun what an item is called: `picture`
 */
export function divisionOf(
  sides: readonly (Split | undefined)[],
  noun: string,
): { splits?: readonly Split[]; findings: readonly Finding[] } {
  const told = sides.filter((side) => side !== undefined);
  if (told.length === sides.length && new Set(told).size === 2) return { splits: told, findings: [] };
  if (told.length === 0 || told.length === sides.length) return { findings: [] };
  const detail = `the names of the files tell the side of ${told.length.toLocaleString('en-GB')} of ${many(sides.length, noun)} only, so there is no fixed division`;
  const override = 'train and test in the name of each file';
  return { findings: [{ kind: 'no-fixed-split', severity: 'warning', detail, override }] };
}

/**
 * Classes that one side of a division lacks.
 * @param labels of all items, -1 for none  @param splits the side of each  @param noun what an item is called: `picture`
 */
export function oneSidedClasses(
  classes: readonly string[],
  labels: Int32Array,
  splits: readonly Split[],
  noun: string,
): Finding[] {
  const count = { train: new Int32Array(classes.length), test: new Int32Array(classes.length) };
  labels.forEach((label, i) => {
    if (label >= 0) count[splits[i]][label]++;
  });
  return classes.flatMap((name, c): Finding[] => {
    const [train, test] = [count.train[c], count.test[c]];
    if (train > 0 && test > 0) return [];
    const found = (kind: string, detail: string): Finding[] => [
      { kind, severity: 'warning', detail: `class "${name}" has ${detail}` },
    ];
    return train === 0
      ? found(
          'class-not-in-training',
          `${many(test, noun)} in test and none in training: no model can learn it, its recall will be 0`,
        )
      : found('class-not-in-test', `${many(train, noun)} in training and none in test: learnt, never measured`);
  });
}
