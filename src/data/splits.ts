import { InputError } from '../array/errors.ts';
import { stream } from '../array/random.ts';
import { many } from './columns.ts';
import type { Finding, Fold, Task } from './dataset.ts';
import { MOST_NAMED, someOf } from './label.ts';
import { forwardInTime } from './splits/forward-in-time.ts';
import { given } from './splits/given.ts';
import { grouped } from './splits/grouped.ts';
import { stratified } from './splits/stratified.ts';

export interface FoldOptions {
  /** Test parts a repeat, 2 or more. */
  readonly folds: number;
  readonly repeats: number;
  readonly seed: number | string;
  /** Share of the training side kept for early stopping and the operating point, in (0, 0.5]. */
  readonly validation?: number;
}

export type Scheme = 'stratified' | 'grouped' | 'forward-in-time' | 'given';

/**
 * Divides the labelled rows, `repeats` times into `folds`; ordered by repeat, then fold. `train`, `validation` and `test`
 * never share a row; the training side is `train` and `validation` together. The scheme follows from the task:
 *
 * - `given` where the data comes divided: one fold a repeat, always the same test part; only validation is drawn anew.
 * - `forward-in-time` where it has times: the rows in the order of time make folds + 1 blocks; fold k trains on blocks
 *   0..k and tests on block k + 1, so the first block is never tested. All repeats share these divisions.
 * - `grouped` where it has groups: whole groups, each in the test part once a repeat.
 * - `stratified` otherwise: each row in the test part once a repeat, each class spread evenly.
 * - Times and groups both: forward in time, and rows whose group was met before are left out of the test (and validation)
 *   part. That suits groups of one time, such as lots; where groups last, nothing would be left, and that is an error.
 *
 * A class too rare for every part is absent from some ({@link missingClasses} says where), never dropped.
 *
 * @throws InputError fewer rows, groups or distinct times than the folds need; a part that would be empty
 */
export function makeFolds(task: Task, options: FoldOptions): { scheme: Scheme; folds: Fold[] } {
  const { folds, repeats, seed, validation = 0.2 } = options;
  if (!Number.isInteger(folds) || folds < 2)
    throw new InputError(`--folds: a whole number >= 2 is needed, got ${folds}`);
  if (!Number.isInteger(repeats) || repeats < 1)
    throw new InputError(`--repeats: a whole number >= 1 is needed, got ${repeats}`);
  if (!(validation > 0 && validation <= 0.5))
    throw new RangeError(`makeFolds: validation must be in (0, 0.5], got ${validation}`);
  const rows = Int32Array.from(task.labels.keys()).filter((row) => task.labels[row] >= 0);
  if (rows.length < 2 * folds)
    throw new InputError(
      `--folds ${folds}: ${many(rows.length, `labelled ${task.source.unit}`)} are too few; use fewer folds`,
    );
  const sizes = { folds, validation };
  const { splits } = task;
  if (splits) {
    const all = Array.from({ length: repeats }, (_, repeat) => {
      const { labels, classes, groups } = task;
      const random = stream(seed, 'split', repeat);
      return given(rows, labels, classes.length, splits, groups, validation, random).map((f) => ({ repeat, ...f }));
    });
    return { scheme: 'given', folds: all.flat() };
  }
  if (task.times) {
    const once = forwardInTime(rows, task.times, task.groups, sizes);
    const all = Array.from({ length: repeats }, (_, repeat) => once.map((fold) => ({ repeat, ...fold })));
    return { scheme: 'forward-in-time', folds: all.flat() };
  }
  const divide = (repeat: number) => {
    const random = stream(seed, 'split', repeat);
    const { labels, classes, groups } = task;
    return groups
      ? grouped(rows, labels, classes.length, groups, sizes, random)
      : stratified(rows, labels, classes.length, sizes, random);
  };
  const all = Array.from({ length: repeats }, (_, repeat) => divide(repeat).map((fold) => ({ repeat, ...fold })));
  return { scheme: task.groups ? 'grouped' : 'stratified', folds: all.flat() };
}

/** Items of each class; where the data come divided also those of either side. */
export function classCounts({ labels, classes, counts, splits }: Task): ClassCount[] {
  if (!splits) return classes.map((name, c) => ({ name, count: counts[c] }));
  const test = new Int32Array(classes.length);
  labels.forEach((label, i) => {
    if (label >= 0 && splits[i] === 'test') test[label]++;
  });
  return classes.map((name, c) => ({ name, count: counts[c], train: counts[c] - test[c], test: test[c] }));
}

export interface ClassCount {
  readonly name: string;
  readonly count: number;
  readonly train?: number;
  readonly test?: number;
}

/** Items of each class in each part of one fold, in the order of `task.classes`. */
export interface FoldCounts {
  readonly repeat: number;
  readonly fold: number;
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

export function foldCounts(task: Task, folds: readonly Fold[]): FoldCounts[] {
  const count = (rows: Int32Array) => {
    const counts = new Array<number>(task.classes.length).fill(0);
    for (const row of rows) counts[task.labels[row]]++;
    return counts;
  };
  return folds.map(({ repeat, fold, train, validation, test }) => ({
    repeat,
    fold,
    train: count(train),
    validation: count(validation),
    test: count(test),
  }));
}

/** One finding for each class that some training, validation or test part lacks, of many one for all: `class-missing-in-fold`. */
export function missingClasses(task: Task, folds: readonly Fold[]): Finding[] {
  const counts = foldCounts(task, folds);
  const parts = ['train', 'validation', 'test'] as const;
  const absent = task.classes.filter((_, c) => counts.some((fold) => parts.some((part) => fold[part][c] === 0)));
  if (absent.length > MOST_NAMED) {
    const unlearnt = task.classes.filter((_, c) => counts.some((fold) => fold.train[c] === 0));
    const detail = `${absent.length.toLocaleString('en-GB')} classes (${someOf(absent)}) are absent from some training, validation or test part, ${unlearnt.length.toLocaleString('en-GB')} of them from a training part`;
    const severity = unlearnt.length > 0 ? 'warning' : 'info';
    return [{ kind: 'class-missing-in-fold', severity, detail, override: 'use fewer --folds, or collect more of it' }];
  }
  return task.classes.flatMap((name, c): Finding[] => {
    const lacking = parts.flatMap((part) => {
      const where = counts.filter((fold) => fold[part][c] === 0);
      if (where.length === 0) return [];
      const first = `repeat ${where[0].repeat + 1}, fold ${where[0].fold + 1} first`;
      return [
        `the ${part === 'train' ? 'training' : part} part of ${where.length} of ${many(folds.length, 'fold')} (${first})`,
      ];
    });
    if (lacking.length === 0) return [];
    const detail = `class "${name}" (${many(task.counts[c], task.source.unit)}) is absent from ${lacking.join(' and from ')}`;
    const severity = lacking[0].startsWith('the training') ? 'warning' : 'info';
    return [{ kind: 'class-missing-in-fold', severity, detail, override: 'use fewer --folds, or collect more of it' }];
  });
}
