import {
  add,
  concat,
  div,
  matmul,
  maximum,
  mean,
  mul,
  slice,
  sqrt,
  sub,
  sum,
  withGradient,
} from '../../graph/ops/index.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { bounded, unitRows } from './rows.ts';
import { apart, type Layout, matrix, neighbourDifferences, neighbourProducts } from './windows.ts';

/** Smallest squared root-mean-square distance that has a root with a derivative. */
const NEAREST = 1e-6;

/** `cos`: d = 1 - cos(a, b), in [0, 2]. `rms`: d = sqrt(mean_k (a_k - b_k)^2). */
export const distances = ['cos', 'rms'] as const;
export type Distance = (typeof distances)[number];

/** Squared distance of each window to the next of its sequence: z [N, D] to [S, T - 1]. */
export function neighbourSquares(z: Tensor, layout: Layout, distance: Distance): Tensor {
  if (distance === 'rms') {
    const gap = neighbourDifferences(bounded(z), layout);
    return mean(mul(gap, gap), { axes: [2] });
  }
  const d = sub(1, neighbourProducts(unitRows(z), layout));
  return mul(d, d);
}

/** max(0, margin - d)^2 from squared distances. */
export function squaredHinge(squares: Tensor, margin: number): Tensor {
  const short = maximum(sub(margin, sqrt(maximum(squares, NEAREST))), 0);
  return mul(short, short);
}

/** Mean over the pairs of windows that are neither the same nor neighbours of max(0, margin - d)^2. 0 without such pairs. */
export function push(z: Tensor, layout: Layout, distance: Distance, margin: number): Tensor {
  return distance === 'cos' ? pushDirections(z, layout, margin) : pushPoints(z, layout, margin);
}

function pairsApart({ sequences, steps, rows }: Layout): number {
  return Math.max(1, rows * rows - rows - 2 * sequences * (steps - 1));
}

/**
 * With u the unit rows, S = u u^T and h = max(0, margin - 1 + S) on the pairs that count, else 0: mean h^2, and
 * du = (4 / pairs) h u, since h is symmetric. Passes over [N, N]: 4 forward, none backward.
 */
function pushDirections(z: Tensor, layout: Layout, margin: number): Tensor {
  const { rows, steps } = layout;
  const u = unitRows(z);
  const offset = matrix(u.dtype, [rows, rows], (i, j) => (apart(i, j, steps) ? margin - 1 : -1e9));
  const short = maximum(add(matmul(u, u, { transposeB: true }), offset), 0);
  const share = 1 / pairsApart(layout);
  const value = mul(sum(mul(short, short), { axes: [0, 1] }), share);
  return withGradient(value, [u], (g) => [mul(matmul(short, u), mul(g, 4 * share))]);
}

/**
 * With q = mean_k z_k^2, squared distances q_i + q_j - (2/D) z_i . z_j from one product of [-2z/D, q, 1] and [z, 1, q]; held
 * above 1e-6 (pairs that count) or beyond the margin (the others). h = max(0, margin - d): mean h^2, and with C = h / d
 * dz_i = -(4 / (pairs D)) (z_i sum_j C_ij - (C z)_i). Below the bound C stays what it is there, so identical windows
 * get no gradient and nearly identical ones a small one. Passes over [N, N]: 6 forward, 1 backward.
 */
function pushPoints(z: Tensor, layout: Layout, margin: number): Tensor {
  const { rows, steps, width } = layout;
  const held = bounded(z);
  const one = matrix(z.dtype, [rows, 1], () => 1);
  const q = mean(mul(held, held), { axes: [1], keep: true });
  const left = concat([mul(held, -2 / width), q, one], 1);
  const squares = matmul(left, concat([held, one, q], 1), { transposeB: true });
  const least = matrix(z.dtype, [rows, rows], (i, j) => (apart(i, j, steps) ? NEAREST : (margin + 1) ** 2));
  const d = sqrt(maximum(squares, least));
  const short = maximum(sub(margin, d), 0);
  const share = 1 / pairsApart(layout);
  const value = mul(sum(mul(short, short), { axes: [0, 1] }), share);
  return withGradient(value, [held], (g) => {
    const products = matmul(div(short, d), concat([held, one], 1));
    const pull = slice(products, { axis: 1, start: 0, end: width });
    const total = slice(products, { axis: 1, start: width, end: width + 1 });
    return [mul(sub(pull, mul(held, total)), mul(g, (4 * share) / width))];
  });
}
