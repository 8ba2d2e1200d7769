import type { Arm, Classification, Result } from '../../pilot/result.ts';
import { type AnyArm, comparisonOf, mainCriterion, pair } from '../arms.ts';
import { frontierChart } from '../charts/frontier.ts';
import { sign } from '../charts/recall.ts';
import { figure, interval, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, same, say, type Text } from '../language.ts';
import { footnotes, type Notes } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, estimateCell, table } from '../table.ts';
import { armTexts } from '../text/arms.ts';
import { methodName, metricName } from '../text/names.ts';
import { roles, words } from '../text/words.ts';

const usual = ['macro-recall', 'macro-f1', 'accuracy', 'average-precision'];

/** All methods: chart of criterion against guard, table at the operating points, the same at gamma 0. */
export function armsSection(result: Classification): Html {
  const { a } = pair(result);
  const criterion = mainCriterion(result);
  const guard = result.design.guards.find(({ metric }) => metric !== criterion && metric in a.metrics);
  const across = guard?.metric ?? (criterion === 'macro-f1' ? 'accuracy' : 'macro-f1');
  const ownValue = a.metrics[across]?.value ?? null;
  const allowed = guard === undefined || ownValue === null ? null : ownValue - guard.tolerance;
  const all = Object.keys(a.metrics);
  const main = all.filter((metric) => mainMetrics(result).has(metric));
  const others = all.filter((metric) => !mainMetrics(result).has(metric));
  return html`<p>${say(armTexts.intro)}</p>${frontierChart(result.arms, across, criterion, allowed)}${operating(result, criterion, ordered(main))}<p class="hint">${say(armTexts.gammaHint)}</p>${atZero(
    result,
    ordered(main).filter((metric) => metric in a.metricsAtGammaZero),
  )}${others.length > 0 && html`<details><summary>${say(armTexts.otherCaption)}</summary>${further(result, others)}</details>`}`;
}

function mainMetrics(result: Result): Set<string> {
  const decided = [...result.design.criteria, ...result.design.guards].map(({ metric }) => metric);
  return new Set([...usual, ...decided]);
}

function ordered(metrics: readonly string[]): string[] {
  const rank = (metric: string) => (usual.includes(metric) ? usual.indexOf(metric) : usual.length);
  return [...metrics].sort((one, other) => rank(one) - rank(other));
}

function operating(result: Classification, criterion: string, metrics: readonly string[]): Html {
  const notes = footnotes('arm');
  const common = commonCount(result, 'metrics', metrics);
  const head = html`<tr>${column(fill(words.method), 'text')}${metrics.map((metric) => metricColumn(metric))}${column(fill(armTexts.differenceTo, { Metric: capital(metricName(criterion)) }))}${column(fill(armTexts.gamma))}${column(fill(armTexts.seconds))}</tr>`;
  const rows = result.arms.map((arm, i) => {
    const path = pointer('arms', i);
    return html`<tr class="${arm.role}">${methodCell(arm, true)}${metrics.map((metric) => metricCell(result, arm.metrics, `${path}/metrics`, metric, notes, common.perCell))}${differenceCell(result, arm, criterion, notes)}<td class="num">${arm.operatingPoint.rule === 'as-is' && html`<span class="ci">${say(armTexts.gammaAsIs)}</span>`}${figure(result, `${path}/operatingPoint/meanGamma`, 'gamma')}</td><td class="num">${figure(result, `${path}/cost/trainSeconds`, 'tenths')}</td></tr>`;
  });
  return table(
    'table-arms',
    fill(armTexts.tableCaption, { count: common.text }),
    head,
    html`<tbody>${rows}</tbody>`,
    notes,
  );
}

function atZero(result: Classification, metrics: readonly string[]): Html {
  const notes = footnotes('zero');
  const common = commonCount(result, 'metricsAtGammaZero', metrics);
  const head = html`<tr>${column(fill(words.method), 'text')}${metrics.map((metric) => metricColumn(metric))}</tr>`;
  const rows = result.arms.map((arm, i) => {
    const path = `${pointer('arms', i)}/metricsAtGammaZero`;
    return html`<tr class="${arm.role}">${methodCell(arm)}${metrics.map((metric) => metricCell(result, arm.metricsAtGammaZero, path, metric, notes, common.perCell))}</tr>`;
  });
  return table(
    'table-zero',
    fill(armTexts.zeroCaption, { count: common.text }),
    head,
    html`<tbody>${rows}</tbody>`,
    notes,
  );
}

function further(result: Result, metrics: readonly string[]): Html {
  const notes = footnotes('further');
  const head = html`<tr>${column(fill(words.method), 'text')}${metrics.map((metric) => metricColumn(metric))}</tr>`;
  const rows = result.arms.map(
    (arm, i) =>
      html`<tr class="${arm.role}">${methodCell(arm)}${metrics.map((metric) => metricCell(result, arm.metrics, `${pointer('arms', i)}/metrics`, metric, notes, true))}</tr>`,
  );
  return table('table-further', fill(armTexts.otherCaption), head, html`<tbody>${rows}</tbody>`, notes);
}

function metricColumn(metric: string): Html {
  return column(capital(metricName(metric)));
}

/** The method's name with its sign, and its role where asked, as the heading of its row. */
export function methodCell(arm: AnyArm, role = false): Html {
  const kind = arm.role === 'baseline' ? 'a' : arm.role === 'candidate' ? 'b' : 'other';
  return html`<th scope="row">${sign(kind)} ${say(methodName(arm.method))}${role && html`<span class="ci">${say(roles[arm.role])}</span>`}</th>`;
}

function metricCell(
  result: Result,
  metrics: Arm['metrics'],
  path: string,
  metric: string,
  notes: Notes,
  count: boolean,
): Html {
  if (!Object.hasOwn(metrics, metric)) return html`<td class="num">–</td>`;
  return estimateCell(result, path + pointer(metric), unitOf(metric).value, notes, count);
}

function differenceCell(result: Result, arm: AnyArm, criterion: string, notes: Notes): Html {
  if (arm.role === 'baseline') return html`<td class="num soft">${say(armTexts.isBaseline)}</td>`;
  const found = comparisonOf(result, arm.method, pair(result).a.method, criterion);
  if (found?.comparison.difference == null) return html`<td class="num">–</td>`;
  const { comparison, path } = found;
  const unit = unitOf(criterion).difference;
  const below = comparison.interval && html`<span class="ci">${interval(result, `${path}/interval`, unit)}</span>`;
  const mark = comparison.reason === undefined ? null : notes.mark(comparison.reason);
  return html`<td class="num">${figure(result, `${path}/difference`, unit)}${mark}${below}</td>`;
}

/** The count behind all numbers of a table, to be said once in its caption; where counts differ, each cell has its own. */
function commonCount(
  result: Classification,
  part: 'metrics' | 'metricsAtGammaZero',
  metrics: readonly string[],
): { perCell: boolean; text: Text } {
  const counts = result.arms.flatMap((arm) => metrics.map((metric) => arm[part][metric]?.count ?? 0));
  if (metrics.length === 0 || new Set(counts).size !== 1) return { perCell: true, text: same('') };
  const entry = result.design.unit === 'group' ? armTexts.countGroups : armTexts.countItems;
  const count = figure(result, pointer('arms', 0, part, metrics[0], 'count'), 'count');
  return { perCell: false, text: fill(entry, { count }) };
}
