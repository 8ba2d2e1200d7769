import { InputError } from '../../array/errors.ts';
import { byName, many } from '../columns.ts';
import type { Dataset, Finding } from '../dataset.ts';
import { type Label, makeLabel, tinyClasses } from '../label.ts';
import { labelsOf } from '../series/label.ts';
import { columnOf } from '../series/table.ts';
import { oneSidedClasses, type Split } from '../split-names.ts';

/**
 * Classes from names that are classes beyond doubt (folders, label files): order and findings as `makeLabel` has them, but
 * many classes of one picture each are no sign of an id. With a division, classes that one side lacks are found.
 *
 * @param where names the data in messages
 * @throws InputError no label at all, one class only
 */
export function pictureLabels(where: string, names: readonly (string | undefined)[], splits?: readonly Split[]): Label {
  const tally = new Map<string, number>();
  for (const name of names) if (name !== undefined) tally.set(name, (tally.get(name) ?? 0) + 1);
  const order = [...tally].sort((a, b) => b[1] - a[1] || byName(a[0], b[0]));
  const classes = order.map(([name]) => name);
  const counts = order.map(([, count]) => count);
  if (classes.length === 0) throw new InputError(`${where}: no picture has a label; two classes or more are needed`);
  if (classes.length === 1)
    throw new InputError(
      `${where}: all pictures are of one class (${JSON.stringify(classes[0])}, ${many(counts[0], 'picture')}); two or more are needed`,
    );
  const index = new Map(classes.map((name, i) => [name, i]));
  const labels = Int32Array.from(names, (name) => (name === undefined ? -1 : (index.get(name) ?? -1)));
  const findings = [
    ...unlabelled(labels),
    ...tinyClasses(classes, counts, 'picture'),
    ...(splits === undefined ? [] : oneSidedClasses(classes, labels, splits, 'picture')),
  ];
  return { labels, classes, counts, findings };
}

function unlabelled(labels: Int32Array): Finding[] {
  const missing = labels.reduce((count, label) => count + (label < 0 ? 1 : 0), 0);
  if (missing === 0) return [];
  const detail = `${many(missing, 'picture')} of ${labels.length.toLocaleString('en-GB')} without a label; left out of training and evaluation`;
  return [{ kind: 'missing-label', severity: 'warning', detail }];
}

/**
 * Class names of the rows of tables, by the rules of tables: one column over all of them, or several 0/1 columns. Findings
 * that count items are left out, for the pictures are counted once they have been read.
 *
 * @throws InputError unknown columns, and what `makeLabel` refuses
 */
export function tableLabels(
  tables: readonly Dataset[],
  names: readonly string[],
): { texts: (string | undefined)[][]; findings: Finding[] } {
  const columns = tables.map((table) => names.map((name) => columnOf(table, name, '--label')));
  const made: Label[] =
    names.length > 1
      ? tables.map((table, t) => makeLabel(table, columns[t]))
      : [
          labelsOf(
            tables.map(({ file }, t) => ({ file, column: columns[t][0] })),
            [],
          ),
        ];
  const all = made.flatMap(({ labels, classes }) =>
    Array.from(labels, (label) => (label < 0 ? undefined : classes[label])),
  );
  let at = 0;
  const texts = tables.map(({ rows }) => {
    at += rows;
    return all.slice(at - rows, at);
  });
  const counting = ['missing-label', 'tiny-class'];
  return { texts, findings: made.flatMap(({ findings }) => findings.filter(({ kind }) => !counting.includes(kind))) };
}
