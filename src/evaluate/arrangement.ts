import { classMeans } from '../metrics/collapse/means.ts';
import { type Collapse, type MinorityCollapse, minorityCollapse, neuralCollapse } from '../metrics/index.ts';
import { viewOf } from '../nn/variable.ts';
import { netOf } from '../train/graphs.ts';
import type { TrainedNet, TrainingPlan } from '../train/plan.ts';
import { decide } from './decide.ts';
import { rowsAt } from './rows.ts';

/** How a net arranges one set of items by class. Lists are in the order of the classes asked for [K]. */
export interface Arrangement {
  readonly collapse: Collapse;
  /** Angles between the class means of those items, the rarest third by training items. */
  readonly means: MinorityCollapse;
  /** Share of each class's items that the net gives to it, of all classes; null without an item. */
  readonly recall: readonly (number | null)[];
}

/** The last layer of a net. */
export interface Classifier {
  /** D */
  readonly width: number;
  /** [C * D] */
  readonly vectors: Float32Array;
}

/** The classifier's vectors in a net. */
export function classifierOf(plan: TrainingPlan, { parameters }: Pick<TrainedNet, 'parameters'>): Classifier {
  const layers = netOf(plan);
  return { width: layers.width, vectors: viewOf(parameters, layers.parameters, layers.head.weight.name) };
}

/** Angles between the classifier's vectors of some classes. @param counts training items of all classes [C] */
export function classifierAngles(
  { width, vectors }: Classifier,
  counts: readonly number[],
  classes: readonly number[] = [...counts.keys()],
): MinorityCollapse {
  return minorityCollapse({
    classes: classes.length,
    width,
    vectors: rowsAt(vectors, width, classes),
    counts: classes.map((c) => counts[c]),
  });
}

interface Answered {
  /** [N * C] */
  readonly logits: Float32Array;
  /** [N * D] */
  readonly embeddings: Float32Array;
  /** Of every item its class's place in the classes asked for. */
  readonly places: Int32Array;
}

/**
 * Neural collapse, angles of class means and recall of items of some classes. What is measured of the geometry is of these
 * classes as if there were no others: the answer is the best of them, means and vectors are centred on them.
 *
 * @param counts training items of all classes [C]   @param classes those of the items, ascending [K]
 */
export function arrangementOf(
  { logits, embeddings, places }: Answered,
  { width, vectors }: Classifier,
  counts: readonly number[],
  classes: readonly number[],
): Arrangement {
  const K = classes.length;
  const own = { classes: K, width, embeddings, labels: places };
  const trained = classes.map((c) => counts[c]);
  const predictions = decide(columnsAt(logits, counts.length, classes), trained, 0);
  const weights = rowsAt(vectors, width, classes);
  return {
    collapse: neuralCollapse({ ...own, predictions, weights }),
    means: meanAngles({ ...own, counts: trained }),
    recall: recallOf(decide(logits, counts, 0), places, classes),
  };
}

function recallOf(answers: Int32Array, places: Int32Array, classes: readonly number[]): (number | null)[] {
  const [items, hits] = [new Int32Array(classes.length), new Int32Array(classes.length)];
  places.forEach((place, i) => {
    items[place]++;
    if (answers[i] === classes[place]) hits[place]++;
  });
  return Array.from(items, (n, place) => (n === 0 ? null : hits[place] / n));
}

interface Means {
  readonly classes: number;
  readonly width: number;
  /** [N * D] */
  readonly embeddings: Float32Array;
  readonly labels: Int32Array;
  /** Training items of each class [C]. */
  readonly counts: readonly number[];
}

/** Minority collapse of class means. A class without an item among these has none and is left out. */
export function meanAngles({ classes, width, embeddings, labels, counts }: Means): MinorityCollapse {
  const { present, means } = classMeans(embeddings, labels, classes, width);
  if (present.length === classes) return minorityCollapse({ classes, width, vectors: means, counts });
  const without = classes - present.length;
  const left = `left out: ${without} ${without === 1 ? 'class' : 'classes'} with no item`;
  const perClass = new Array<number | null>(classes).fill(null);
  if (present.length === 0) return { smallestAngle: null, pair: null, idealAngle: null, perClass, reason: left };
  const { reason, pair, ...found } = minorityCollapse({
    classes: present.length,
    width,
    vectors: rowsAt(means, width, present),
    counts: present.map((c) => counts[c]),
  });
  present.forEach((c, at) => {
    perClass[c] = found.perClass[at];
  });
  return {
    ...found,
    pair: pair && [present[pair[0]], present[pair[1]]],
    perClass,
    reason: reason === undefined ? left : `${left}; ${reason}`,
  };
}

/** Some columns of a matrix [.. * width]. */
function columnsAt(values: Float32Array, width: number, columns: readonly number[]): Float32Array {
  if (columns.length === width) return values;
  const rows = values.length / width;
  const own = new Float32Array(rows * columns.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns.length; j++) own[i * columns.length + j] = values[i * width + columns[j]];
  return own;
}
