import type { Comparison, Result } from '../../pilot/result.ts';
import { listedArms, mainCriterion, stateOf } from '../arms.ts';
import { forestChart } from '../charts/forest.ts';
import { figure, interval, smallerIsBetter, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, say, type Text } from '../language.ts';
import { commonReason, footnotes, type Notes, unlessMarked } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, numberCell, table } from '../table.ts';
import { comparisonTexts as t } from '../text/comparisons.ts';
import { methodName, metricName } from '../text/names.ts';
import { words } from '../text/words.ts';
import { stateMark } from './change.ts';

/** A comparison and its address in the result. */
interface Row {
  readonly comparison: Comparison;
  readonly path: string;
}

/** Criteria, guards and what else was compared; single classes stand in their own section. */
export function comparisonsSection(result: Result): Html {
  const rows = result.comparisons
    .map((comparison, i) => ({ comparison, path: pointer('comparisons', i) }))
    .filter(({ comparison }) => comparison.role !== 'shown' || !comparison.metric.includes('['))
    .filter(ofVerdict(result));
  const main = rows.filter((row) => isMain(result, row));
  const rest = rows.filter((row) => !isMain(result, row));
  const caption = fill(result.task === 'classify' ? t.caption : t.captionNumbers);
  const others =
    rest.length > 0 &&
    html`<details><summary>${say(t.others)}</summary>${rowsTable(result, 'table-comparisons-others', caption, rest)}</details>`;
  return html`<p>${say(t.intro)}</p>${forests(result, rows)}${rowsTable(result, 'table-comparisons', caption, main)}<p class="hint">${say(t.hint)}</p>${others}`;
}

/** Pairs with A or of B: what an ablation and a sweep compare beside them stands in sections of their own. */
function ofVerdict(result: Result) {
  const { baseline, candidate } = result.verdict;
  const listed = new Set(listedArms(result).map(({ arm }) => arm.method));
  return ({ comparison: { method, against } }: Row) =>
    listed.has(method) && listed.has(against) && (against === baseline || method === candidate);
}

/** Of representations much is compared: what decides, and what else is told of A and B. */
function isMain({ task, verdict }: Result, { comparison: { role, method, against } }: Row): boolean {
  return task === 'classify' || role !== 'shown' || (method === verdict.candidate && against === verdict.baseline);
}

function rowsTable(result: Result, id: string, caption: Text, rows: readonly Row[]): Html {
  const numbers = rows.filter(({ comparison }) => !unitOf(comparison.metric).percent);
  const common = result.task === 'represent' ? commonReason(numbers.map(({ comparison }) => comparison)) : undefined;
  const notes = footnotes(id.replace('table-', '').replace('comparisons', 'comparison'), common);
  const head = html`<tr>${column(fill(t.compared), 'text')}${column(fill(words.metric), 'text')}${column(fill(words.difference))}${column(fill(t.margin))}${column(fill(words.inWords), 'text')}${column(fill(t.count))}${column(fill(t.sampling))}${column(fill(t.seed))}</tr>`;
  const body = byPair(rows).map(
    (group) => html`<tbody>${group.map((row, i) => line(result, row, group, i, notes))}</tbody>`,
  );
  return html`${table(id, caption, head, body, notes)}${unlessMarked(common)}`;
}

/** The criterion of a classification; each criterion of a representation. */
function forests(result: Result, rows: readonly Row[]): (Html | null)[] {
  const criteria = result.task === 'classify' ? [mainCriterion(result)] : result.design.criteria.map((c) => c.metric);
  return criteria.map((criterion) => {
    const shown = rows.filter(({ comparison }) => comparison.metric === criterion && comparison.interval !== null);
    if (shown.length === 0 || (result.task === 'classify' && !unitOf(criterion).percent)) return null;
    const labelled = shown.map(({ comparison }) => ({ comparison, label: pairName(comparison) }));
    const metric = metricName(criterion);
    const caption = unitOf(criterion).percent
      ? fill(t.forestCaption)
      : fill(smallerIsBetter(criterion) ? t.forestLowerCaption : t.forestNumberCaption, { metric });
    return forestChart(labelled, caption, fill(t.forestLabel));
  });
}

function byPair(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.comparison.method, row.comparison.against]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

function pairName({ method, against }: Comparison) {
  return fill(t.pair, { method: methodName(method), against: methodName(against) });
}

function line(result: Result, { comparison, path }: Row, group: readonly Row[], i: number, notes: Notes): Html {
  const { metric, role, reason } = comparison;
  const unit = unitOf(metric);
  const mark = reason === undefined ? null : notes.mark(reason);
  const below =
    comparison.interval && html`<span class="ci">${interval(result, `${path}/interval`, unit.difference)}</span>`;
  const pair = i === 0 && html`<th scope="rowgroup" rowspan="${group.length}">${say(pairName(comparison))}</th>`;
  const difference =
    comparison.difference === null
      ? numberCell(result, `${path}/difference`, unit.difference, notes, reason)
      : html`<td class="num">${figure(result, `${path}/difference`, unit.difference)}${mark}${below}</td>`;
  const margin = role === 'shown' ? '–' : figure(result, `${path}/margin`, unit.value);
  const error = (name: string) =>
    numberCell(result, `${path}/${name}`, unit.percent ? 'error' : 'number', notes, reason);
  return html`<tr>${pair}<td class="short">${say(capital(metricName(metric)))}<span class="ci">${say(t[role])}</span></td>${difference}<td class="num">${margin}</td><td>${stateMark(stateOf(comparison))}</td><td class="num">${figure(result, `${path}/count`, 'count')}</td>${error('samplingError')}${error('seedError')}</tr>`;
}
