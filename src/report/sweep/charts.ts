import * as Plot from '@observablehq/plot';
import type { SweepResult } from '../../pilot/sweep/result.ts';
import { chart, short } from '../charts/svg.ts';
import { unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, join, plain, say } from '../language.ts';
import { metricName } from '../text/names.ts';
import { words } from '../text/words.ts';
import { type Axis, numberOf, type Scale, scaleOf } from './axes.ts';
import { baselineName, code, type Standing, standingOf } from './numbers.ts';
import { chartSign } from './signs.ts';
import { standings, sweepTexts, mapTexts as t } from './texts.ts';
import { xAxis, xScale } from './ticks.ts';

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

interface Mark {
  readonly x: number | string;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly standing: Standing;
  readonly best: boolean;
  readonly title: string;
}

/** One criterion of every setting against one hyper-parameter. */
function axisChart(result: SweepResult, c: number, axis: Axis, { alone }: { alone: boolean }): Html {
  const { metric, direction } = result.criteria[c];
  const percent = unitOf(metric).percent;
  const factor = percent ? 100 : 1;
  const scale = scaleOf(axis);
  const marks = marksOf(result, c, axis, scale, factor);
  const means = !alone && hasMeans(axis) ? meansOf(marks) : [];
  const band = bandOf(result, metric, factor);
  const reach = [
    ...marks.flatMap((mark) => (alone ? [mark.low, mark.high] : [mark.y])),
    ...(band === null ? [] : alone ? [band.low, band.high] : [band.value]),
  ];
  const [least, most] = reach.length > 0 ? [Math.min(...reach), Math.max(...reach)] : [0, 1];
  const pad = (alone ? 0.08 : 0.15) * (most - least) || (percent ? 1 : 0.05);
  const domain = [least - pad, most + pad];
  const names = { metric: metricName(metric), Metric: capital(metricName(metric)), name: code(axis.name) };
  const told = [fill(direction === 'lower' ? sweepTexts.smaller : sweepTexts.larger)];
  if (scale.kind === 'log') told.push(fill(t.logarithmic));
  const of = (standing: Standing) => marks.filter((mark) => mark.standing === standing);
  return chart({
    caption: fill(t.chart, { ...names, direction: join(told, words.comma) }),
    label: fill(t.chartLabel, names),
    draw: (language, width) => {
      const narrow = width < 500;
      const margins = { marginLeft: 50, marginRight: 20, marginTop: 34, marginBottom: 40 };
      return {
        height: alone ? (narrow ? 280 : 340) : 240,
        ...margins,
        x: xScale(scale),
        y: { domain },
        marks: [
          ...(band === null
            ? []
            : [
                Plot.rect([{ y1: Math.max(band.low, domain[0]), y2: Math.min(band.high, domain[1]) }], {
                  y1: 'y1',
                  y2: 'y2',
                  fill: 'var(--band)',
                }),
              ]),
          Plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
          Plot.axisY({
            ticks: 5,
            tickSize: 0,
            fontSize: 11,
            label: null,
            tickFormat: (value: number) =>
              `${String(Number(value.toPrecision(6))).replace('-', '−')}${percent ? ' %' : ''}`,
          }),
          ...xAxis(axis, scale, width - margins.marginLeft - margins.marginRight),
          Plot.text([`↑ ${plain(names.Metric[language])}`], {
            frameAnchor: 'top-left',
            textAnchor: 'start',
            dx: -46,
            dy: -30,
            fontSize: 11,
            fontWeight: 600,
            text: (text: string) => text,
          }),
          Plot.text([`${short(axis.name, 40)} →`], {
            frameAnchor: 'bottom-right',
            dy: 34,
            fontSize: 11,
            fontWeight: 600,
            text: (text: string) => text,
          }),
          ...(band === null ? [] : [Plot.ruleY([band.value], { stroke: 'var(--a)', strokeWidth: 1.8 })]),
          ...(alone
            ? [Plot.ruleX(marks, { x: 'x', y1: 'low', y2: 'high', stroke: 'var(--b)', strokeWidth: 1.6 })]
            : []),
          ...(alone && scale.kind !== 'categories'
            ? [
                Plot.line(
                  marks.filter(({ standing }) => standing !== 'early'),
                  { x: 'x', y: 'y', sort: 'x', stroke: 'var(--b)', strokeWidth: 1.4 },
                ),
              ]
            : []),
          Plot.dot(of('early'), {
            ...dots,
            r: 4,
            stroke: 'var(--soft)',
            strokeDasharray: '2.5 1.8',
            fill: 'var(--paper)',
          }),
          Plot.dot(of('unknown'), { ...dots, symbol: 'triangle', r: 4.5, stroke: 'var(--soft)', fill: 'var(--paper)' }),
          Plot.dot(of('poor'), { ...dots, symbol: 'times', r: 4.5, stroke: 'var(--bad)', strokeWidth: 2.2 }),
          Plot.dot(of('good'), { ...dots, symbol: 'square', r: 4.5, fill: 'var(--b)', stroke: 'var(--paper)' }),
          Plot.vector(means, { x: 'x', y: 'y', shape: bar, length: 26, stroke: 'var(--ink)', strokeWidth: 2.6 }),
          Plot.text(
            marks.filter(({ best }) => best),
            {
              x: 'x',
              y: 'y',
              dx: alone ? 11 : 0,
              dy: (alone ? 10 : 13) * (direction === 'lower' ? 1 : -1),
              text: () => '★',
              fontSize: 13,
              stroke: 'var(--paper)',
              strokeWidth: 3,
              fill: 'var(--ink)',
            },
          ),
        ],
      };
    },
  });
}

/** A level stroke, to be drawn where a mean lies. */
const bar: Plot.VectorShapeImplementation = {
  draw(context, length) {
    context.moveTo(-length / 2, 0);
    context.lineTo(length / 2, 0);
  },
};

const dots = { x: 'x', y: 'y', title: 'title' } as const;

function marksOf(result: SweepResult, c: number, axis: Axis, scale: Scale, factor: number): Mark[] {
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
        best: result.best[c]?.point === i,
        title: `${i + 1}: ${settings.join(', ')}`,
      },
    ];
  });
}

function hasMeans(axis: Axis): boolean {
  return 'values' in axis && axis.values.length <= MEANS;
}

/** At every value the mean of all settings with it, of those that had all steps. */
function meansOf(marks: readonly Mark[]): { x: number | string; y: number }[] {
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
