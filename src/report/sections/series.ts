import type { Result } from '../../pilot/result.ts';
import { figure } from '../figures.ts';
import { type Content, type Html, html } from '../html.ts';
import { fill, say, type Text } from '../language.ts';
import { pointer } from '../pointer.ts';
import { column, table } from '../table.ts';
import { dataTexts as t } from '../text/data.ts';

/** What was recorded and how it was cut into windows, with its files; nothing where the data are no time series. */
export function seriesFacts(result: Result): Html | null {
  const { series } = result.data;
  if (series === undefined) return null;
  const count = (name: string) => figure(result, `/data/series/${name}`, 'count');
  const steps = (name: string) => say(t.steps, { count: count(name) });
  // Where each window is a group of its own, there are none to keep together.
  const grouped = series.groups < result.data.rows;
  const rows: readonly (readonly [Text, Content])[] = [
    [fill(t.recordings), count('recordings')],
    ...(grouped ? [[fill(t.groups), count('groups')] as const] : []),
    [fill(t.channels), series.channels.join(', ')],
    [
      fill(t.rate),
      series.rate === null
        ? say(t.noRate)
        : say(t.rateIs, {
            rate: figure(result, '/data/series/rate', Number.isInteger(series.rate) ? 'count' : 'tenths'),
          }),
    ],
    [fill(t.window), steps('window')],
    [fill(t.hop), series.hop === 0 ? say(t.aroundEvents) : isWhole(result) ? say(t.oneEach) : steps('hop')],
  ];
  return html`<dl class="facts">${rows.map(([term, is]) => html`<div><dt>${say(term)}</dt><dd>${is}</dd></div>`)}</dl>${files(result)}`;
}

/** Each recording is one window. */
export function isWhole({ data: { rows, series } }: Result): boolean {
  return series !== undefined && series.hop === series.window && series.recordings === rows;
}

function files(result: Result): Html {
  const list = result.data.series?.files ?? [];
  const head = html`<tr>${column(fill(t.file), 'text')}${column(fill(t.rows))}${column(fill(t.digest), 'text')}</tr>`;
  const body = list.map(
    ({ file, digest }, i) =>
      html`<tr><th scope="row">${file}</th><td class="num">${figure(result, pointer('data', 'series', 'files', i, 'rows'), 'count')}</td><td class="name"><code>${digest}</code></td></tr>`,
  );
  return html`<details><summary>${say(t.filesTitle, { count: list.length })}</summary>${table('table-files', fill(t.filesCaption), head, html`<tbody>${body}</tbody>`)}</details>`;
}
