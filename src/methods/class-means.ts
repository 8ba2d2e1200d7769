import {
  add,
  cast,
  div,
  greater,
  matmul,
  maximum,
  mul,
  reshape,
  stopGradient,
  sub,
  sum,
  where,
} from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';
import { fill } from '../nn/init.ts';
import type { Scope, Variable } from '../nn/variable.ts';

/** Memory of class means and of which classes were seen. */
export function classMeanMemory(embedding: number, classes: number, name = 'memory'): readonly Variable[] {
  return [
    { name: `${name}.means`, shape: [classes, embedding], init: fill(classes * embedding, 0) },
    { name: `${name}.seen`, shape: [classes], init: fill(classes, 0) },
  ];
}

export interface ClassMeans {
  /** m [C, D]: the value is the moving average, the gradient flows as through the batch mean. */
  readonly means: Tensor;
  /** g [1, D]: mean of the seen classes' means. */
  readonly centre: Tensor;
  /** 1 for classes seen so far [C]. */
  readonly seen: Tensor;
}

/**
 * m_c <- keep m_c + (1 - keep) batch mean_c for the classes in the batch (the batch mean itself at first sight); the
 * others keep theirs.
 */
export function updateClassMeans(
  embeddings: Tensor,
  target: Tensor,
  scope: Scope,
  [meansVariable, seenVariable]: readonly Variable[],
  keep = 0.9,
): ClassMeans {
  const classes = target.shape[1];
  const counts = reshape(sum(target, { axes: [0] }), [classes, 1]);
  const inBatch = greater(counts, 0);
  const present = cast(inBatch, 'float32');
  const batch = div(matmul(target, embeddings, { transposeA: true }), maximum(counts, 1));
  const value = stopGradient(batch);

  const before = scope.read(meansVariable);
  const seenBefore = reshape(scope.read(seenVariable), [classes, 1]);
  const old = where(greater(seenBefore, 0), before, value);
  const next = stopGradient(where(inBatch, add(mul(old, keep), mul(value, 1 - keep)), old));
  const seen = maximum(seenBefore, present);
  scope.write(meansVariable, next);
  scope.write(seenVariable, reshape(seen, [classes]));

  const means = add(next, mul(sub(batch, value), present));
  const centre = div(sum(mul(means, seen), { axes: [0], keep: true }), sum(seen, { axes: [0], keep: true }));
  return { means, centre, seen: reshape(seen, [classes]) };
}
