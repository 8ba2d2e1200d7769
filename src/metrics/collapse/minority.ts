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
  const cosines = cosinesOf(vectors, every, width);
  const trained = every.filter((c) => counts[c] > 0);
  const usable = trained.filter((c) => !Number.isNaN(cosines[c * classes + c]));

  // The smallest angle has the largest cosine, so that one arc cosine a class does.
  const perClass: (number | null)[] = every.map(() => null);
  for (const a of usable) {
    let most = Number.NEGATIVE_INFINITY;
    for (const b of usable) if (a !== b && cosines[a * classes + b] > most) most = cosines[a * classes + b];
    if (usable.length > 1) perClass[a] = toDegrees(most);
  }

  const notes: string[] = [];
  if (trained.length < classes) notes.push(`classes without training items left out: ${classes - trained.length}`);
  if (usable.length < trained.length)
    notes.push(`classes whose vector lies on the centre left out: ${trained.length - usable.length}`);
  if (usable.length < 2) notes.push('an angle needs 2 classes');
  const rarest = usable
    .toSorted((a, b) => counts[a] - counts[b] || b - a)
    .slice(0, Math.max(2, Math.ceil(trained.length / 3)));
  const pair = closestPair(rarest, cosines, classes);
  return {
    smallestAngle: pair && toDegrees(cosines[pair[0] * classes + pair[1]]),
    pair,
    idealAngle: classes < 2 ? null : toDegrees(-1 / (classes - 1)),
    perClass,
    ...(notes.length > 0 && { reason: notes.join('; ') }),
  };
}

/** Cosines of the angles of all pairs [C * C]; NaN in the row and column of a vector that is 0. */
function cosinesOf(vectors: ArrayLike<number>, every: readonly number[], width: number): Float64Array {
  const C = every.length;
  const products = gram(centredRows(vectors, every, width));
  const norms = lengths(products, C);
  // Rounding may carry a cosine past 1; NaN stays NaN.
  for (let a = 0; a < C; a++)
    for (let b = 0; b < C; b++)
      products[a * C + b] = Math.max(-1, Math.min(1, products[a * C + b] / (norms[a] * norms[b])));
  return products;
}

function closestPair(chosen: readonly number[], cosines: Float64Array, classes: number): [number, number] | null {
  let best: [number, number] | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const a of chosen)
    for (const b of chosen) {
      if (a >= b || cosines[a * classes + b] <= most) continue;
      best = [a, b];
      most = cosines[a * classes + b];
    }
  return best;
}

function toDegrees(cosine: number): number {
  return (Math.acos(cosine) * 180) / Math.PI;
}
