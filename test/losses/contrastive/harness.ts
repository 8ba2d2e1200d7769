import { array, type DType } from '../../../src/array/array.ts';
import { type Random, stream } from '../../../src/array/random.ts';
import { grad, topological } from '../../../src/graph/grad.ts';
import { input } from '../../../src/graph/ops/index.ts';
import type { ContrastiveLoss } from '../../../src/losses/contrastive/index.ts';
import { total } from '../../../src/losses/loss.ts';
import { compile, feed, read } from '../../../src/runtime/session.ts';

/** Numbers of one batch, row-major. */
export interface Batch {
  readonly steps: number;
  readonly rows: number;
  readonly z: Float64Array;
  readonly other: Float64Array;
  readonly features: Float64Array;
}

export interface Answer {
  readonly parts: Record<string, number>;
  readonly total: number;
  /** Of the total, for z and, with two views, for the other. */
  readonly gradients: Record<string, Float64Array>;
}

export interface Options {
  readonly values?: Readonly<Record<string, number | string>>;
  readonly threshold?: number;
  readonly dtype?: DType;
}

/** The loss as a function of a batch; compiled once for batches of one shape. */
export async function lossOf(
  loss: ContrastiveLoss,
  like: Batch,
  { values, threshold, dtype = 'float64' }: Options = {},
) {
  const named = (name: 'z' | 'other' | 'features') => input(name, [like.rows, like[name].length / like.rows], dtype);
  const learnt = loss.views === 2 ? (['z', 'other'] as const) : (['z'] as const);
  const tensors = { z: named('z'), other: named('other'), features: named('features') };
  const parts = loss.build({ ...tensors, steps: like.steps, threshold }, values);
  const whole = total(Object.values(parts));
  const gradients = grad(
    whole,
    learnt.map((name) => tensors[name]),
  );
  const outputs = { ...parts, total: whole };
  const program = await compile({
    ...outputs,
    ...Object.fromEntries(gradients.map((g, i) => [`d_${learnt[i]}`, g])),
  });
  const used = new Set(topological([whole]).map((t) => t.attributes.name));
  const fed = (['z', 'other', 'features'] as const).filter((name) => used.has(name));
  return async (batch: Batch): Promise<Answer> => {
    const feeds = Object.fromEntries(
      fed.map((name) => {
        const data = batch[name];
        const cells = dtype === 'float64' ? data : Float32Array.from(data);
        return [name, feed(array(dtype, [batch.rows, data.length / batch.rows], cells as Float64Array))];
      }),
    );
    const results = await program.run(feeds);
    const numbers = (name: string) => Float64Array.from(read(results[name as 'total'], dtype) as Float64Array);
    return {
      parts: Object.fromEntries(Object.keys(parts).map((name) => [name, numbers(name)[0]])),
      total: numbers('total')[0],
      gradients: Object.fromEntries(learnt.map((name) => [name, numbers(`d_${name}`)])),
    };
  };
}

/** A random batch: embeddings like those behind a batch norm, features that drift. */
export function randomBatch(seed: number, sequences: number, steps: number, width = 5): Batch {
  const random = stream(seed, 'contrastive');
  const rows = sequences * steps;
  const z = normals(random, rows * width);
  const noise = normals(random, rows * width);
  const features = normals(random, rows * 4).map((x) => Math.abs(x) + 0.1);
  return { steps, rows, z, other: z.map((x, i) => x + 0.4 * noise[i]), features };
}

function normals(random: Random, length: number): Float64Array {
  return Float64Array.from({ length }, () => random.normal());
}

/** The batch with every row's values changed by a rule. */
export function changed(batch: Batch, rule: (x: number, row: number, column: number) => number): Batch {
  const over = (data: Float64Array) => {
    const width = data.length / batch.rows;
    return data.map((x, i) => rule(x, Math.floor(i / width), i % width));
  };
  return { ...batch, z: over(batch.z), other: over(batch.other), features: over(batch.features) };
}

/** The batch with its rows in another order. */
export function reordered(batch: Batch, order: readonly number[]): Batch {
  const over = (data: Float64Array) => {
    const width = data.length / batch.rows;
    return Float64Array.from(order.flatMap((i) => [...data.subarray(i * width, (i + 1) * width)]));
  };
  return { ...batch, z: over(batch.z), other: over(batch.other), features: over(batch.features) };
}
