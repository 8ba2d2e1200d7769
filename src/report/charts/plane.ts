import * as Plot from '@observablehq/plot';
import type { Html } from '../html.ts';
import { html } from '../html.ts';
import { type Entry, plain, say, type Text } from '../language.ts';
import { planeTexts } from '../text/plane.ts';
import { halo } from './forest.ts';
import { prefix } from './frontier.ts';
import { sign } from './recall.ts';
import { spread } from './spread.ts';
import { chart, short } from './svg.ts';

export interface PlanePoint {
  readonly x: number;
  readonly y: number;
}

/** A method on the plane: one dot a trial, and its number over all of them. */
export interface Cloud {
  readonly kind: 'a' | 'b' | 'other';
  readonly name: Text;
  readonly dots: readonly PlanePoint[];
  readonly point: PlanePoint;
}

/** One axis. Numbers are as shown: percent where the metric is a share. */
export interface PlaneAxis {
  readonly name: Text;
  readonly percent: boolean;
  /** A smaller number is better: the axis is turned, so that better is always right or up. */
  readonly turned: boolean;
  /** Smallest difference that matters; null where the metric is no criterion. */
  readonly margin: number | null;
}

export interface Plane {
  readonly clouds: readonly Cloud[];
  readonly x: PlaneAxis;
  readonly y: PlaneAxis;
  /** Names of the four fields around A. */
  readonly fields: Readonly<Record<'topRight' | 'topLeft' | 'bottomRight' | 'bottomLeft', Entry>>;
  readonly caption: Text;
  readonly label: Text;
}

/** Share of the axis that lies at least on each side of A, so that the four fields can be named. */
const ROOM = 0.24;

/** Two criteria against each other: every trial a small mark, every method a large one, A's lines as the cross. */
export function planeChart({ clouds, x, y, fields, caption, label }: Plane): Html | null {
  const a = clouds.find((cloud) => cloud.kind === 'a')?.point;
  if (a === undefined) return null;
  const points = clouds.flatMap((cloud) => [cloud.point, ...cloud.dots]);
  const xs = around(
    points.map((point) => point.x),
    a.x,
    x.percent,
  );
  const ys = around(
    points.map((point) => point.y),
    a.y,
    y.percent,
  );
  const right = x.turned ? xs[0] : xs[1];
  return chart({
    caption,
    label,
    legend: html`<p class="legend" aria-hidden="true">${clouds
      .filter(({ kind }) => kind !== 'other')
      .map(
        ({ kind, name }) => html`<span>${sign(kind)} ${prefix[kind]}${say(name)}</span> `,
      )}${clouds.some(({ kind }) => kind === 'other') && html`<span>${sign('other')} ${say(planeTexts.trialsLegend)}</span>`}</p>`,
    draw: (language, width) => {
      const narrow = width < 500;
      const height = narrow ? 360 : 460;
      const margins = { marginTop: 26, marginBottom: 42, marginLeft: 46, marginRight: narrow ? 92 : 190 };
      const gap = ((ys[1] - ys[0]) / (height - margins.marginTop - margins.marginBottom)) * (narrow ? 15 : 18);
      // Heights count from the lower edge of the drawing, wherever the axis has its larger end.
      const up = (value: number) => (y.turned ? ys[0] + ys[1] - value : value);
      const labels = spread(
        clouds.map((cloud) => ({ cloud, point: { y: up(cloud.point.y) } })),
        gap,
        ys,
      ).map(({ line, y: at }) => ({ cloud: line.cloud, y: up(at) }));
      const dots = (kind: Cloud['kind']) =>
        clouds.filter((cloud) => cloud.kind === kind).flatMap((cloud) => cloud.dots);
      const large = (kind: Cloud['kind']) => clouds.filter((cloud) => cloud.kind === kind).map((cloud) => cloud.point);
      const axis = (one: PlaneAxis) => ({
        tickSize: 0,
        fontSize: 11,
        ticks: narrow ? 4 : 6,
        label: null,
        ...(one.percent ? { tickFormat: (value: number) => `${value} %` } : {}),
      });
      const margin = { stroke: 'var(--soft)', strokeWidth: 0.8, strokeDasharray: '2 4' };
      const title = { text: (text: string) => text, fontSize: narrow ? 10 : 11 };
      const field = (
        name: Entry,
        frameAnchor: 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right',
        dx: number,
        dy: number,
      ) =>
        Plot.text([name[language]], {
          frameAnchor,
          dx,
          dy,
          fontSize: narrow ? 10.5 : 12.5,
          fontStyle: 'italic',
          lineWidth: narrow ? 6 : 30,
          fill: 'var(--soft)',
          text: (text: string) => text,
          ...halo,
        });
      return {
        height,
        ...margins,
        x: { domain: xs, reverse: x.turned },
        y: { domain: ys, reverse: y.turned },
        marks: [
          Plot.gridX({ ticks: axis(x).ticks, stroke: 'var(--line)', strokeOpacity: 1 }),
          Plot.gridY({ ticks: axis(y).ticks, stroke: 'var(--line)', strokeOpacity: 1 }),
          Plot.axisX(axis(x)),
          Plot.axisY(axis(y)),
          Plot.text([`${plain(x.name[language])} →`], { ...title, frameAnchor: 'bottom-right', dy: 34 }),
          Plot.text([`↑ ${plain(y.name[language])}`], {
            ...title,
            frameAnchor: 'top-left',
            textAnchor: 'start',
            dx: -40,
            dy: -20,
          }),
          Plot.ruleX(sides(a.x, x.margin), margin),
          Plot.ruleY(sides(a.y, y.margin), margin),
          Plot.ruleX([a.x], { stroke: 'var(--a)', strokeWidth: 1.2 }),
          Plot.ruleY([a.y], { stroke: 'var(--a)', strokeWidth: 1.2 }),
          Plot.dot(dots('other'), {
            x: 'x',
            y: 'y',
            symbol: 'times',
            r: 2.5,
            stroke: 'var(--soft)',
            strokeWidth: 1,
            strokeOpacity: 0.55,
          }),
          Plot.dot(dots('a'), { x: 'x', y: 'y', r: 3, stroke: 'var(--a)', strokeWidth: 1.3 }),
          Plot.dot(dots('b'), { x: 'x', y: 'y', r: 3, symbol: 'square', fill: 'var(--b)', fillOpacity: 0.7 }),
          Plot.link(labels, {
            x1: (one) => one.cloud.point.x,
            y1: (one) => one.cloud.point.y,
            x2: right,
            y2: 'y',
            stroke: 'var(--soft)',
            strokeWidth: 0.75,
            strokeDasharray: '1 3',
          }),
          field(fields.topRight, 'top-right', -8, 8),
          field(fields.topLeft, 'top-left', 8, 8),
          field(fields.bottomRight, 'bottom-right', -8, -8),
          field(fields.bottomLeft, 'bottom-left', 8, -8),
          Plot.dot(large('other'), { x: 'x', y: 'y', symbol: 'times', r: 6, stroke: 'var(--soft)', strokeWidth: 2.4 }),
          Plot.dot(large('a'), { x: 'x', y: 'y', r: 7.5, stroke: 'var(--a)', strokeWidth: 3, fill: 'var(--paper)' }),
          Plot.dot(large('b'), {
            x: 'x',
            y: 'y',
            r: 7.5,
            symbol: 'square',
            fill: 'var(--b)',
            stroke: 'var(--paper)',
            strokeWidth: 1.5,
          }),
          Plot.text(labels, {
            x: right,
            y: 'y',
            dx: 6,
            textAnchor: 'start',
            fontSize: narrow ? 10.5 : 12,
            fontWeight: 600,
            fill: (one) => one.cloud.kind,
            text: (one) => short(prefix[(one.cloud as Cloud).kind] + plain(one.cloud.name[language]), narrow ? 14 : 30),
          }),
        ],
        color: { type: 'ordinal', domain: ['a', 'b', 'other'], range: ['var(--a)', 'var(--b)', 'var(--soft)'] },
      };
    },
  });
}

/** A domain that holds all values and has room on both sides of `centre`. */
function around(values: readonly number[], centre: number, percent: boolean): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const pad = 0.06 * (most - least) || (percent ? 1 : 0.05);
  const [low, high] = [least - pad, most + pad];
  const room = (ROOM / (1 - ROOM)) * Math.max(high - centre, centre - low);
  return [Math.min(low, centre - room), Math.max(high, centre + room)];
}

function sides(value: number, margin: number | null): number[] {
  return margin === null || margin === 0 ? [] : [value - margin, value + margin];
}
