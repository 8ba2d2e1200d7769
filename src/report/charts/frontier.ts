import * as Plot from '@observablehq/plot';
import type { Arm } from '../../pilot/result.ts';
import type { Html } from '../html.ts';
import { capital, fill, plain, type Text } from '../language.ts';
import { armTexts } from '../text/arms.ts';
import { methodName, metricName } from '../text/names.ts';
import { halo } from './forest.ts';
import { spread } from './spread.ts';
import { chart } from './svg.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Line {
  readonly kind: 'a' | 'b' | 'other';
  readonly name: Text;
  /** Over gamma, ascending. */
  readonly curve: readonly Point[];
  readonly point: Point;
}

/**
 * The criterion against another metric, both in percent: each arm's curve over gamma and its operating point, named
 * directly. `allowed` is the smallest x that the guard allows (a fraction), where x is guarded.
 */
export function frontierChart(arms: readonly Arm[], x: string, y: string, allowed: number | null): Html | null {
  const lines = arms.flatMap((arm) => lineOf(arm, x, y));
  if (lines.length === 0) return null;
  const texts = { x: metricName(x), y: metricName(y), Y: capital(metricName(y)) };
  const limit = allowed === null ? null : 100 * allowed;
  const near = lines.flatMap((line) => [
    line.point,
    ...(line.kind === 'other' ? [] : line.curve.filter(nearTo(line.point))),
  ]);
  const xs = range([...near.map((point) => point.x), ...(limit === null ? [] : [limit])]);
  const ys = range(near.map((point) => point.y));
  const inside = (point: Point) => point.x >= xs[0] && point.x <= xs[1] && point.y >= ys[0] && point.y <= ys[1];
  return chart({
    caption: fill(allowed === null ? armTexts.frontierCaption : armTexts.frontierCaptionGuard, texts),
    label: fill(armTexts.frontierLabel, texts),
    draw: (language, width) => {
      const narrow = width < 500;
      const height = narrow ? 340 : 420;
      const margins = { marginTop: 26, marginBottom: 40, marginLeft: 40, marginRight: narrow ? 104 : 190 };
      const gap = ((ys[1] - ys[0]) / (height - margins.marginTop - margins.marginBottom)) * (narrow ? 15 : 18);
      const labels = spread(lines, gap, ys);
      const colour = (line: Line) => (line.kind === 'other' ? 'var(--soft)' : `var(--${line.kind})`);
      const drawn = (kind: Line['kind']) => lines.filter((line) => line.kind === kind).map((line) => line.point);
      const axis = { tickSize: 0, fontSize: 11, ticks: narrow ? 4 : 6, tickFormat: (v: number) => `${v} %` };
      return {
        height,
        ...margins,
        x: { domain: xs },
        y: { domain: ys },
        marks: [
          ...(limit === null
            ? []
            : [Plot.rect([0], { x1: xs[0], x2: limit, y1: ys[0], y2: ys[1], fill: 'var(--band)' })]),
          Plot.gridX({ ticks: axis.ticks, stroke: 'var(--line)', strokeOpacity: 1 }),
          Plot.gridY({ ticks: axis.ticks, stroke: 'var(--line)', strokeOpacity: 1 }),
          Plot.axisX({ ...axis, label: null }),
          Plot.text([`${plain(texts.x[language])} →`], {
            frameAnchor: 'bottom-right',
            dy: 32,
            text: (label: string) => label,
            fontSize: 11,
          }),
          Plot.axisY({ ...axis, label: `↑ ${plain(texts.y[language])}`, labelArrow: 'none' }),
          ...lines.map((line) =>
            Plot.line(line.curve.filter(inside), {
              x: 'x',
              y: 'y',
              stroke: colour(line),
              strokeWidth: line.kind === 'other' ? 1 : 2,
              strokeOpacity: line.kind === 'other' ? 0.6 : 1,
            }),
          ),
          Plot.link(labels, {
            x1: (label) => label.line.point.x,
            y1: (label) => label.line.point.y,
            x2: xs[1],
            y2: 'y',
            stroke: 'var(--soft)',
            strokeWidth: 0.75,
            strokeDasharray: '1 3',
          }),
          Plot.dot(drawn('other'), { x: 'x', y: 'y', symbol: 'times', r: 5, stroke: 'var(--soft)', strokeWidth: 2 }),
          Plot.dot(drawn('a'), { x: 'x', y: 'y', r: 6, stroke: 'var(--a)', strokeWidth: 2.5, fill: 'var(--paper)' }),
          Plot.dot(drawn('b'), { x: 'x', y: 'y', r: 6, symbol: 'square', fill: 'var(--b)', ...halo, strokeWidth: 1.5 }),
          Plot.text(labels, {
            x: xs[1],
            y: 'y',
            dx: 6,
            textAnchor: 'start',
            fontSize: narrow ? 10.5 : 12,
            fontWeight: 600,
            fill: (label) => label.line.kind,
            text: (label) => prefix[(label.line as Line).kind] + plain(label.line.name[language]),
            lineWidth: narrow ? 9 : 15,
            textOverflow: 'ellipsis',
          }),
        ],
        color: { type: 'ordinal', domain: ['a', 'b', 'other'], range: ['var(--a)', 'var(--b)', 'var(--soft)'] },
      };
    },
  });
}

export const prefix = { a: 'A ', b: 'B ', other: '' };

function lineOf(arm: Arm, x: string, y: string): Line[] {
  const at = (metrics: Readonly<Record<string, number | null | undefined>>): Point[] => {
    const [px, py] = [metrics[x], metrics[y]];
    return typeof px === 'number' && typeof py === 'number' ? [{ x: 100 * px, y: 100 * py }] : [];
  };
  const kind = arm.role === 'baseline' ? 'a' : arm.role === 'candidate' ? 'b' : 'other';
  const curve = [...arm.curve].sort((one, other) => one.gamma - other.gamma).flatMap(({ metrics }) => at(metrics));
  return at({ [x]: arm.metrics[x]?.value, [y]: arm.metrics[y]?.value }).map((point) => ({
    kind,
    name: methodName(arm.method),
    curve,
    point,
  }));
}

/** Points of a curve within reach of the operating point, so that the ends of a curve do not squeeze the rest. */
function nearTo(centre: Point) {
  return (point: Point) => Math.abs(point.x - centre.x) < 6 && Math.abs(point.y - centre.y) < 12;
}

function range(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const pad = Math.max(0.5, 0.07 * (most - least));
  return [Math.max(0, least - pad), Math.min(100, most + pad)];
}
