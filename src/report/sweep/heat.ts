import type { SweepResult } from '../../pilot/sweep/result.ts';
import { heatCell, heatGrid, heatScale, type Shade, shadeBetween } from '../charts/heat.ts';
import { dash, spokenSign, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, say } from '../language.ts';
import { pointer } from '../pointer.ts';
import { known } from '../text/known.ts';
import { metricName } from '../text/names.ts';
import { words } from '../text/words.ts';
import type { Axis } from './axes.ts';
import { baselineName, type Criterion, code, figure, interval, type Point, standingOf, withUnit } from './numbers.ts';
import { standings, sweepTexts, mapTexts as t } from './texts.ts';

const BEST = '★';
/** Columns beside which a second map still finds its place. */
const COLUMNS = 4;

type Values = Extract<Axis, { values: string[] }>;

/** Two hyper-parameters, one down and one across: a table for each criterion, its cells shaded from worst to best. */
export function heatMaps(result: SweepResult): Html {
  const [first, second] = result.axes.filter((axis) => 'values' in axis);
  // The one with fewer values goes across, where there is less room.
  const [down, across] = second.values.length <= first.values.length ? [first, second] : [second, first];
  const maps = result.criteria.map((_, c) => heatMap(result, c, down, across));
  return html`<p>${say(t.heatIntro)}</p>${legend(result)}<div class="maps ${across.values.length > COLUMNS && 'many'}">${maps}</div>`;
}

function heatMap(result: SweepResult, c: number, down: Values, across: Values): Html {
  const criterion = result.criteria[c];
  const { metric, direction } = criterion;
  const shade = shadesOf(result, criterion);
  const caption = fill(t.caption, {
    metric: metricName(metric),
    Metric: capital(metricName(metric)),
    down: code(down.name),
    across: code(across.name),
    direction: fill(direction === 'lower' ? sweepTexts.smaller : sweepTexts.larger),
  });
  return heatGrid({
    id: `map-${c + 1}`,
    caption,
    down: down.values.map(code),
    across: across.values.map(code),
    cell: (row, column) => {
      const i = result.points.findIndex(
        ({ settings }) => settings[down.name] === down.values[row] && settings[across.name] === across.values[column],
      );
      return i < 0 ? heatCell(null, '', dash(t.untried)) : cell(result, i, c, shade);
    },
    below: scale(result, criterion, c, shade),
  });
}

function cell(result: SweepResult, i: number, c: number, shade: Shade): Html {
  const { metric } = result.criteria[c];
  const point = result.points[i];
  const standing = standingOf(point, result);
  const estimate = point.metrics[metric];
  const path = pointer('points', i, 'metrics', metric);
  const unit = unitOf(metric).value;
  const level = standing === 'early' ? null : shade(estimate?.value);
  const number =
    estimate?.value == null
      ? dash(estimate?.reason === undefined ? words.noNumber : known(estimate.reason))
      : figure(result, `${path}/value`, unit);
  const below = estimate?.interval && html`<span class="ci">${interval(result, `${path}/interval`, unit)}</span>`;
  const steps =
    standing === 'early' &&
    html`<span class="ci">${say(t.after, { steps: figure(result, pointer('points', i, 'steps'), 'count') })}</span>`;
  return heatCell(level, standing, html`${number}${marks(result, point, i, c)}${below}${steps}`);
}

/** Signs beside a number: how the setting came out, and whether it is the best of its criterion. */
function marks(result: SweepResult, point: Point, i: number, c: number): Html | null {
  const standing = standingOf(point, result);
  const told = standing === 'poor' ? null : spokenSign(standings[standing]);
  const best = result.best[c]?.point === i ? spokenSign({ sign: BEST, word: t.best }) : null;
  return told === null && best === null ? null : html`<span class="marks">${told}${best}</span>`;
}

/** Shade of a value between the worst and the best of all that were trained in full, the baseline among them. */
function shadesOf(result: SweepResult, { metric, direction }: Criterion): Shade {
  const { worst, best } = endsOf(result, { metric, direction });
  return shadeBetween(worst?.value, best?.value);
}

interface End {
  readonly value: number;
  readonly path: string;
}

function endsOf(
  result: SweepResult,
  { metric, direction }: Pick<Criterion, 'metric' | 'direction'>,
): { worst: End | null; best: End | null } {
  const all = [
    ...result.points.flatMap((point, i) =>
      standingOf(point, result) === 'early'
        ? []
        : [{ value: point.metrics[metric]?.value ?? null, path: pointer('points', i, 'metrics', metric) }],
    ),
    { value: result.baseline.metrics[metric]?.value ?? null, path: pointer('baseline', 'metrics', metric) },
  ];
  const known = all.flatMap(({ value, path }) => (value === null ? [] : [{ value, path }]));
  const sorted = known.toSorted((a, b) => (direction === 'higher' ? a.value - b.value : b.value - a.value));
  return { worst: sorted[0] ?? null, best: sorted.at(-1) ?? null };
}

/** From which number to which the shades go, and where the baseline lies among them. */
function scale(result: SweepResult, criterion: Criterion, c: number, shade: Shade): Html | null {
  const { metric } = criterion;
  const { worst, best } = endsOf(result, criterion);
  if (worst === null || best === null) return null;
  const unit = unitOf(metric).value;
  const theirs = result.baseline.metrics[metric];
  const path = pointer('baseline', 'metrics', metric);
  const level = shade(theirs?.value);
  const value = withUnit(result, path, metric, theirs);
  const shown = theirs?.interval
    ? fill(sweepTexts.withInterval, { value, interval: interval(result, `${path}/interval`, unit) })
    : value;
  return heatScale(
    `scale-${c + 1}`,
    [figure(result, `${worst.path}/value`, unit), figure(result, `${best.path}/value`, unit)],
    fill(t.shades),
    [{ text: say(fill(sweepTexts.pair, { name: baselineName(result), value: shown })), level }],
  );
}

/** What borders and signs say; only those that occur. */
function legend(result: SweepResult): Html {
  const seen = new Set(result.points.map((point) => standingOf(point, result)));
  const shown = (['good', 'early', 'unknown'] as const).filter((standing) => standing === 'good' || seen.has(standing));
  const items = shown.map(
    (standing) =>
      html`<span><span class="chip ${standing}">${standings[standing].sign}</span>${say(standings[standing].word)}</span> `,
  );
  return html`<p class="legend key">${items}<span><span class="chip">${BEST}</span>${say(t.best)}</span></p>`;
}
