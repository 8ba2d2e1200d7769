import type { Result } from '../../pilot/result.ts';
import { comparisonOf, leastUnits, pair, unitsOf } from '../arms.ts';
import { recallChart } from '../charts/recall.ts';
import { figure, interval } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { fill, say, type Text } from '../language.ts';
import { footnotes, type Notes } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, estimateCell, table } from '../table.ts';
import { classTexts } from '../text/classes.ts';
import { states, words } from '../text/words.ts';

/** Recall per class, A against B: chart and table. */
export function classesSection(result: Result): Html {
  const { a, b, aPath, bPath } = pair(result);
  const notes = footnotes('class');
  const head = html`<tr>${column(fill(words.class), 'text')}${column(fill(classTexts.trained))}${column(fill(classTexts.evaluated))}${column(fill(classTexts.recallA))}${column(fill(classTexts.recallB))}${column(fill(classTexts.difference))}${column(fill(words.inWords), 'text')}</tr>`;
  const rows = a.classes.map((own, c) => {
    const [pathA, pathB] = [`${aPath}${pointer('classes', c)}`, `${bPath}${pointer('classes', c)}`];
    return html`<tr><th scope="row">${own.name}</th><td class="num">${figure(result, `${pathA}/trained`, 'count')}</td><td class="num">${figure(result, `${pathA}/evaluated`, 'count')}</td>${estimateCell(result, `${pathA}/recall`, 'percent', notes)}${estimateCell(result, `${pathB}/recall`, 'percent', notes)}${differenceCells(result, own.name, c, notes)}</tr>`;
  });
  return html`<p>${say(result.task === 'classify' ? classTexts.intro : classTexts.introProbe)}</p>${recallChart(a, b)}${table('table-classes', fill(classTexts.tableCaption), head, html`<tbody>${rows}</tbody>`, notes)}<p class="hint">${say(classTexts.trainedHint)}</p>`;
}

function differenceCells(result: Result, name: string, c: number, notes: Notes): Html {
  const { a, b } = pair(result);
  const found = comparisonOf(result, b.method, a.method, `recall[${name}]`);
  const units = unitsOf(result, a, c);
  if (units < leastUnits) {
    const key = result.design.unit === 'group' ? 'unmeasurableGroups' : 'unmeasurable';
    return html`${difference(result, found, notes)}<td>${stateMark(key, fill(states[key].word, { more: leastUnits - units }))}</td>`;
  }
  const key = found?.comparison.difference == null ? 'absent' : found.comparison.state;
  return html`${difference(result, found, notes)}<td>${stateMark(key)}</td>`;
}

function difference(result: Result, found: ReturnType<typeof comparisonOf>, notes: Notes): Html {
  if (found?.comparison.difference == null) {
    const mark = found?.comparison.reason === undefined ? null : notes.mark(found.comparison.reason);
    return html`<td class="num">–${mark}</td>`;
  }
  const { comparison, path } = found;
  const mark = comparison.reason === undefined ? null : notes.mark(comparison.reason);
  const below = comparison.interval && html`<span class="ci">${interval(result, `${path}/interval`, 'points')}</span>`;
  return html`<td class="num">${figure(result, `${path}/difference`, 'points')}${mark}${below}</td>`;
}

/** A state as sign and word: never by colour alone. */
export function stateMark(state: keyof typeof states, word?: Text): Html {
  return html`<span class="state ${state}"><span class="glyph" aria-hidden="true">${states[state].sign}</span> ${say(word ?? fill(states[state].word))}</span>`;
}
