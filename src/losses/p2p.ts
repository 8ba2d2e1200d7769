import { float32 } from '../array/array.ts';
import { centreRows, cosineTo, normaliseRows } from '../graph/functions.ts';
import { add, cast, constant, matmul, mul, sub, sum } from '../graph/ops/index.ts';
import { staticShape } from '../graph/tensor.ts';
import { crossEntropy } from './cross-entropy.ts';
import type { Loss } from './loss.ts';

/**
 * Peer-to-peer loss, kind `dual`: pulls each class mean and its classifier vector together.
 *
 *   l_c = 1 - cos(u_c, W_c - mean W)
 *
 * directions u [C, D] of the class means from their centre, length 1; weight W [C, D]; one value a class, in [0, 2]. Reduce with `meanOverSeen`.
 * @see arXiv 2408.07253 (P2P); the form is ours
 */
export const p2pDual: Loss<'directions' | 'weight'> = {
  name: 'p2p-dual',
  per: 'class',
  inputs: { directions: 'CD', weight: 'CD' },
  build: ({ directions, weight }) => sub(1, cosineTo(centreRows(weight), directions)),
};

/**
 * Kind `etf`: holds all cosines between class means and classifier vectors at those of the simplex.
 *
 *   l_c = || (U V^T - E)_c ||^2,  E = (C I - 1 1^T) / (C - 1)
 *
 * directions U [C, D], weight [C, D] with V its centred rows at length 1; one value a class, >= 0. Weigh with r^2, reduce with `meanOverSeen`.
 */
export const p2pEtf: Loss<'directions' | 'weight'> = {
  name: 'p2p-etf',
  per: 'class',
  inputs: { directions: 'CD', weight: 'CD' },
  build: ({ directions, weight }) => {
    const [classes] = staticShape(weight, 'p2p-etf');
    const cosines = matmul(directions, normaliseRows(centreRows(weight)), { transposeB: true });
    const gap = sub(cosines, cast(constant(float32([classes, classes], simplex(classes))), cosines.dtype));
    return sum(mul(gap, gap), { axes: [1] });
  },
};

/**
 * Kind `blur`: the head must name each class from its mean plus another row's residual, so the means repel.
 *
 *   l_j = cross-entropy( W (m_{k_j} + h_j - m_{y_j}) + b, k_j ),  k_j drawn evenly from the seen classes
 *
 * embeddings [B, D], target one-hot [B, C], drawn one-hot of k [B, C], means [C, D], weight [C, D], bias [C];
 * one value a row, >= 0.
 */
export const p2pBlur: Loss<'embeddings' | 'target' | 'drawn' | 'means' | 'weight' | 'bias'> = {
  name: 'p2p-blur',
  per: 'row',
  inputs: { embeddings: 'BD', target: 'B1hot', drawn: 'B1hot', means: 'CD', weight: 'CD', bias: 'C' },
  build: ({ embeddings, target, drawn, means, weight, bias }) => {
    const blurred = add(embeddings, matmul(sub(drawn, target), means));
    const logits = add(matmul(blurred, weight, { transposeB: true }), bias);
    return crossEntropy.build({ logits, target: drawn });
  },
};

/** Cosines of a simplex of C directions: 1 on the diagonal, -1/(C-1) off it. Row-major [C, C]. */
function simplex(classes: number): Float32Array {
  return Float32Array.from({ length: classes * classes }, (_, i) =>
    Math.floor(i / classes) === i % classes ? 1 : -1 / Math.max(1, classes - 1),
  );
}
