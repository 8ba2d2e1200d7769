import type { SweepResult } from '../../pilot/sweep/result.ts';
import { sized, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, join, same, say, type Text } from '../language.ts';
import { pointer } from '../pointer.ts';
import { methodName, metricName } from '../text/names.ts';
import { words } from '../text/words.ts';
import { isEnd } from './axes.ts';
import {
  baselineName,
  candidateFlag,
  code,
  effectsTold,
  figure,
  interval,
  limitsOf,
  marginOf,
  type Point,
  settingsOf,
  standingOf,
  withUnit,
} from './numbers.ts';
import { standingMark } from './signs.ts';
import { sweepTexts, headTexts as t, widths } from './texts.ts';

/** Shares of good settings from which the region is called wide, and middling. */
const WIDE = 2 / 3;
const MIDDLE = 1 / 3;

/** How narrow the good region is, in one sentence; what that means, what to do next, the best settings. Holds the `h1`. */
export function headline(result: SweepResult): Html {
  const { sign, word } = widths[widthOf(result)];
  const tone = { wide: 'adopt', none: 'reject', middle: '', narrow: '', halved: '', unknown: '' }[widthOf(result)];
  const list = (texts: readonly Text[]) => html`<ul>${texts.map((text) => html`<li>${say(text)}</li>`)}</ul>`;
  const fillings = { baseline: baselineName(result), limits: limitsOf(result) };
  return html`<p class="outcome ${tone}"><span class="glyph" aria-hidden="true">${sign}</span> ${say(word)}</p>
<h1 id="verdict-title">${say(title(result))}</h1>
<p class="ab">${say(t.meaning, fillings)}</p>
<div class="lead"><div><h2>${say(t.short)}</h2>${list(meaning(result))}</div><div><h2>${say(t.next)}</h2>${list(next(result))}</div></div>
<h2 class="quiet">${say(t.cards)}</h2><div class="cards">${result.criteria.map((_, c) => card(result, c))}</div>
<p class="statement">${say(t.statement)}</p>`;
}

/** How wide the good region is, as a word for its share of the settings. */
function widthOf(result: SweepResult): keyof typeof widths {
  const { good, of } = result.sensitivity.region;
  if (of === 0) return 'unknown';
  if (good === 0) return 'none';
  // Those that halving kept are the better ones, and say nothing of the rest.
  if (hasEarly(result)) return 'halved';
  return good >= WIDE * of ? 'wide' : good >= MIDDLE * of ? 'middle' : 'narrow';
}

function title(result: SweepResult): Text {
  const { good, of } = result.sensitivity.region;
  const name = methodName(result.method);
  const entry = of === 0 ? t.unknown : good === 0 ? t.none : good === 1 ? t.one : good === of ? t.all : t.some;
  return fill(entry, {
    good: figure(result, '/sensitivity/region/good', 'count'),
    of: figure(result, '/sensitivity/region/of', 'count'),
    method: hasEarly(result) ? fill(t.survivors, { method: name }) : name,
    baseline: baselineName(result),
  });
}

function hasEarly(result: SweepResult): boolean {
  return result.points.some((point) => standingOf(point, result) === 'early');
}

function meaning(result: SweepResult): Text[] {
  const { best, criteria } = result;
  const places = new Set(best.map(({ point }) => point));
  const one = best[0]?.point;
  const trade =
    criteria.length < 2 || places.has(null)
      ? []
      : [
          places.size === 1 && one != null
            ? fill(t.bestOfAll, { settings: settingsOf(result.points[one]) })
            : fill(t.noneBestOfAll),
        ];
  const moves = criteria.flatMap(({ metric }) => {
    const list = effectsOn(result, metric);
    return list.length === 0 ? [] : [fill(t.moves, { ...named(metric), list: join(list, words.comma) })];
  });
  return [
    ...trade,
    ...(effectsTold(result).length === 0 && result.points.length > 1 ? [fill(t.noEffects)] : moves),
    ...(hasEarly(result) ? [fill(t.early)] : []),
  ];
}

function named(metric: string) {
  return { metric: metricName(metric), Metric: capital(metricName(metric)) };
}

/** "by 3.2 points with margin", the hyper-parameter that moves `metric` most first. */
function effectsOn(result: SweepResult, metric: string): Text[] {
  return effectsTold(result)
    .filter((effect) => effect.metric === metric)
    .toSorted((a, b) => b.range - a.range)
    .map(({ name, i }) => {
      const range = figure(result, pointer('sensitivity', 'effects', i, 'range'), unitOf(metric).value);
      return fill(t.move, { name: code(name), range: sized(range, metric) });
    });
}

function next(result: SweepResult): Text[] {
  const worthy = result.criteria.flatMap((criterion) => bestGood(result, criterion) ?? []);
  const methods = [...new Set(worthy.map(({ method }) => method))];
  const ends = result.best.flatMap(({ metric, point }) =>
    point === null
      ? []
      : result.axes.flatMap((axis) => {
          const value = result.points[point].settings[axis.name];
          if (value === undefined || !isEnd(axis, value)) return [];
          return [fill(t.edge, { metric: metricName(metric), name: code(axis.name), value: code(value) })];
        }),
  );
  const first =
    methods.length > 0
      ? fill(t.confirm, {
          candidate: join(
            methods.map((method) => same(candidateFlag(method))),
            sweepTexts.or,
          ),
        })
      : fill(t.keep, { baseline: baselineName(result) });
  return [first, ...ends];
}

/** The best on one criterion among the good settings, which is what one would adopt. */
function bestGood({ points }: SweepResult, { metric, direction }: SweepResult['criteria'][number]): Point | undefined {
  const sign = direction === 'higher' ? 1 : -1;
  const worth = (point: Point) => sign * (point.metrics[metric]?.value ?? Number.NaN);
  return points.filter(({ good }) => good === true).toSorted((a, b) => worth(b) - worth(a))[0];
}

function card(result: SweepResult, c: number): Html {
  const { metric, direction } = result.criteria[c];
  const place = result.best[c]?.point ?? null;
  const heading = html`<h3>${say(fill(t.card, { metric: metricName(metric) }))}${direction === 'lower' && html`<span class="ci">${say(sweepTexts.smaller)}</span>`}</h3>`;
  if (place === null) return html`<div class="card">${heading}<p>${say(t.cardNone)}</p></div>`;
  const point = result.points[place];
  const path = pointer('points', place, 'metrics', metric);
  const near = pointer('sensitivity', 'near', c);
  const unit = unitOf(metric).value;
  const theirs = withUnit(result, pointer('baseline', 'metrics', metric), metric, result.baseline.metrics[metric]);
  const lines: (Html | null | undefined)[] = [
    settingsOf(point),
    point.metrics[metric].interval && say(t.cardInterval, { interval: interval(result, `${path}/interval`, unit) }),
    say(t.cardBaseline, { baseline: baselineName(result), value: theirs }),
    standingMark(standingOf(point, result)),
    say(t.cardNear, {
      points: figure(result, `${near}/points`, 'count'),
      of: figure(result, `${near}/of`, 'count'),
      margin: marginOf(result, metric),
    }),
  ];
  return html`<div class="card">${heading}<p class="big">${say(withUnit(result, path, metric, point.metrics[metric]))}</p>${lines.map((line) => line && html`<p>${line}</p>`)}</div>`;
}
