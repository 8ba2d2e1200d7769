import { createHash } from 'node:crypto';
import { InputError } from '../../array/errors.ts';
import type { ColumnTreatment, Task } from '../dataset.ts';
import type { FeatureOptions, WindowSet } from '../series/index.ts';

/**
 * The task of telling the class of windows of time series. Groups are those of the windows, unless each window is a group
 * of its own. Windows without a class take no part.
 * @throws InputError fewer than two classes
 */
export function seriesTask(windows: WindowSet, features: FeatureOptions): Task {
  const { set, rows, labels, counts, groups, groupNames, findings } = windows;
  const { files, classes, channels } = set;
  if (classes.length < 2)
    throw new InputError(
      `${files[0].file}: ${classes.length === 0 ? 'no class is told' : `all steps are of class "${classes[0]}"`}; name the column of the classes with --label`,
    );
  const grouped = groupNames.length < rows;
  return {
    source: { ...joined(files), rows, unit: 'window' },
    items: { kind: 'series', windows, features },
    labels,
    classes,
    counts,
    ...(grouped && { groups }),
    ...(windows.splits && { splits: windows.splits }),
    columns: channels.map(
      (name): ColumnTreatment => ({
        name,
        kind: 'number',
        role: 'input',
        treatment: treatmentOf(features),
        missing: 0,
      }),
    ),
    audit: [...set.findings, ...findings],
  };
}

/** What is done with a channel, in words. */
export function treatmentOf({ features = 'raw', scaling = 'global' }: FeatureOptions): string {
  const by = scaling === 'recording' ? 'each recording by itself' : 'all training recordings';
  return features === 'stft' ? `spectrum of each window, standardised over ${by}` : `standardised over ${by}`;
}

/** Several files as one source. */
export function joined(files: readonly { readonly file: string; readonly digest: string }[]): {
  file: string;
  digest: string;
} {
  const [{ file, digest }] = files;
  if (files.length === 1) return { file, digest };
  const all = createHash('sha256')
    .update(files.map((own) => own.digest).join('\n'))
    .digest('hex');
  return { file: `${file} and ${files.length - 1} more`, digest: `sha256:${all}` };
}
