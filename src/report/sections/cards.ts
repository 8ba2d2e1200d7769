import type { Result } from '../../pilot/result.ts';
import { comparisonOf, guardState, isUse, leastUnits, pair, unitsOf } from '../arms.ts';
import { figure, interval, sized, smallerIsBetter, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, say, type Text } from '../language.ts';
import { pointer } from '../pointer.ts';
import { known } from '../text/known.ts';
import { metricName } from '../text/names.ts';
import { verdictWords as t } from '../text/verdict.ts';
import { words } from '../text/words.ts';
import { stateMark } from './change.ts';
import { changesOf, mostListed } from './chosen.ts';

function card(title: Text, big: Html, lines: readonly (Html | null | false)[]): Html {
  return html`<div class="card"><h3>${say(title)}</h3><p class="big">${big}</p>${lines.map((line) => line && html`<p>${line}</p>`)}</div>`;
}

function changeCard(result: Result, title: Text, metric: string, last: (path: string) => Html | null): Html | null {
  const { a, b, aPath, bPath } = pair(result);
  const found = comparisonOf(result, b.method, a.method, metric);
  if (found === null) return null;
  const { comparison, path } = found;
  if (comparison.difference === null) {
    const why = comparison.reason === undefined ? null : say(known(comparison.reason));
    return comparison.role === 'shown' ? null : card(title, say(t.notMeasured), [why]);
  }
  const unit = unitOf(metric);
  const ends = endsOf(result, metric);
  const fromTo =
    ends !== null &&
    say(unit.percent ? t.fromTo : t.fromToNumber, {
      a: figure(result, aPath + ends, unit.value),
      b: figure(result, bPath + ends, unit.value),
    });
  const width =
    comparison.interval && say(t.intervalLine, { interval: interval(result, `${path}/interval`, unit.difference) });
  return card(title, say(sized(figure(result, `${path}/difference`, unit.difference), metric)), [
    fromTo,
    smallerIsBetter(metric) && say(t.smaller),
    width,
    last(path),
  ]);
}

/** Where the arms hold the value of `metric`, which may be a class's recall; null where they do not. */
function endsOf(result: Result, metric: string): string | null {
  const { a, b } = pair(result);
  const ofClass = a.classes.findIndex(({ name }) => metric === `recall[${name}]`);
  if (ofClass >= 0) return pointer('classes', ofClass, 'recall', 'value');
  return a.metrics[metric]?.value != null && b.metrics[metric]?.value != null
    ? pointer('metrics', metric, 'value')
    : null;
}

/** One card for each criterion. */
export function criterionCards(result: Result): (Html | null)[] {
  const { a, b } = pair(result);
  return result.design.criteria.map(({ metric }, i) => {
    const margin = sized(figure(result, pointer('design', 'criteria', i, 'margin'), unitOf(metric).value), metric);
    const state = comparisonOf(result, b.method, a.method, metric)?.comparison.state ?? 'absent';
    const title = result.task === 'classify' ? t.criterionCard : isUse(metric) ? t.useCard : t.clusterCard;
    return changeCard(
      result,
      fill(title, { metric: metricName(metric) }),
      metric,
      () => html`${stateMark(state)} · ${say(t.marginLine, { margin })}`,
    );
  });
}

/** One card for each guard. */
export function guardCards(result: Result): (Html | null)[] {
  const { a, b } = pair(result);
  return result.design.guards.map(({ metric }, i) => {
    const margin = sized(figure(result, pointer('design', 'guards', i, 'tolerance'), unitOf(metric).value), metric);
    const found = comparisonOf(result, b.method, a.method, metric);
    const word = found && html`${stateMark(guardState(found.comparison))} · `;
    return changeCard(
      result,
      fill(t.guardCard, { metric: metricName(metric) }),
      metric,
      () => html`${word}${say(t.toleranceLine, { margin })}`,
    );
  });
}

/**
 * The class of the rarer half whose recall changes most, among those with enough items. Of many classes one would stand
 * out by chance: there it is the mean over the classes with few items, unless that is a criterion or guard already.
 */
export function rareCard(result: Result): Html | null {
  const { a, aPath } = pair(result);
  if (a.classes.length > mostListed) {
    const { criteria, guards } = result.design;
    if ([...criteria, ...guards].some(({ metric }) => metric === FEW)) return null;
    const entry = result.design.unit === 'group' ? words.countGroups : words.countItems;
    return changeCard(
      result,
      capital(metricName(FEW)),
      FEW,
      (path) => html`${say(entry, { count: figure(result, `${path}/count`, 'count') })}`,
    );
  }
  const changes = [...changesOf(result).values()].flatMap(({ c, comparison: { difference } }) => {
    const rare = c >= a.classes.length / 2 && unitsOf(result, a, c) >= leastUnits;
    return rare && difference !== null ? [{ name: a.classes[c].name, c, size: Math.abs(difference) }] : [];
  });
  if (changes.length === 0) return null;
  const { name, c } = changes
    .sort((one, other) => one.c - other.c)
    .reduce((most, one) => (one.size > most.size ? one : most));
  const count = html`${say(t.itemsLine, { count: figure(result, `${aPath}${pointer('classes', c, 'evaluated')}`, 'count') })}`;
  return changeCard(result, fill(t.rareCard, { name }), `recall[${name}]`, () => count);
}

const FEW = 'recall-few';
