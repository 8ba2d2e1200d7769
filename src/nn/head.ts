import { normaliseRows } from '../graph/functions.ts';
import { add, matmul, mul } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';
import { kaimingUniform } from './init.ts';
import type { Scope, Variable } from './variable.ts';

/** The last layer: embeddings to one logit a class. */
export interface Head {
  readonly parameters: readonly Variable[];
  /** Classifier vectors [C, D]. */
  readonly weight: Variable;
  readonly bias?: Variable;
  /** Logits [B, C] of embeddings [B, D]. */
  logits(embeddings: Tensor, scope: Scope): Tensor;
}

/** z = h W^T + b. */
export function linearHead(embedding: number, classes: number): Head {
  const weight = {
    name: 'head.weight',
    shape: [classes, embedding],
    init: kaimingUniform(classes * embedding, embedding),
  };
  const bias = { name: 'head.bias', shape: [classes], init: kaimingUniform(classes, embedding) };
  return {
    parameters: [weight, bias],
    weight,
    bias,
    logits: (h, scope) => add(matmul(h, scope.read(weight), { transposeB: true }), scope.read(bias)),
  };
}

/** z_c = scale cos(W_c, h). */
export function cosineHead(embedding: number, classes: number, scale: number): Head {
  const { weight } = linearHead(embedding, classes);
  return {
    parameters: [weight],
    weight,
    logits: (h, scope) => mul(matmul(normaliseRows(h), normaliseRows(scope.read(weight)), { transposeB: true }), scale),
  };
}
