import { stream } from '../array/random.ts';
import type { Fold, Preprocessing, Task } from '../data/dataset.ts';
import { applyItems, fitItems } from '../data/items/fit.ts';
import type { FittedItems, Items } from '../data/items/items.ts';
import { widthOf } from '../data/preprocess.ts';
import type { HeadNumbers } from '../methods/index.ts';
import { type Collapse, type MinorityCollapse, metrics, neuralCollapse } from '../metrics/index.ts';
import { netOf } from '../train/graphs.ts';
import type { Looks, LoopOptions } from '../train/loop.ts';
import type { Rows, TrainedNet, TrainingPlan } from '../train/plan.ts';
import type { Trainer } from '../train/trainer.ts';
import { classifierAngles, classifierOf } from './arrangement.ts';
import { type Course, classesLookedAt, type Look, watchCourse } from './course.ts';
import { decide } from './decide.ts';
import { type Angles, anglesOf, type FeatureMap, mapOf } from './geometry.ts';
import { headNumbers } from './rescale.ts';
import { rowsAt } from './rows.ts';

/** The part of a task that a trial needs. */
export interface TrialData {
  readonly items: Items;
  readonly labels: Int32Array;
  readonly classes: number;
}

/** The part of a task that its trials need. */
export function trialData({ items, labels, classes }: Task): TrialData {
  return { items, labels, classes: classes.length };
}

/** What a trial is, beside its data: the shape of an item and the classes follow from the data. */
export interface TrialSettings {
  readonly plan: Omit<TrainingPlan, 'shape' | 'classes'>;
  readonly seed: number;
  /** Metric on validation rows that decides when to stop early. */
  readonly stopOn: string;
}

/** A trained net with the preprocessing that belongs to it and its answers on validation rows [rows * C]. */
export interface Fitted {
  readonly fitted: FittedItems;
  readonly net: TrainedNet;
  readonly validationLogits: Float32Array;
  readonly trainSeconds: number;
}

/** What a trial says of the rows that it did not learn from. */
export interface TrialOutcome {
  readonly trainCounts: readonly number[];
  readonly keptAt: number;
  /** [validation rows * C] and [test rows * C], in the fold's order. */
  readonly validationLogits: Float32Array;
  readonly testLogits: Float32Array;
  /** For methods that share this training and rescale its logits. */
  readonly head: HeadNumbers;
  readonly collapse: { readonly train: Collapse; readonly evaluation: Collapse };
  readonly minority: MinorityCollapse;
  /** The training as it went. */
  readonly course: Course;
  /** Of the first fold of the first repeat alone. */
  readonly angles?: Angles;
  readonly map?: FeatureMap;
  readonly trainSeconds: number;
}

/**
 * The plan with what follows from the data: the shape of an item, the classes, and where an MLP is asked to embed
 * categories (`embeddings: 'categories'`) which inputs those are.
 */
export function completePlan(plan: TrialSettings['plan'], fitted: FittedItems, classes: number): TrainingPlan {
  const { encoder } = plan;
  const { shape } = fitted;
  const embeds = encoder.embeddings === 'categories';
  if (!embeds || fitted.kind !== 'table') return { ...plan, shape, classes };
  return { ...plan, shape, classes, encoder: { ...encoder, embeddings: categoryBlocks(fitted.preprocessing.codings) } };
}

/** Where the codes of categories lie among the inputs; one of a single level tells nothing. */
function categoryBlocks(codings: Preprocessing['codings']): { start: number; levels: number }[] {
  let end = 0;
  return codings.flatMap((coding) => {
    const levels = widthOf(coding);
    end += levels;
    return coding.kind === 'category' && levels > 1 ? [{ start: end - levels, levels }] : [];
  });
}

/** Fits everything on training rows alone: preprocessing and net, with early stopping on validation rows. */
export async function fit(
  trainer: Trainer,
  data: TrialData,
  fold: Pick<Fold, 'repeat' | 'fold' | 'train' | 'validation'>,
  settings: TrialSettings,
  watch: LoopOptions = {},
): Promise<Fitted> {
  const started = performance.now();
  const prepared = prepare(data, fold, settings);
  const { net } = await learn(trainer, prepared, fold, settings, watch);
  const trainSeconds = (performance.now() - started) / 1000;
  return { fitted: prepared.fitted, net, validationLogits: await validate(trainer, prepared, net), trainSeconds };
}

interface Prepared {
  readonly fitted: FittedItems;
  readonly plan: TrainingPlan;
  readonly train: Rows;
  readonly validation: Rows;
}

function prepare(data: TrialData, fold: Pick<Fold, 'train' | 'validation'>, { plan }: TrialSettings): Prepared {
  const fitted = fitItems(data.items, fold.train);
  return {
    fitted,
    plan: completePlan(plan, fitted, data.classes),
    train: rowsOf(fitted, data, fold.train),
    validation: rowsOf(fitted, data, fold.validation),
  };
}

async function learn(
  trainer: Trainer,
  { plan, train, validation }: Prepared,
  fold: Pick<Fold, 'repeat' | 'fold'>,
  { seed, stopOn }: TrialSettings,
  watch: LoopOptions,
  looks?: Looks<Look>,
): Promise<{ net: TrainedNet; looks: readonly Look[] }> {
  const metric = metrics.find(({ name, needs }) => name === stopOn && needs === 'predictions');
  if (!metric) throw new RangeError(`early stopping: no metric on predictions called "${stopOn}"`);
  const sign = metric.direction === 'higher' ? 1 : -1;
  const { looks: seen, ...net } = await trainer.train<Look>(plan, train, {
    seed,
    trial: [fold.repeat, fold.fold],
    validation: validation.labels.length > 0 ? validation : undefined,
    score: (logits, labels, counts) => {
      const predictions = decide(logits, counts, 0);
      return sign * (metric.compute({ classes: plan.classes, labels, predictions }).value ?? 0);
    },
    looks,
    ...watch,
  });
  return { net, looks: seen };
}

/** Answers on validation rows. */
async function validate(trainer: Trainer, { plan, validation }: Prepared, net: TrainedNet): Promise<Float32Array> {
  if (validation.labels.length === 0) return new Float32Array();
  return (await trainer.run(plan, net, validation.x, ['logits'])).logits;
}

/** One trial: fit on the fold's training rows, looked at on the way, judge on its test rows. */
export async function runTrial(
  trainer: Trainer,
  data: TrialData,
  fold: Fold,
  settings: TrialSettings,
  watch: LoopOptions = {},
): Promise<TrialOutcome> {
  const { seed } = settings;
  const started = performance.now();
  const prepared = prepare(data, fold, settings);
  const { fitted, plan } = prepared;
  const evaluation = {
    labels: Int32Array.from(fold.test, (row) => data.labels[row]),
    x: (places: Int32Array) => applyItems(fitted, data.items, rowsAt(fold.test, 1, places)),
  };
  const looked = classesLookedAt(data.labels, data.classes);
  const random = stream(seed, 'looks', fold.repeat, fold.fold);
  const course = watchCourse(trainer, plan, { train: prepared.train, evaluation }, looked, random);
  const { net, looks } = await learn(trainer, prepared, fold, settings, watch, course.looks);
  const trainSeconds = (performance.now() - started) / 1000;

  const head = classifierOf(plan, net);
  const judge = async ({ x, labels }: Rows) => {
    const { logits, embeddings } = await trainer.run(plan, net, x, ['logits', 'embeddings']);
    const predictions = decide(logits, net.counts, 0);
    const input = { classes: data.classes, width: head.width, embeddings, labels, predictions, weights: head.vectors };
    return { logits, embeddings, labels, collapse: neuralCollapse(input) };
  };
  const train = await judge(prepared.train);
  const test = await judge(rowsOf(fitted, data, fold.test));
  const first = fold.repeat === 0 && fold.fold === 0;
  const map = first ? mapOf(test, data.classes, stream(seed, 'map')) : null;
  return {
    trainCounts: net.counts,
    keptAt: net.keptAt,
    validationLogits: await validate(trainer, prepared, net),
    testLogits: test.logits,
    head: headNumbers(netOf(plan), net),
    collapse: { train: train.collapse, evaluation: test.collapse },
    minority: classifierAngles(head, net.counts),
    course: { ...course, looks },
    ...(first ? { angles: anglesOf({ train, evaluation: test }, head, looked) } : {}),
    ...(map ? { map } : {}),
    trainSeconds,
  };
}

function rowsOf(fitted: FittedItems, data: TrialData, indices: Int32Array): Rows {
  return {
    x: applyItems(fitted, data.items, indices),
    labels: Int32Array.from(indices, (i) => data.labels[i]),
  };
}
