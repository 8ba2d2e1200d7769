import * as Plot from '@observablehq/plot';
import type { FeatureMap } from '../../pilot/result.ts';
import { type Html, html } from '../html.ts';
import { say, type Text } from '../language.ts';
import { mapTexts as t } from '../text/course.ts';
import { armHeadings, chart, short } from './svg.ts';

/** Classes up to which each has a colour of its own. */
const COLOURS = 12;

interface Maps {
  readonly a: FeatureMap;
  readonly b: FeatureMap;
  /** Of all classes, largest first. */
  readonly classes: readonly string[];
  /** Numbers of the rarest third of the classes. */
  readonly rare: ReadonlySet<number>;
  /** Whether each class has a colour of its own decides what the caption says. */
  readonly caption: (coloured: boolean) => Text;
  readonly label: Text;
}

interface Spot {
  readonly arm: 'A' | 'B';
  readonly class: number;
  readonly x: number;
  readonly y: number;
}

/** Embeddings under A and B on their two main directions, each map scaled to its square. */
export function mapChart({ a, b, classes, rare, caption, label }: Maps): Html {
  const coloured = classes.length <= COLOURS;
  const colour = (c: number) => (coloured ? `var(--class-${c + 1})` : rare.has(c) ? 'var(--b)' : 'var(--class-12)');
  // Rare classes are drawn last, over the others.
  const order = (one: Spot, other: Spot) =>
    Number(rare.has(one.class)) - Number(rare.has(other.class)) || one.class - other.class;
  const maps = [scaled(a, 'A'), scaled(b, 'B')];
  const means = maps.flatMap((map) => map.means).sort(order);
  // All of one colour in one group, which is what keeps the page small.
  const points = maps.flatMap((map) => map.points).sort(order);
  const painted = [...new Set(points.map((spot) => colour(spot.class)))].map((fill) => ({
    fill,
    spots: points.filter((spot) => colour(spot.class) === fill),
  }));
  const outline = 'color-mix(in srgb, var(--ink) 55%, transparent)';
  const present = new Set([...a.classes, ...b.classes]);
  const named = classes.flatMap((name, c) => (present.has(c) ? [{ name, c }] : []));
  const legend = coloured
    ? named.map(({ name, c }) => html`<span>${disc(colour(c), String(c + 1))} ${short(name, 24)}</span> `)
    : html`<span>${disc('var(--b)')} ${say(t.rare)}</span> <span>${disc('var(--class-12)')} ${say(t.rest)}</span>`;
  return chart({
    caption: caption(coloured),
    label,
    legend: html`<p class="legend" aria-hidden="true">${legend}</p>`,
    wordless: true,
    draw: (_, width) => {
      const narrow = width < 500;
      const facet = narrow ? 'fy' : 'fx';
      const side = narrow ? width - 4 : (width - 4) / 2.05;
      const place = { x: 'x', y: 'y', [facet]: 'arm' };
      return {
        height: narrow ? 2.12 * side + 30 : side + 28,
        marginLeft: 2,
        marginRight: 2,
        marginTop: 24,
        marginBottom: 4,
        x: { domain: [-1.06, 1.06], axis: null },
        y: { domain: [-1.06, 1.06], axis: null },
        [facet]: { domain: ['A', 'B'], axis: null, padding: narrow ? 0.1 : 0.05 },
        marks: [
          Plot.frame({ stroke: 'var(--line)', fill: 'var(--card)' }),
          armHeadings(facet),
          ...painted.map(({ fill, spots }) =>
            Plot.dot(spots, { ...place, r: narrow ? 2.4 : 3, fill, stroke: outline, strokeWidth: 0.5 }),
          ),
          Plot.dot(means, {
            ...place,
            r: coloured ? 8.5 : 4,
            fill: (spot: Spot) => colour(spot.class),
            stroke: 'var(--ink)',
            strokeWidth: 1.4,
          }),
          ...(coloured
            ? [
                Plot.text(means, {
                  ...place,
                  fontSize: 10.5,
                  fontWeight: 700,
                  text: (spot: Spot) => String(spot.class + 1),
                }),
              ]
            : []),
        ],
      };
    },
  });
}

/** Moved to the middle of what is shown and scaled alike in both directions, so that all lies within -1 and 1. */
function scaled({ classes, x, y, means }: FeatureMap, arm: Spot['arm']): { points: Spot[]; means: Spot[] } {
  const range = (values: readonly number[]) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return { middle: (least + most) / 2, half: (most - least) / 2 };
  };
  const [across, up] = [range([...x, ...means.map((mean) => mean.x)]), range([...y, ...means.map((mean) => mean.y)])];
  const half = Math.max(across.half, up.half) || 1;
  const spot = (c: number, px: number, py: number): Spot => ({
    arm,
    class: c,
    x: (px - across.middle) / half,
    y: (py - up.middle) / half,
  });
  return {
    points: classes.map((c, i) => spot(c, x[i], y[i])),
    means: means.map((mean) => spot(mean.class, mean.x, mean.y)),
  };
}

function disc(colour: string, text?: string): Html {
  return html`<svg class="sign" viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><circle cx="9" cy="9" r="7.5" fill="${colour}" stroke="var(--ink)" stroke-width="1.2"/>${text && html`<text x="9" y="12.6" text-anchor="middle" font-size="10" font-weight="700" fill="currentColor">${text}</text>`}</svg>`;
}
