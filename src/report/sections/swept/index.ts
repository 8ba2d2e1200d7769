import type { Classification, SettingsSweep } from '../../../pilot/result.ts';
import { comparisonOf, pair } from '../../arms.ts';
import { sign } from '../../charts/recall.ts';
import { type Html, html } from '../../html.ts';
import { capital, fill, say } from '../../language.ts';
import { footnotes, type Notes } from '../../notes.ts';
import { code } from '../../sweep/numbers.ts';
import { column, metricCell, table } from '../../table.ts';
import { armTexts } from '../../text/arms.ts';
import { methodName, metricName } from '../../text/names.ts';
import { fewRepeats, sweptTexts as t } from '../../text/variants.ts';
import { words } from '../../text/words.ts';
import { tooFewRepeats } from '../ablation.ts';
import { changeCells } from '../change.ts';
import { sweptMap } from './map.ts';
import { type Point, pointOf, pointsOf } from './points.ts';
import { sweptSentences } from './words.ts';

export { sweptSentences } from './words.ts';

/** The swept settings: how many keep up with A and what they may not be used for, a picture of all, a table. */
export function sweptSection(result: Classification, sweep: SettingsSweep): Html {
  const points = pointsOf(result, sweep);
  const [told, honest] = sweptSentences(result, sweep).map((text) => html`<p class="told">${say(text)}</p>`);
  const few = tooFewRepeats(result) && html`<p class="hint">${say(fewRepeats)}</p>`;
  return html`${told}${few}${sweptMap(result, sweep, points)}${honest}${pointsTable(result, sweep, points)}<p class="hint">${say(t.apart)}</p>`;
}

/** A, and every setting on criteria and guards, with its difference to A. */
function pointsTable(result: Classification, { axes, method }: SettingsSweep, points: readonly Point[]): Html {
  const { criteria, guards } = result.design;
  const notes = footnotes('setting');
  const deciding = criteria.map(({ metric }) => metric);
  const guarded = guards.map(({ metric }) => metric).filter((metric) => !deciding.includes(metric));
  const title = (metric: string) => column(capital(metricName(metric)));
  const head = html`<tr>${axes.map(({ name }) => column(code(name), 'text'))}${deciding.map((metric) => html`${title(metric)}${column(fill(armTexts.differenceTo, { Metric: capital(metricName(metric)) }))}${column(fill(words.inWords), 'text')}`)}${guarded.map(title)}</tr>`;
  const numbers = ({ i }: Point) =>
    html`${deciding.map((metric) => html`${metricCell(result, i, metric, notes)}${differenceCells(result, i, metric, notes)}`)}${guarded.map((metric) => metricCell(result, i, metric, notes))}`;
  const [a] = result.arms.flatMap(({ role }, i) => (role === 'baseline' ? [pointOf(result, i)] : []));
  const theirs = html`<tr class="baseline"><th scope="row" colspan="${axes.length}">${sign('a')} ${say(methodName(pair(result).a.method))}</th>${numbers(a)}</tr>`;
  const rows = points.map((point) => {
    const [first, ...rest] = axes.map(({ name }) => code(point.settings[name]));
    const mark = point.tag && html`${sign(point.tag === 'A' ? 'a' : 'b')} `;
    return html`<tr class="${result.arms[point.i].role}"><th scope="row">${mark}${first}</th>${rest.map((value) => html`<td>${value}</td>`)}${numbers(point)}</tr>`;
  });
  const body = html`<tbody>${points.some(({ tag }) => tag === 'A') ? null : theirs}${rows}</tbody>`;
  return table('table-settings-swept', fill(t.tableCaption, { method: methodName(method) }), head, body, notes);
}

function differenceCells(result: Classification, i: number, metric: string, notes: Notes): Html {
  const { method, role } = result.arms[i];
  if (role === 'baseline') return html`<td class="num soft">${say(armTexts.isBaseline)}</td><td></td>`;
  const found = comparisonOf(result, method, pair(result).a.method, metric);
  return changeCells(result, found, notes);
}
