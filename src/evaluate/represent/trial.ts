import type { Fold } from '../../data/dataset.ts';
import { sequenceStarts } from '../../data/series/sequences.ts';
import {
  autoThreshold,
  neighbourSimilarities,
  type ThresholdRule,
  thresholdRule,
} from '../../losses/contrastive/index.ts';
import type { Measured } from '../../metrics/metric.ts';
import type { LoopOptions } from '../../train/loop.ts';
import type { RepresentationPlan } from '../../train/represent/plan.ts';
import type { EncoderValues, RepresentationTrainer, SequenceRows } from '../../train/represent/trainer.ts';
import { embedParts, type Look, MINIROCKET_LENGTH } from './embed.ts';
import { judge, judgeAnswers } from './judge.ts';
import { type Part, type Parts, partsOf, type RepresentationData } from './parts.ts';
import { probes } from './probes.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** What a trial is, beside its data: the shape of a window, the classes and the threshold follow from the data. */
export interface RepresentationSettings {
  readonly plan: Omit<RepresentationPlan, 'shape' | 'classes' | 'threshold'>;
  readonly seed: number;
  /** Also keep what a timeline of one held-out recording needs. */
  readonly timeline: boolean;
}

/** How a trial settled the threshold of its method. */
export interface Threshold {
  readonly rule: string;
  readonly reason: string;
}

/** What a trial says of recordings that it did not learn from. */
export interface RepresentationOutcome {
  /** D, the width of an embedding. */
  readonly width: number;
  readonly threshold?: Threshold;
  /** Every representation metric by its name. */
  readonly metrics: Readonly<Record<string, Measured>>;
  /** Labelled test windows, and what the probes said of each. */
  readonly rows: Int32Array;
  readonly probe?: Int32Array;
  readonly neighbours?: Int32Array;
  /** How the probe was fitted. */
  readonly probeFit?: { readonly rows: number; readonly strength: number; readonly gradientNorm?: number };
  readonly looks: readonly Look[];
  readonly timeline?: Timeline;
  readonly trainCounts: readonly number[];
  readonly trainSeconds: number;
}

/** An encoder with what belongs to it. */
export interface FittedRepresentation {
  readonly preprocessing: Parts['preprocessing'];
  /** Without the method, which does not travel between threads. */
  readonly plan: Omit<RepresentationPlan, 'spec'>;
  readonly net: EncoderValues;
}

/** Features of the last fold: the trials of one fold follow each other. */
const kept = new WeakMap<RepresentationData, { readonly fold: Fold; readonly parts: Parts }>();

function cachedParts(data: RepresentationData, fold: Fold): Parts {
  const known = kept.get(data);
  if (known && known.fold.repeat === fold.repeat && known.fold.fold === fold.fold) return known.parts;
  const parts = partsOf(data, fold);
  kept.set(data, { fold, parts });
  return parts;
}

/** One trial: make the embeddings from the fold's training windows, judge those of its test windows. */
export async function runRepresentation(
  trainer: RepresentationTrainer,
  data: RepresentationData,
  fold: Fold,
  settings: RepresentationSettings,
  watch?: LoopOptions,
): Promise<RepresentationOutcome> {
  const parts = cachedParts(data, fold);
  const { seed } = settings;
  const trial = [fold.repeat, fold.fold];
  const classes = data.windows.set.classes.length;
  const trainCounts = new Array<number>(classes).fill(0);
  for (const label of parts.train.labels) if (label >= 0) trainCounts[label]++;
  const rows = parts.test.rows.filter((_, i) => parts.test.labels[i] >= 0);
  const { plan, threshold } = completed(settings.plan, parts, classes);
  const { method } = plan.spec;
  const nothing = async (reason: string): Promise<RepresentationOutcome> => {
    const metrics = await judgeAnswers(parts.test, classes, seed, undefined);
    const none = Object.fromEntries(Object.keys(metrics).map((name) => [name, { value: null, reason }]));
    return { width: 0, metrics: none, rows, looks: [], trainCounts, trainSeconds: 0 };
  };
  if (method.usesLabels && trainCounts.filter((n) => n > 0).length < 2)
    return nothing('needs labels of at least two classes');
  const rocket = method.embeds === 'minirocket';
  if (rocket && data.windows.length < MINIROCKET_LENGTH)
    return nothing(`MiniRocket needs windows of ${MINIROCKET_LENGTH} steps or more`);
  const starts = startsIn(data, parts.train, plan.sequenceSteps);
  const made = await embedParts(trainer, plan, data, parts, { seed, trial, starts, watch });
  const by = rocket ? 'ridge' : 'logistic';
  const probed = classes > 0 ? await probes(made, parts, { classes, seed, trial, by }) : undefined;
  const common = {
    width: made.width,
    ...(threshold ? { threshold } : {}),
    rows,
    ...(probed ? { probe: probed.probe, neighbours: probed.neighbours, probeFit: fitOf(probed) } : {}),
    looks: made.looks,
    trainCounts,
    trainSeconds: made.trainSeconds,
  };
  if (rocket) return { ...common, metrics: await judgeAnswers(parts.test, classes, seed, probed) };
  const points = { embeddings: made.test, width: made.width };
  const { metrics, clusters } = await judge(points, parts.test, { seed, clusters: data.clusters, classes, probed });
  const timeline = settings.timeline ? timelineOf(points, clusters, data, parts.test) : undefined;
  return { ...common, metrics, ...(timeline ? { timeline } : {}) };
}

/** Trains the encoder alone, for its export. */
export async function fitRepresentation(
  trainer: RepresentationTrainer,
  data: RepresentationData,
  fold: Fold,
  settings: RepresentationSettings,
  watch?: LoopOptions,
): Promise<FittedRepresentation> {
  const parts = cachedParts(data, fold);
  const { plan } = completed(settings.plan, parts, data.windows.set.classes.length);
  const starts = startsIn(data, parts.train, plan.sequenceSteps);
  const made = await embedParts(trainer, plan, data, parts, {
    seed: settings.seed,
    trial: [fold.repeat, fold.fold],
    starts,
    watch,
  });
  if (!made.net) throw new RangeError(`${plan.spec.name}: has no encoder`);
  const { spec: _, ...rest } = plan;
  return { preprocessing: parts.preprocessing, plan: rest, net: made.net };
}

/** The plan with what follows from the training windows. */
function completed(
  plan: RepresentationSettings['plan'],
  { preprocessing, train }: Parts,
  classes: number,
): { plan: RepresentationPlan; threshold?: Threshold } {
  const { shape } = preprocessing;
  const complete = { ...plan, shape, classes };
  const { method, settings } = plan.spec;
  if (!method.thresholds) return { plan: complete };
  const text = String(settings.threshold);
  if (text !== 'auto') {
    const rule = thresholdRule(text);
    return { plan: { ...complete, threshold: rule }, threshold: { rule: text, reason: 'chosen by hand' } };
  }
  const { rule, reason } = automatic(
    train,
    shape.reduce((n, m) => n * m, 1),
  );
  return { plan: { ...complete, threshold: rule }, threshold: { rule, reason } };
}

/** `auto` on the neighbours of the training windows. */
function automatic({ x, labels, runs }: Part, width: number): { rule: ThresholdRule & string; reason: string } {
  const similarities: number[] = [];
  const changes: number[] = [];
  let from = 0;
  for (const run of runs) {
    const own = neighbourSimilarities(x.subarray(from * width, (from + run) * width), width);
    own.forEach((similarity, t) => {
      const [a, b] = [labels[from + t], labels[from + t + 1]];
      similarities.push(similarity);
      changes.push(a < 0 || b < 0 ? -1 : a === b ? 0 : 1);
    });
    from += run;
  }
  return autoThreshold(similarities, labels.some((label) => label >= 0) ? changes : undefined);
}

/** Where sequences begin, as places in the training part. */
function startsIn({ windows }: RepresentationData, { rows }: Part, steps: number): SequenceRows['starts'] {
  const found = sequenceStarts(windows, rows, steps);
  const places = new Map(Array.from(rows, (row, i) => [row, i]));
  return { ...found, starts: found.starts.map((row) => places.get(row) ?? 0) };
}

function fitOf({ rows, strength, gradientNorm }: NonNullable<Awaited<ReturnType<typeof probes>>>) {
  return { rows, strength, ...(gradientNorm === undefined ? {} : { gradientNorm }) };
}
