import type { Result } from '../../pilot/result.ts';
import { figure } from '../figures.ts';
import { type Content, type Html, html } from '../html.ts';
import { fill, say, type Text } from '../language.ts';
import { dataTexts as t } from '../text/data.ts';

/** What all pictures were brought to; nothing where the data are no pictures. */
export function pictureFacts(result: Result): Html | null {
  const { pictures } = result.data;
  if (pictures === undefined) return null;
  const side = (name: 'height' | 'width') => figure(result, `/data/pictures/${name}`, 'count');
  const rows: readonly (readonly [Text, Content])[] = [
    [fill(t.size), say(t.sizeIs, { height: side('height'), width: side('width') })],
    [fill(t.channels), say(pictures.channels === 1 ? t.grey : t.colour)],
  ];
  return html`<dl class="facts">${rows.map(([term, is]) => html`<div><dt>${say(term)}</dt><dd>${is}</dd></div>`)}</dl>`;
}
