import * as Plot from '@observablehq/plot';
import type { AnyArm } from '../arms.ts';
import type { Html } from '../html.ts';
import { html } from '../html.ts';
import { fill, say } from '../language.ts';
import { classTexts } from '../text/classes.ts';
import { methodName } from '../text/names.ts';
import { chart, short } from './svg.ts';

/**
 * Recall of each class under A and B, largest class first: a dot and its 95 % interval, the class's items beside it.
 * @param shown places of the classes in the chart's order; left out: all
 */
export function recallChart(
  baseline: AnyArm,
  candidate: AnyArm,
  shown: readonly number[] = [...baseline.classes.keys()],
): Html {
  const rows = shown.map((c) => {
    const { name, evaluated } = baseline.classes[c];
    return { name, key: String(c), evaluated };
  });
  const marks = (arm: AnyArm) =>
    shown.flatMap((c) => {
      const { value, interval } = arm.classes[c].recall;
      if (value === null) return [];
      const [low, high] = interval ?? [value, value];
      return [{ key: String(c), value: 100 * value, low: 100 * low, high: 100 * high }];
    });
  const names = { a: methodName(baseline.method), b: methodName(candidate.method) };
  return chart({
    caption: fill(classTexts.chartCaption, names),
    label: fill(classTexts.chartLabel, names),
    legend: html`<p class="legend" aria-hidden="true"><span>${sign('a')} A ${say(names.a)}</span> <span>${sign('b')} B ${say(names.b)}</span></p>`,
    draw: (language, width) => {
      const narrow = width < 500;
      const marginLeft = narrow ? 92 : 170;
      const shift = 6;
      return {
        height: 34 + 40 * rows.length,
        marginLeft,
        marginRight: 18,
        marginTop: 6,
        marginBottom: 28,
        x: { domain: [0, 100] },
        y: { domain: rows.map((row) => row.key), type: 'band', axis: null },
        marks: [
          Plot.gridX({ ticks: narrow ? 5 : 10, stroke: 'var(--line)', strokeOpacity: 1 }),
          Plot.axisX({
            ticks: narrow ? 5 : 10,
            tickSize: 0,
            label: null,
            tickFormat: (x: number) => `${x} %`,
            fontSize: 11,
          }),
          Plot.text(rows, {
            y: 'key',
            frameAnchor: 'left',
            dx: -marginLeft,
            dy: -8,
            textAnchor: 'start',
            fontSize: 13,
            fontWeight: 600,
            text: (row: { name: string }) => short(row.name, narrow ? 12 : 22),
          }),
          Plot.text(rows, {
            y: 'key',
            frameAnchor: 'left',
            dx: -marginLeft,
            dy: 8,
            textAnchor: 'start',
            fontSize: 11,
            fill: 'var(--soft)',
            text: (row: { evaluated: number }) =>
              language === 'en'
                ? `n = ${row.evaluated.toLocaleString('en')}`
                : `${row.evaluated.toLocaleString('en')} 件`,
          }),
          Plot.ruleY(marks(baseline), {
            y: 'key',
            x1: 'low',
            x2: 'high',
            dy: -shift,
            stroke: 'var(--a)',
            strokeWidth: 2,
          }),
          Plot.dot(marks(baseline), {
            y: 'key',
            x: 'value',
            dy: -shift,
            r: 5,
            stroke: 'var(--a)',
            strokeWidth: 2,
            fill: 'var(--paper)',
          }),
          Plot.ruleY(marks(candidate), {
            y: 'key',
            x1: 'low',
            x2: 'high',
            dy: shift,
            stroke: 'var(--b)',
            strokeWidth: 2,
          }),
          Plot.dot(marks(candidate), { y: 'key', x: 'value', dy: shift, r: 5, symbol: 'square', fill: 'var(--b)' }),
        ],
      };
    },
  });
}

/** The sign of an arm as it stands in the charts: an open circle for A, a filled square for B, a cross for the rest. */
export function sign(arm: 'a' | 'b' | 'other'): Html {
  if (arm === 'a')
    return html`<svg class="sign" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true"><circle cx="7" cy="7" r="5" class="sign-a"/></svg>`;
  if (arm === 'b')
    return html`<svg class="sign" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true"><rect x="2.5" y="2.5" width="9" height="9" class="sign-b"/></svg>`;
  return html`<svg class="sign" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true"><path d="M3 3L11 11M11 3L3 11" class="sign-other"/></svg>`;
}
