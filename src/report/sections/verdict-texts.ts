import type { Next, Reason, Result } from '../../pilot/result.ts';
import { comparisonOf, isUse, mainCriterion } from '../arms.ts';
import { type Format, figure, sized, smallerIsBetter, unitOf } from '../figures.ts';
import { capital, type Filling, fill, same, type Text } from '../language.ts';
import { pointer } from '../pointer.ts';
import { known } from '../text/known.ts';
import { methodName, metricName } from '../text/names.ts';
import {
  bareHeadlines,
  headlines,
  lowerGuards,
  lowerHeadlines,
  lowerReasons,
  nexts,
  reasonsByRule,
  reasonsByState,
} from '../text/verdict.ts';

/** Rules of reasons in the order in which they are told: what tipped the scales comes first. */
const telling = ['too-few-repeats', 'simpler', 'guard-broken', 'criterion-missing', 'reference-criterion', 'criterion'];

/** Headline, reasons and next steps in both languages. */
export function verdictTexts(result: Result): { headline: Text; reasons: Text[]; steps: Text[] } {
  const steps = stepsOf(result, result.verdict.next);
  const rank = ({ rule }: Reason) => (telling.includes(rule) ? telling.indexOf(rule) : telling.length);
  const reasons = result.verdict.reasons
    .map((reason, i) => ({ reason, i }))
    .sort((one, other) => rank(one.reason) - rank(other.reason))
    .map(({ reason, i }) => reasonText(result, reason, i));
  return { headline: headlineText(result, steps), reasons, steps };
}

/** The comparison that the headline tells: what decided the outcome. */
function decisive(result: Result) {
  const { outcome, baseline, candidate, simpler } = result.verdict;
  const method = outcome === 'simpler-is-enough' && simpler !== undefined ? simpler : candidate;
  const { criteria, guards } = result.design;
  const found = [...criteria, ...guards].flatMap(({ metric }) => comparisonOf(result, method, baseline, metric) ?? []);
  const wanted =
    outcome === 'reject'
      ? found.find(({ comparison }) => comparison.broken === true || comparison.state === 'worse')
      : outcome === 'inconclusive'
        ? found.find(({ comparison }) => comparison.role === 'criterion' && comparison.state === 'undecided')
        : outcome === 'equivalent'
          ? undefined
          : found.find(({ comparison }) => comparison.role === 'criterion' && comparison.state === 'better');
  return wanted ?? comparisonOf(result, method, baseline, mainCriterion(result));
}

function headlineText(result: Result, steps: readonly Text[]): Text {
  const { outcome, baseline, candidate, simpler } = result.verdict;
  const names = {
    candidate: methodName(candidate),
    baseline: methodName(baseline),
    simpler: methodName(simpler ?? candidate),
    next: steps[0] ?? same(''),
  };
  const found = decisive(result);
  if (found === null || found.comparison.difference === null || found.comparison.interval === null)
    return fill(bareHeadlines[outcome], names);
  const { metric } = found.comparison;
  const rises = outcome === 'adopt' || outcome === 'simpler-is-enough';
  const unit: Format = rises && !smallerIsBetter(metric) ? plainOf(metric) : unitOf(metric).difference;
  return fill((smallerIsBetter(metric) ? lowerHeadlines : headlines)[outcome], {
    ...names,
    metric: metricName(metric),
    ...numbers(result, found.path, metric, unit),
  });
}

/** A rise is told without a plus. */
function plainOf(metric: string): Format {
  return unitOf(metric).percent ? 'points-plain' : unitOf(metric).value;
}

/** Difference with its unit, and the two ends of its interval. */
function numbers(result: Result, path: string, metric: string, unit: Format) {
  return {
    difference: sized(figure(result, `${path}/difference`, unit), metric),
    low: figure(result, `${path}/interval/0`, unit),
    high: figure(result, `${path}/interval/1`, unit),
  };
}

function reasonText(result: Result, reason: Reason, i: number): Text {
  const { criterion, state, rule } = reason;
  const names = {
    method: methodName(reason.method ?? result.verdict.candidate),
    against: methodName(reason.against ?? result.verdict.baseline),
  };
  const bare = rule.replace(/^reference-/, '');
  if (bare === 'too-few-repeats') return fill(reasonsByRule['too-few-repeats']);
  if (criterion === undefined || state === undefined) return fill(reasonsByRule.other, { rule: known(rule) });
  const metric = metricName(criterion);
  if (reason.difference == null || reason.interval == null)
    return fill(reasonsByRule[isUse(criterion) && result.data.labelled === 0 ? 'no-use' : 'missing'], {
      ...names,
      Metric: capital(metric),
    });
  const path = pointer('verdict', 'reasons', i);
  const margin =
    reason.margin === undefined
      ? same('')
      : sized(figure(result, `${path}/margin`, unitOf(criterion).value), criterion);
  const fillings: Record<string, Filling> = {
    ...names,
    metric,
    Metric: capital(metric),
    margin,
    ...numbers(result, path, criterion, unitOf(criterion).difference),
  };
  if (bare === 'guard-kept' || bare === 'guard-broken') {
    const least = smallerIsBetter(criterion) ? -reason.interval[1] : reason.interval[0];
    const open = bare === 'guard-kept' && reason.margin !== undefined && least < -reason.margin;
    const guards = smallerIsBetter(criterion) ? lowerGuards : reasonsByRule;
    return fill(guards[open ? 'guard-open' : bare], fillings);
  }
  if (bare === 'simpler' && state !== 'worse') return capital(fill(reasonsByRule.simpler, fillings));
  return fill((smallerIsBetter(criterion) ? lowerReasons : reasonsByState)[state], fillings);
}

/** The next steps in words; where the verdict names none, what its outcome asks for. */
function stepsOf(result: Result, next: readonly Next[]): Text[] {
  const { outcome, candidate, baseline, simpler } = result.verdict;
  const names = {
    candidate: methodName(candidate),
    baseline: methodName(baseline),
    simpler: methodName(simpler ?? candidate),
  };
  if (next.length === 0 && outcome === 'adopt')
    return [fill(result.task === 'classify' ? nexts.adopt : nexts.adoptRepresentation, names)];
  if (next.length === 0 && outcome !== 'inconclusive') return [capital(fill(nexts.keep, names))];
  return next.map((step, i) => {
    const text = nextText(result, step, i);
    const optional = outcome === 'simpler-is-enough' && step.more !== undefined;
    return optional ? fill(nexts.apart, { ...names, step: text }) : text;
  });
}

function nextText(result: Result, step: Next, i: number): Text {
  const path = pointer('verdict', 'next', i);
  const ends = (range: Next['range']) =>
    range && { low: figure(result, `${path}/range/0`, 'count'), high: figure(result, `${path}/range/1`, 'count') };
  if (step.action === 'adopt-simpler' && step.method !== undefined)
    return fill(nexts['adopt-simpler'], { method: methodName(step.method) });
  if (step.action === 'label') return fill(nexts.label);
  if (step.more === undefined) return known(step.detail);
  const more = figure(result, `${path}/more`, 'count');
  const range = ends(step.range);
  if (step.action === 'collect-groups') return fill(nexts.collectGroups, { more });
  if (step.action === 'collect' && step.class === undefined)
    return fill(range ? nexts.collectAnyRange : nexts.collectAny, { more, ...range });
  if (step.action === 'collect')
    return fill(range ? nexts.collectRange : nexts.collect, { more, class: step.class, ...range });
  if (step.action === 'repeat') return fill(range ? nexts.repeatRange : nexts.repeat, { more, ...range });
  return known(step.detail);
}
