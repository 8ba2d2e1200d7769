import { normaliseRows } from '../graph/functions.ts';
import { matmul, mul, sub, sum } from '../graph/ops/index.ts';
import type { Loss } from './loss.ts';

/**
 * Hybrid contrastive loss: pulls each anchor to its class mean. No negatives, so nothing grows with class imbalance.
 *
 *   l_i = 1 - cos(h_i - g, m_{y_i} - g)
 *
 * embeddings h [B, D], target one-hot [B, C], means m [C, D], centre g [1, D]; one value a row, in [0, 2].
 * Reduce with `meanOverClasses`.
 * @see arXiv 2408.07253 (HyCon); the form is ours
 */
export const hycon: Loss<'embeddings' | 'target' | 'means' | 'centre'> = {
  name: 'hycon',
  per: 'row',
  inputs: { embeddings: 'BD', target: 'B1hot', means: 'CD', centre: '1D' },
  build: ({ embeddings, target, means, centre }) => {
    const own = matmul(target, normaliseRows(sub(means, centre)));
    return sub(1, sum(mul(normaliseRows(sub(embeddings, centre)), own), { axes: [1] }));
  },
};
