import { groupOfMetric, sizeGroups } from '../../metrics/index.ts';
import type { Arm, Classification, Result } from '../../pilot/result.ts';
import { type AnyArm, comparisonOf, listedArms, mainCriterion, pair } from '../arms.ts';
import { frontierChart } from '../charts/frontier.ts';
import { sign } from '../charts/recall.ts';
import { figure, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, same, say, type Text } from '../language.ts';
import { footnotes, type Notes } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, differenceCell, estimateCell, table } from '../table.ts';
import { armTexts } from '../text/arms.ts';
import { methodName, metricName } from '../text/names.ts';
import { variantTexts } from '../text/variants.ts';
import { roles, words } from '../text/words.ts';
import { isEmptyGroup } from './groups.ts';

const usual = [
  'macro-recall',
  'macro-f1',
  'accuracy',
  'average-precision',
  ...sizeGroups.map((group) => `recall-${group}`),
];

/** All methods: chart of criterion against guard, table at the operating points, the same at gamma 0. */
export function armsSection(result: Classification): Html {
  const { a } = pair(result);
  const criterion = mainCriterion(result);
  const guard = result.design.guards.find(({ metric }) => metric !== criterion && metric in a.metrics);
  const across = guard?.metric ?? (criterion === 'macro-f1' ? 'accuracy' : 'macro-f1');
  const ownValue = a.metrics[across]?.value ?? null;
  const allowed = guard === undefined || ownValue === null ? null : ownValue - guard.tolerance;
  const all = Object.keys(a.metrics).filter((metric) => !isEmptyGroup(result.arms, metric));
  const main = all.filter((metric) => mainMetrics(result).has(metric));
  const others = all.filter((metric) => !mainMetrics(result).has(metric));
  const listed = listedArms(result).map(({ arm }) => arm);
  const simple = listed.some((arm) => arm.role === 'reference' && !isVariant(result, arm));
  const variants = result.design.ablation !== undefined || result.design.sweep !== undefined;
  const intro = simple ? armTexts.intro : variants ? variantTexts.armsIntro : armTexts.introAlone;
  return html`<p>${say(intro)}</p>${frontierChart(
    listed,
    across,
    criterion,
    allowed,
  )}${operating(result, criterion, ordered(main))}<p class="hint">${say(armTexts.gammaHint)}</p>${atZero(
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
  const rows = listedArms(result).map(({ arm, i }) => {
    const path = pointer('arms', i);
    return html`<tr class="${arm.role}">${methodCell(arm, roleOf(result, arm))}${metrics.map((metric) => metricCell(result, arm.metrics, `${path}/metrics`, metric, notes, common.perCell))}${minusBaseline(result, arm, criterion, notes)}<td class="num">${arm.operatingPoint.rule === 'as-is' && html`<span class="ci">${say(armTexts.gammaAsIs)}</span>`}${figure(result, `${path}/operatingPoint/meanGamma`, 'gamma')}</td><td class="num">${figure(result, `${path}/cost/trainSeconds`, 'tenths')}</td></tr>`;
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
  const rows = listedArms(result).map(({ arm, i }) => {
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
  const rows = listedArms(result).map(
    ({ arm, i }) =>
      html`<tr class="${arm.role}">${methodCell(arm)}${metrics.map((metric) => metricCell(result, arm.metrics, `${pointer('arms', i)}/metrics`, metric, notes, true))}</tr>`,
  );
  return table('table-further', fill(armTexts.otherCaption), head, html`<tbody>${rows}</tbody>`, notes);
}

function metricColumn(metric: string): Html {
  return column(capital(metricName(metric)));
}

/** Of an ablation: no simple method of its own. */
function isVariant({ design }: Result, { method }: AnyArm): boolean {
  return design.ablation?.arms[method] !== undefined;
}

function roleOf(result: Result, arm: AnyArm): Text {
  return fill(arm.role === 'reference' && isVariant(result, arm) ? variantTexts.role : roles[arm.role]);
}

/** The method's name with its sign, and its role where given, as the heading of its row. */
export function methodCell(arm: AnyArm, role?: Text): Html {
  const kind = arm.role === 'baseline' ? 'a' : arm.role === 'candidate' ? 'b' : 'other';
  return html`<th scope="row">${sign(kind)} ${say(methodName(arm.method))}${role && html`<span class="ci">${say(role)}</span>`}</th>`;
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
  const own = groupOfMetric(metric) !== undefined;
  return estimateCell(result, path + pointer(metric), unitOf(metric).value, notes, count || own);
}

function minusBaseline(result: Result, arm: AnyArm, criterion: string, notes: Notes): Html {
  if (arm.role === 'baseline') return html`<td class="num soft">${say(armTexts.isBaseline)}</td>`;
  const found = comparisonOf(result, arm.method, pair(result).a.method, criterion);
  return differenceCell(result, found, notes);
}

/**
 * The count behind all numbers of a table, to be said once in its caption; where counts differ, each cell has its own, as
 * the groups of classes always have.
 */
function commonCount(
  result: Classification,
  part: 'metrics' | 'metricsAtGammaZero',
  metrics: readonly string[],
): { perCell: boolean; text: Text } {
  const whole = metrics.filter((metric) => groupOfMetric(metric) === undefined);
  const counts = listedArms(result).flatMap(({ arm }) => whole.map((metric) => arm[part][metric]?.count ?? 0));
  if (whole.length === 0 || new Set(counts).size !== 1) return { perCell: true, text: same('') };
  const but = whole.length < metrics.length ? 'But' : '';
  const entry = armTexts[`${result.design.unit === 'group' ? 'countGroups' : 'countItems'}${but}`];
  const count = figure(result, pointer('arms', 0, part, whole[0], 'count'), 'count');
  return { perCell: false, text: fill(entry, { count }) };
}
