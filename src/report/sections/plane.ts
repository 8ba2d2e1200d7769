import type { Representation } from '../../pilot/result.ts';
import { type AnyArm, comparisonOf, pair } from '../arms.ts';
import { type Cloud, type Plane, type PlaneAxis, planeChart } from '../charts/plane.ts';
import { figure, interval, smallerIsBetter, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, type Entry, fill, say } from '../language.ts';
import { commonReason, estimatesOf, footnotes, type Notes, unlessMarked } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, estimateCell, table } from '../table.ts';
import { methodName, metricName } from '../text/names.ts';
import { quadrants, planeTexts as t } from '../text/plane.ts';
import { roles, words } from '../text/words.ts';
import { alarmBox } from './alarm.ts';
import { methodCell } from './arms.ts';
import { stateMark } from './classes.ts';

type RepresentationArm = Representation['arms'][number];

/** What stands on the axes: clusters across and use up; without labels the clusters up, against kappa-time. */
interface Axes {
  readonly across: string;
  readonly up: string;
  readonly fields: Plane['fields'];
}

/** Clusters against use: chart, table, and the alarm "pretty but useless". */
export function planeSection(result: Representation): Html {
  const axes = axesOf(result);
  const intro = axes.across === result.plane.across ? t.intro : t.introNoUse;
  return html`<p>${say(intro)}</p>${drawn(result, axes)}${places(result, axes)}${alarmBox(result)}`;
}

function axesOf(result: Representation): Axes {
  const { across, up } = result.plane;
  if (pair(result).a.metrics[up]?.value != null)
    return {
      across,
      up,
      fields: {
        topRight: quadrants.both,
        bottomRight: quadrants.pretty,
        topLeft: quadrants.useful,
        bottomLeft: quadrants.neither,
      },
    };
  return {
    across: 'kappa-time',
    up: across,
    fields: {
      topRight: quadrants.both,
      topLeft: quadrants.prettyOnly,
      bottomRight: quadrants.timeOnly,
      bottomLeft: quadrants.neither,
    },
  };
}

function drawn(result: Representation, { across, up, fields }: Axes): Html | null {
  const texts = { x: metricName(across), y: metricName(up) };
  return planeChart({
    clouds: result.arms.flatMap((arm) => cloudOf(arm, across, up)),
    x: axisOf(result, across),
    y: axisOf(result, up),
    fields,
    caption: fill(t.caption, texts),
    label: fill(t.label, texts),
  });
}

const scaleOf = (metric: string) => (unitOf(metric).percent ? 100 : 1);

function axisOf({ design }: Representation, metric: string): PlaneAxis {
  const turned = smallerIsBetter(metric);
  const criterion = design.criteria.find((one) => one.metric === metric);
  return {
    name: turned ? fill(t.smaller, { metric: metricName(metric) }) : metricName(metric),
    percent: unitOf(metric).percent,
    turned,
    margin: criterion === undefined ? null : scaleOf(metric) * criterion.margin,
  };
}

/** A method with both numbers; nothing where it lacks one. */
function cloudOf(arm: RepresentationArm, across: string, up: string): Cloud[] {
  const at = (x: number | null | undefined, y: number | null | undefined) =>
    x == null || y == null ? [] : [{ x: scaleOf(across) * x, y: scaleOf(up) * y }];
  return at(arm.metrics[across]?.value, arm.metrics[up]?.value).map((point) => ({
    kind: arm.role === 'baseline' ? 'a' : arm.role === 'candidate' ? 'b' : 'other',
    name: methodName(arm.method),
    dots: arm.trials.flatMap(({ metrics }) => at(metrics[across], metrics[up])),
    point,
  }));
}

function places(result: Representation, axes: Axes): Html {
  const { across, up } = axes;
  const common = commonReason(estimatesOf(result.arms, [across]));
  const notes = footnotes('plane', common);
  const names = [across, up].map((metric) => capital(metricName(metric)));
  const head = html`<tr>${column(fill(words.method), 'text')}${names.map((name) => column(name))}${names.map((Metric) => column(fill(t.differenceTo, { Metric })))}${column(fill(t.where), 'text')}</tr>`;
  const rows = result.arms.map((arm, i) => {
    const value = (metric: string) =>
      Object.hasOwn(arm.metrics, metric)
        ? estimateCell(result, pointer('arms', i, 'metrics', metric), unitOf(metric).value, notes)
        : html`<td class="num">–</td>`;
    return html`<tr class="${arm.role}">${methodCell(arm, arm.role === 'reference' ? undefined : fill(roles[arm.role]))}${value(across)}${value(up)}${change(result, arm, across, notes)}${change(result, arm, up, notes)}<td class="short">${say(fieldOf(result, arm, axes))}</td></tr>`;
  });
  return html`${table('table-plane', fill(t.tableCaption), head, html`<tbody>${rows}</tbody>`, notes)}${unlessMarked(common)}`;
}

/** The difference to A with its interval and what it amounts to. */
function change(result: Representation, arm: AnyArm, metric: string, notes: Notes): Html {
  if (arm.role === 'baseline') return html`<td class="num soft">${say(t.isBaseline)}</td>`;
  const found = comparisonOf(result, arm.method, pair(result).a.method, metric);
  if (found === null || found.comparison.difference === null) {
    const reason = found?.comparison.reason;
    return html`<td class="num">–${reason === undefined ? null : notes.mark(reason)}</td>`;
  }
  const { comparison, path } = found;
  const unit = unitOf(metric).difference;
  const below = comparison.interval && html`<span class="ci">${interval(result, `${path}/interval`, unit)}</span>`;
  return html`<td class="num">${figure(result, `${path}/difference`, unit)}${below}<span class="ci">${stateMark(comparison.state)}</span></td>`;
}

/** The field in which a method lies, seen from A; none where a difference may be chance. */
function fieldOf(result: Representation, arm: AnyArm, { across, up, fields }: Axes): Entry {
  if (arm.role === 'baseline') return t.isBaseline;
  const found = [across, up].map(
    (metric) => comparisonOf(result, arm.method, pair(result).a.method, metric)?.comparison,
  );
  if (found.some((one) => one == null || one.difference === null)) return t.notShown;
  const [x, y] = found.map((one) => one?.state);
  if ((x !== 'better' && x !== 'worse') || (y !== 'better' && y !== 'worse')) return t.unsettled;
  return fields[`${y === 'better' ? 'top' : 'bottom'}${x === 'better' ? 'Right' : 'Left'}`];
}
