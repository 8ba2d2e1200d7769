import { above, add, div, maximum, mean, mul, sum } from '../graph/ops/index.ts';
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
  const rows = sum(div(target, maximum(counts, 1)), { axes: [1] });
  return div(sum(mul(values, rows), { axes: [0] }), sum(above(counts), { axes: [0] }));
}

/** Mean of values [C] over the classes with seen = 1, of which there is one at least. */
export function meanOverSeen(values: Tensor, seen: Tensor): Tensor {
  return sum(mul(values, div(seen, sum(seen, { axes: [0] }))), { axes: [0] });
}

/** Sum of scalars. */
export function total(parts: readonly Tensor[]): Tensor {
  return parts.reduce((a, b) => add(a, b));
}
