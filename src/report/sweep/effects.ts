import type { SweepResult } from '../../pilot/sweep/result.ts';
import { dash, sized, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, say } from '../language.ts';
import { pointer } from '../pointer.ts';
import { column, table } from '../table.ts';
import { metricName } from '../text/names.ts';
import { words } from '../text/words.ts';
import { code, effectsTold, figure, marginOf } from './numbers.ts';
import { effectTexts as t } from './texts.ts';

/** How far each hyper-parameter moves each criterion, beside the difference that matters. */
export function effectsSection(result: SweepResult): Html {
  const effects = effectsTold(result);
  if (effects.length === 0) return html`<p>${say(t.none)}</p>`;
  const names = [...new Set(effects.map(({ name }) => name))];
  const head = html`<tr>${column(fill(t.name), 'text')}${result.criteria.map(({ metric }) => column(html`${say(capital(metricName(metric)))}<span class="ci">${say(t.margin, { margin: marginOf(result, metric) })}</span>`))}</tr>`;
  const rows = names.map(
    (name) =>
      html`<tr><th scope="row">${code(name)}</th>${result.criteria.map((_, c) => effectCell(result, name, c))}</tr>`,
  );
  const left = result.axes.some(({ name }) => !names.includes(name));
  return html`<p>${say(t.intro)}</p>${table('table-effects', fill(t.caption), head, html`<tbody>${rows}</tbody>`)}${left && html`<p class="hint">${say(t.none)}</p>`}`;
}

function effectCell(result: SweepResult, name: string, c: number): Html {
  const { metric, margin } = result.criteria[c];
  const effect = effectsTold(result).find((one) => one.name === name && one.metric === metric);
  if (effect === undefined) return html`<td class="num">${dash(words.noNumber)}</td>`;
  const number = figure(result, pointer('sensitivity', 'effects', effect.i, 'range'), unitOf(metric).value);
  const { sign, word } = effect.range > margin ? t.matters : t.little;
  return html`<td class="num">${say(sized(number, metric))}<span class="ci"><span class="glyph" aria-hidden="true">${sign}</span> ${say(word)}</span></td>`;
}
