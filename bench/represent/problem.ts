import { type Random, stream } from '../../src/array/random.ts';

/** Embeddings with classes, as an encoder might give them. */
export interface Embeddings {
  readonly width: number;
  readonly classes: number;
  /** [rows, width] */
  readonly x: Float32Array;
  readonly labels: Int32Array;
  /** Other rows of the same kind, to choose the probe's penalty on. */
  readonly otherX: Float32Array;
  readonly otherLabels: Int32Array;
}

/** Directions that hold something: an encoder's last layer but one. */
const HIDDEN = 64;
/** Standard deviation of direction k is FALL^k: the eigenvalues' effective rank (exponent of their entropy) is about 20. */
const FALL = 0.88;
/** Distance of the class centres from the middle, in standard deviations of the rows. */
const APART = 0.35;
/** Standard deviation of what each column has on its own. */
const NOISE = 0.1;
/** Share of labels drawn at random. */
const WRONG = 0.1;

/** Overlapping Gaussians, one for each class, and labels of which some are wrong. */
export function embeddings(rows: number, others: number, width = 320, classes = 7): Embeddings {
  const random = stream(0, 'bench', 'represent');
  const scale = Array.from({ length: HIDDEN }, (_, k) => FALL ** k);
  const centres = Array.from({ length: classes }, () => scale.map((s) => APART * s * random.normal()));
  const out = Float64Array.from({ length: HIDDEN * width }, () => random.normal() / Math.sqrt(HIDDEN));
  const draw = (count: number) => drawn(random, count, { width, scale, centres, out });
  const [mine, rest] = [draw(rows), draw(others)];
  return { width, classes, ...mine, otherX: rest.x, otherLabels: rest.labels };
}

interface Form {
  readonly width: number;
  readonly scale: readonly number[];
  readonly centres: readonly (readonly number[])[];
  /** [HIDDEN, width] */
  readonly out: Float64Array;
}

function drawn(random: Random, count: number, { width, scale, centres, out }: Form) {
  const x = new Float32Array(count * width);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const own = random.integer(centres.length);
    labels[i] = random.uniform() < WRONG ? random.integer(centres.length) : own;
    const row = Float64Array.from({ length: width }, () => NOISE * random.normal());
    for (let k = 0; k < HIDDEN; k++) {
      const value = centres[own][k] + scale[k] * random.normal();
      for (let j = 0; j < width; j++) row[j] += value * out[k * width + j];
    }
    x.set(row, i * width);
  }
  return { x, labels };
}
