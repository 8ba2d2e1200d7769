import type { SweepResult } from '../../pilot/sweep/result.ts';
import { type Content, type Html, html } from '../html.ts';
import { fill, join, same, say, type Text } from '../language.ts';
import { pointer } from '../pointer.ts';
import { column, table } from '../table.ts';
import { dataTexts, findingKinds } from '../text/data.ts';
import { designTexts as shared } from '../text/design.ts';
import { known } from '../text/known.ts';
import { methodName } from '../text/names.ts';
import { severities, words } from '../text/words.ts';
import { baselineName, code, figure, limitsOf } from './numbers.ts';
import { strategies, designTexts as t } from './texts.ts';

/** The command, the design, the findings of the audit. */
export function designSection(result: SweepResult): Html {
  const { design, software, times } = result;
  const count = (name: string) => figure(result, `/design/${name}`, 'count');
  const rows: readonly (readonly [Text, Content])[] = [
    [fill(t.method), html`${say(methodName(result.method))} ${code(result.method)}`],
    [fill(t.baseline), html`${say(baselineName(result))} ${code(result.baseline.method)}`],
    [fill(t.strategy), say(strategies[result.strategy])],
    [fill(t.tried), result.axes.map((_, i) => html`${i > 0 && html`<br>`}${say(axisOf(result, i))}`)],
    [fill(t.criteria), say(limitsOf(result))],
    [fill(shared.folds), count('folds')],
    [fill(shared.repeats), count('repeats')],
    [fill(shared.steps), count('steps')],
    [
      fill(shared.seed),
      html`<span data-path="/design/seed" data-value="${design.seed}" data-format="plain">${design.seed}</span>`,
    ],
    [fill(shared.hash), html`<code>${design.hash}</code>`],
    [
      fill(shared.software),
      Object.entries(software).map(([name, version], i) => `${i > 0 ? ', ' : ''}${name} ${version}`),
    ],
    [fill(shared.started), times.started],
    [
      fill(shared.took),
      say(shared.tookIs, {
        seconds: figure(result, '/times/seconds', 'count'),
        workers: figure(result, '/times/workers', 'count'),
      }),
    ],
  ];
  return html`<p>${say(t.intro, { baseline: baselineName(result) })}</p><h3>${say(shared.command)}</h3><p class="hint screen">${say(shared.commandHint)}</p><pre class="command" tabindex="0"><code translate="no">${design.command.split(/(\s+)/).map((word) => (word.trim() === '' ? word : html`<span>${word}</span>`))}</code></pre><h3>${say(shared.designTitle)}</h3><dl class="facts">${rows.map(([term, is]) => html`<div><dt>${say(term)}</dt><dd>${is}</dd></div>`)}</dl><h3>${say(t.auditTitle)}</h3>${audit(result)}`;
}

function axisOf(result: SweepResult, i: number): Text {
  const axis = result.axes[i];
  const name = code(axis.name);
  if ('values' in axis)
    return fill(t.values, {
      name,
      values: join(
        axis.values.map((value) => same(code(value))),
        words.comma,
      ),
    });
  const end = (key: 'from' | 'to') =>
    html`<span class="setting" data-path="${pointer('axes', i, key)}" data-value="${axis[key]}" data-format="exact">${axis[key]}</span>`;
  return fill(t.range, { name, from: end('from'), to: end('to') });
}

function audit({ audit: findings }: SweepResult): Html {
  if (findings.length === 0) return html`<p>${say(dataTexts.nothing)}</p>`;
  const head = html`<tr>${column(fill(dataTexts.done), 'text')}${column(fill(dataTexts.where), 'text')}${column(fill(dataTexts.what), 'text')}${column(fill(dataTexts.override), 'text')}</tr>`;
  const rows = findings.map(({ kind, column: where, severity, detail, override }) => {
    const { sign, word } = severities[severity];
    const name = Object.hasOwn(findingKinds, kind) ? say(findingKinds[kind]) : kind;
    return html`<tr><td><span class="state ${severity}"><span class="glyph" aria-hidden="true">${sign}</span> ${say(word)}</span></td><td class="name">${where ?? '–'}</td><td class="prose"><strong>${name}</strong><span class="ci">${say(known(detail))}</span></td><td class="prose">${override === undefined ? '–' : say(known(override))}</td></tr>`;
  });
  return table('table-audit', fill(dataTexts.auditCaption), head, html`<tbody>${rows}</tbody>`);
}
