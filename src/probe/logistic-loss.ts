import { array } from '../array/array.ts';
import { add, cast, div, exp, input, log, matmul, mul, reduceMax, sub, sum } from '../graph/ops/index.ts';
import { compile, type Feed, feed, read, type SessionOptions } from '../runtime/session.ts';
import { inverse } from './inverse.ts';
import type { Evaluation } from './lbfgs.ts';
import { covariance } from './products.ts';
import type { Scaling } from './standardise.ts';

/** Rows and what is wanted of them. */
export interface LogisticRows {
  /** [N, width], not standardised yet. */
  readonly x: Float32Array;
  readonly width: number;
  readonly scaling: Scaling;
  /** Class of each row [N], 0..classes-1, each with rows. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** Weight of a row of each class [classes]. */
  readonly weights: ArrayLike<number>;
}

/** Single precision takes half the time. */
export type Precision = 'float32' | 'float64';

export interface LogisticLoss {
  /**
   * (1/N) sum_i w_i cross-entropy(W^T x_i + b, y_i) + strength / 2 |W|^2, x_i standardised, and its gradient.
   * @param w W and as last row b [width + 1, C]
   */
  at(w: Float64Array, strength: number, precision: Precision): Promise<Evaluation>;
  /**
   * Inverse of p G + strength for each class by itself, G = sum_i w_i x_i x_i^T / N and p = (1 - 1/C) / C the curvature of
   * the loss where all classes are equally likely: near enough to the second derivative that columns which say the same
   * do not slow the search down. G is that of a sample of the rows.
   */
  curvature(strength: number): Promise<(vector: Float64Array) => Promise<Float64Array>>;
  release(): Promise<void>;
}

/** Rows at a time: their copy in double precision stays in the processor's cache. */
export const BLOCK = 2048;

/** The guess at the second derivative is made of so many rows for each column. */
const SAMPLE = 8;

/**
 * The loss, on the engine. The rows stay as they are given: scaling them is left to the weights, since
 * ((x - m) * s) . w = x . (s * w) - m . (s * w), which saves a copy of the rows in double precision.
 */
export async function logisticLoss(rows: LogisticRows, session: SessionOptions): Promise<LogisticLoss> {
  const { width, scaling, classes } = rows;
  const wide = width + 1;
  const [guess, vectors] = [input('guess', [wide, wide], 'float64'), input('vectors', [wide, classes], 'float64')];
  const apply = await compile({ product: matmul(guess, vectors) }, session);
  const sums = {
    float32: await lossSums('float32', rows, session),
    float64: await lossSums('float64', rows, session),
  };
  let gram: Float64Array | undefined;
  return {
    async at(w, strength, precision) {
      const { value, products, residuals } = await sums[precision].at(w);
      const gradient = new Float64Array(w.length);
      gradient.set(residuals, width * classes);
      let squares = 0;
      for (let j = 0, at = 0; j < width; j++)
        for (let c = 0; c < classes; c++, at++) {
          squares += w[at] * w[at];
          const product = products[c * width + j] - scaling.mean[j] * residuals[c];
          gradient[at] = scaling.inverse[j] * product + strength * w[at];
        }
      return { value: value + (strength / 2) * squares, gradient };
    },
    async curvature(strength) {
      gram ??= await gramOf(rows, session);
      const second = gram.map((value) => (value * (1 - 1 / classes)) / classes);
      for (let j = 0; j < width; j++) second[j * wide + j] += strength;
      const guess = feed(array('float64', [wide, wide], await inverse(second, wide, session)));
      return async (vector) => {
        const vectors = feed(array('float64', [wide, classes], vector));
        return read((await apply.run({ guess, vectors })).product, 'float64');
      };
    },
    async release() {
      await apply.release();
      await sums.float32.release();
      await sums.float64.release();
    },
  };
}

/** Weights and intercepts for rows that are not standardised. @param w [width + 1, C] for standardised ones */
export function unscaled(w: Float64Array, classes: number, { mean, inverse: scale }: Scaling, precision: Precision) {
  const width = mean.length;
  const weights = new Float64Array(width * classes);
  const intercepts = w.slice(width * classes);
  for (let j = 0, at = 0; j < width; j++)
    for (let c = 0; c < classes; c++, at++) {
      weights[at] = scale[j] * w[at];
      intercepts[c] -= mean[j] * weights[at];
    }
  return {
    weights: rowsFeed(precision, weights, classes, 0, width),
    intercepts: rowsFeed(precision, intercepts, classes, 0, 1),
  };
}

/** Logits [n, C] of rows [n, width] given in single precision. */
export function logitsOf(width: number, classes: number, precision: Precision) {
  const rows = cast(input('rows', ['n', width]), precision);
  const weights = input('weights', [width, classes], precision);
  return { rows, logits: add(matmul(rows, weights), input('intercepts', [1, classes], precision)) };
}

/**
 * The weighted sum of the cross-entropies, the sums of its derivatives by the logits [C], and their products with the
 * rows as given [C, width].
 */
async function lossSums(precision: Precision, given: LogisticRows, session: SessionOptions) {
  const { width, classes, labels, scaling } = given;
  const { rows, logits } = logitsOf(width, classes, precision);
  // Weight of each row at its class, and of each row.
  const wanted = input('wanted', ['n', classes], precision);
  const weight = input('weight', ['n', 1], precision);
  const shifted = sub(logits, reduceMax(logits, { axes: [1], keep: true }));
  const powers = exp(shifted);
  const total = sum(powers, { axes: [1], keep: true });
  const derivatives = sub(mul(powers, div(weight, total)), wanted);
  const losses = sub(mul(weight, log(total)), sum(mul(wanted, shifted), { axes: [1], keep: true }));
  const results = {
    loss: sum(cast(losses, 'float64'), { axes: [0, 1] }),
    products: cast(matmul(derivatives, rows, { transposeA: true }), 'float64'),
    residuals: cast(sum(derivatives, { axes: [0] }), 'float64'),
  };
  const program = await compile(results, session);
  const weights = Float64Array.from(labels, (c) => given.weights[c] / labels.length);
  const targets = new Float64Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) targets[i * classes + labels[i]] = weights[i];
  const parts = blocks(labels.length, (from, to) => ({
    rows: rowsFeed('float32', given.x, width, from, to),
    wanted: rowsFeed(precision, targets, classes, from, to),
    weight: rowsFeed(precision, weights, 1, from, to),
  }));
  return {
    /** @param w as in `LogisticLoss.at` */
    async at(w: Float64Array) {
      const raw = unscaled(w, classes, scaling, precision);
      const products = new Float64Array(classes * width);
      const residuals = new Float64Array(classes);
      let value = 0;
      for (const part of parts) {
        const found = await program.run({ ...part, ...raw });
        value += read(found.loss, 'float64')[0];
        addTo(products, read(found.products, 'float64'));
        addTo(residuals, read(found.residuals, 'float64'));
      }
      return { value, products, residuals };
    },
    release: () => program.release(),
  };
}

/** What `of` gives for each block of n rows. */
export function blocks<T>(n: number, of: (from: number, to: number) => T): T[] {
  return Array.from({ length: Math.ceil(n / BLOCK) }, (_, i) => of(i * BLOCK, Math.min((i + 1) * BLOCK, n)));
}

/** Rows from..to of a matrix, in this precision. */
export function rowsFeed(
  precision: Precision,
  values: Float32Array | Float64Array,
  columns: number,
  from: number,
  to: number,
): Feed {
  const part = values.subarray(from * columns, to * columns);
  const shape = [to - from, columns];
  return precision === 'float64'
    ? feed(array('float64', shape, part instanceof Float64Array ? part : Float64Array.from(part)))
    : feed(array('float32', shape, part instanceof Float32Array ? part : Float32Array.from(part)));
}

/** sum_i w_i x_i x_i^T / n over n rows at equal distances, standardised and with a last column of ones. */
function gramOf({ x, width, scaling, labels, weights }: LogisticRows, session: SessionOptions): Promise<Float64Array> {
  const { mean, inverse: scale } = scaling;
  const wide = width + 1;
  const taken = Math.min(labels.length, SAMPLE * wide);
  const part = (from: number, to: number) => {
    const values = new Float64Array((to - from) * wide);
    for (let i = from, at = 0; i < to; i++) {
      const row = Math.floor((i * labels.length) / taken);
      const root = Math.sqrt(weights[labels[row]] / taken);
      for (let j = 0, p = row * width; j < width; j++, p++) values[at++] = root * scale[j] * (x[p] - mean[j]);
      values[at++] = root;
    }
    return values;
  };
  return covariance(taken, wide, part, session);
}

function addTo(sums: Float64Array, values: Float64Array): void {
  for (let i = 0; i < sums.length; i++) sums[i] += values[i];
}
