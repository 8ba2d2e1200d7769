import { groupOfMetric, sizeGroup, sizeGroups } from '../../metrics/index.ts';
import type { Result } from '../../pilot/result.ts';
import { type AnyArm, comparisonOf, pair } from '../arms.ts';
import { type Html, html } from '../html.ts';
import { fill, say } from '../language.ts';
import { footnotes } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, estimateCell, table } from '../table.ts';
import { classTexts } from '../text/classes.ts';
import { words } from '../text/words.ts';
import { changeCells } from './change.ts';

/** Whether a metric is of a group (many, medium, few) that has no number in any arm: such a column is not shown. */
export function isEmptyGroup(arms: readonly Pick<AnyArm, 'metrics'>[], metric: string): boolean {
  return groupOfMetric(metric) !== undefined && arms.every((arm) => arm.metrics[metric]?.value == null);
}

/** Groups of the classes by training items that have a number for A and B; fewer than two tell nothing new. */
export function shownGroups(result: Result): (typeof sizeGroups)[number][] {
  const { a, b } = pair(result);
  const found = sizeGroups.filter((group) => [a, b].every(({ metrics }) => metrics[`recall-${group}`]?.value != null));
  return found.length > 1 ? found : [];
}

/** Classes of a group. */
export function classesIn(arm: AnyArm, group: (typeof sizeGroups)[number]): number {
  return arm.classes.filter(({ trained }) => sizeGroup(trained) === group).length;
}

/** Mean recall of the classes with many, a medium number of and few training items, A against B; null without groups. */
export function groupsTable(result: Result): Html | null {
  const groups = shownGroups(result);
  if (groups.length === 0) return null;
  const { a, b, aPath, bPath } = pair(result);
  const notes = footnotes('group');
  const head = html`<tr>${column(fill(classTexts.group), 'text')}${column(fill(classTexts.classCount))}${column(fill(classTexts.recallA))}${column(fill(classTexts.recallB))}${column(fill(classTexts.difference))}${column(fill(words.inWords), 'text')}</tr>`;
  const rows = groups.map((group) => {
    const metric = `recall-${group}`;
    const at = pointer('metrics', metric);
    const found = comparisonOf(result, b.method, a.method, metric);
    return html`<tr><th scope="row">${say(classTexts[group])}</th><td class="num">${classesIn(a, group).toLocaleString('en')}</td>${estimateCell(result, aPath + at, 'percent', notes, true)}${estimateCell(result, bPath + at, 'percent', notes, true)}${changeCells(result, found, notes)}</tr>`;
  });
  return table('table-groups', fill(classTexts.groupsCaption), head, html`<tbody>${rows}</tbody>`, notes);
}
