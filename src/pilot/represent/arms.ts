import type { Look } from '../../evaluate/represent/embed.ts';
import { type RepresentationMetric, representationMetrics } from '../../metrics/clustering/index.ts';
import { classEstimates, confusionOf, estimate, mean } from '../estimates.ts';
import type { Estimate, RepresentationArm, Timeline } from '../result.ts';
import { accuracy, macroF1, macroRecall } from '../statistics/metrics.ts';
import { nadeauBengio } from '../statistics/nadeau-bengio.ts';
import { reasonOf, TRIALS_INTERVAL } from './compare.ts';
import { answersOf } from './metrics.ts';
import { alarms, type RepresentationArmOutcome, valuesOf } from './outcomes.ts';
import type { RepresentationPilotPlan } from './plan.ts';

const WHOLE = { 'macro-f1': macroF1, 'macro-recall': macroRecall, accuracy };

/** Numbers of every dot. */
const OF_A_DOT = ['silhouette', 'davies-bouldin', 'kappa-time', 'bridge', 'effective-rank', 'probe-macro-f1'];

/** Everything the result says of one arm but what only its exported model can tell. */
export function describeRepresentation(
  arm: RepresentationArmOutcome,
  baseline: RepresentationArmOutcome,
  plan: RepresentationPilotPlan,
): RepresentationArm {
  const { classes } = plan.data.windows.set;
  const { spec } = arm.plan;
  const outcomes = arm.trials.map(({ outcome }) => outcome);
  const trainSeconds = mean(outcomes.map((o) => o.trainSeconds)) ?? 0;
  const raised = alarms(arm, baseline);
  const told = raised.filter((alarm) => alarm !== null);
  const drawn = [...new Set([...plan.choices.criteria.map((c) => c.metric), ...OF_A_DOT])];
  const timeline = outcomes.find((o) => o.timeline)?.timeline;
  return {
    method: arm.method,
    role: arm.role,
    simplicity: arm.simplicity,
    metrics: Object.fromEntries(representationMetrics.map((metric) => [metric.name, metricOf(arm, metric, plan)])),
    classes: arm.probe ? classEstimates(arm.probe, classes, outcomes) : [],
    ...(arm.probe ? confusionOf(arm.probe) : { confusion: [] }),
    width: outcomes[0].width,
    trials: arm.trials.map(({ trial, outcome }, i) => ({
      repeat: trial.fold.repeat,
      fold: trial.fold.fold,
      metrics: Object.fromEntries(drawn.map((name) => [name, outcome.metrics[name]?.value ?? null])),
      alarm: raised[i],
    })),
    alarm: told.length > 0 ? { raised: told.filter(Boolean).length, of: told.length } : null,
    looks: meanLooks(outcomes.map((o) => o.looks)),
    thresholds: thresholdsOf(outcomes),
    ...(timeline ? { timeline: structuredClone(timeline) as Timeline } : {}),
    settings: spec.settings,
    cost: {
      trainSeconds,
      millisecondsPerStep: (1000 * trainSeconds) / plan.steps,
      inferenceMicroseconds: null,
      modelBytes: null,
    },
  };
}

function metricOf(
  arm: RepresentationArmOutcome,
  { name, range: [least, most] }: RepresentationMetric,
  { choices, data }: RepresentationPilotPlan,
): Estimate {
  const { set, groupNames } = data.windows;
  const answers = answersOf(name, set.classes);
  const whole = answers && typeof answers.metric === 'string' ? WHOLE[answers.metric as keyof typeof WHOLE] : undefined;
  const predictions = answers && arm[answers.by];
  if (predictions && whole) return estimate(whole(predictions));
  const values = valuesOf(arm, name).filter((v) => v !== null);
  if (values.length === 0) return { value: null, interval: null, count: 0, reason: reasonOf(arm, name) };
  const value = values.reduce((a, b) => a + b, 0) / values.length;
  if (values.length < 2) return { value, interval: null, count: 1, reason: 'one trial tells no interval' };
  const [l, u] = nadeauBengio(values, choices.folds, 0.95, groupNames.length).interval;
  const interval: [number, number] = [Math.max(least, l), Math.min(most, u)];
  const lacking = arm.trials.length - values.length;
  const said = lacking > 0 ? `; ${lacking} of ${arm.trials.length} trials left out: undefined` : '';
  return { value, interval, count: values.length, reason: `${TRIALS_INTERVAL}${said}` };
}

function meanLooks(all: readonly (readonly Look[])[]): RepresentationArm['looks'] {
  return all[0].map(({ step }, i) => ({
    step,
    largestShare: mean(all.map((looks) => looks[i]?.largestShare ?? null)),
    effectiveRank: mean(all.map((looks) => looks[i]?.effectiveRank ?? null)),
  }));
}

/** Rules in the order of how often; the reason is that of the first trial with the rule. */
function thresholdsOf(
  outcomes: readonly { readonly threshold?: { readonly rule: string; readonly reason: string } }[],
): RepresentationArm['thresholds'] {
  const found = new Map<string, { rule: string; reason: string; trials: number }>();
  for (const { threshold } of outcomes)
    if (threshold) {
      const { rule, reason } = threshold;
      found.set(rule, { rule, reason: found.get(rule)?.reason ?? reason, trials: (found.get(rule)?.trials ?? 0) + 1 });
    }
  return [...found.values()].sort((a, b) => b.trials - a.trials);
}
