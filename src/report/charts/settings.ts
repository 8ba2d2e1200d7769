import * as Plot from '@observablehq/plot';
import { unitOf } from '../figures.ts';
import type { Html } from '../html.ts';
import { capital, fill, join, plain } from '../language.ts';
import type { Axis, Scale } from '../sweep/axes.ts';
import { code, type Standing } from '../sweep/numbers.ts';
import { sweepTexts, mapTexts as t } from '../sweep/texts.ts';
import { xAxis, xScale } from '../sweep/ticks.ts';
import { metricName } from '../text/names.ts';
import { words } from '../text/words.ts';
import { chart, short } from './svg.ts';

/** One setting: its value of the hyper-parameter and what came of it. Shares are in percent, here and below. */
export interface SettingMark {
  readonly x: number | string;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly standing: Standing;
  /** What stands beside the mark. */
  readonly tag?: string;
  readonly title: string;
}

export interface SettingsPicture {
  readonly metric: string;
  readonly direction: 'higher' | 'lower';
  readonly axis: Axis;
  readonly scale: Scale;
  readonly marks: readonly SettingMark[];
  /** Strokes at the means of all settings with one value. */
  readonly means?: readonly { readonly x: number | string; readonly y: number }[];
  /** What the settings are measured against, with its interval; null where it has no number. */
  readonly band: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** The only hyper-parameter: drawn large, with intervals and a line. */
  readonly alone: boolean;
}

/** One metric of every setting against one hyper-parameter. */
export function settingsChart({
  metric,
  direction,
  axis,
  scale,
  marks,
  means = [],
  band,
  alone,
}: SettingsPicture): Html {
  const { percent } = unitOf(metric);
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
            marks.filter(({ tag }) => tag !== undefined),
            {
              x: 'x',
              y: 'y',
              dx: alone ? 11 : 0,
              dy: (alone ? 10 : 13) * (direction === 'lower' ? 1 : -1),
              text: 'tag',
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
