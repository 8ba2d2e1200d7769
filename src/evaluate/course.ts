import type { Random } from '../array/random.ts';
import { classMeans } from '../metrics/collapse/means.ts';
import { tally } from '../metrics/confusion.ts';
import { type Collapse, type MinorityCollapse, minorityCollapse, neuralCollapse } from '../metrics/index.ts';
import { viewOf } from '../nn/variable.ts';
import { netOf } from '../train/graphs.ts';
import type { Looks } from '../train/loop.ts';
import type { Rows, TrainedNet, TrainingPlan } from '../train/plan.ts';
import { countClasses, type Trainer } from '../train/trainer.ts';
import { decide } from './decide.ts';
import { balancedSample, type SampleSize, sampleSize } from './sample.ts';

/** How a net arranges one set of items by class. */
export interface Arrangement {
  readonly collapse: Collapse;
  /** Angles between the class means of those items, the rarest third by training items. */
  readonly means: MinorityCollapse;
  /** Of each class [C], as the net answers; null without an item. */
  readonly recall: readonly (number | null)[];
}

/** A net after some steps of its training. */
export interface Look {
  readonly step: number;
  /** Angles between the classifier's vectors, the rarest third. */
  readonly classifier: MinorityCollapse;
  readonly train: Arrangement;
  readonly evaluation: Arrangement;
}

/** A training as it went. It is looked at only: no evaluation item decides anything. */
export interface Course {
  /** Items looked at of each class [C], the same at every look. */
  readonly items: { readonly train: readonly number[]; readonly evaluation: readonly number[] };
  readonly looks: readonly Look[];
}

/** Share of a training's forward and backward passes that the looks may add in forward passes. */
const SHARE = 0.02;
/** Passes forward and backward, in passes forward. */
const PASSES = 3;
/** Of each class so many items are looked at, if it has them: fewer make no mean. */
const FLOOR = 10;

/**
 * When to look and at how many items of each part, so that the looks cost at most 2 % of the passes:
 * before the first step and at the steps of early stopping's checks; where even the fewest items cost more, less often,
 * at last after the last step alone.
 *
 * @param counts items of each class of the two parts
 */
export function planLooks(
  { steps, batch, checks }: Pick<TrainingPlan, 'steps' | 'batch' | 'checks'>,
  counts: { readonly train: ArrayLike<number>; readonly evaluation: ArrayLike<number> },
): { at: number[]; size: SampleSize } {
  const budget = SHARE * PASSES * steps * batch;
  const fewest = { budget: 0, floor: FLOOR };
  const least = sampleSize(counts.train, fewest) + sampleSize(counts.evaluation, fewest);
  const looks = Math.max(1, Math.min(checks + 1, Math.floor(budget / least)));
  const size = { budget: Math.floor(budget / looks / 2), floor: FLOOR };
  if (looks === 1) return { at: [steps], size };
  const every = Math.ceil(steps / (looks - 1));
  const at = Array.from({ length: looks }, (_, k) => Math.min(steps, k * every));
  return { at: [...new Set(at)], size };
}

/** What a training's looks need: the hook for `Trainer.train`, and how many items of each class it sees. */
export interface CourseWatch {
  readonly items: Course['items'];
  readonly looks: Looks<Look>;
}

/**
 * Watches a training: neural collapse, angles and recall at several steps, on the same items every time.
 *
 * @param parts rows as the net takes them; of the evaluation part `rows` are asked for only those that are looked at
 */
export function watchCourse(
  trainer: Trainer,
  plan: TrainingPlan,
  parts: {
    readonly train: Rows;
    readonly evaluation: { readonly labels: Int32Array; readonly rows: (places: Int32Array) => Rows };
  },
  random: Random,
): CourseWatch {
  const { classes } = plan;
  const counts = countClasses(parts.train.labels, classes);
  const { at, size } = planLooks(plan, {
    train: counts,
    evaluation: countClasses(parts.evaluation.labels, classes),
  });
  const train = rowsAt(parts.train, balancedSample(parts.train.labels, classes, size, random));
  const evaluation = parts.evaluation.rows(balancedSample(parts.evaluation.labels, classes, size, random));
  return {
    items: { train: countClasses(train.labels, classes), evaluation: countClasses(evaluation.labels, classes) },
    looks: {
      at,
      onLook: async (values, step) => {
        const net = { ...values, counts };
        return {
          step,
          classifier: classifierAngles(plan, net),
          train: await arrange(trainer, plan, net, train),
          evaluation: await arrange(trainer, plan, net, evaluation),
        };
      },
    },
  };
}

type Net = Pick<TrainedNet, 'parameters' | 'buffers' | 'counts'>;

/** The classifier's vectors [C, D]. */
export function classifierOf(plan: TrainingPlan, { parameters }: Pick<Net, 'parameters'>) {
  const layers = netOf(plan);
  return { width: layers.width, vectors: viewOf(parameters, layers.parameters, layers.head.weight.name) };
}

/** Angles between the classifier's vectors. */
export function classifierAngles(plan: TrainingPlan, net: Net): MinorityCollapse {
  return minorityCollapse({ classes: plan.classes, ...classifierOf(plan, net), counts: net.counts });
}

/** How the net arranges these items. */
async function arrange(trainer: Trainer, plan: TrainingPlan, net: Net, { x, labels }: Rows): Promise<Arrangement> {
  const { classes } = plan;
  const { width, vectors: weights } = classifierOf(plan, net);
  const { logits, embeddings } = await trainer.run(plan, net, x, ['logits', 'embeddings']);
  const predictions = decide(logits, net.counts, 0);
  const { items, hits } = tally({ classes, labels, predictions });
  return {
    collapse: neuralCollapse({ classes, width, embeddings, labels, predictions, weights }),
    means: meanAngles({ classes, width, embeddings, labels, counts: net.counts }),
    recall: Array.from(items, (n, c) => (n === 0 ? null : hits[c] / n)),
  };
}

interface MeanAnglesInput {
  readonly classes: number;
  readonly width: number;
  /** [N * D] */
  readonly embeddings: Float32Array;
  readonly labels: Int32Array;
  /** Training items of each class [C]. */
  readonly counts: readonly number[];
}

/** Minority collapse of the class means: classes without an item among these have none and are left out. */
export function meanAngles({ classes, width, embeddings, labels, counts }: MeanAnglesInput): MinorityCollapse {
  const { present, means } = classMeans(embeddings, labels, classes, width);
  if (present.length === classes) return minorityCollapse({ classes, width, vectors: means, counts });
  const left = `classes without items left out: ${classes - present.length}`;
  const perClass = new Array<number | null>(classes).fill(null);
  if (present.length === 0) return { smallestAngle: null, pair: null, idealAngle: null, perClass, reason: left };
  const vectors = new Float64Array(present.length * width);
  present.forEach((c, at) => {
    vectors.set(means.subarray(c * width, (c + 1) * width), at * width);
  });
  const own = { classes: present.length, width, vectors, counts: present.map((c) => counts[c]) };
  const found = minorityCollapse(own);
  present.forEach((c, at) => {
    perClass[c] = found.perClass[at];
  });
  const { pair, reason } = found;
  return {
    ...found,
    pair: pair && [present[pair[0]], present[pair[1]]],
    perClass,
    reason: reason === undefined ? left : `${left}; ${reason}`,
  };
}

/** The rows at these places. */
function rowsAt({ x, labels }: Rows, places: Int32Array): Rows {
  const size = x.length / labels.length;
  const own = new Float32Array(places.length * size);
  places.forEach((place, i) => {
    own.set(x.subarray(place * size, (place + 1) * size), i * size);
  });
  return { x: own, labels: places.map((place) => labels[place]) };
}
