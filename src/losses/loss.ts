import { add, cast, div, greater, maximum, mean, mul, sum } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';

/** How a loss's example inputs are laid out: B rows, C classes, D wide embeddings. */
export type Layout = 'BC' | 'B1hot' | 'BD' | 'CD' | 'C' | '1D';

/**
 * One loss: graph in, graph out, unreduced. `inputs` says what it takes and how it lies, so that one contract test can
 * check them all.
 */
export interface Loss<I extends string = string> {
  readonly name: string;
  /** One value a row [B] or a class [C]. */
  readonly per: 'row' | 'class';
  readonly inputs: Readonly<Record<I, Layout>>;
  readonly build: (inputs: Readonly<Record<I, Tensor>>) => Tensor;
}

/** Mean over rows. */
export function meanOverRows(values: Tensor): Tensor {
  return mean(values, { axes: [0] });
}

/** Mean over the classes present in the batch of the mean within the class. values [B], target one-hot [B, C]. */
export function meanOverClasses(values: Tensor, target: Tensor): Tensor {
  const counts = sum(target, { axes: [0] });
  const present = cast(greater(counts, 0), values.dtype);
  const rowWeight = div(present, mul(maximum(counts, 1), sum(present, { axes: [0] })));
  return sum(mul(values, sum(mul(target, rowWeight), { axes: [1] })), { axes: [0] });
}

/** Mean of values [C] over the classes with seen = 1. */
export function meanOverSeen(values: Tensor, seen: Tensor): Tensor {
  return div(sum(mul(values, seen), { axes: [0] }), maximum(sum(seen, { axes: [0] }), 1));
}

/** Sum of scalars. */
export function total(parts: readonly Tensor[]): Tensor {
  return parts.reduce((a, b) => add(a, b));
}
