import type { Representation } from '../../pilot/result.ts';
import { figure, smallerIsBetter, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, same, say, type Text } from '../language.ts';
import { commonReason, estimatesOf, footnotes, unlessMarked } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, estimateCell, table } from '../table.ts';
import { armTexts } from '../text/arms.ts';
import { metricName } from '../text/names.ts';
import { metricGroups, metricTerms, representTexts as t } from '../text/represent.ts';
import { words } from '../text/words.ts';
import { methodCell } from './arms.ts';

type Group = keyof typeof metricGroups;

const groups: Readonly<Record<Exclude<Group, 'other'>, readonly string[]>> = {
  use: ['probe-macro-f1', 'probe-macro-recall', 'probe-accuracy', 'knn-macro-f1'],
  clusters: ['silhouette', 'davies-bouldin', 'calinski-harabasz', 'adjusted-rand', 'normalised-mutual-information'],
  classes: ['silhouette-on-classes', 'davies-bouldin-on-classes', 'calinski-harabasz-on-classes'],
  time: ['bridge', 'kappa-time'],
  health: ['effective-rank', 'largest-share', 'dead-dimensions', 'mean-cosine', 'uniformity', 'alignment'],
  transitions: ['transition-sharpness', 'change-precision', 'change-recall'],
};

/** All methods by all numbers: a table for each kind, with what the numbers mean. */
export function representationsSection(result: Representation): Html {
  const all = [...new Set(result.arms.flatMap((arm) => Object.keys(arm.metrics)))];
  const placed = new Set(Object.values(groups).flat());
  const tables: [Group, string[]][] = [
    ...(Object.keys(groups) as (keyof typeof groups)[]).map((group): [Group, string[]] => [
      group,
      groups[group].filter((metric) => all.includes(metric)),
    ]),
    ['other', all.filter((metric) => !placed.has(metric))],
  ];
  return html`<p>${say(t.intro)}</p>${tables.map(([group, metrics]) => metrics.length > 0 && groupTable(result, group, metrics))}`;
}

function groupTable(result: Representation, group: Group, metrics: readonly string[]): Html {
  const { title, what } = metricGroups[group];
  const common = commonReason(estimatesOf(result.arms, metrics));
  const notes = footnotes(`metrics-${group}`, common);
  const counted = commonCount(result, group, metrics);
  const head = html`<tr>${column(fill(words.method), 'text')}${metrics.map((metric) => column(html`${say(capital(metricName(metric)))}${smallerIsBetter(metric) && html`<span class="ci">${say(t.smaller)}</span>`}`))}</tr>`;
  const rows = result.arms.map((arm, i) => {
    const cells = metrics.map((metric) =>
      Object.hasOwn(arm.metrics, metric)
        ? estimateCell(result, pointer('arms', i, 'metrics', metric), unitOf(metric).value, notes, counted.perCell)
        : html`<td class="num">–</td>`,
    );
    return html`<tr class="${arm.role}">${methodCell(arm)}${cells}</tr>`;
  });
  const terms = metricTerms[group].map(({ term, is }) => html`<div><dt>${say(term)}</dt><dd>${say(is)}</dd></div>`);
  const caption = fill(t.caption, { What: fill(what), count: counted.text });
  return html`<h3>${say(title)}</h3>${terms.length > 0 && html`<dl class="terms">${terms}</dl>`}${table(`table-metrics-${group}`, caption, head, html`<tbody>${rows}</tbody>`, notes)}${unlessMarked(common)}`;
}

/** The count behind all numbers of a table, to be said once in its caption; where counts differ, each cell has its own. */
function commonCount(
  result: Representation,
  group: Group,
  metrics: readonly string[],
): { perCell: boolean; text: Text } {
  const cells = result.arms.flatMap((arm, i) =>
    metrics.flatMap((metric) => {
      const estimate = arm.metrics[metric];
      const path = pointer('arms', i, 'metrics', metric, 'count');
      return estimate === undefined || estimate.value === null ? [] : [{ path, count: estimate.count }];
    }),
  );
  if (new Set(cells.map(({ count }) => count)).size !== 1) return { perCell: cells.length > 0, text: same('') };
  const isUse = group === 'use';
  const items = result.design.unit === 'group' ? armTexts.countGroups : armTexts.countItems;
  return {
    perCell: false,
    text: fill(isUse ? items : t.countTrials, { count: figure(result, cells[0].path, 'count') }),
  };
}
