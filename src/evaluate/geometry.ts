import type { Random } from '../array/random.ts';
import { angleMatrix } from '../metrics/collapse/angles.ts';
import { classMeans } from '../metrics/collapse/means.ts';
import { onPlane, principalPlane } from '../metrics/collapse/plane.ts';
import { balancedSample } from './sample.ts';

/** Embeddings of items with their classes. */
export interface Embedded {
  /** [N * D] */
  readonly embeddings: Float32Array;
  readonly labels: Int32Array;
}

type Matrix = (number | null)[][];

/** Angles in degrees between the classes [n][n], each vector seen from the mean of all; null where there is no angle. */
export interface Angles {
  /** Numbers of the classes, ascending: all with training items, or the rarest 30 of them. */
  readonly classes: number[];
  /** Between class means of training and of evaluation items, and between classifier vectors. */
  readonly train: Matrix;
  readonly evaluation: Matrix;
  readonly classifier: Matrix;
}

/** Embeddings of evaluation items brought to the plane in which they vary most. */
export interface FeatureMap {
  /** Shares of the shown items' variance along the two axes. */
  readonly explained: [number, number];
  /** Items shown, as many of each class as can be; their class, and where they lie. */
  readonly classes: number[];
  readonly x: number[];
  readonly y: number[];
  /** Class means of all evaluation items, also of those that are not shown. */
  readonly means: { class: number; x: number; y: number }[];
}

/** Classes in a matrix of angles. */
const MOST_CLASSES = 30;
/** Items on a map, but at least one of each class. */
const MAPPED = 500;

/**
 * Angles between class means and between classifier vectors. Every vector is taken less the mean over all classes that
 * have one, also of those that the matrix leaves out.
 *
 * @param weights classifier vectors [C * D]   @param counts training items of each class [C]
 */
export function anglesOf(
  { train, evaluation }: { readonly train: Embedded; readonly evaluation: Embedded },
  weights: Float32Array,
  counts: readonly number[],
): Angles {
  const width = weights.length / counts.length;
  const trained = [...counts.keys()].filter((c) => counts[c] > 0);
  const classes = trained
    .toSorted((a, b) => counts[a] - counts[b] || b - a)
    .slice(0, MOST_CLASSES)
    .sort((a, b) => a - b);
  const ofMeans = ({ embeddings, labels }: Embedded) => {
    const { present, means } = classMeans(embeddings, labels, counts.length, width);
    return chosen(means, present, width, classes);
  };
  return {
    classes,
    train: ofMeans(train),
    evaluation: ofMeans(evaluation),
    classifier: chosen(weights, [...counts.keys()], width, classes),
  };
}

/** Of the angles between the rows of `present`, those between `wanted`; null for a row that is not present. */
function chosen(
  vectors: Float32Array | Float64Array,
  present: readonly number[],
  width: number,
  wanted: readonly number[],
): Matrix {
  const rows = new Float64Array(present.length * width);
  present.forEach((c, at) => {
    rows.set(vectors.subarray(c * width, (c + 1) * width), at * width);
  });
  const all = angleMatrix(rows, width);
  const places = wanted.map((c) => present.indexOf(c));
  return places.map((a) => places.map((b) => (a < 0 || b < 0 ? null : short(all[a][b]))));
}

/** A map of about 500 items; null where there are none. */
export function mapOf({ embeddings, labels }: Embedded, counts: readonly number[], random: Random): FeatureMap | null {
  if (labels.length === 0) return null;
  const classes = counts.length;
  const width = embeddings.length / labels.length;
  const places = balancedSample(labels, classes, { budget: MAPPED, floor: 1 }, random);
  const shown = new Float32Array(places.length * width);
  places.forEach((place, i) => {
    shown.set(embeddings.subarray(place * width, (place + 1) * width), i * width);
  });
  const plane = principalPlane(shown, width);
  const points = onPlane(shown, plane);
  const { present, means } = classMeans(embeddings, labels, classes, width);
  const centres = onPlane(means, plane);
  return {
    explained: [plane.explained[0], plane.explained[1]],
    classes: Array.from(places, (place) => labels[place]),
    x: points.map(([x]) => short(x)),
    y: points.map(([, y]) => short(y)),
    means: present.map((c) => ({ class: c, x: short(centres[c][0]), y: short(centres[c][1]) })),
  };
}

/** Six digits: what a float32 holds, and short in a file. */
function short<T extends number | null>(value: T): T {
  return (value === null ? null : Number(value.toPrecision(6))) as T;
}
