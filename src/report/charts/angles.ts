import * as Plot from '@observablehq/plot';
import type { Html } from '../html.ts';
import type { Text } from '../language.ts';
import { armHeadings, chart, short } from './svg.ts';

/** Degrees below which two classes get the next darker shade. */
const limits = [90, 75, 60, 45, 30, 15];

/** Shade of an angle: 6 the darkest, for classes that lie nearly together; 0 for a right angle and more. */
export function angleShade(degrees: number | null): number {
  return degrees === null ? 0 : limits.filter((limit) => degrees < limit).length;
}

/** What the shades mean, from the lightest to the darkest. */
export const angleShades = limits.map((limit, i) => ({ shade: i + 1, text: `< ${limit}°` }));

type Matrix = readonly (readonly (number | null)[])[];

interface AngleChart {
  readonly a: Matrix;
  readonly b: Matrix;
  /** Of the rows. */
  readonly names: readonly string[];
  readonly caption: Text;
  readonly label: Text;
}

/** Angles of many classes: a small square for each pair, A and B beside or below each other. */
export function angleChart({ a, b, names, caption, label }: AngleChart): Html {
  const keys = names.map((_, i) => String(i));
  const cells = [a, b].flatMap((matrix, arm) =>
    matrix.flatMap((row, i) =>
      row.map((angle, j) => ({
        arm: 'AB'[arm],
        row: String(i),
        column: String(j),
        fill: i === j ? 'var(--line)' : `var(--shade-${angleShade(angle)})`,
      })),
    ),
  );
  // What has no shade is left to the ground, and all of one shade are one group, which keeps the page small.
  const shaded = [...angleShades.map(({ shade }) => `var(--shade-${shade})`), 'var(--line)'].map((fill) => ({
    fill,
    own: cells.filter((cell) => cell.fill === fill),
  }));
  return chart({
    caption,
    label,
    wordless: true,
    draw: (_, width) => {
      const narrow = width < 500;
      const marginLeft = narrow ? 78 : 110;
      const side = narrow ? width - marginLeft - 8 : (width - marginLeft - 8) / 2.06;
      const facet = narrow ? 'fy' : 'fx';
      return {
        height: narrow ? 2 * side + 80 : side + 36,
        marginLeft,
        marginRight: 8,
        marginTop: 26,
        marginBottom: 8,
        x: { domain: keys, axis: null, padding: 0.06 },
        y: { domain: keys, axis: null, padding: 0.06 },
        [facet]: { domain: ['A', 'B'], axis: null, padding: narrow ? 0.12 : 0.06 },
        marks: [
          Plot.frame({ fill: 'var(--card)' }),
          ...shaded.map(({ fill, own }) => Plot.cell(own, { x: 'column', y: 'row', [facet]: 'arm', fill })),
          armHeadings(facet),
          Plot.text(narrow && keys.length > 20 ? keys.filter((_, i) => i % 2 === 0) : keys, {
            y: (key: string) => key,
            ...(narrow ? {} : { fx: () => 'A' }),
            frameAnchor: 'left',
            dx: -6,
            textAnchor: 'end',
            fontSize: 9,
            text: (key: string) => short(names[Number(key)], narrow ? 13 : 18),
          }),
        ],
      };
    },
  });
}
