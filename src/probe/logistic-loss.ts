import { array } from '../array/array.ts';
import { input, matmul } from '../graph/ops/index.ts';
import { compile, feed, read, type SessionOptions } from '../runtime/session.ts';
import { inverse } from './inverse.ts';
import type { Evaluation } from './lbfgs.ts';
import { covariance } from './products.ts';

/** Rows and what is wanted of them. The last column is 1 everywhere: it carries the intercept. */
export interface LogisticRows {
  /** [N, wide] */
  readonly x: Float64Array;
  readonly wide: number;
  /** Class of each row [N], 0..classes-1, each with rows. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** Weight of a row of each class [classes]. */
  readonly weights: ArrayLike<number>;
}

export interface LogisticLoss {
  /** (1/N) sum_i w_i cross-entropy(W^T x_i, y_i) + strength / 2 |W but its last row|^2 and its gradient at W [wide, C]. */
  at(w: Float64Array, strength: number): Promise<Evaluation>;
  /**
   * Inverse of p G + strength for each class by itself, G = sum_i w_i x_i x_i^T / N and p = (1 - 1/C) / C the curvature of
   * the loss where all classes are equally likely: near enough to the second derivative that columns which say the same
   * do not slow the search down.
   */
  curvature(strength: number): Promise<(vector: Float64Array) => Promise<Float64Array>>;
  release(): Promise<void>;
}

/** The loss in float64: the two products of each evaluation on the engine. */
export async function logisticLoss(rows: LogisticRows, session: SessionOptions): Promise<LogisticLoss> {
  const { x, wide, labels, classes } = rows;
  const n = labels.length;
  const weight = Float64Array.from(labels, (c) => rows.weights[c] / n);
  const data = feed(array('float64', [n, wide], x));
  // A product with the rows transposed beforehand takes half the time of one that transposes them.
  const across = feed(array('float64', [wide, n], transposed(x, wide)));
  const [a, b] = [input('a', ['n', 'm'], 'float64'), input('b', ['m', classes], 'float64')];
  const program = await compile({ product: matmul(a, b) }, session);
  const multiply = async (left: typeof data, values: Float64Array) => {
    const right = feed(array('float64', [values.length / classes, classes], values));
    return read((await program.run({ a: left, b: right })).product, 'float64');
  };
  let gram: Float64Array | undefined;
  return {
    async at(w, strength) {
      const residuals = await multiply(data, w);
      const loss = crossEntropy(residuals, labels, weight, classes);
      const gradient = await multiply(across, residuals);
      let squares = 0;
      for (let i = 0; i < (wide - 1) * classes; i++) {
        squares += w[i] ** 2;
        gradient[i] += strength * w[i];
      }
      return { value: loss + (strength / 2) * squares, gradient };
    },
    async curvature(strength) {
      gram ??= await covariance(n, wide, (from, to) => scaledRows(x, wide, weight, from, to), session);
      const guess = gram.map((value) => (value * (1 - 1 / classes)) / classes);
      for (let j = 0; j < wide - 1; j++) guess[j * wide + j] += strength;
      const inverted = feed(array('float64', [wide, wide], inverse(guess, wide)));
      return (vector) => multiply(inverted, vector);
    },
    release: () => program.release(),
  };
}

/**
 * sum_i w_i cross-entropy of logits [N, C]; puts its gradient by them, w_i (softmax - one-hot), in their place.
 */
function crossEntropy(logits: Float64Array, labels: Int32Array, weight: Float64Array, classes: number): number {
  let loss = 0;
  for (let i = 0, from = 0; i < labels.length; i++, from += classes) {
    const end = from + classes;
    let most = logits[from];
    for (let at = from + 1; at < end; at++) if (logits[at] > most) most = logits[at];
    const wanted = logits[from + labels[i]];
    let sum = 0;
    for (let at = from; at < end; at++) {
      const e = Math.exp(logits[at] - most);
      logits[at] = e;
      sum += e;
    }
    loss += weight[i] * (Math.log(sum) + most - wanted);
    const factor = weight[i] / sum;
    for (let at = from; at < end; at++) logits[at] *= factor;
    logits[from + labels[i]] -= weight[i];
  }
  return loss;
}

/** Rows from..to times the root of their weight. */
function scaledRows(x: Float64Array, wide: number, weight: Float64Array, from: number, to: number): Float64Array {
  const part = x.slice(from * wide, to * wide);
  for (let i = from, at = 0; i < to; i++) {
    const root = Math.sqrt(weight[i]);
    for (const end = at + wide; at < end; at++) part[at] *= root;
  }
  return part;
}

/** [N, wide] to [wide, N], in blocks that stay in the processor's cache. */
function transposed(x: Float64Array, wide: number): Float64Array {
  const n = x.length / wide;
  const result = new Float64Array(x.length);
  const block = 32;
  for (let i = 0; i < n; i += block)
    for (let j = 0; j < wide; j += block)
      for (let row = i; row < Math.min(i + block, n); row++)
        for (let column = j; column < Math.min(j + block, wide); column++)
          result[column * n + row] = x[row * wide + column];
  return result;
}
