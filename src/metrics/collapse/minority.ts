import { checkMatrix, checkSize } from './check.ts';
import { centredRows, gram, lengths } from './vectors.ts';

export interface MinorityInput {
  /** Number of classes C. */
  readonly classes: number;
  /** Width D of a vector. */
  readonly width: number;
  /** One vector a class [C * D]: classifier vectors (or class means). */
  readonly vectors: Float32Array | Float64Array;
  /** Training items of each class [C]. */
  readonly counts: ArrayLike<number>;
}

/** Angles in degrees between centred class vectors. Null where undefined, with `reason`. */
export interface MinorityCollapse {
  /** Smallest angle between two of the rarest third of classes. */
  readonly smallestAngle: number | null;
  /** The two classes that have it, ascending. */
  readonly pair: [number, number] | null;
  /** arccos(-1 / (C - 1)), the angle of the simplex; null for one class. */
  readonly idealAngle: number | null;
  /** Each class's smallest angle to any other class [C]. */
  readonly perClass: (number | null)[];
  readonly reason?: string;
}

/**
 * Minority collapse (Fang et al. 2021, PNAS 118(43)): under imbalance the vectors of rare classes move together. Angles
 * between v_c = w_c - mean over all classes of w, among the rarest third: a third of the classes (rounded up) by
 * count, at least 2; of equal counts the later class counts as rarer. A class without training items has an untrained
 * vector and is left out.
 *
 * @throws RangeError where shapes do not fit or a number is not finite
 */
export function minorityCollapse({ classes, width, vectors, counts }: MinorityInput): MinorityCollapse {
  const place = 'minority collapse';
  checkSize(place, 'classes', classes);
  checkSize(place, 'width', width);
  checkMatrix(place, 'vectors', vectors, classes, width);
  checkMatrix(place, 'counts', counts, classes, 1);
  const every = Array.from({ length: classes }, (_, c) => c);
  const degrees = angles(vectors, every, width);
  const trained = every.filter((c) => counts[c] > 0);
  const usable = trained.filter((c) => !Number.isNaN(degrees[c * classes + c]));

  const perClass: (number | null)[] = every.map(() => null);
  for (const a of usable)
    for (const b of usable)
      if (a !== b) perClass[a] = Math.min(perClass[a] ?? Number.POSITIVE_INFINITY, degrees[a * classes + b]);

  const notes: string[] = [];
  if (trained.length < classes) notes.push(`classes without training items left out: ${classes - trained.length}`);
  if (usable.length < trained.length)
    notes.push(`classes whose vector lies on the centre left out: ${trained.length - usable.length}`);
  if (usable.length < 2) notes.push('an angle needs 2 classes');
  const rarest = usable
    .toSorted((a, b) => counts[a] - counts[b] || b - a)
    .slice(0, Math.max(2, Math.ceil(trained.length / 3)));
  const pair = closestPair(rarest, degrees, classes);
  return {
    smallestAngle: pair && degrees[pair[0] * classes + pair[1]],
    pair,
    idealAngle: classes < 2 ? null : toDegrees(-1 / (classes - 1)),
    perClass,
    ...(notes.length > 0 && { reason: notes.join('; ') }),
  };
}

/** Angles of all pairs [C * C]; NaN in the row and column of a vector that is 0. */
function angles(vectors: ArrayLike<number>, every: readonly number[], width: number): Float64Array {
  const C = every.length;
  const products = gram(centredRows(vectors, every, width));
  const norms = lengths(products, C);
  return products.map((product, at) => toDegrees(product / (norms[Math.floor(at / C)] * norms[at % C])));
}

function closestPair(chosen: readonly number[], degrees: Float64Array, classes: number): [number, number] | null {
  let best: [number, number] | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const a of chosen)
    for (const b of chosen) {
      if (a >= b || degrees[a * classes + b] >= least) continue;
      best = [a, b];
      least = degrees[a * classes + b];
    }
  return best;
}

/** Rounding may carry a cosine past 1. */
function toDegrees(cosine: number): number {
  return (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;
}
