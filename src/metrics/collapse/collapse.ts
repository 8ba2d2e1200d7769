import { checkClasses } from '../metric.ts';
import { checkMatrix, checkSize } from './check.ts';
import { classMeans } from './means.ts';
import { variability } from './nc1.ts';
import { simplexDistance } from './nc2.ts';
import { selfDuality } from './nc3.ts';
import { nearestMeanDisagreement } from './nc4.ts';
import { centredRows } from './vectors.ts';

export interface CollapseInput {
  /** Number of classes C. */
  readonly classes: number;
  /** Width D of an embedding. */
  readonly width: number;
  /** [N * D], row by row. */
  readonly embeddings: Float32Array | Float64Array;
  /** True class of every item [N], 0..C-1. */
  readonly labels: Int32Array;
  /** The head's answer for every item [N], 0..C-1. */
  readonly predictions: Int32Array;
  /** Classifier vectors [C * D]. */
  readonly weights: Float32Array | Float64Array;
}

/** Neural collapse numbers: 0 is full collapse. Null where undefined, with `reason`. Classes in the order of their numbers. */
export interface Collapse {
  readonly nc1Balanced: number | null;
  readonly nc1Pooled: number | null;
  readonly nc1PerClass: (number | null)[];
  readonly nc2NormMeans: number | null;
  readonly nc2AngleMeans: number | null;
  readonly nc2NormClassifier: number | null;
  readonly nc2AngleClassifier: number | null;
  readonly nc3: number | null;
  readonly nc3PerClass: (number | null)[];
  readonly nc4: number | null;
  readonly reason?: string;
}

/**
 * Neural collapse NC1 to NC4 of embeddings and head (Papyan, Han, Donoho 2020; arXiv 2008.08186), in float64.
 *
 * mu_c = mean embedding of class c, mu_G = mean of the mu_c, M = [mu_c - mu_G]; formulas at `variability`,
 * `simplexDistance`, `selfDuality` and `nearestMeanDisagreement`. Classes without items are left out of everything but
 * NC2 of the classifier, which needs no items and so is the same on training and on evaluation items.
 *
 * @throws RangeError where shapes or class numbers do not fit or a number is not finite
 */
export function neuralCollapse(input: CollapseInput): Collapse {
  check(input);
  const { classes, width, embeddings, labels, predictions, weights } = input;
  const means = classMeans(embeddings, labels, classes, width);
  const { present, counts } = means;
  const every = Array.from({ length: classes }, (_, c) => c);
  const head = classes < 2 ? undoneSimplex : simplexDistance(centredRows(weights, every, width));
  const classifier = { nc2NormClassifier: head.norm, nc2AngleClassifier: head.angle };
  const notes: string[] = [];
  if (present.length < classes) notes.push(`left out: ${number(classes - present.length, 'class')} with no item`);
  if (present.length < 2) {
    notes.push('fewer than 2 classes with items');
    return { ...undone(classes), ...classifier, reason: notes.join('; ') };
  }

  const M = centredRows(means.means, present, width);
  const apart = M.values.some((value) => value !== 0);
  const nc1 = apart ? variability(embeddings, labels, means, M) : { ...undoneVariability, perClass: blank(classes) };
  const nc2 = simplexDistance(M);
  const nc3 = selfDuality(centredRows(weights, present, width), M);
  const nc4 = nearestMeanDisagreement(embeddings, predictions, means.means, present, M);

  const single = counts.reduce((sum, n) => (n === 1 ? sum + 1 : sum), 0);
  const fullRank = Math.min(present.length - 1, width);
  if (single > 0) notes.push(`no NC1 of ${number(single, 'class')} with 1 item`);
  if (!apart) notes.push('the class means coincide: no NC1, NC2, NC3');
  else if (nc1.rank < fullRank) notes.push(`the class means span ${nc1.rank} of ${fullRank} dimensions`);
  if (apart && nc2.angle === null) notes.push('a class mean lies on the centre: it has no angle');
  if (head.angle === null) notes.push('a classifier vector lies on the centre: it has no angle');
  if (apart && nc3.value === null) notes.push('the classifier vectors coincide: no NC3');
  if (nc4.leftOut > 0) notes.push(`no NC4 of ${number(nc4.leftOut, 'item')} answered with a class without items`);

  const nc3PerClass = blank(classes);
  present.forEach((c, at) => {
    nc3PerClass[c] = nc3.perClass[at];
  });
  return {
    nc1Balanced: nc1.balanced,
    nc1Pooled: nc1.pooled,
    nc1PerClass: nc1.perClass,
    nc2NormMeans: nc2.norm,
    nc2AngleMeans: nc2.angle,
    ...classifier,
    nc3: nc3.value,
    nc3PerClass,
    nc4: nc4.value,
    ...(notes.length > 0 && { reason: notes.join('; ') }),
  };
}

function check({ classes, width, embeddings, labels, predictions, weights }: CollapseInput): void {
  const place = 'neural collapse';
  checkSize(place, 'classes', classes);
  checkSize(place, 'width', width);
  if (labels.length !== predictions.length)
    throw new RangeError(`${place}: ${labels.length} labels but ${predictions.length} predictions`);
  checkClasses(place, 'labels', labels, classes);
  checkClasses(place, 'predictions', predictions, classes);
  checkMatrix(place, 'embeddings', embeddings, labels.length, width);
  checkMatrix(place, 'weights', weights, classes, width);
}

const undoneSimplex = { norm: null, angle: null };
const undoneVariability = { balanced: null, pooled: null, rank: 0 };

function blank(classes: number): (number | null)[] {
  return Array.from({ length: classes }, () => null);
}

function undone(classes: number): Collapse {
  return {
    nc1Balanced: null,
    nc1Pooled: null,
    nc1PerClass: blank(classes),
    nc2NormMeans: null,
    nc2AngleMeans: null,
    nc2NormClassifier: null,
    nc2AngleClassifier: null,
    nc3: null,
    nc3PerClass: blank(classes),
    nc4: null,
  };
}

function number(count: number, word: 'class' | 'item'): string {
  if (count === 1) return `1 ${word}`;
  return `${count} ${word === 'class' ? 'classes' : 'items'}`;
}
