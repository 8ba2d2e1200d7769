import type { Result } from '../../pilot/result.ts';
import { type AnyArm, listedArms } from '../arms.ts';
import { figure, sized, unitOf } from '../figures.ts';
import { type Content, type Html, html } from '../html.ts';
import { fill, join, say, type Text } from '../language.ts';
import { footnotes } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, numberCell, table } from '../table.ts';
import { papers, schemes, designTexts as t } from '../text/design.ts';
import { known } from '../text/known.ts';
import { metricName } from '../text/names.ts';
import { unitIn, units } from '../text/units.ts';
import { words } from '../text/words.ts';
import { methodCell } from './arms.ts';

/** The command, the design, what each method was trained with, papers. */
export function designSection(result: Result): Html {
  const { design, data } = result;
  const count = (name: string) => figure(result, `/design/${name}`, 'count');
  const rows: readonly (readonly [Text, Content])[] = [
    [
      fill(t.label),
      design.label.length > 0 ? design.label.join(', ') : say(result.task === 'classify' ? t.byData : words.none),
    ],
    [fill(t.scheme), say(schemes[design.scheme])],
    [fill(t.group), design.group ?? say(design.unit === 'group' ? t.byData : words.none)],
    [fill(t.time), design.time ?? say(words.none)],
    [fill(t.folds), count('folds')],
    [fill(t.repeats), count('repeats')],
    [fill(t.steps), count('steps')],
    [fill(t.batch), count('batch')],
    [
      fill(t.seed),
      html`<span data-path="/design/seed" data-value="${design.seed}" data-format="plain">${design.seed}</span>`,
    ],
    [fill(t.criteria), limits(result, 'criteria')],
    [fill(t.guards), limits(result, 'guards')],
    ...(result.task === 'classify' ? [[fill(t.rule), say(t.ruleIs)] as const] : []),
    ...(design.settings === undefined ? [] : [[fill(t.shared), listed(Object.entries(design.settings))] as const]),
    [fill(t.unit), say(design.unit === 'group' ? t.groupUnit : units[unitIn(data)])],
    [fill(t.statement), say(known(design.statement))],
    [fill(t.hash), html`<code>${design.hash}</code>`],
    [fill(t.digest), html`<code>${data.digest}</code>`],
    [
      fill(t.software),
      Object.entries(result.software).map(([name, version], i) => `${i > 0 ? ', ' : ''}${name} ${version}`),
    ],
    [fill(t.started), result.times.started],
    [
      fill(t.took),
      say(t.tookIs, {
        seconds: figure(result, '/times/seconds', 'count'),
        workers: figure(result, '/times/workers', 'count'),
      }),
    ],
  ];
  return html`<p>${say(t.intro)}</p><h3>${say(t.command)}</h3><p class="hint screen">${say(t.commandHint)}</p><pre class="command" tabindex="0"><code translate="no">${design.command.split(/(\s+)/).map((word) => (word.trim() === '' ? word : html`<span>${word}</span>`))}</code></pre><h3>${say(t.designTitle)}</h3><dl class="facts">${rows.map(([term, is]) => html`<div><dt>${say(term)}</dt><dd>${is}</dd></div>`)}</dl><h3>${say(t.settingsTitle)}</h3>${settings(result)}${thresholds(result)}<h3>${say(t.papers)}</h3>${references(result)}`;
}

function limits(result: Result, list: 'criteria' | 'guards'): Html {
  const entries = result.design[list];
  if (entries.length === 0) return say(words.none);
  const texts = entries.map(({ metric }, i) => {
    const path = pointer('design', list, i, list === 'criteria' ? 'margin' : 'tolerance');
    const value = figure(result, path, unitOf(metric).value);
    return fill(t.limit, { metric: metricName(metric), value: sized(value, metric) });
  });
  return say(join(texts, words.comma));
}

function settings(result: Result): Html {
  const notes = footnotes('cost');
  const shared = sharedSettings(listedArms(result).map(({ arm }) => arm));
  const common = new Set(shared.map(([name]) => name));
  const head = html`<tr>${column(fill(words.method), 'text')}${column(fill(t.settings), 'text')}${column(fill(t.perStep))}${column(fill(t.inference))}${column(fill(t.bytes))}</tr>`;
  const rows = listedArms(result).map(({ arm, i }) => {
    const cost = pointer('arms', i, 'cost');
    return html`<tr class="${arm.role}">${methodCell(arm)}<td class="prose">${listed(Object.entries(arm.settings).filter(([name]) => !common.has(name)))}</td>${numberCell(result, `${cost}/millisecondsPerStep`, 'gamma', notes)}${numberCell(result, `${cost}/inferenceMicroseconds`, 'tenths', notes, 'not measured')}${numberCell(result, `${cost}/modelBytes`, 'count', notes, 'not measured')}</tr>`;
  });
  const before = shared.length > 0 && html`<p>${say(t.common, { settings: listed(shared) })}</p>`;
  return html`${before}${table('table-settings', fill(t.settingsCaption), head, html`<tbody>${rows}</tbody>`, notes)}`;
}

/** Settings that all arms share. */
function sharedSettings(arms: readonly AnyArm[]): [string, unknown][] {
  const equal = (name: string, value: unknown) =>
    arms.every(
      (arm) => Object.hasOwn(arm.settings, name) && JSON.stringify(arm.settings[name]) === JSON.stringify(value),
    );
  return Object.entries(arms[0]?.settings ?? {}).filter(([name, value]) => equal(name, value));
}

function listed(settings: readonly (readonly [string, unknown])[]): Html {
  if (settings.length === 0) return html`–`;
  return html`<code>${settings.map(([name, value]) => `${name} ${inShort(value)}`).join(', ')}</code>`;
}

/** A setting much as the command line has it: `resnet-cifar:blocks=1` of {kind, blocks}. */
function inShort(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const { kind, settings, ...rest } = value as Record<string, unknown>;
  const parts = Object.entries({ ...(settings as object | undefined), ...rest }).map(
    ([name, own]) => `${name}=${inShort(own)}`,
  );
  return (kind === undefined ? parts : [inShort(kind), ...parts]).join(':');
}

/** How each trial settled the threshold between a change and none, for the methods that have one. */
function thresholds(result: Result): Html | null {
  if (result.task === 'classify') return null;
  const rows = result.arms.flatMap((arm, i) =>
    arm.thresholds.map(
      ({ rule, reason }, j) =>
        html`<tr class="${arm.role}">${methodCell(arm)}<td><code>${rule}</code></td>${numberCell(result, pointer('arms', i, 'thresholds', j, 'trials'), 'count', footnotes('threshold'))}<td class="prose">${say(known(reason))}</td></tr>`,
    ),
  );
  if (rows.length === 0) return null;
  const head = html`<tr>${column(fill(words.method), 'text')}${column(fill(t.threshold), 'text')}${column(fill(t.trials))}${column(fill(t.because), 'text')}</tr>`;
  return html`<h3>${say(t.thresholdsTitle)}</h3>${table('table-thresholds', fill(t.thresholdsCaption), head, html`<tbody>${rows}</tbody>`)}`;
}

function references({ task, arms }: Result): Html {
  const names = arms.map(({ method }) => method.split(':')[0]);
  const isOf = (method: string) =>
    ['*', `*${task}`].includes(method) || names.some((name) => name === method || name.startsWith(`${method}-`));
  const items = papers
    .filter(({ method }) => isOf(method))
    .map(
      ({ text, link }) =>
        html`<li>${text} ${link !== undefined && html`<a href="${link}" rel="noreferrer">${link.replace('https://', '')}</a>`}</li>`,
    );
  return html`<ul class="papers" lang="en">${items}</ul>`;
}
