import type { Representation } from '../../pilot/result.ts';
import { pair } from '../arms.ts';
import { figure, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, say } from '../language.ts';
import { commonReason, estimatesOf, footnotes, unlessMarked } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, estimateCell, table } from '../table.ts';
import { metricName } from '../text/names.ts';
import { alarmTexts as t } from '../text/plane.ts';
import { words } from '../text/words.ts';
import { methodCell } from './arms.ts';

/** What the alarm looks at. */
const looked = ['silhouette', 'davies-bouldin', 'kappa-time', 'bridge'];

/** The alarm "pretty but useless": which methods, in how many trials, on what numbers, and how far to trust it. */
export function alarmBox(result: Representation): Html {
  const raised = result.arms.filter((arm) => (arm.alarm?.raised ?? 0) > 0);
  if (raised.length === 0)
    return html`<div class="alarm quiet-alarm" id="alarm"><h3>${say(t.quietTitle)}</h3><p>${say(t.quiet)}</p><p class="hint">${say(t.bridge)}</p></div>`;
  const shown = result.arms.filter((arm) => arm.role === 'baseline' || raised.includes(arm));
  const common = commonReason(estimatesOf(shown, looked));
  const notes = footnotes('alarm', common);
  const found = (method: string) =>
    result.audit.some(({ kind, column: of }) => kind === 'pretty-but-useless' && of === method);
  const head = html`<tr>${column(fill(words.method), 'text')}${column(fill(t.raised), 'text')}${column(fill(t.onMean), 'text')}${looked.map((metric) => column(capital(metricName(metric))))}</tr>`;
  const rows = shown.map((arm) => {
    const i = result.arms.indexOf(arm);
    const told =
      arm.role === 'baseline'
        ? html`<td>–</td><td>–</td>`
        : html`<td class="short">${say(t.raisedOf, counts(result, i))}</td><td class="short">${say(found(arm.method) ? words.yes : words.no)}</td>`;
    const cells = looked.map((metric) =>
      Object.hasOwn(arm.metrics, metric)
        ? estimateCell(result, pointer('arms', i, 'metrics', metric), unitOf(metric).value, notes)
        : html`<td class="num">–</td>`,
    );
    return html`<tr class="${arm.role}">${methodCell(arm)}${told}${cells}</tr>`;
  });
  const names = {
    Silhouette: capital(metricName('silhouette')),
    daviesBouldin: metricName('davies-bouldin'),
    kappaTime: metricName('kappa-time'),
  };
  return html`<div class="alarm" id="alarm"><h3><span class="glyph" aria-hidden="true">!</span> ${say(t.title)}</h3><p>${say(t.means)}</p>${table('table-alarm', fill(t.caption, names), head, html`<tbody>${rows}</tbody>`, notes)}${unlessMarked(common)}<p class="hint">${say(t.bridge)}</p></div>`;
}

/** One line for the first section where B raised the alarm. */
export function alarmLine(result: Representation): Html | null {
  const { b } = pair(result);
  if ((b.alarm?.raised ?? 0) === 0) return null;
  return html`<p class="alarm-line"><span class="glyph" aria-hidden="true">!</span> ${say(t.short, counts(result, result.arms.indexOf(b)))} <a class="screen" href="#alarm">${say(t.more)}</a></p>`;
}

function counts(result: Representation, i: number) {
  const path = pointer('arms', i, 'alarm');
  return { raised: figure(result, `${path}/raised`, 'count'), of: figure(result, `${path}/of`, 'count') };
}
