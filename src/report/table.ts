import type { Comparison, Estimate, Result } from '../pilot/result.ts';
import { estimateOf } from './arms.ts';
import { dash, type Format, figure, interval, unitOf } from './figures.ts';
import { type Content, type Html, html } from './html.ts';
import { fill, say, type Text } from './language.ts';
import type { Notes } from './notes.ts';
import { resolve } from './pointer.ts';
import { known } from './text/known.ts';
import { words } from './text/words.ts';

/** A table in a box that scrolls sideways by itself, so that the page never does. `id` is unique on the page. */
export function table(id: string, caption: Text, head: Content, body: Content, notes?: Notes): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table><caption><span id="${id}">${say(caption)}</span></caption><thead>${head}</thead>${body}</table></div>${notes?.list()}`;
}

/** A heading cell of a column. */
export function column(text: Text | Html, kind = 'num'): Html {
  return html`<th scope="col" class="${kind}">${'html' in text ? text : say(text)}</th>`;
}

/** One number in a cell; a dash with its reason, in the title and as a note, where there is none. */
export function numberCell(result: Result, path: string, format: Format, notes: Notes, reason?: string): Html {
  if (resolve(result, path) !== null) return html`<td class="num">${figure(result, path, format)}</td>`;
  const why = reason === undefined ? fill(words.noNumber) : known(reason);
  return html`<td class="num">${dash(why)}${notes.mark(why)}</td>`;
}

/** An estimate in a cell: value, interval below it, and its count where `count` asks for it. */
export function estimateCell(result: Result, path: string, format: Format, notes: Notes, count = false): Html {
  const estimate = resolve(result, path) as Estimate;
  const why = estimate.reason === undefined ? undefined : known(estimate.reason);
  const value = estimate.value === null ? dash(why ?? fill(words.noNumber)) : figure(result, `${path}/value`, format);
  const mark = why !== undefined ? notes.mark(why) : estimate.value === null ? notes.mark(fill(words.noNumber)) : null;
  const below =
    estimate.interval === null ? null : html`<span class="ci">${interval(result, `${path}/interval`, format)}</span>`;
  return html`<td class="num">${value}${mark}${below}${count && html`<span class="ci">n = ${figure(result, `${path}/count`, 'count')}</span>`}</td>`;
}

/** Arm `i` on `metric` in a cell; a dash where the arm has no such metric. */
export function metricCell(result: Result, i: number, metric: string, notes: Notes): Html {
  const found = estimateOf(result, i, metric);
  return found ? estimateCell(result, found.path, unitOf(metric).value, notes) : html`<td class="num">–</td>`;
}

/** A difference in a cell, its interval below; a dash, with the reason where one is given, where there is none. */
export function differenceCell(
  result: Result,
  found: { readonly comparison: Comparison; readonly path: string } | null,
  notes: Notes,
): Html {
  const mark = found?.comparison.reason === undefined ? null : notes.mark(found.comparison.reason);
  if (found?.comparison.difference == null) return html`<td class="num">–${mark}</td>`;
  const { comparison, path } = found;
  const unit = unitOf(comparison.metric).difference;
  const below = comparison.interval && html`<span class="ci">${interval(result, `${path}/interval`, unit)}</span>`;
  return html`<td class="num">${figure(result, `${path}/difference`, unit)}${mark}${below}</td>`;
}
