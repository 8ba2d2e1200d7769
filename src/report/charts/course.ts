import * as Plot from '@observablehq/plot';
import { type Html, html } from '../html.ts';
import { type Entry, say, type Text } from '../language.ts';
import { courseTexts as t } from '../text/course.ts';
import { sign } from './recall.ts';
import { chart } from './svg.ts';

/** A number at one step: mean over trials, least and most. */
export interface CoursePoint {
  readonly step: number;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

/** One method in one panel. */
export interface CourseLine {
  readonly kind: 'a' | 'b' | 'other';
  readonly points: readonly CoursePoint[];
  /** Step after which the net in use was kept. */
  readonly keptAt: number;
}

export interface CoursePanel {
  readonly name: Entry;
  readonly lines: readonly CourseLine[];
}

export interface CourseChart {
  readonly panels: readonly CoursePanel[];
  readonly names: { readonly a: Text; readonly b: Text };
  readonly caption: Text;
  readonly label: Text;
  readonly unit: string;
  readonly logarithmic: boolean;
  /** A level to compare with. */
  readonly ideal?: number | null;
}

/** Ticks of a logarithmic axis: 1, 2 and 5 times the powers of ten. */
const logTicks = Array.from({ length: 12 }, (_, k) => [1, 2, 5].map((digit) => Number(`${digit}e${k - 5}`))).flat();

/** A number over the steps of training: the methods as lines, A and B with bands, the panels beside or below each other. */
export function courseChart(input: CourseChart): Html | null {
  const { panels, names, caption, label, unit, logarithmic, ideal } = input;
  const drawn = panels.flatMap(({ lines }) => lines).filter(({ points }) => points.length > 1);
  if (!drawn.some(({ kind }) => kind !== 'other')) return null;
  const last = Math.max(...drawn.flatMap(({ points }) => points.map(({ step }) => step)));
  const [low, high] = domainOf(drawn, logarithmic, ideal ?? null);
  const others = drawn.some(({ kind }) => kind === 'other');
  return chart({
    caption,
    label,
    legend: html`<p class="legend" aria-hidden="true"><span>${sign('a')} A ${say(names.a)}</span> <span>${sign('b')} B ${say(names.b)}</span> ${others && html`<span>${stroke()} ${say(t.others)}</span> `}<span>${stroke('3 3')} ${say(t.kept)}</span></p>`,
    draw: (language, width) => {
      const narrow = width < 500;
      const each = narrow ? 190 : 250;
      const place = (i: number): Place => (narrow ? { fy: () => String(i) } : { fx: () => String(i) });
      const keys = panels.map((_, i) => String(i));
      const ticks = logarithmic ? logTicks.filter((tick) => tick >= low && tick <= high) : 5;
      return {
        height: narrow ? panels.length * (each + 26) + 40 : each + 60,
        marginTop: 26,
        marginBottom: 38,
        marginLeft: 44,
        marginRight: 16,
        ...(narrow
          ? { fy: { domain: keys, axis: null, padding: 0.14 } }
          : { fx: { domain: keys, axis: null, padding: 0.12 } }),
        x: { domain: [0, last] },
        y: { domain: [low, high], type: logarithmic ? 'log' : 'linear', clamp: true },
        marks: [
          Plot.gridY({ ticks, stroke: 'var(--line)', strokeOpacity: 1 }),
          Plot.axisX({ ticks: narrow ? 4 : 3, tickSize: 0, fontSize: 11, label: null }),
          Plot.axisY({ ticks, tickSize: 0, fontSize: 11, label: null, tickFormat: (v: number) => `${v}${unit}` }),
          Plot.text([`${t.steps[language]} →`], {
            frameAnchor: 'bottom-right',
            ...place(panels.length - 1),
            dy: 32,
            fontSize: 11,
            text: (text: string) => text,
          }),
          ...(ideal == null ? [] : [Plot.ruleY([ideal], { stroke: 'var(--soft)', strokeDasharray: '1 3' })]),
          ...panels.flatMap(({ name, lines }, i) => [
            Plot.text([name[language]], {
              ...place(i),
              frameAnchor: 'top-left',
              dy: -18,
              fontSize: 12,
              fontWeight: 600,
              text: (text: string) => text,
            }),
            ...[...lines].sort((one, other) => order(one) - order(other)).flatMap((line) => marksOf(line, place(i))),
          ]),
        ],
      };
    },
  });
}

/** The panel that all of a mark's data belong to. */
type Place = { readonly fx: () => string } | { readonly fy: () => string };

function marksOf({ kind, points, keptAt }: CourseLine, place: Place): Plot.Markish[] {
  const at = { x: 'step', y: 'mean', ...place };
  if (kind === 'other')
    return [Plot.line(points, { ...at, stroke: 'var(--soft)', strokeWidth: 0.9, strokeOpacity: 0.7 })];
  const colour = `var(--${kind})`;
  return [
    Plot.areaY(points, { x: 'step', y1: 'least', y2: 'most', ...place, fill: colour, fillOpacity: 0.13 }),
    Plot.ruleX([keptAt], { ...place, stroke: colour, strokeWidth: 1, strokeDasharray: '3 3' }),
    Plot.line(points, { ...at, stroke: colour, strokeWidth: 2.3 }),
    Plot.dot(points, {
      ...at,
      r: 3.2,
      ...(kind === 'a'
        ? { stroke: colour, strokeWidth: 1.8, fill: 'var(--paper)' }
        : { symbol: 'square' as const, fill: colour }),
    }),
  ];
}

/** A and B are drawn over the rest. */
const order = ({ kind }: CourseLine) => ['other', 'a', 'b'].indexOf(kind);

/** From the least to the most that is drawn: the bands of A and B, the lines of the others. */
function domainOf(lines: readonly CourseLine[], logarithmic: boolean, ideal: number | null): [number, number] {
  const values = lines.flatMap(({ kind, points }) =>
    points.flatMap(({ mean, least, most }) => (kind === 'other' ? [mean] : [least, most])),
  );
  const most = Math.max(...values, ideal ?? 0);
  if (!logarithmic) return [0, 1.04 * most];
  const least = Math.min(...values.filter((value) => value > 0));
  return [least / 1.1, most * 1.1];
}

/** A line as it stands in the legend. */
function stroke(dashes?: string): Html {
  return html`<svg class="sign" viewBox="0 0 22 14" width="22" height="14" aria-hidden="true"><path d="M1 7H21" stroke="var(--soft)" stroke-width="1.5"${dashes && html` stroke-dasharray="${dashes}"`}/></svg>`;
}
