import * as Plot from '@observablehq/plot';
import type { Timeline } from '../../pilot/result.ts';
import { type Html, html } from '../html.ts';
import { fill, type Language, say, type Text } from '../language.ts';
import { timelineTexts as t } from '../text/timeline.ts';
import { sign } from './recall.ts';
import { matched, runsOf } from './runs.ts';
import { chart, short } from './svg.ts';

/** Colours of classes; more classes than these begin again, their names stand in the strip. */
const COLOURS = 12;

export interface TimelineOf {
  readonly names: { readonly a: Text; readonly b: Text };
  readonly a: Timeline;
  readonly b: Timeline;
  readonly channels: readonly string[];
  readonly classes: readonly string[];
}

/** Heights of the panels and the space between them, in pixels. */
const panel = { signal: 52, strip: 20, curve: 96, space: 10 };

/** One stretch of the drawing from `top` to `top + height`. */
interface Panel {
  readonly name: (language: Language) => string;
  readonly top: number;
  readonly height: number;
  readonly marks: (top: number) => Plot.Markish[];
}

/** Signal, label, clusters and movement of the embedding along time, one panel below the other. */
export function timelineChart({ a, b, names, channels, classes }: TimelineOf): Html {
  const step = a.secondsPerWindow ?? 1;
  const at = (i: number) => (a.first + i) * step;
  const inUse = [...new Set(a.labels)].filter((label) => label >= 0).sort((one, other) => one - other);
  const labelled = inUse.length > 0;
  const changes = labelled
    ? runsOf(a.labels)
        .slice(1)
        .map(({ from }) => at(from))
    : [];
  const texts = { recording: a.recording, windows: a.windows };
  return chart({
    caption: fill(labelled ? t.caption : t.captionNoLabels, texts),
    label: fill(t.chartLabel, texts),
    legend: html`<p class="legend" aria-hidden="true"><span>${sign('a')} A ${say(names.a)}</span> <span>${sign('b')} B ${say(names.b)}</span> ${inUse.map((label) => html`<span>${swatch(label)} ${classes[label] ?? label}</span> `)}${a.labels.includes(-1) && labelled && html`<span>${swatch(-1)} ${say(t.noLabel)}</span>`}</p>`,
    draw: (language, width) => {
      const narrow = width < 500;
      const marginLeft = narrow ? 62 : 120;
      const perWindow = (width - marginLeft - 14) / a.windows;
      const strip = (values: readonly number[], names: boolean) => (top: number) => {
        const runs = runsOf(values).map((run) => ({ ...run, x1: at(run.from), x2: at(run.to) }));
        const named = runs.flatMap((run) => {
          const name = classes[run.value];
          const room = Math.floor(((run.to - run.from) * perWindow - 6) / 6.4);
          return names && name !== undefined && room >= 3 ? [{ ...run, name: short(name, room) }] : [];
        });
        const y = { y1: top, y2: top + panel.strip };
        return [
          Plot.rect(runs, { x1: 'x1', x2: 'x2', ...y, fill: (run) => colour(run.value) }),
          Plot.text(named, {
            x: (run) => (run.x1 + run.x2) / 2,
            y: top + panel.strip / 2,
            fontSize: 10.5,
            text: 'name',
          }),
        ];
      };
      const wanted: Omit<Panel, 'top'>[] = [
        ...a.signal.map((values, c) => ({
          name: () => short(channels[c] ?? String(c + 1), narrow ? 9 : 18),
          height: panel.signal,
          marks: (top: number) => band(values, at, top),
        })),
        ...(labelled
          ? [{ name: (l: Language) => t.labels[l], height: panel.strip, marks: strip(a.labels, true) }]
          : []),
        ...[a, b].map(({ clusters }, i) => ({
          name: (l: Language) => t.clusters[l].replace('{arm}', 'AB'[i]),
          height: panel.strip,
          marks: strip(matched(clusters, a.labels), false),
        })),
        { name: (l) => t.movement[l], height: panel.curve, marks: (top) => curves(a, b, at, top) },
      ];
      const panels = stacked(wanted);
      const total = Math.max(...panels.map(({ top, height }) => top + height));
      return {
        height: total + 44,
        marginLeft,
        marginRight: 14,
        marginTop: 4,
        marginBottom: 40,
        x: { domain: [at(0), at(a.windows)] },
        y: { domain: [total, 0], axis: null },
        marks: [
          Plot.axisX({ ticks: narrow ? 4 : 8, tickSize: 3, fontSize: 11, label: null }),
          Plot.text([`${(a.secondsPerWindow === null ? t.windowsAxis : t.seconds)[language]} →`], {
            frameAnchor: 'bottom-right',
            dy: 34,
            fontSize: 11,
            text: (text: string) => text,
          }),
          ...panels.flatMap(({ marks, top }) => marks(top)),
          Plot.ruleX(changes, {
            stroke: 'var(--ink)',
            strokeWidth: 0.6,
            strokeOpacity: changes.length > 20 ? 0.3 : 0.55,
          }),
          Plot.text(panels, {
            frameAnchor: 'left',
            dx: -marginLeft,
            y: ({ top, height }) => top + height / 2,
            textAnchor: 'start',
            fontSize: narrow ? 10.5 : 12,
            text: ({ name }) => name(language),
          }),
        ],
      };
    },
  });
}

function stacked(wanted: readonly Omit<Panel, 'top'>[]): Panel[] {
  let top = 0;
  return wanted.map((one) => {
    const placed = { ...one, top };
    top += one.height + panel.space;
    return placed;
  });
}

/** Smallest to largest value of each window, scaled to the panel. */
function band(values: readonly (readonly [number, number])[], at: (i: number) => number, top: number) {
  const least = Math.min(...values.map(([low]) => low));
  const most = Math.max(...values.map(([, high]) => high));
  const y = (value: number) => top + panel.signal * (most > least ? 1 - (value - least) / (most - least) : 0.5);
  const points = values.map(([low, high], i) => ({ x: at(i + 0.5), low: y(low), high: y(high) }));
  return [
    Plot.areaY(points, { x: 'x', y1: 'low', y2: 'high', fill: 'var(--soft)', fillOpacity: 0.45 }),
    Plot.line(points, { x: 'x', y: 'high', stroke: 'var(--soft)', strokeWidth: 0.8 }),
    Plot.line(points, { x: 'x', y: 'low', stroke: 'var(--soft)', strokeWidth: 0.8 }),
  ];
}

/** Movement of A and B from window to window on one scale, and the median as a line. */
function curves(a: Timeline, b: Timeline, at: (i: number) => number, top: number) {
  const most = Math.max(1, ...a.contrast, ...b.contrast);
  const y = (value: number) => top + panel.curve * (1 - value / most);
  const points = ({ contrast }: Timeline) => contrast.map((value, i) => ({ x: at(i + 1), y: y(value) }));
  return [
    Plot.ruleY([y(0)], { stroke: 'var(--line)' }),
    Plot.ruleY([y(1)], { stroke: 'var(--soft)', strokeWidth: 0.8, strokeDasharray: '2 4' }),
    Plot.text([1, most], {
      x: at(0),
      y,
      dx: -5,
      textAnchor: 'end',
      fontSize: 10.5,
      fill: 'var(--soft)',
      text: (value: number) => String(Math.round(10 * value) / 10),
    }),
    Plot.line(points(a), { x: 'x', y: 'y', stroke: 'var(--a)', strokeWidth: 1.5 }),
    Plot.line(points(b), { x: 'x', y: 'y', stroke: 'var(--b)', strokeWidth: 1.5 }),
  ];
}

function colour(label: number): string {
  return label < 0 ? 'var(--line)' : `var(--class-${(label % COLOURS) + 1})`;
}

function swatch(label: number): Html {
  return html`<svg class="sign" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true"><rect x="1" y="1" width="12" height="12" fill="${colour(label)}"/></svg>`;
}
