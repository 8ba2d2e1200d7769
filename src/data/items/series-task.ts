import { createHash } from 'node:crypto';
import { InputError } from '../../array/errors.ts';
import { byName } from '../columns.ts';
import type { ColumnTreatment, Finding, Task } from '../dataset.ts';
import { tinyClasses } from '../label.ts';
import type { FeatureOptions, WindowSet } from '../series/index.ts';
import { LEARNT_FROM } from '../series/label.ts';

/**
 * The task of telling the class of windows of time series. Classes are those that some window has, ordered by their windows.
 * Groups are those of the windows, unless each window is a group of its own. Windows without a class take no part.
 * @throws InputError fewer than two classes
 */
export function seriesTask(windows: WindowSet, features: FeatureOptions): Task {
  const { set, rows, groups, groupNames } = windows;
  const { files, channels } = set;
  const { labels, classes, counts } = classesOf(windows);
  if (set.classes.length < 2)
    throw new InputError(
      `${files[0].file}: ${set.classes.length === 0 ? 'no class is told' : `all steps are of class "${set.classes[0]}"`}; name the column of the classes with --label`,
    );
  if (classes.length < 2)
    throw new InputError(
      `${files[0].file}: ${classes.length === 0 ? 'no window has a class' : `all windows with a class are of "${classes[0]}"`}; give a shorter --window or --hop`,
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
    audit: [...[...set.findings, ...windows.findings].flatMap(ofWindows), ...tinyClasses(classes, counts, 'window')],
  };
}

/** The classes of a recording set are ordered by their steps, and of some there may be no window. */
function classesOf({ set, labels, counts }: WindowSet): Pick<Task, 'labels' | 'classes' | 'counts'> {
  const order = [...counts.keys()]
    .filter((c) => counts[c] > 0)
    .sort((a, b) => counts[b] - counts[a] || byName(set.classes[a], set.classes[b]));
  return {
    labels: labels.map((label) => order.indexOf(label)),
    classes: order.map((c) => set.classes[c]),
    counts: order.map((c) => counts[c]),
  };
}

/** Readers count steps, and speak of representations, which learn from what has no class. */
function ofWindows(finding: Finding): Finding[] {
  const { kind, detail } = finding;
  if (kind === 'tiny-class') return [];
  if (!detail.endsWith(LEARNT_FROM)) return [finding];
  const counted = detail.slice(0, -LEARNT_FROM.length);
  if (kind === 'missing-label')
    return [{ ...finding, detail: `${counted}where these outnumber every class, a window has none` }];
  return [{ ...finding, severity: 'warning', detail: `${counted}left out of training and evaluation` }];
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
