import * as Plot from '@observablehq/plot';
import type { Comparison } from '../../pilot/result.ts';
import { stateOf } from '../arms.ts';
import { unitOf } from '../figures.ts';
import type { Html } from '../html.ts';
import { type Language, plain, type Text } from '../language.ts';
import { states } from '../text/words.ts';
import { chart, onTwoLines } from './svg.ts';

/** One line of the chart: a comparison and what it is called. */
export interface ForestRow {
  readonly comparison: Comparison;
  readonly label: Text;
}

/**
 * Differences of one unit, points or numbers, with their 95 % intervals around 0. Criteria have a band in which a
 * difference is too small to matter; guards have a tick at the loss allowed.
 */
export function forestChart(rows: readonly ForestRow[], caption: Text, label: Text): Html {
  const percent = rows.every(({ comparison }) => unitOf(comparison.metric).percent);
  const scale = percent ? 100 : 1;
  const data = rows.flatMap(({ comparison, label: name }, i) => {
    const { difference, interval, margin, role } = comparison;
    const state = stateOf(comparison);
    if (difference === null || interval === null) return [];
    const [low, high] = interval;
    return [
      {
        key: String(i),
        name,
        value: scale * difference,
        low: scale * low,
        high: scale * high,
        margin: scale * margin,
        allowed: scale * (comparison.direction === 'lower' ? margin : -margin),
        role,
        state,
      },
    ];
  });
  type Row = (typeof data)[number];
  const reach = data.flatMap((row) => [
    row.low,
    row.high,
    row.role === 'criterion' ? -row.margin : row.role === 'guard' ? row.allowed : 0,
    row.role === 'criterion' ? row.margin : 0,
  ]);
  const [least, most] = [Math.min(0, ...reach), Math.max(0, ...reach)];
  const pad = Math.max(percent ? 0.5 : 0, 0.06 * (most - least));
  const named = (language: Language) => (row: Row) => plain(row.name[language]);
  return chart({
    caption,
    label,
    draw: (language, width) => {
      const narrow = width < 500;
      const marginLeft = narrow ? 8 : 250;
      const dy = narrow ? 9 : 0;
      return {
        height: 36 + (narrow ? 50 : 34) * data.length,
        marginLeft,
        marginRight: narrow ? 10 : 92,
        marginTop: 6,
        marginBottom: 28,
        x: { domain: [least - pad, most + pad], nice: true },
        y: { domain: data.map((row) => row.key), type: 'band', axis: null, padding: 0.15 },
        marks: [
          Plot.barX(
            data.filter((row) => row.role === 'criterion'),
            { y: 'key', x1: (row: Row) => -row.margin, x2: 'margin', fill: 'var(--band)' },
          ),
          Plot.gridX({ ticks: narrow ? 4 : 8, stroke: 'var(--line)', strokeOpacity: 1 }),
          Plot.axisX({
            ticks: narrow ? 4 : 8,
            tickSize: 0,
            label: null,
            fontSize: 11,
            tickFormat: (x: number) => (x > 0 ? `+${x}` : String(x).replace('-', '−')),
          }),
          Plot.ruleX([0], { stroke: 'var(--ink)', strokeWidth: 1.2 }),
          Plot.tickX(
            data.filter((row) => row.role === 'guard'),
            {
              y: 'key',
              x: 'allowed',
              stroke: 'var(--ink)',
              strokeWidth: 2,
              strokeDasharray: '3 2',
              insetTop: narrow ? 18 : 2,
              insetBottom: 2,
            },
          ),
          Plot.ruleY(data, { y: 'key', x1: 'low', x2: 'high', dy, stroke: 'var(--b)', strokeWidth: 2.5 }),
          Plot.dot(data, { y: 'key', x: 'value', dy, r: 5, symbol: 'square', fill: 'var(--b)' }),
          Plot.text(data, {
            y: 'key',
            frameAnchor: 'left',
            dx: narrow ? 0 : -marginLeft,
            dy: narrow ? -12 : 0,
            textAnchor: 'start',
            fontSize: 13,
            fontWeight: 600,
            lineWidth: narrow ? 26 : 19,
            textOverflow: 'ellipsis',
            text: narrow ? named(language) : (row: Row) => onTwoLines(named(language)(row), 34),
            ...(narrow ? { fill: 'currentColor', ...halo } : {}),
          }),
          ...(narrow
            ? []
            : [
                Plot.text(data, {
                  y: 'key',
                  frameAnchor: 'right',
                  dx: 92,
                  textAnchor: 'end',
                  fontSize: 12,
                  text: (row: Row) => `${states[row.state].sign} ${states[row.state].word[language]}`,
                }),
              ]),
        ],
      };
    },
  });
}

/** Keeps text legible where it crosses lines. */
export const halo = { stroke: 'var(--paper)', strokeWidth: 4 } as const;
