import { InputError, nearest } from '../array/errors.ts';
import type { Arm, Comparison, Next, Verdict } from './result.ts';
import type { Metric, PairedDifference } from './statistics/difference.ts';
import { pairedDifference } from './statistics/difference.ts';
import { holm } from './statistics/holm.ts';
import type { Plan } from './statistics/plan-difference.ts';
import { planDifference } from './statistics/plan-difference.ts';
import type { Predictions } from './statistics/predictions.ts';
import { checkPair } from './statistics/predictions.ts';
import type { PairPlan } from './verdict.ts';
import { stateOf, verdict } from './verdict.ts';

/** One arm of the pilot with what it predicted. */
export interface ComparedArm {
  readonly method: string;
  readonly role: Arm['role'];
  /** Rank in the declared order of simplicity, 0 the simplest. */
  readonly simplicity: number;
  readonly predictions: Predictions;
}

export interface CompareSettings {
  /** Exactly one baseline and one candidate; all on the same items, groups and repeats. */
  readonly arms: readonly ComparedArm[];
  /** Class names in the order of the labels. */
  readonly classes: readonly string[];
  /** What decides, with the smallest difference that matters (fraction, >= 0). */
  readonly criteria: readonly { readonly metric: string; readonly margin: number }[];
  /** What may not fall by more than the tolerance (fraction, >= 0). */
  readonly guards: readonly { readonly metric: string; readonly tolerance: number }[];
  /** Repeats that a verdict needs. */
  readonly repeatsForVerdict?: number;
}

/** What a comparison is asked for: a metric in its role. */
interface Question {
  readonly name: string;
  readonly metric: Metric;
  readonly role: Comparison['role'];
  readonly margin: number;
}

const ALPHA = 0.05;
const WHOLE: readonly Exclude<Metric, object>[] = ['macro-recall', 'macro-f1', 'accuracy', 'balanced-accuracy'];

/**
 * Every comparison of a pilot and its verdict: each arm against the baseline and the candidate against each reference,
 * on every criterion, guard and shown metric (macro recall, macro F1, accuracy, recall of each class).
 *
 * Intervals are at 95 % each. Within one pair "any criterion worse, any guard broken" is asked at 5 % together (Holm):
 * a criterion is `worse` and a guard `broken` only by its corrected interval. Shown metrics take the first criterion's
 * margin; their states are not corrected.
 *
 * @throws InputError for an unknown metric   @throws RangeError when arms are missing or don't match
 */
export function compare(settings: CompareSettings): { comparisons: Comparison[]; verdict: Verdict } {
  const { arms, repeatsForVerdict = 6 } = settings;
  const baseline = only(arms, 'baseline');
  const candidate = only(arms, 'candidate');
  for (const arm of arms) {
    if (arm.predictions.classes !== settings.classes.length)
      throw new RangeError(`compare: ${settings.classes.length} class names for ${arm.predictions.classes} classes`);
    checkPair(`compare: ${baseline.method} and ${arm.method}`, baseline.predictions, arm.predictions);
  }
  const questions = ask(settings);
  const pairs = [
    ...arms.filter((arm) => arm !== baseline).map((arm) => ({ arm, against: baseline })),
    ...arms.filter((arm) => arm.role === 'reference').map((against) => ({ arm: candidate, against })),
  ];
  const comparisons: Comparison[] = [];
  const plans: PairPlan[] = [];
  for (const { arm, against } of pairs) {
    const found = comparePair(arm, against, questions);
    comparisons.push(...found);
    if (arm === candidate) plans.push(...planPair(arm, against, questions, found, settings.classes));
  }
  const simplicity = Object.fromEntries(arms.map((arm) => [arm.method, arm.simplicity]));
  const repeats = baseline.predictions.repeats.length;
  const names = { baseline: baseline.method, candidate: candidate.method };
  return { comparisons, verdict: verdict({ ...names, simplicity, repeats, repeatsForVerdict, comparisons, plans }) };
}

/**
 * The metric of a name: `macro-recall`, `balanced-accuracy`, `accuracy`, `macro-f1` or `recall[CLASS]`.
 *
 * @throws InputError naming what can be compared
 */
export function metricOf(name: string, classes: readonly string[]): Metric {
  const whole = WHOLE.find((metric) => metric === name);
  if (whole) return whole;
  const c = classes.findIndex((own) => name === `recall[${own}]`);
  if (c >= 0) return { recall: c };
  const names = [...WHOLE, ...classes.map((own) => `recall[${own}]`)];
  const near = nearest(name, names);
  throw new InputError(
    `compare: no interval for the difference of metric "${name}"; there is one for ${names.join(', ')}${near ? ` (did you mean "${near}"?)` : ''}`,
  );
}

function comparePair(arm: ComparedArm, against: ComparedArm, questions: readonly Question[]): Comparison[] {
  const found = questions.map((q) => pairedDifference(q.metric, against.predictions, arm.predictions));
  // "Any worse" and "any broken" are one family: the 95 % promise is for all of them together.
  const family = questions
    .map((q, i) => ({ q, d: found[i], i }))
    .filter(({ q, d }) => q.role !== 'shown' && d.measurable);
  const rejected = holm(
    family.map(({ q, d }) => (alpha: number) => {
      const interval = d.interval(alpha);
      return interval !== null && interval[1] < (q.role === 'guard' ? -q.margin : 0);
    }),
    ALPHA,
  );
  const lost = new Set(family.filter((_, j) => rejected[j]).map(({ i }) => i));
  return questions.map((q, i) => comparison(arm.method, against.method, q, found[i], lost.has(i)));
}

function comparison(method: string, against: string, q: Question, d: PairedDifference, lost: boolean): Comparison {
  const interval = d.interval(ALPHA);
  const { measurable } = d;
  return {
    method,
    against,
    metric: q.name,
    role: q.role,
    difference: d.value,
    interval,
    count: d.count,
    margin: q.margin,
    state: stateOf(interval, q.margin, q.role === 'criterion' ? { worse: lost, measurable } : { measurable }),
    ...(q.role === 'guard' ? { broken: lost } : {}),
    samplingError: d.samplingError,
    seedError: d.seedError,
    ...(d.reason ? { reason: d.reason } : {}),
  };
}

/** Plans for the criteria (and guards without a number) that the pair leaves open. */
function planPair(
  arm: ComparedArm,
  against: ComparedArm,
  questions: readonly Question[],
  found: readonly Comparison[],
  classes: readonly string[],
): PairPlan[] {
  return questions.flatMap((q, i) => {
    const open = q.role === 'criterion' ? found[i].state === 'undecided' : q.role === 'guard' && !found[i].interval;
    if (!open) return [];
    const plans = planDifference(q.metric, against.predictions, arm.predictions, q.margin);
    const next = plans.map((plan) => inWords(plan, q.name, arm.method, against.method, classes));
    return [{ method: arm.method, against: against.method, criterion: q.name, next }];
  });
}

function inWords(plan: Plan, metric: string, method: string, against: string, classes: readonly string[]): Next {
  const name = plan.class === undefined ? undefined : classes[plan.class];
  const things = plan.action === 'repeat' ? 'repeats' : name === undefined ? 'items' : `items of class ${name}`;
  const verb = plan.action === 'repeat' ? 'run' : 'collect';
  const range = plan.range ? ` (80 % range ${plan.range[0]} to ${plan.range[1]})` : '';
  return {
    action: plan.action,
    ...(name === undefined ? {} : { class: name }),
    more: plan.more,
    ...(plan.range ? { range: plan.range } : {}),
    detail: `${verb} about ${plan.more} more ${things}${range} to settle ${metric} of ${method} against ${against}`,
  };
}

function ask({ criteria, guards, classes }: CompareSettings): Question[] {
  if (criteria.length === 0) throw new RangeError('compare: needs at least one criterion');
  const question = (name: string, role: Comparison['role'], margin: number): Question => {
    if (!(margin >= 0)) throw new RangeError(`compare: margin of ${name} must be >= 0, got ${margin}`);
    return { name, metric: metricOf(name, classes), role, margin };
  };
  const asked = [
    ...criteria.map((c) => question(c.metric, 'criterion', c.margin)),
    ...guards.map((g) => question(g.metric, 'guard', g.tolerance)),
  ];
  const shown = ['macro-recall', 'macro-f1', 'accuracy', ...classes.map((name) => `recall[${name}]`)];
  return [
    ...asked,
    ...shown
      .filter((name) => !asked.some((q) => q.name === name))
      .map((name) => question(name, 'shown', criteria[0].margin)),
  ];
}

function only(arms: readonly ComparedArm[], role: 'baseline' | 'candidate'): ComparedArm {
  const found = arms.filter((arm) => arm.role === role);
  if (found.length !== 1) throw new RangeError(`compare: needs exactly one ${role}, got ${found.length}`);
  return found[0];
}
