import { ask, compareArms, onPredictions, type Question, type Rules } from '../compare.ts';
import type { Comparison, Next, Verdict } from '../result.ts';
import type { PairedDifference } from '../statistics/difference.ts';
import { absent } from '../statistics/measurement.ts';
import { nadeauBengio } from '../statistics/nadeau-bengio.ts';
import { answersOf, directionOf } from './metrics.ts';
import { type RepresentationArmOutcome, valuesOf } from './outcomes.ts';

/** What is compared beside criteria and guards. */
const SHOWN = [
  'probe-macro-f1',
  'probe-macro-recall',
  'knn-macro-f1',
  'silhouette',
  'davies-bouldin',
  'calinski-harabasz',
  'adjusted-rand',
  'effective-rank',
  'kappa-time',
  'bridge',
];

export interface RepresentationCompare extends Rules {
  readonly arms: readonly RepresentationArmOutcome[];
  readonly classes: readonly string[];
  readonly folds: number;
  readonly repeats: number;
  /** Groups that the folds are made of. */
  readonly groups: number;
}

export const TRIALS_INTERVAL =
  'one number a trial: interval over trials (Nadeau, Bengio), for other training recordings too';

/**
 * Every comparison of a pilot of representations and its verdict. Metrics of a probe's answers have the intervals of
 * classifiers (items, groups, seeds); a number that exists once a trial, such as a silhouette, has Nadeau and Bengio's.
 */
export function compareRepresentations(settings: RepresentationCompare): {
  comparisons: Comparison[];
  verdict: Verdict;
} {
  const { arms, classes, folds, repeats, groups } = settings;
  const labelled = arms.some((arm) => arm.probe !== null);
  const shown = [...SHOWN, ...(labelled ? classes.map((name) => `recall[${name}]`) : [])];
  const questions = ask<RepresentationArmOutcome>(settings, shown, (name, margin) => {
    const answers = answersOf(name, classes);
    const direction = directionOf(name);
    if (!answers) return { ...onTrials(name, margin, folds, groups), ...(direction ? { direction } : {}) };
    const { difference, next } = onPredictions(name, answers.metric, margin, classes);
    return {
      difference: (against, arm) => {
        const [a, b] = [against[answers.by], arm[answers.by]];
        if (!a || !b) return none(reasonOf(a ? arm : against, name));
        return difference({ ...against, predictions: a }, { ...arm, predictions: b });
      },
      next: (against, arm) => {
        const [a, b] = [against[answers.by], arm[answers.by]];
        if (a && b) return next({ ...against, predictions: a }, { ...arm, predictions: b });
        const detail = `label some recordings: ${name} of ${(a ? arm : against).method} could not be measured`;
        return [{ action: 'label', detail }];
      },
    };
  });
  return compareArms(arms, questions, repeats, settings.repeatsForVerdict);
}

function onTrials(
  name: string,
  margin: number,
  folds: number,
  groups: number,
): Pick<Question<RepresentationArmOutcome>, 'difference' | 'next'> {
  const pairs = (against: RepresentationArmOutcome, arm: RepresentationArmOutcome) => {
    const [a, b] = [valuesOf(against, name), valuesOf(arm, name)];
    return b.flatMap((value, i) => {
      const other = a[i];
      return value === null || other === null ? [] : [value - other];
    });
  };
  return {
    difference: (against, arm) => {
      const values = pairs(against, arm);
      const lacking = arm.trials.length - values.length;
      if (values.length === 0) {
        const undefinedIn = valuesOf(arm, name).some((v) => v === null) ? arm : against;
        return none(reasonOf(undefinedIn, name));
      }
      const value = values.reduce((x, y) => x + y, 0) / values.length;
      const few = values.length < 2;
      const said = lacking > 0 ? `${lacking} of ${arm.trials.length} trials left out: undefined` : undefined;
      return {
        value,
        count: values.length,
        measurable: !few,
        interval: (alpha) => (few ? null : nadeauBengio(values, folds, 1 - alpha, groups).interval),
        samplingError: null,
        seedError: null,
        reason: [TRIALS_INTERVAL, said].filter(Boolean).join('; '),
      };
    },
    next: (against, arm): Next[] => {
      const values = pairs(against, arm);
      if (values.length < 2) return [];
      const { value, interval } = nadeauBengio(values, folds, 0.95, groups);
      const half = (interval[1] - interval[0]) / 2;
      const target = Math.max(Math.abs(value), margin - Math.abs(value));
      if (!(target > 0) || half <= target) return [];
      const more = Math.max(1, Math.ceil(groups * ((half / target) ** 2 - 1)));
      if (more > 20 * groups) return [];
      const detail = `collect recordings of about ${more} more groups (there are ${groups}) to settle ${name} of ${arm.method} against ${against.method}`;
      return [{ action: 'collect-groups', more, detail }];
    },
  };
}

/** Why an arm has no such number. */
export function reasonOf({ trials }: RepresentationArmOutcome, name: string): string {
  const reasons = new Set(trials.flatMap(({ outcome }) => outcome.metrics[name]?.reason ?? []));
  return [...reasons][0] ?? 'no labels to measure it with';
}

function none(reason: string): PairedDifference {
  return { ...absent(reason), measurable: false, interval: () => null };
}
