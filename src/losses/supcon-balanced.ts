import { float32 } from '../array/array.ts';
import { normaliseRows } from '../graph/functions.ts';
import {
  add,
  cast,
  concat,
  constant,
  div,
  log,
  logSoftmax,
  matmul,
  mul,
  neg,
  reshape,
  sub,
  sum,
} from '../graph/ops/index.ts';
import { staticShape } from '../graph/tensor.ts';
import type { Loss } from './loss.ts';

/** Added to the logarithm of what must not count: exp of it is 0 beside anything. */
const NEVER = -1e9;

/**
 * Balanced supervised contrastive loss: rows of a class and its prototype attract, all others repel, and each class counts
 * once in the denominator, by its mean, however many rows it has in the batch.
 *
 *   l_i = -1/|P_i| sum_{p in P_i} log( exp(cos(h_i, p) / tau) / sum_c mean_{k in A_ic} exp(cos(h_i, k) / tau) )
 *
 * A_ic = the batch's rows of class c but i itself, and the prototype of c (so no class is ever missing); P_i = A_i,y_i.
 * embeddings h [B, D], target one-hot [B, C], prototypes [C, D]; one value a row, >= 0. A zero row has cosine 0 to all.
 * @param temperature tau > 0  @throws RangeError otherwise
 * @see Zhu et al. 2022 (balanced contrastive learning), class averaging and class complement; Khosla et al. 2020 (SupCon)
 */
export function supconBalanced(temperature = 0.1): Loss<'embeddings' | 'target' | 'prototypes'> {
  if (!(temperature > 0)) throw new RangeError(`supcon-balanced: the temperature must be > 0, got ${temperature}`);
  return {
    name: 'supcon-balanced',
    per: 'row',
    inputs: { embeddings: 'BD', target: 'B1hot', prototypes: 'CD' },
    build: ({ embeddings, target, prototypes }) => {
      const [rows, classes] = staticShape(target, 'supcon-balanced');
      const oneself = cast(constant(float32([rows, rows], identity(rows))), target.dtype);
      const unit = normaliseRows(embeddings);
      const others = concat([unit, normaliseRows(prototypes)], 0);
      const cosines = matmul(unit, others, { transposeB: true });

      // |A_ic| [B, C]: rows of the class and its prototype, less the row itself.
      const counts = sub(reshape(add(sum(target, { axes: [0] }), 1), [1, classes]), target);
      const share = neg(log(counts));
      const shareOfRows = add(matmul(share, target, { transposeB: true }), mul(oneself, NEVER));
      const logits = add(mul(cosines, 1 / temperature), concat([shareOfRows, share], 1));

      // With the weight 1/|P_i| of each positive taken off again.
      const own = sum(mul(target, counts), { axes: [1], keep: true });
      const sameClass = sub(matmul(target, target, { transposeB: true }), oneself);
      const positives = div(concat([sameClass, target], 1), own);
      return neg(add(sum(mul(logSoftmax(logits), positives), { axes: [1] }), log(reshape(own, [rows]))));
    },
  };
}

const identity = (rows: number) => Float32Array.from({ length: rows * rows }, (_, i) => (i % (rows + 1) === 0 ? 1 : 0));
