import type { SweepResult } from '../../pilot/sweep/result.ts';
import { dash, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, same, say, type Text } from '../language.ts';
import { footnotes, type Notes } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, table } from '../table.ts';
import { known } from '../text/known.ts';
import { metricName } from '../text/names.ts';
import { words } from '../text/words.ts';
import { baselineName, code, type Estimate, estimateCell, figure, type Point, standingOf } from './numbers.ts';
import { standingMark } from './signs.ts';
import { sweepTexts, pointTexts as t } from './texts.ts';

/** The baseline and every setting with all its numbers. */
export function pointsSection(result: SweepResult): Html {
  const { axes, criteria, points, baseline } = result;
  const shared = sharedOf(result);
  const notes = footnotes('point', shared.reason);
  const numbers = (metrics: Point['metrics'], path: string) =>
    criteria.map(({ metric }) =>
      metricCell(result, metrics[metric], path + pointer(metric), metric, notes, shared.perCell),
    );
  const head = html`<tr>${column(fill(t.number))}${axes.map(({ name }) => column(code(name), 'text'))}${column(fill(t.steps))}${criteria.map(({ metric, direction }) => column(html`${say(capital(metricName(metric)))}${unitOf(metric).percent && ' (%)'}${direction === 'lower' && html`<span class="ci">${say(sweepTexts.smaller)}</span>`}`))}${column(fill(t.standing, { baseline: baselineName(result) }), 'text')}</tr>`;
  const theirs = html`<tr class="baseline"><th scope="row" colspan="${axes.length + 1}">${say(baselineName(result))}</th><td class="num">${figure(result, '/design/steps', 'count')}</td>${numbers(baseline.metrics, '/baseline/metrics')}<td>–</td></tr>`;
  const rows = points.map(
    (point, i) =>
      html`<tr class="${standingOf(point, result)}"><th scope="row" class="num">${i + 1}</th>${axes.map(({ name }) => html`<td>${code(point.settings[name] ?? '–')}</td>`)}<td class="num">${figure(result, pointer('points', i, 'steps'), 'count')}</td>${numbers(point.metrics, pointer('points', i, 'metrics'))}<td class="prose">${standing(result, point, i)}</td></tr>`,
  );
  const caption = fill(t.caption, { count: shared.count, reason: shared.said });
  return table('table-points', caption, head, html`<tbody>${theirs}${rows}</tbody>`, notes);
}

function metricCell(
  result: SweepResult,
  estimate: Estimate | undefined,
  path: string,
  metric: string,
  notes: Notes,
  count: boolean,
): Html {
  if (estimate === undefined) return html`<td class="num">${dash(words.noNumber)}</td>`;
  return estimateCell(result, path, unitOf(metric).value, notes, count);
}

function standing(result: SweepResult, point: Point, i: number): Html {
  const own = standingOf(point, result);
  if (own !== 'early') return standingMark(own);
  const steps = figure(result, pointer('points', i, 'steps'), 'count');
  return standingMark(own, fill(t.stopped, { steps, all: figure(result, '/design/steps', 'count') }));
}

/** What all numbers have in common, to be said once: their count, and what their intervals leave out. */
function sharedOf(result: SweepResult): { perCell: boolean; count: Text; reason?: string; said: Text } {
  const all = [result.baseline, ...result.points].flatMap(({ metrics }) =>
    result.criteria.flatMap(({ metric }) => metrics[metric] ?? []),
  );
  const [metric] = result.criteria
    .map((criterion) => criterion.metric)
    .filter((name) => name in result.baseline.metrics);
  const one = metric !== undefined && new Set(all.map(({ count }) => count)).size === 1;
  const path = pointer('baseline', 'metrics', metric ?? '', 'count');
  const reasons = new Map<string, number>();
  for (const { reason } of all) if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const [most] = [...reasons].toSorted(([, a], [, b]) => b - a);
  // Said once where every number has it; else a note stands at each.
  const reason = most !== undefined && most[1] === all.length && all.length > 1 ? most[0] : undefined;
  return {
    perCell: !one,
    count: one ? fill(t.count, { count: figure(result, path, 'count') }) : same(''),
    reason,
    said: reason === undefined ? same('') : fill(t.reason, { reason: known(reason) }),
  };
}
