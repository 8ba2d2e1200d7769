import type { Fold, Preprocessing, Task } from '../data/dataset.ts';
import { applyItems, fitItems } from '../data/items/fit.ts';
import type { FittedItems, Items } from '../data/items/items.ts';
import { widthOf } from '../data/preprocess.ts';
import type { HeadNumbers } from '../methods/index.ts';
import { type Collapse, type MinorityCollapse, metrics, minorityCollapse, neuralCollapse } from '../metrics/index.ts';
import { viewOf } from '../nn/variable.ts';
import { netOf } from '../train/graphs.ts';
import type { LoopOptions } from '../train/loop.ts';
import type { Rows, TrainedNet, TrainingPlan } from '../train/plan.ts';
import type { Trainer } from '../train/trainer.ts';
import { decide } from './decide.ts';
import { headNumbers } from './rescale.ts';

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
  { plan, seed, stopOn }: TrialSettings,
  watch: LoopOptions = {},
): Promise<Fitted> {
  const started = performance.now();
  const fitted = fitItems(data.items, fold.train);
  const complete = completePlan(plan, fitted, data.classes);
  const validation = rowsOf(fitted, data, fold.validation);
  const metric = metrics.find(({ name, needs }) => name === stopOn && needs === 'predictions');
  if (!metric) throw new RangeError(`early stopping: no metric on predictions called "${stopOn}"`);
  const sign = metric.direction === 'higher' ? 1 : -1;
  const net = await trainer.train(complete, rowsOf(fitted, data, fold.train), {
    seed,
    trial: [fold.repeat, fold.fold],
    validation: validation.labels.length > 0 ? validation : undefined,
    score: (logits, labels, counts) => {
      const predictions = decide(logits, counts, 0);
      return sign * (metric.compute({ classes: data.classes, labels, predictions }).value ?? 0);
    },
    ...watch,
  });
  const trainSeconds = (performance.now() - started) / 1000;
  const validationLogits =
    validation.labels.length > 0
      ? (await trainer.run(complete, net, validation.x, ['logits'])).logits
      : new Float32Array();
  return { fitted, net, validationLogits, trainSeconds };
}

/** One trial: fit on the fold's training rows, judge on its test rows. */
export async function runTrial(
  trainer: Trainer,
  data: TrialData,
  fold: Fold,
  settings: TrialSettings,
  watch?: LoopOptions,
): Promise<TrialOutcome> {
  const { fitted, net, validationLogits, trainSeconds } = await fit(trainer, data, fold, settings, watch);
  const plan = completePlan(settings.plan, fitted, data.classes);
  const layers = netOf(plan);
  const { width } = layers;
  const weights = viewOf(net.parameters, layers.parameters, layers.head.weight.name);
  const judge = async (indices: Int32Array) => {
    const { x, labels } = rowsOf(fitted, data, indices);
    const { logits, embeddings } = await trainer.run(plan, net, x, ['logits', 'embeddings']);
    const predictions = decide(logits, net.counts, 0);
    const collapse = neuralCollapse({ classes: data.classes, width, embeddings, labels, predictions, weights });
    return { logits, collapse };
  };
  const train = await judge(fold.train);
  const test = await judge(fold.test);
  return {
    trainCounts: net.counts,
    keptAt: net.keptAt,
    validationLogits,
    testLogits: test.logits,
    head: headNumbers(layers, net),
    collapse: { train: train.collapse, evaluation: test.collapse },
    minority: minorityCollapse({ classes: data.classes, width, vectors: weights, counts: net.counts }),
    trainSeconds,
  };
}

function rowsOf(fitted: FittedItems, data: TrialData, indices: Int32Array): Rows {
  return {
    x: applyItems(fitted, data.items, indices),
    labels: Int32Array.from(indices, (i) => data.labels[i]),
  };
}
