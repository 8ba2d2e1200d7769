import { normaliseRows } from '../graph/functions.ts';
import {
  above,
  add,
  div,
  matmul,
  maximum,
  mul,
  reshape,
  stopGradient,
  sub,
  sum,
  withGradient,
} from '../graph/ops/index.ts';
import { staticShape, type Tensor } from '../graph/tensor.ts';
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
  /** u [C, D]: m - g, rows of length 1. */
  readonly directions: Tensor;
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
  const [, classes] = staticShape(target, 'class means');
  const counts = sum(target, { axes: [0] });
  const batch = matmul(div(target, maximum(counts, 1)), embeddings, { transposeA: true });
  const present = above(counts);

  const before = scope.read(meansVariable);
  const seenBefore = scope.read(seenVariable);
  const rate = mul(present, sub(1, mul(seenBefore, keep)));
  const next = add(before, mul(sub(batch, before), reshape(rate, [classes, 1])));
  const seen = maximum(seenBefore, present);
  scope.write(meansVariable, stopGradient(next));
  scope.write(seenVariable, seen);

  // A class that is not in the batch has no row for its gradient to go to.
  const means = withGradient(stopGradient(next), [batch], (g) => [g]);
  const centre = matmul(reshape(div(seen, sum(seen, { axes: [0] })), [1, classes]), means);
  return { means, centre, directions: normaliseRows(sub(means, centre)), seen };
}
