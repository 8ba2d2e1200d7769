import type { SweepResult } from '../../pilot/sweep/result.ts';
import { dash, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, plain, say } from '../language.ts';
import { pointer } from '../pointer.ts';
import { table } from '../table.ts';
import { known } from '../text/known.ts';
import { metricName } from '../text/names.ts';
import { words } from '../text/words.ts';
import type { Axis } from './axes.ts';
import { baselineName, type Criterion, code, figure, interval, type Point, standingOf, withUnit } from './numbers.ts';
import { standings, sweepTexts, mapTexts as t } from './texts.ts';

const BEST = '★';
/** The style sheet's shades, from bad to good. */
const SHADES = 6;
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
  const head = html`<tr><td></td>${across.values.map((value) => html`<th scope="col">${code(value)}</th>`)}</tr>`;
  const rows = down.values.map((value) => {
    const cells = across.values.map((other) => {
      const i = result.points.findIndex(
        ({ settings }) => settings[down.name] === value && settings[across.name] === other,
      );
      return i < 0 ? html`<td class="cell plain">${dash(t.untried)}</td>` : cell(result, i, c, shade);
    });
    return html`<tr><th scope="row">${code(value)}</th>${cells}</tr>`;
  });
  const id = `map-${c + 1}`;
  return html`<div class="heat">${table(id, caption, head, html`<tbody>${rows}</tbody>`)}${scale(result, criterion, c, shade)}</div>`;
}

type Shade = (value: number | null | undefined) => number | null;

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
  return html`<td class="cell ${level === null ? 'plain' : `shade-${level}`} ${standing}">${number}${marks(result, point, i, c)}${below}${steps}</td>`;
}

/** Signs beside a number: how the setting came out, and whether it is the best of its criterion. */
function marks(result: SweepResult, point: Point, i: number, c: number): Html | null {
  const standing = standingOf(point, result);
  const told = standing === 'poor' ? null : mark(standings[standing].sign, standings[standing].word);
  const best = result.best[c]?.point === i ? mark(BEST, t.best) : null;
  return told === null && best === null ? null : html`<span class="marks">${told}${best}</span>`;
}

function mark(sign: string, word: { readonly en: string; readonly ja: string }): Html {
  const one = (language: 'en' | 'ja') =>
    html`<span class="${language}" lang="${language}" role="img" aria-label="${word[language]}" title="${word[language]}">${sign}</span>`;
  return html`${one('en')}${one('ja')}`;
}

/** Shade of a value between the worst and the best of all that were trained in full, the baseline among them. */
function shadesOf(result: SweepResult, { metric, direction }: Criterion): Shade {
  const { worst, best } = endsOf(result, { metric, direction });
  return (value) => {
    if (value == null || worst === null || best === null) return null;
    if (best.value === worst.value) return SHADES / 2;
    const share = (value - worst.value) / (best.value - worst.value);
    return Math.min(SHADES, 1 + Math.floor(share * SHADES));
  };
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
  const ramp = Array.from({ length: SHADES }, (_, i) => html`<span class="shade-${i + 1}"></span>`);
  const theirs = result.baseline.metrics[metric];
  const path = pointer('baseline', 'metrics', metric);
  const level = shade(theirs?.value);
  const value = withUnit(result, path, metric, theirs);
  const shown = theirs?.interval
    ? fill(sweepTexts.withInterval, { value, interval: interval(result, `${path}/interval`, unit) })
    : value;
  return html`<p class="scale" id="scale-${c + 1}"><span>${figure(result, `${worst.path}/value`, unit)}<span class="ramp" role="img" aria-label="${plain(fill(t.shades).en)} / ${plain(fill(t.shades).ja)}">${ramp}</span>${figure(result, `${best.path}/value`, unit)}</span> <span class="theirs ${level !== null && `shade-${level}`}">${say(fill(sweepTexts.pair, { name: baselineName(result), value: shown }))}</span></p>`;
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
