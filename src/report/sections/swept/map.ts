import type { Classification, SettingsSweep } from '../../../pilot/result.ts';
import { mainCriterion, pair } from '../../arms.ts';
import { heatCell, heatGrid, heatScale, type Shade, shadeBetween } from '../../charts/heat.ts';
import { type SettingMark, settingsChart } from '../../charts/settings.ts';
import { dash, figure, interval, spokenSign, unitOf } from '../../figures.ts';
import { type Html, html } from '../../html.ts';
import { capital, fill, say } from '../../language.ts';
import { numberOf, scaleOf } from '../../sweep/axes.ts';
import { code } from '../../sweep/numbers.ts';
import { chartSign } from '../../sweep/signs.ts';
import { mapTexts, sweepTexts } from '../../sweep/texts.ts';
import { methodName, metricName } from '../../text/names.ts';
import { sweptTexts as t } from '../../text/variants.ts';
import { words } from '../../text/words.ts';
import { type Point, pointOf, sorted } from './points.ts';

/** Every setting on the first criterion: a line for one setting, a grid for two. */
export function sweptMap(result: Classification, { axes }: SettingsSweep, points: readonly Point[]): Html {
  const { a, b } = pair(result);
  const names = {
    baseline: methodName(a.method),
    candidate: methodName(b.method),
    metric: metricName(mainCriterion(result)),
  };
  const [intro, map] = axes.length === 2 ? [t.gridIntro, grid] : [t.lineIntro, line];
  return html`<p class="hint">${say(intro, names)}</p>${map(result, axes, points)}`;
}

function line(result: Classification, [axis]: SettingsSweep['axes'], points: readonly Point[]): Html {
  const metric = mainCriterion(result);
  const scale = scaleOf(axis);
  const factor = unitOf(metric).percent ? 100 : 1;
  const spanOf = ({ value, interval: own }: Point) => {
    if (value === null) return null;
    const [low, high] = own ?? [value, value];
    return { value: factor * value, low: factor * low, high: factor * high };
  };
  const marks = points.flatMap((point): SettingMark[] => {
    const span = spanOf(point);
    const text = point.settings[axis.name];
    const x = scale.kind === 'categories' ? text : numberOf(text);
    if (span === null || x === null) return [];
    const standing = point.good === null ? 'unknown' : point.good ? 'good' : 'poor';
    return [
      { x, y: span.value, low: span.low, high: span.high, standing, tag: point.tag, title: `${axis.name} ${text}` },
    ];
  });
  const shown = (['good', 'poor'] as const).filter((kind) => marks.some(({ standing }) => standing === kind));
  const legend = html`<p class="legend key">${shown.map((kind) => html`<span>${chartSign(kind)} ${say(t[kind].word)}</span> `)}<span>${chartSign('baseline')} ${say(t.isA)}</span>${marks.some(({ tag }) => tag === 'B') && html` <span><strong>B</strong> ${say(t.candidate)}</span>`}</p>`;
  const band = spanOf(roleOf(result, 'baseline'));
  return html`${legend}${settingsChart({ metric, direction: 'higher', axis, scale, marks, band, alone: true })}`;
}

function roleOf(result: Classification, role: 'baseline' | 'candidate'): Point {
  return pointOf(
    result,
    result.arms.findIndex((arm) => arm.role === role),
  );
}

function grid(result: Classification, [first, second]: SettingsSweep['axes'], points: readonly Point[]): Html {
  const metric = mainCriterion(result);
  // The one with fewer values goes across, where there is less room.
  const [down, across] = second.values.length <= first.values.length ? [first, second] : [second, first];
  const others = [roleOf(result, 'baseline'), roleOf(result, 'candidate')];
  const all = sorted([...points, ...others]);
  const shade = shadeBetween(all[0]?.value, all.at(-1)?.value);
  const find = (row: number, column: number) =>
    points.find(
      ({ settings }) => settings[down.name] === down.values[row] && settings[across.name] === across.values[column],
    );
  const caption = fill(mapTexts.caption, {
    metric: metricName(metric),
    Metric: capital(metricName(metric)),
    down: code(down.name),
    across: code(across.name),
    direction: fill(sweepTexts.larger),
  });
  const legend = html`<p class="legend key"><span><span class="chip good">${t.good.sign}</span>${say(t.good.word)}</span></p>`;
  return html`${legend}${heatGrid({
    id: 'table-grid',
    caption,
    down: down.values.map(code),
    across: across.values.map(code),
    cell: (row, column) => cell(result, find(row, column), shade),
    below: scale(result, all, others, shade),
  })}`;
}

function cell(result: Classification, point: Point | undefined, shade: Shade): Html {
  if (point === undefined || point.value === null) return heatCell(null, '', dash(words.noNumber));
  const unit = unitOf(mainCriterion(result)).value;
  const below = point.interval && html`<span class="ci">${interval(result, `${point.path}/interval`, unit)}</span>`;
  const marks = html`<span class="marks">${point.good && spokenSign(t.good)}${point.tag && html` ${spokenSign({ sign: point.tag, word: point.tag === 'A' ? t.isA : t.isB })}`}</span>`;
  return heatCell(
    shade(point.value),
    point.good ? 'good' : 'poor',
    html`${figure(result, `${point.path}/value`, unit)}${marks}${below}`,
  );
}

/** From which number to which the shades go, and where A and B lie among them. */
function scale(
  result: Classification,
  all: ReturnType<typeof sorted>,
  others: readonly Point[],
  shade: Shade,
): Html | null {
  const [worst, best] = [all[0], all.at(-1)];
  if (worst === undefined || best === undefined) return null;
  const unit = unitOf(mainCriterion(result)).value;
  const value = ({ path }: Point) => figure(result, `${path}/value`, unit);
  const chips = sorted(others).map((point) => ({
    text: html`${point.tag} ${value(point)}`,
    level: shade(point.value),
  }));
  return heatScale('scale-grid', [value(worst), value(best)], fill(mapTexts.shades), chips);
}
