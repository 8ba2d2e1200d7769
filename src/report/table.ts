import type { Estimate, Result } from '../pilot/result.ts';
import { dash, type Format, figure, interval } from './figures.ts';
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
