import * as Plot from '@observablehq/plot';
import type { RepresentationArm } from '../../pilot/result.ts';
import type { Html } from '../html.ts';
import { fill, plain, type Text } from '../language.ts';
import { methodName } from '../text/names.ts';
import { trainingTexts as t } from '../text/training.ts';
import { prefix } from './frontier.ts';
import { spread } from './spread.ts';
import { chart, short } from './svg.ts';

interface Line {
  readonly kind: 'a' | 'b' | 'other';
  readonly name: Text;
  readonly looks: readonly { readonly step: number; readonly share: number }[];
  /** The last look, beside which the name stands. */
  readonly point: { readonly x: number; readonly y: number };
}

/** Share of the largest direction, in percent, over the steps of training: one line a trained method. */
export function trainingChart(arms: readonly RepresentationArm[]): Html | null {
  const lines = arms.flatMap(lineOf);
  if (lines.length === 0) return null;
  const last = Math.max(...lines.map((line) => line.point.x));
  return chart({
    caption: fill(t.caption),
    label: fill(t.label),
    draw: (language, width) => {
      const narrow = width < 500;
      const height = narrow ? 280 : 320;
      const margins = { marginTop: 28, marginBottom: 40, marginLeft: 46, marginRight: narrow ? 96 : 190 };
      const gap = (100 / (height - margins.marginTop - margins.marginBottom)) * (narrow ? 15 : 18);
      const labels = spread(lines, gap, [0, 100]);
      const title = { text: (text: string) => text, fontSize: 11 };
      return {
        height,
        ...margins,
        x: { domain: [0, last] },
        y: { domain: [0, 100] },
        marks: [
          Plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
          Plot.axisX({ ticks: narrow ? 3 : 6, tickSize: 0, fontSize: 11, label: null }),
          Plot.axisY({ ticks: 5, tickSize: 0, fontSize: 11, label: null, tickFormat: (v: number) => `${v} %` }),
          Plot.text([`${t.steps[language]} →`], { ...title, frameAnchor: 'bottom-right', dy: 32 }),
          Plot.text([`↑ ${t.axis[language]}`], { ...title, frameAnchor: 'top-left', dx: -40, dy: -22 }),
          ...[...lines]
            .sort((one, other) => order(one) - order(other))
            .flatMap((line) => {
              const stroke = line.kind === 'other' ? 'var(--soft)' : `var(--${line.kind})`;
              const at = { x: 'step', y: 'share' };
              return [
                Plot.line(line.looks, { ...at, stroke, strokeWidth: line.kind === 'other' ? 1.2 : 2.5 }),
                Plot.dot(line.looks, {
                  ...at,
                  ...(line.kind === 'a'
                    ? { r: 3.5, stroke, strokeWidth: 2, fill: 'var(--paper)' }
                    : line.kind === 'b'
                      ? { r: 3.5, symbol: 'square', fill: stroke }
                      : { r: 2.5, symbol: 'times', stroke }),
                }),
              ];
            }),
          Plot.link(labels, {
            x1: (one) => one.line.point.x,
            y1: (one) => one.line.point.y,
            x2: last,
            y2: 'y',
            stroke: 'var(--soft)',
            strokeWidth: 0.75,
            strokeDasharray: '1 3',
          }),
          Plot.text(labels, {
            x: last,
            y: 'y',
            dx: 10,
            textAnchor: 'start',
            fontSize: narrow ? 10.5 : 12,
            fontWeight: 600,
            fill: (one) => one.line.kind,
            text: (one) => short(prefix[(one.line as Line).kind] + plain(one.line.name[language]), narrow ? 14 : 30),
          }),
        ],
        color: { type: 'ordinal', domain: ['a', 'b', 'other'], range: ['var(--a)', 'var(--b)', 'var(--soft)'] },
      };
    },
  });
}

/** A and B are drawn over the rest. */
const order = ({ kind }: Line) => (kind === 'other' ? 0 : 1);

function lineOf(arm: RepresentationArm): Line[] {
  const looks = arm.looks.flatMap(({ step, largestShare }) =>
    largestShare === null ? [] : [{ step, share: 100 * largestShare }],
  );
  const end = looks.at(-1);
  if (end === undefined || looks.length < 2) return [];
  const kind = arm.role === 'baseline' ? 'a' : arm.role === 'candidate' ? 'b' : 'other';
  return [{ kind, name: methodName(arm.method), looks, point: { x: end.step, y: end.share } }];
}
