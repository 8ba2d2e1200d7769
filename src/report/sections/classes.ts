import type { Result } from '../../pilot/result.ts';
import { leastUnits, pair, unitsOf } from '../arms.ts';
import { recallChart } from '../charts/recall.ts';
import { figure } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { fill, say, type Text } from '../language.ts';
import { footnotes } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, estimateCell, table } from '../table.ts';
import { classTexts } from '../text/classes.ts';
import { words } from '../text/words.ts';
import { changeCells } from './change.ts';
import { changesOf, chosenClasses } from './chosen.ts';
import { groupsTable } from './groups.ts';

export { stateMark } from './change.ts';

/** Recall per class, A against B: chart and table. Of many classes the groups and those that stand out. */
export function classesSection(result: Result): Html {
  const { a, b } = pair(result);
  const intro = say(result.task === 'classify' ? classTexts.intro : classTexts.introProbe);
  const chosen = chosenClasses(result);
  const groups = groupsTable(result);
  const hint = html`<p class="hint">${say(classTexts.trainedHint)}</p>`;
  if (chosen === null)
    return html`<p>${intro}</p>${recallChart(a, b)}${classesTable(result, [{ shown: [...a.classes.keys()] }])}${hint}${groups}`;
  const parts = (['gained', 'lost', 'lowest'] as const).filter((reason) => chosen[reason].length > 0);
  const shown = parts.flatMap((reason) => chosen[reason]);
  const counts = { classes: a.classes.length.toLocaleString('en'), shown: shown.length };
  if (shown.length === 0) return html`${groups}<p>${say(classTexts.noneChosen, counts)}</p>`;
  return html`${groups}<p>${say(classTexts.chosen, { ...counts, least: leastUnits })}</p>${recallChart(a, b, shown)}${classesTable(
    result,
    parts.map((reason) => ({ title: fill(classTexts[reason]), shown: chosen[reason] })),
  )}${hint}`;
}

/** Some classes one after another, under a title where there are several parts. */
function classesTable(
  result: Result,
  parts: readonly { readonly title?: Text; readonly shown: readonly number[] }[],
): Html {
  const { a, aPath, bPath } = pair(result);
  const notes = footnotes('class');
  const changes = changesOf(result);
  const head = html`<tr>${column(fill(words.class), 'text')}${column(fill(classTexts.trained))}${column(fill(classTexts.evaluated))}${column(fill(classTexts.recallA))}${column(fill(classTexts.recallB))}${column(fill(classTexts.difference))}${column(fill(words.inWords), 'text')}</tr>`;
  const row = (c: number) => {
    const [pathA, pathB] = [`${aPath}${pointer('classes', c)}`, `${bPath}${pointer('classes', c)}`];
    const units = unitsOf(result, a, c);
    return html`<tr><th scope="row">${a.classes[c].name}</th><td class="num">${figure(result, `${pathA}/trained`, 'count')}</td><td class="num">${figure(result, `${pathA}/evaluated`, 'count')}</td>${estimateCell(result, `${pathA}/recall`, 'percent', notes)}${estimateCell(result, `${pathB}/recall`, 'percent', notes)}${changeCells(result, changes.get(c) ?? null, notes, units)}</tr>`;
  };
  const body = parts.map(({ title, shown }) => {
    const head = title && html`<tr class="part"><th scope="rowgroup" colspan="7">${say(title)}</th></tr>`;
    return html`<tbody>${head}${shown.map(row)}</tbody>`;
  });
  return table('table-classes', fill(classTexts.tableCaption), head, body, notes);
}
