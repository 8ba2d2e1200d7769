import { gammas } from '../evaluate/operating-point.ts';
import type { TrialOutcome } from '../evaluate/trial.ts';
import { parseMetric } from '../metrics/index.ts';
import { classEstimates, estimate, mean, meanConfusion } from './estimates.ts';
import { type ArmOutcome, type Items, predictionsOf, scoresOf } from './outcomes.ts';
import type { PilotPlan } from './plan.ts';
import type { Arm, Collapse, Estimate, MinorityCollapse } from './result.ts';
import { averagePrecision } from './statistics/average-precision.ts';
import { weightedMean } from './statistics/macro.ts';
import { accuracy, macroF1, macroRecall } from './statistics/metrics.ts';
import type { Predictions } from './statistics/predictions.ts';

/** Everything the result says of one arm but what only its final model can tell (size, time of an answer). */
export function describeArm(outcome: ArmOutcome, items: Items, plan: PilotPlan, classes: readonly string[]): Arm {
  const { arm, trials } = outcome;
  const chosen = predictionsOf(outcome, items, plan, classes.length);
  const atZero = predictionsOf(outcome, items, plan, classes.length, 0);
  const ranking = rankings(scoresOf(outcome, items, plan, classes.length), items.labels, classes.length);
  const trainSeconds = mean(trials.map((t) => t.outcome.trainSeconds)) ?? 0;
  const trials0 = trials.map((t) => t.outcome);
  return {
    method: arm.spec.name,
    role: arm.role,
    simplicity: arm.simplicity,
    operatingPoint: {
      rule: arm.role === 'baseline' ? 'as-is' : 'validation',
      meanGamma: mean(trials.map((t) => t.gamma)) ?? 0,
      gammas: trials.map((t) => t.gamma),
    },
    metrics: { ...wholeMetrics(chosen), 'average-precision': ranking.macro },
    classes: classEstimates(chosen, classes, trials0).map((own, c) => ({
      ...own,
      averagePrecision: ranking.perClass[c],
    })),
    confusion: meanConfusion(chosen),
    metricsAtGammaZero: wholeMetrics(atZero),
    curve: curve(outcome, items, plan, classes),
    collapse: {
      train: meanCollapse(trials0.map((t) => t.collapse.train)),
      evaluation: meanCollapse(trials0.map((t) => t.collapse.evaluation)),
    },
    minorityCollapse: meanMinority(
      trials0.map((t) => t.minority),
      classes,
    ),
    settings: arm.spec.settings,
    cost: {
      trainSeconds,
      millisecondsPerStep: (1000 * trainSeconds) / plan.steps,
      inferenceMicroseconds: null,
      modelBytes: null,
    },
  };
}

function wholeMetrics(p: Predictions): Record<string, Estimate> {
  return {
    'macro-recall': estimate(macroRecall(p)),
    'macro-f1': estimate(macroF1(p)),
    accuracy: estimate(accuracy(p)),
  };
}

/** Average precision of every class, and their mean over the classes that have items (intervals I6, I3). */
function rankings(scores: readonly Float64Array[], labels: Int32Array, classes: number) {
  const parts = Array.from({ length: classes }, (_, c) => {
    const positive = Int32Array.from(labels, (label) => (label === c ? 1 : 0));
    if (!positive.includes(1)) return undefined;
    const own = scores.map((row) => Float64Array.from(labels, (_, i) => row[i * classes + c]));
    return averagePrecision(own, positive);
  });
  const perClass = parts.map((part): Estimate => {
    if (!part) return { value: null, interval: null, count: 0, reason: 'no evaluated items of this class' };
    const [l, u] = part.bounds(0.05);
    const few = part.positives < 10 ? { reason: `average precision of ${part.positives} items is biased upwards` } : {};
    return { value: part.value, interval: [l, u], count: part.positives, ...few };
  });
  const present = parts.filter((part) => part !== undefined);
  const { value, bounds } = weightedMean(
    present.map((part) => ({ weight: 1 / present.length, value: part.value, bounds: part.bounds })),
  );
  const [l, u] = bounds(0.05);
  const out = classes - present.length;
  const macro: Estimate = {
    value,
    interval: [Math.max(0, l), Math.min(1, u)],
    count: labels.length,
    reason: `seed noise is not in this interval${out > 0 ? `; ${out} classes without items are left out` : ''}`,
  };
  return { perClass, macro };
}

/** Criteria, guards, macro recall, macro F1 and accuracy over gamma, mean over repeats. */
function curve(outcome: ArmOutcome, items: Items, plan: PilotPlan, classes: readonly string[]): Arm['curve'] {
  const { criteria, guards } = plan.choices;
  const names = new Set([...criteria, ...guards].map((m) => m.metric).concat('macro-recall', 'macro-f1', 'accuracy'));
  const metrics = [...names].map((name) => parseMetric(name, classes).metric);
  return gammas.map((gamma) => {
    const { labels, repeats } = predictionsOf(outcome, items, plan, classes.length, gamma);
    const values = metrics.map((metric) => {
      const each = repeats.map((predictions) => metric.compute({ classes: classes.length, labels, predictions }).value);
      return [metric.name, mean(each)] as const;
    });
    return { gamma, metrics: Object.fromEntries(values) };
  });
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
