import { cosineTo } from '../graph/functions.ts';
import { matmul, sub } from '../graph/ops/index.ts';
import type { Loss } from './loss.ts';

/**
 * Hybrid contrastive loss: pulls each anchor to its class mean. No negatives, so nothing grows with class imbalance.
 *
 *   l_i = 1 - cos(h_i - g, u_{y_i}),  u_c = (m_c - g) / |m_c - g|
 *
 * embeddings h [B, D], target one-hot [B, C], directions u [C, D] of the class means m from the centre g [1, D]; one value a
 * row, in [0, 2].
 * Reduce with `meanOverClasses`.
 * @see arXiv 2408.07253 (HyCon); the form is ours
 */
export const hycon: Loss<'embeddings' | 'target' | 'directions' | 'centre'> = {
  name: 'hycon',
  per: 'row',
  inputs: { embeddings: 'BD', target: 'B1hot', directions: 'CD', centre: '1D' },
  build: ({ embeddings, target, directions, centre }) =>
    sub(1, cosineTo(sub(embeddings, centre), matmul(target, directions))),
};
