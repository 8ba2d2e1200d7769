import type { SweepResult } from '../../pilot/sweep/result.ts';
import * as shared from '../figures.ts';
import { type Html, html, trusted } from '../html.ts';
import { fill, join, same, type Text } from '../language.ts';
import type { Notes } from '../notes.ts';
import { pointer } from '../pointer.ts';
import * as tables from '../table.ts';
import { methodName, metricName } from '../text/names.ts';
import { words } from '../text/words.ts';
import { sweepTexts as t } from './texts.ts';

export type Point = SweepResult['points'][number];
export type Criterion = SweepResult['criteria'][number];

// The shared pieces read any document by its addresses, though their types name the pilot's result.
type Shown = (document: unknown, path: string, format: shared.Format) => Html;
export const figure = shared.figure as Shown;
export const interval = shared.interval as Shown;
export const estimateCell = tables.estimateCell as (
  document: unknown,
  path: string,
  format: shared.Format,
  notes: Notes,
  count?: boolean,
) => Html;

/** The number at `path` in the unit of `metric`: "71.2 %", or the number alone; null reads as "not measured". */
export function withUnit(result: SweepResult, path: string, metric: string, estimate: Estimate | undefined): Text {
  if (estimate?.value == null) return fill(t.notGiven);
  const { value, percent } = shared.unitOf(metric);
  const number = figure(result, `${path}/value`, value);
  return percent ? fill(t.percent, { value: number }) : same(number);
}

export type Estimate = Point['metrics'][string];

/** The difference of `metric` that matters, with its unit. */
export function marginOf(result: SweepResult, metric: string): Text {
  const i = result.criteria.findIndex((one) => one.metric === metric);
  return shared.sized(figure(result, pointer('criteria', i, 'margin'), shared.unitOf(metric).value), metric);
}

/** All criteria with the difference that matters. */
export function limitsOf(result: SweepResult): Text {
  return join(
    result.criteria.map(({ metric }) => fill(t.pair, { name: metricName(metric), value: marginOf(result, metric) })),
    words.comma,
  );
}

/** The name of what the settings are measured against; told apart from the method where both are one. */
export function baselineName({ baseline, method }: SweepResult): Text {
  const name = methodName(baseline.method);
  return baseline.method === method ? fill(t.usual, { name }) : name;
}

/** One setting in words: "margin 0.3, threshold off". */
export function settingsOf({ settings }: Pick<Point, 'settings'>): Html {
  return html`${Object.entries(settings).map(([name, value], i) => html`${i > 0 && ', '}${code(`${name} ${value}`)}`)}`;
}

/** Letters of a setting up to which it stays on one line. */
const LINE = 24;

/** A hyper-parameter's name or value as it is written on the command line. */
export function code(text: string): Html {
  return html`<span class="setting ${text.length <= LINE && 'whole'}">${text}</span>`;
}

/** The flag that names a method with its settings for a pilot, to be broken between them alone. */
export function candidateFlag(method: string): Html {
  return html`${code('--candidate')} <span class="setting">${method.split(/(?<=:)/).map((part, i) => [i > 0 && trusted('<wbr>'), part])}</span>`;
}

/**
 * The effects that tell something, with their places in the file. Where several ranges were drawn from, hardly a value
 * comes twice: the mean at it is one setting, and the range of these that of all settings, whatever moved them.
 */
export function effectsTold({
  axes,
  sensitivity,
}: SweepResult): (SweepResult['sensitivity']['effects'][number] & { i: number })[] {
  const ranges = new Set(axes.filter((axis) => axes.length > 1 && 'from' in axis).map(({ name }) => name));
  return sensitivity.effects.map((effect, i) => ({ ...effect, i })).filter(({ name }) => !ranges.has(name));
}

/** How a setting came out: judged good or poor, stopped before all steps by halving, or with a number missing. */
export type Standing = 'good' | 'poor' | 'early' | 'unknown';

export function standingOf(point: Point, { design }: SweepResult): Standing {
  if (point.steps < design.steps) return 'early';
  if (point.good === null) return 'unknown';
  return point.good ? 'good' : 'poor';
}
