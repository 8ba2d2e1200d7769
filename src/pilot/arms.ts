import { median } from '../array/median.ts';
import type { TrialOutcome } from '../evaluate/trial.ts';
import { courseOf } from './course.ts';
import { answersAlong, atZero, curve } from './curve.ts';
import { classEstimates, confusionOf, estimate, mean, meanCounts } from './estimates.ts';
import { groupsShown } from './groups.ts';
import { type ArmOutcome, type Items, predictionsOf } from './outcomes.ts';
import type { PilotPlan } from './plan.ts';
import { rankings } from './rankings.ts';
import type { Arm, Collapse, Estimate, MinorityCollapse } from './result.ts';
import { accuracy, macroF1, macroRecall, meanRecall } from './statistics/metrics.ts';
import type { Predictions } from './statistics/predictions.ts';

/** Everything the result says of one arm but what only its final model can tell (size, time of an answer). */
export function describeArm(outcome: ArmOutcome, items: Items, plan: PilotPlan, classes: readonly string[]): Arm {
  const { arm, trials } = outcome;
  const chosen = predictionsOf(outcome, items, plan, classes.length);
  const along = answersAlong(outcome, items, plan.choices.repeats);
  const ranking = rankings(outcome, items, plan.choices.repeats, classes.length);
  // Of trainings that ran beside others: one that had to wait says nothing about the method.
  const trainSeconds = median(trials.map((t) => t.outcome.trainSeconds));
  const trials0 = trials.map((t) => t.outcome);
  const trained = meanCounts(trials0, classes.length);
  const groups = groupsShown(trained, [...plan.choices.criteria, ...plan.choices.guards]);
  return {
    method: arm.spec.name,
    role: arm.role,
    simplicity: arm.simplicity,
    operatingPoint: {
      rule: arm.role === 'baseline' ? 'as-is' : 'validation',
      meanGamma: mean(trials.map((t) => t.gamma)) ?? 0,
      gammas: trials.map((t) => t.gamma),
    },
    metrics: { ...wholeMetrics(chosen, groups), 'average-precision': ranking.macro },
    classes: classEstimates(chosen, classes, trials0).map((own, c) => ({
      ...own,
      averagePrecision: ranking.perClass[c],
    })),
    ...confusionOf(chosen),
    metricsAtGammaZero: wholeMetrics({ ...chosen, repeats: atZero(along) }, groups),
    curve: curve(along, items.labels, plan.choices, classes, trained),
    collapse: {
      train: meanCollapse(trials0.map((t) => t.collapse.train)),
      evaluation: meanCollapse(trials0.map((t) => t.collapse.evaluation)),
    },
    minorityCollapse: meanMinority(
      trials0.map((t) => t.minority),
      classes,
    ),
    course: courseOf(trials0, arm.role !== 'reference'),
    ...(arm.role === 'reference' ? {} : geometryOf(trials0)),
    settings: arm.spec.settings,
    cost: {
      trainSeconds,
      millisecondsPerStep: (1000 * trainSeconds) / plan.steps,
      inferenceMicroseconds: null,
      modelBytes: null,
    },
  };
}

/** Angles and map of the first trial, the one that has them. */
function geometryOf(trials: readonly TrialOutcome[]): Pick<Arm, 'angles' | 'map'> {
  const { angles, map } = trials.find((trial) => trial.angles) ?? {};
  return { ...(angles && { angles: { ...angles, classes: [...angles.classes] } }), ...(map && { map }) };
}

function wholeMetrics(p: Predictions, groups: ReturnType<typeof groupsShown>): Record<string, Estimate> {
  return {
    'macro-recall': estimate(macroRecall(p)),
    'macro-f1': estimate(macroF1(p)),
    accuracy: estimate(accuracy(p)),
    ...Object.fromEntries(groups.map(({ metric, classes }) => [metric, estimate(meanRecall(p, classes))])),
  };
}

function meanCollapse(all: readonly TrialOutcome['collapse']['train'][]): Collapse {
  const reasons = [...new Set(all.flatMap((c) => c.reason ?? []))];
  const field = (pick: (c: (typeof all)[number]) => number | null) => mean(all.map(pick));
  const each = (pick: (c: (typeof all)[number]) => readonly (number | null)[]) =>
    pick(all[0]).map((_, c) => mean(all.map((one) => pick(one)[c])));
  return {
    nc1Balanced: field((c) => c.nc1Balanced),
    nc1Pooled: field((c) => c.nc1Pooled),
    nc1PerClass: each((c) => c.nc1PerClass),
    nc2NormMeans: field((c) => c.nc2NormMeans),
    nc2AngleMeans: field((c) => c.nc2AngleMeans),
    nc2NormClassifier: field((c) => c.nc2NormClassifier),
    nc2AngleClassifier: field((c) => c.nc2AngleClassifier),
    nc3: field((c) => c.nc3),
    nc3PerClass: each((c) => c.nc3PerClass),
    nc4: field((c) => c.nc4),
    ...(reasons.length > 0 ? { reason: `in some trials: ${reasons.join('; ')}` } : {}),
  };
}

function meanMinority(all: readonly TrialOutcome['minority'][], classes: readonly string[]): MinorityCollapse {
  const counts = new Map<string, number>();
  for (const { pair } of all) if (pair) counts.set(pair.join(), (counts.get(pair.join()) ?? 0) + 1);
  const [often] = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const [first, second] = often ? often[0].split(',').map((c) => classes[Number(c)]) : [];
  const reason = all.find((m) => m.reason)?.reason;
  return {
    smallestAngle: mean(all.map((m) => m.smallestAngle)),
    pair: often ? [first, second] : null,
    idealAngle: all[0].idealAngle,
    perClass: all[0].perClass.map((_, c) => mean(all.map((m) => m.perClass[c]))),
    ...(reason ? { reason } : {}),
  };
}
