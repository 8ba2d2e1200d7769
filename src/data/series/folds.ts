import { InputError } from '../../array/errors.ts';
import { stream } from '../../array/random.ts';
import { many } from '../columns.ts';
import type { Finding, Fold } from '../dataset.ts';
import { grouped } from '../splits/grouped.ts';
import type { FoldOptions } from '../splits.ts';
import type { WindowSet } from './windows.ts';

/** Fewer groups are said: what differs from group to group is then known badly. */
const FEW_GROUPS = 10;

/**
 * Divides windows into folds by whole groups, `repeats` times: the rules of `grouped` (every class and the whole spread
 * evenly), with windows without a class spread as one more class. `train`, `validation` and `test` hold window numbers,
 * ascending, and never share a group; windows without a class are in them, for learning.
 *
 * @throws InputError fewer than 3 groups, or fewer than folds
 */
export function seriesFolds(windows: WindowSet, options: FoldOptions): { folds: Fold[]; findings: Finding[] } {
  const { folds, repeats, seed, validation = 0.2 } = options;
  if (!Number.isInteger(folds) || folds < 2)
    throw new InputError(`--folds: a whole number >= 2 is needed, got ${folds}`);
  if (!Number.isInteger(repeats) || repeats < 1)
    throw new InputError(`--repeats: a whole number >= 1 is needed, got ${repeats}`);
  const { labels, groups, groupNames, set } = windows;
  const shown = groupNames.slice(0, 3).join(', ');
  if (groupNames.length < 3)
    throw new InputError(
      `--group: ${many(groupNames.length, 'group')} with windows (${shown}); at least 3 are needed (training, validation, test): ` +
        'add recordings, name another --group, or give --blocks N to split each recording in time',
    );
  if (groupNames.length < folds)
    throw new InputError(
      `--folds ${folds}: there are only ${groupNames.length} groups (${shown}${groupNames.length > 3 ? ', ...' : ''}); use --folds ${groupNames.length} or fewer`,
    );
  const classes = set.classes.length;
  const rows = Int32Array.from(labels.keys());
  const classOrNone = labels.map((label) => (label < 0 ? classes : label));
  const all = Array.from({ length: repeats }, (_, repeat) => {
    const random = stream(seed, 'split', repeat);
    const divided = grouped(rows, classOrNone, classes + 1, groups, { folds, validation }, random);
    return divided.map((fold) => ({ repeat, ...fold }));
  }).flat();
  return { folds: all, findings: [...fewGroups(groupNames), ...missingFromFolds(windows, all)] };
}

function fewGroups(groupNames: readonly string[]): Finding[] {
  if (groupNames.length >= FEW_GROUPS) return [];
  const detail = `${groupNames.length} groups only: what a new group would give is known badly; more groups help more than longer recordings`;
  return [{ kind: 'few-groups', severity: 'warning', detail }];
}

/** One finding for each class that some part of some fold lacks. */
function missingFromFolds({ labels, set }: WindowSet, folds: readonly Fold[]): Finding[] {
  const lacking = set.classes.map(() => ({ train: 0, validation: 0, test: 0 }));
  for (const fold of folds)
    for (const part of ['train', 'validation', 'test'] as const) {
      const present = new Set(Array.from(fold[part], (row) => labels[row]));
      for (const [c, lack] of lacking.entries()) if (!present.has(c)) lack[part]++;
    }
  return set.classes.flatMap((name, c): Finding[] => {
    const { train, validation, test } = lacking[c];
    if (train + validation + test === 0) return [];
    const parts = Object.entries({ training: train, validation, test }).filter(([, count]) => count > 0);
    const where = parts.map(([part, count]) => `the ${part} part of ${count} of ${many(folds.length, 'fold')}`);
    const severity = train > 0 ? 'warning' : 'info';
    const detail = `class "${name}" is absent from ${where.join(' and from ')}`;
    return [
      { kind: 'class-missing-in-fold', severity, detail, override: 'use fewer --folds, or more groups that hold it' },
    ];
  });
}
