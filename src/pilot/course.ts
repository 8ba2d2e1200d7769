import type { Look } from '../evaluate/course.ts';
import type { TrialOutcome } from '../evaluate/trial.ts';
import { mean } from './estimates.ts';
import type { Course } from './result.ts';

type Pick<T> = (look: Look) => T;

/**
 * The course of training of one arm, mean over its trials, all of which looked at the same steps and classes.
 * @param perClass whether the numbers of every class are kept too
 */
export function courseOf(trials: readonly TrialOutcome[], perClass: boolean): Course {
  const [{ course: first }] = trials;
  const reasons = new Set(trials.flatMap(({ course }) => course.looks.flatMap(reasonsOf)));
  const itemsOf = (part: 'train' | 'evaluation') =>
    mean(trials.map(({ course }) => course.items[part].reduce((sum, n) => sum + n, 0))) ?? 0;
  return {
    trials: trials.length,
    classes: [...first.classes],
    items: { train: itemsOf('train'), evaluation: itemsOf('evaluation') },
    keptAt: mean(trials.map(({ keptAt }) => keptAt)) ?? 0,
    looks: first.looks.map(({ step }, at) =>
      meanLook(
        step,
        trials.map(({ course }) => course.looks[at]),
        perClass,
      ),
    ),
    ...(reasons.size > 0 ? { reason: `in some trials: ${[...reasons].join('; ')}` } : {}),
  };
}

function meanLook(step: number, looks: readonly Look[], perClass: boolean): Course['looks'][number] {
  const number = (pick: Pick<number | null>) => mean(looks.map(pick));
  const list = (pick: Pick<readonly (number | null)[]>) =>
    pick(looks[0]).map((_, c) => mean(looks.map((look) => pick(look)[c])));
  const over = (pick: Pick<number | null>) => {
    const all = looks.map(pick).filter((value) => value !== null);
    const [least, most] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [null, null];
    return { mean: mean(all), least, most };
  };
  const arrangement = (part: 'train' | 'evaluation'): Course['looks'][number]['train'] => ({
    nc1Balanced: over((look) => look[part].collapse.nc1Balanced),
    nc1Pooled: number((look) => look[part].collapse.nc1Pooled),
    nc2NormMeans: number((look) => look[part].collapse.nc2NormMeans),
    nc2AngleMeans: number((look) => look[part].collapse.nc2AngleMeans),
    nc3: number((look) => look[part].collapse.nc3),
    nc4: number((look) => look[part].collapse.nc4),
    smallestAngle: over((look) => look[part].means.smallestAngle),
    macroRecall: number((look) => mean(look[part].recall)),
    ...(perClass && {
      perClass: {
        nc1: list((look) => look[part].collapse.nc1PerClass),
        nc3: list((look) => look[part].collapse.nc3PerClass),
        angle: list((look) => look[part].means.perClass),
        recall: list((look) => look[part].recall),
      },
    }),
  });
  return {
    step,
    classifier: {
      nc2Norm: number((look) => look.train.collapse.nc2NormClassifier),
      nc2Angle: number((look) => look.train.collapse.nc2AngleClassifier),
      smallestAngle: over((look) => look.classifier.smallestAngle),
      ...(perClass && { angles: list((look) => look.classifier.perClass) }),
    },
    train: arrangement('train'),
    evaluation: arrangement('evaluation'),
  };
}

function reasonsOf({ classifier, train, evaluation }: Look): string[] {
  const all = [classifier, train.collapse, train.means, evaluation.collapse, evaluation.means];
  return all.flatMap(({ reason }) => reason ?? []);
}
