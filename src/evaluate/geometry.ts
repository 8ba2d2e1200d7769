import type { Random } from '../array/random.ts';
import { angleMatrix } from '../metrics/collapse/angles.ts';
import { classMeans } from '../metrics/collapse/means.ts';
import { onPlane, principalPlane } from '../metrics/collapse/plane.ts';
import type { Classifier } from './arrangement.ts';
import { rowsAt } from './rows.ts';
import { balancedSample } from './sample.ts';

/** Embeddings of items with their classes. */
export interface Embedded {
  /** [N * D] */
  readonly embeddings: Float32Array;
  readonly labels: Int32Array;
}

type Matrix = (number | null)[][];

/** Angles in degrees between classes [K][K], each vector seen from the mean of all classes; null where there is no angle. */
export interface Angles {
  /** Numbers of the classes, ascending. */
  readonly classes: readonly number[];
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
  readonly items: number;
  readonly classes: number[];
  readonly x: number[];
  readonly y: number[];
  /** Class means of all evaluation items, also of those that are not shown. */
  readonly means: { class: number; x: number; y: number }[];
}

/** Items on a map, but at least one of each class. */
const MAPPED = 500;

/** Angles between class means and between classifier vectors of some classes. */
export function anglesOf(
  { train, evaluation }: { readonly train: Embedded; readonly evaluation: Embedded },
  { width, vectors }: Classifier,
  classes: readonly number[],
): Angles {
  const all = vectors.length / width;
  const ofMeans = ({ embeddings, labels }: Embedded) => {
    const { present, means } = classMeans(embeddings, labels, all, width);
    return between(rowsAt(means, width, present), width, present, classes);
  };
  const every = Array.from({ length: all }, (_, c) => c);
  return {
    classes,
    train: ofMeans(train),
    evaluation: ofMeans(evaluation),
    classifier: between(vectors, width, every, classes),
  };
}

/** Angles between the classes wanted; null for one that is not among those that have a row. */
function between(
  rows: Float32Array | Float64Array,
  width: number,
  classOfRow: readonly number[],
  wanted: readonly number[],
): Matrix {
  const there = wanted.filter((c) => classOfRow.includes(c));
  const angles = angleMatrix(
    rows,
    width,
    there.map((c) => classOfRow.indexOf(c)),
  );
  const places = wanted.map((c) => there.indexOf(c));
  return places.map((a) => places.map((b) => (a < 0 || b < 0 ? null : short(angles[a][b]))));
}

/** A map of about 500 items; null where there are none. */
export function mapOf({ embeddings, labels }: Embedded, classes: number, random: Random): FeatureMap | null {
  if (labels.length === 0) return null;
  const width = embeddings.length / labels.length;
  const places = balancedSample(labels, classes, { budget: MAPPED, floor: 1 }, random);
  const shown = rowsAt(embeddings, width, places);
  const plane = principalPlane(shown, width);
  const points = onPlane(shown, plane);
  const { present, means } = classMeans(embeddings, labels, classes, width);
  const centres = onPlane(means, plane);
  return {
    explained: [plane.explained[0], plane.explained[1]],
    items: places.length,
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
