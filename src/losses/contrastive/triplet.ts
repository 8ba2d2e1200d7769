import {
  add,
  cast,
  concat,
  greater,
  matmul,
  maximum,
  mul,
  neg,
  reshape,
  sub,
  sum,
  transpose,
  withGradient,
} from '../../graph/ops/index.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { contrastiveLoss } from './loss.ts';
import { unitRows } from './rows.ts';
import { apart, type Layout, layoutOf, matrix, neighbourProducts } from './windows.ts';

/**
 * Triplets: a window, the next of its sequence (positive), and any window that is neither itself nor a neighbour.
 *
 *   l = mean over triplets (i, i+1, k) of max(0, d(i, i+1) - d(i, k) + margin),   d = 1 - cos
 *
 * All triplets of the batch count, those that keep the margin with 0. The last window of a sequence is no anchor.
 */
export const triplet = contrastiveLoss({
  name: 'triplet',
  source: 'Schroff et al. 2015, equation 3, over all triplets; neighbours in time as positives',
  views: 1,
  parameters: {
    margin: {
      default: 0.5,
      min: 0,
      max: 100,
      about: 'by how much the negative is to be further away, cosine distance',
    },
  },
  parts: (windows, { margin }) => {
    const layout = layoutOf('triplet', windows);
    const u = unitRows(windows.z);
    const { sequences, rows } = layout;
    const none = matrix(u.dtype, [sequences, 1], () => 0);
    const positive = reshape(concat([neighbourProducts(u, layout), none], 1), [rows, 1]);
    return { triplet: meanOfTriplets(u, positive, margin, layout) };
  },
});

/**
 * Mean of h_ik = max(0, S_ik - positive_i + margin), S = u u^T. With H = 1 where h > 0: dS = H / triplets, dpositive_i =
 * -sum_k H_ik / triplets. Passes over [N, N]: 4 forward, 5 backward.
 */
function meanOfTriplets(u: Tensor, positive: Tensor, margin: number, { rows, steps }: Layout): Tensor {
  let triplets = 0;
  const offset = matrix(u.dtype, [rows, rows], (i, k) => {
    const counts = i % steps < steps - 1 && apart(i, k, steps);
    if (counts) triplets++;
    return counts ? margin : -1e9;
  });
  const excess = maximum(sub(add(matmul(u, u, { transposeB: true }), offset), positive), 0);
  const share = 1 / Math.max(1, triplets);
  const value = mul(sum(excess, { axes: [0, 1] }), share);
  return withGradient(value, [u, positive], (g) => {
    const violated = cast(greater(excess, 0), u.dtype);
    const scale = mul(g, share);
    const count = sum(violated, { axes: [1], keep: true });
    return [mul(matmul(add(violated, transpose(violated, [1, 0])), u), scale), neg(mul(count, scale))];
  });
}
