import { createHash } from 'node:crypto';
import { InputError } from '../../array/errors.ts';
import type { ColumnTreatment, Finding, Task } from '../dataset.ts';
import { tinyClasses } from '../label.ts';
import type { FeatureOptions, WindowSet } from '../series/index.ts';
import { LEARNT_FROM } from '../series/label.ts';

/**
 * The task of telling the class of windows of time series. Groups are those of the windows, unless each window is a group
 * of its own. Windows without a class take no part.
 * @throws InputError fewer than two classes
 */
export function seriesTask(windows: WindowSet, features: FeatureOptions): Task {
  const { set, rows, labels, counts, groups, groupNames } = windows;
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
    audit: findingsOf(windows),
  };
}

/** Readers speak of representations, which learn from what has no class; and of steps, where windows are what counts. */
function findingsOf({ set, counts, findings }: WindowSet): Finding[] {
  const own = [...set.findings, ...findings].filter(({ kind }) => kind !== 'tiny-class').map(leftOut);
  const present = [...counts.keys()].filter((c) => counts[c] > 0);
  const few = tinyClasses(
    present.map((c) => set.classes[c]),
    present.map((c) => counts[c]),
    'window',
  );
  return [...own, ...few];
}

function leftOut(finding: Finding): Finding {
  const { kind, detail } = finding;
  if (!detail.endsWith(LEARNT_FROM)) return finding;
  const counted = detail.slice(0, -LEARNT_FROM.length);
  if (kind === 'missing-label')
    return { ...finding, detail: `${counted}where these outnumber every class, a window has none` };
  return { ...finding, severity: 'warning', detail: `${counted}left out of training and evaluation` };
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
