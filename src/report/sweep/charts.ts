import type { SweepResult } from '../../pilot/sweep/result.ts';
import { type SettingMark, settingsChart } from '../charts/settings.ts';
import { unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { say } from '../language.ts';
import { type Axis, numberOf, type Scale, scaleOf } from './axes.ts';
import { baselineName, standingOf } from './numbers.ts';
import { chartSign } from './signs.ts';
import { standings, mapTexts as t } from './texts.ts';

/** Values of a hyper-parameter up to which a picture shows the mean at each. */
const MEANS = 20;

/** One hyper-parameter: a line for each criterion, with intervals. */
export function lineMaps(result: SweepResult): Html {
  const charts = result.criteria.map((_, c) => axisChart(result, c, result.axes[0], { alone: true }));
  return html`<p>${say(t.lineIntro, { baseline: baselineName(result) })}</p>${legend(result, false)}${charts}`;
}

/** Many hyper-parameters, or ranges: every setting in a picture for each hyper-parameter and criterion. */
export function scatterMaps(result: SweepResult): Html {
  const charts = result.axes.flatMap((axis) =>
    result.criteria.map((_, c) => html`<div>${axisChart(result, c, axis, { alone: false })}</div>`),
  );
  const means = result.axes.some((axis) => hasMeans(axis));
  return html`<p>${say(t.scatterIntro, { baseline: baselineName(result) })}</p>${legend(result, means)}<div class="maps small">${charts}</div>`;
}

/** One criterion of every setting against one hyper-parameter. */
function axisChart(result: SweepResult, c: number, axis: Axis, { alone }: { alone: boolean }): Html {
  const { metric, direction } = result.criteria[c];
  const factor = unitOf(metric).percent ? 100 : 1;
  const scale = scaleOf(axis);
  const marks = marksOf(result, c, axis, scale, factor);
  return settingsChart({
    metric,
    direction,
    axis,
    scale,
    marks,
    means: !alone && hasMeans(axis) ? meansOf(marks) : [],
    band: bandOf(result, metric, factor),
    alone,
  });
}

function marksOf(result: SweepResult, c: number, axis: Axis, scale: Scale, factor: number): SettingMark[] {
  const { metric } = result.criteria[c];
  return result.points.flatMap((point, i) => {
    const estimate = point.metrics[metric];
    const text = point.settings[axis.name];
    if (estimate?.value == null || text === undefined) return [];
    const x = scale.kind === 'categories' ? text : numberOf(text);
    if (x === null) return [];
    const [low, high] = estimate.interval ?? [estimate.value, estimate.value];
    const settings = Object.entries(point.settings).map(([name, value]) => `${name} ${value}`);
    return [
      {
        x,
        y: factor * estimate.value,
        low: factor * low,
        high: factor * high,
        standing: standingOf(point, result),
        ...(result.best[c]?.point === i ? { tag: '★' } : {}),
        title: `${i + 1}: ${settings.join(', ')}`,
      },
    ];
  });
}

function hasMeans(axis: Axis): boolean {
  return 'values' in axis && axis.values.length <= MEANS;
}

/** At every value the mean of all settings with it, of those that had all steps. */
function meansOf(marks: readonly SettingMark[]): { x: number | string; y: number }[] {
  const full = marks.filter(({ standing }) => standing !== 'early');
  return [...new Set(full.map(({ x }) => x))].map((x) => {
    const own = full.filter((mark) => mark.x === x);
    return { x, y: own.reduce((sum, { y }) => sum + y, 0) / own.length };
  });
}

function bandOf({ baseline }: SweepResult, metric: string, factor: number) {
  const estimate = baseline.metrics[metric];
  if (estimate?.value == null) return null;
  const [low, high] = estimate.interval ?? [estimate.value, estimate.value];
  return { value: factor * estimate.value, low: factor * low, high: factor * high };
}

function legend(result: SweepResult, means: boolean): Html {
  const seen = new Set(result.points.map((point) => standingOf(point, result)));
  const items = (['good', 'poor', 'early', 'unknown'] as const)
    .filter((standing) => seen.has(standing))
    .map((standing) => html`<span>${chartSign(standing)} ${say(standings[standing].word)}</span> `);
  return html`<p class="legend key">${items}${means && html`<span>${chartSign('mean')} ${say(t.mean)}</span> `}<span>${chartSign('baseline')} ${say(baselineName(result))}</span> <span>★ ${say(t.best)}</span></p>`;
}
