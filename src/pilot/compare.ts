import { InputError, nearest } from '../array/errors.ts';
import { groupOfMetric, inhabitedGroups, listed, sizeGroups } from '../metrics/index.ts';
import { groupOf } from './groups.ts';
import type { Arm, Comparison, Next, Verdict } from './result.ts';
import type { Metric, PairedDifference } from './statistics/difference.ts';
import { pairedDifference } from './statistics/difference.ts';
import { holm } from './statistics/holm.ts';
import type { Plan } from './statistics/plan-difference.ts';
import { planDifference } from './statistics/plan-difference.ts';
import type { Predictions } from './statistics/predictions.ts';
import { checkPair, itemsByClass } from './statistics/predictions.ts';
import type { PairPlan } from './verdict.ts';
import { stateOf, verdict } from './verdict.ts';

/** One arm of a pilot. */
export interface ComparedArm {
  readonly method: string;
  readonly role: Arm['role'];
  /** Rank in the declared order of simplicity, 0 the simplest. */
  readonly simplicity: number;
}

/** An arm with what it predicted. */
export interface PredictingArm extends ComparedArm {
  readonly predictions: Predictions;
}

/** What decides and what is guarded. */
export interface Rules {
  /** What decides, with the smallest difference that matters (>= 0, in the metric's unit). */
  readonly criteria: readonly { readonly metric: string; readonly margin: number }[];
  /** What may not get worse by more than the tolerance (>= 0). */
  readonly guards: readonly { readonly metric: string; readonly tolerance: number }[];
  /** Repeats that a verdict needs. */
  readonly repeatsForVerdict?: number;
}

export interface CompareSettings extends Rules {
  /** Exactly one baseline and one candidate; all on the same items, groups and repeats. */
  readonly arms: readonly PredictingArm[];
  /** Class names in the order of the labels. */
  readonly classes: readonly string[];
  /** Training items of each class, mean over trials: then the groups many, medium and few are compared too. */
  readonly trained?: readonly number[];
}

/** What a comparison is asked for: a metric in its role. */
export interface Question<A extends ComparedArm> {
  readonly name: string;
  readonly role: Comparison['role'];
  readonly margin: number;
  /** `lower`: a smaller number is better. */
  readonly direction?: 'lower';
  /** method - against. */
  readonly difference: (against: A, arm: A) => PairedDifference;
  /** What would settle it where it is open. */
  readonly next: (against: A, arm: A) => readonly Next[];
}

const ALPHA = 0.05;
const WHOLE: readonly Exclude<Metric, object>[] = ['macro-recall', 'macro-f1', 'accuracy', 'balanced-accuracy'];

/** Metrics whose paired difference has an interval, beside `recall[CLASS]`. */
export const comparable: readonly string[] = [...WHOLE, ...sizeGroups.map((group) => `recall-${group}`)];

/**
 * Every comparison of a pilot of classifiers and its verdict, on every criterion, guard and shown metric (macro recall,
 * macro F1, accuracy, recall of the groups many, medium and few where at least two have classes, recall of each class).
 *
 * @throws InputError for an unknown metric   @throws RangeError when arms are missing or don't match
 */
export function compare(settings: CompareSettings): { comparisons: Comparison[]; verdict: Verdict } {
  const { arms, classes, trained } = settings;
  const baseline = only(arms, 'baseline');
  for (const arm of arms) {
    if (arm.predictions.classes !== classes.length)
      throw new RangeError(`compare: ${classes.length} class names for ${arm.predictions.classes} classes`);
    checkPair(`compare: ${baseline.method} and ${arm.method}`, baseline.predictions, arm.predictions);
  }
  const groups = trained && inhabitedGroups(trained).length > 1 ? inhabitedGroups(trained) : [];
  const shown = [
    'macro-recall',
    'macro-f1',
    'accuracy',
    ...groups.map((group) => `recall-${group}`),
    ...classes.map((name) => `recall[${name}]`),
  ];
  const items = itemsByClass(baseline.predictions);
  const questions = ask(settings, shown, (name, margin) =>
    onPredictions(name, metricOf(name, classes, trained), margin, classes, items),
  );
  return compareArms(arms, questions, baseline.predictions.repeats.length, settings.repeatsForVerdict);
}

/**
 * Every arm against the baseline and the candidate against each reference, on every question, and the verdict.
 *
 * Intervals are at 95 % each. Within one pair "any criterion worse, any guard broken" is asked at 5 % together (Holm):
 * a criterion is `worse` and a guard `broken` only by its corrected interval. Shown metrics take the first criterion's
 * margin; their states are not corrected.
 *
 * @param repeats that the numbers rest on
 * @throws RangeError when arms are missing
 */
export function compareArms<A extends ComparedArm>(
  arms: readonly A[],
  questions: readonly Question<A>[],
  repeats: number,
  repeatsForVerdict = 6,
): { comparisons: Comparison[]; verdict: Verdict } {
  const baseline = only(arms, 'baseline');
  const candidate = only(arms, 'candidate');
  const pairs = [
    ...arms.filter((arm) => arm !== baseline).map((arm) => ({ arm, against: baseline })),
    ...arms.filter((arm) => arm.role === 'reference').map((against) => ({ arm: candidate, against })),
  ];
  const comparisons: Comparison[] = [];
  const plans: PairPlan[] = [];
  for (const { arm, against } of pairs) {
    const found = comparePair(arm, against, questions);
    comparisons.push(...found);
    if (arm === candidate) plans.push(...planPair(arm, against, questions, found));
  }
  const simplicity = Object.fromEntries(arms.map((arm) => [arm.method, arm.simplicity]));
  const names = { baseline: baseline.method, candidate: candidate.method };
  return { comparisons, verdict: verdict({ ...names, simplicity, repeats, repeatsForVerdict, comparisons, plans }) };
}

/**
 * The metric of a name: `macro-recall`, `balanced-accuracy`, `accuracy`, `macro-f1`, `recall-many`, `recall-medium`,
 * `recall-few` or `recall[CLASS]`.
 *
 * @param trained training items of each class, which the groups need
 * @throws InputError naming what can be compared   @throws RangeError for a group without `trained`
 */
export function metricOf(name: string, classes: readonly string[], trained?: readonly number[]): Metric {
  const whole = WHOLE.find((metric) => metric === name);
  if (whole) return whole;
  if (groupOfMetric(name) && !trained) throw new RangeError(`compare: ${name} needs the training items of each class`);
  const group = trained && groupOf(name, trained);
  if (group) return { recall: group };
  const c = name.startsWith('recall[') && name.endsWith(']') ? classes.indexOf(name.slice(7, -1)) : -1;
  if (c >= 0) return { recall: c };
  const names = [...comparable, ...classes.map((own) => `recall[${own}]`)];
  const near = nearest(name, names);
  throw new InputError(
    `compare: no interval for the difference of metric "${name}"; there is one for ${listed(names)}${near ? ` (did you mean "${near}"?)` : ''}`,
  );
}

/** Every question asked of one pair of arms; "any worse" and "any broken" are corrected together (Holm). */
export function comparePair<A extends ComparedArm>(
  arm: A,
  against: A,
  questions: readonly Question<A>[],
): Comparison[] {
  const found = questions.map((q) => q.difference(against, arm));
  // "Any worse" and "any broken" are one family: the 95 % promise is for all of them together.
  const family = questions
    .map((q, i) => ({ q, d: found[i], i }))
    .filter(({ q, d }) => q.role !== 'shown' && d.measurable);
  const rejected = holm(
    family.map(({ q, d }) => (alpha: number) => {
      const interval = gain(d.interval(alpha), q);
      return interval !== null && interval[1] < (q.role === 'guard' ? -q.margin : 0);
    }),
    ALPHA,
  );
  const lost = new Set(family.filter((_, j) => rejected[j]).map(({ i }) => i));
  return questions.map((q, i) => comparison(arm.method, against.method, q, found[i], lost.has(i)));
}

function comparison<A extends ComparedArm>(
  method: string,
  against: string,
  q: Question<A>,
  d: PairedDifference,
  lost: boolean,
): Comparison {
  const interval = d.interval(ALPHA);
  const { measurable } = d;
  const better = gain(interval, q);
  return {
    method,
    against,
    metric: q.name,
    role: q.role,
    difference: d.value,
    interval,
    count: d.count,
    margin: q.margin,
    ...(q.direction ? { direction: q.direction } : {}),
    state: stateOf(better, q.margin, q.role === 'criterion' ? { worse: lost, measurable } : { measurable }),
    ...(q.role === 'guard' ? { broken: lost } : {}),
    samplingError: d.samplingError,
    seedError: d.seedError,
    ...(d.reason ? { reason: d.reason } : {}),
  };
}

/** The interval of what is gained: the difference, its sign turned where a smaller number is better. */
function gain(interval: [number, number] | null, { direction }: Pick<Question<ComparedArm>, 'direction'>) {
  return interval && direction === 'lower' ? ([-interval[1], -interval[0]] as [number, number]) : interval;
}

/** Plans for the criteria (and guards without a number) that the pair leaves open. */
function planPair<A extends ComparedArm>(
  arm: A,
  against: A,
  questions: readonly Question<A>[],
  found: readonly Comparison[],
): PairPlan[] {
  return questions.flatMap((q, i) => {
    const open = q.role === 'criterion' ? found[i].state === 'undecided' : q.role === 'guard' && !found[i].interval;
    if (!open) return [];
    return [{ method: arm.method, against: against.method, criterion: q.name, next: q.next(against, arm) }];
  });
}

/** A question that answers to items settle. @param items of itemsByClass, where all arms answer to the same */
export function onPredictions(
  name: string,
  metric: Metric,
  margin: number,
  classes: readonly string[],
  items?: readonly Int32Array[],
): Pick<Question<PredictingArm>, 'difference' | 'next'> {
  return {
    difference: (against, arm) => pairedDifference(metric, against.predictions, arm.predictions, items),
    next: (against, arm) =>
      planDifference(metric, against.predictions, arm.predictions, margin).map((plan) =>
        inWords(plan, name, arm.method, against.method, classes),
      ),
  };
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

/** Criteria, guards, and what else is shown, each as a question. */
export function ask<A extends ComparedArm>(
  { criteria, guards }: Rules,
  shown: readonly string[],
  about: (name: string, margin: number) => Pick<Question<A>, 'difference' | 'next' | 'direction'>,
): Question<A>[] {
  if (criteria.length === 0) throw new RangeError('compare: needs at least one criterion');
  const question = (name: string, role: Comparison['role'], margin: number): Question<A> => {
    if (!(margin >= 0)) throw new RangeError(`compare: margin of ${name} must be >= 0, got ${margin}`);
    return { name, role, margin, ...about(name, margin) };
  };
  const asked = [
    ...criteria.map((c) => question(c.metric, 'criterion', c.margin)),
    ...guards.map((g) => question(g.metric, 'guard', g.tolerance)),
  ];
  const rest = shown.filter((name) => !asked.some((q) => q.name === name));
  return [...asked, ...rest.map((name) => question(name, 'shown', criteria[0].margin))];
}

function only<A extends ComparedArm>(arms: readonly A[], role: 'baseline' | 'candidate'): A {
  const found = arms.filter((arm) => arm.role === role);
  if (found.length !== 1) throw new RangeError(`compare: needs exactly one ${role}, got ${found.length}`);
  return found[0];
}
