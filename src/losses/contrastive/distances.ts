import { gram } from '../../graph/functions.ts';
import {
  add,
  concat,
  div,
  hardSigmoid,
  matmul,
  maximum,
  mean,
  mul,
  reshape,
  slice,
  sqrt,
  sub,
  sum,
  withGradient,
} from '../../graph/ops/index.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { bounded, unitRows } from './rows.ts';
import { apart, elements, type Layout, matrix, neighbourDifferences } from './windows.ts';

/** Smallest squared root-mean-square distance that has a root with a derivative. */
const NEAREST = 1e-6;

/** `cos`: d = 1 - cos(a, b), in [0, 2]. `rms`: d = sqrt(mean_k (a_k - b_k)^2). */
export const distances = ['cos', 'rms'] as const;
export type Distance = (typeof distances)[number];

/** max(0, margin - d)^2 from squared distances. */
export function squaredHinge(squares: Tensor, margin: number): Tensor {
  const short = maximum(sub(margin, sqrt(maximum(squares, NEAREST))), 0);
  return mul(short, short);
}

/** What the margin losses ask of all pairs of windows. */
export interface Pairs {
  /** Squared distance of each window to the next of its sequence [S, T - 1]. */
  readonly neighbours: Tensor;
  /** Mean over the pairs that are neither the same nor neighbours of max(0, margin - d)^2; 0 without such pairs. */
  readonly push: Tensor;
}

export function pairsOf(z: Tensor, layout: Layout, distance: Distance, margin: number): Pairs {
  if (distance === 'cos') return directionPairs(z, layout, margin);
  const gap = neighbourDifferences(bounded(z), layout);
  return { neighbours: mean(mul(gap, gap), { axes: [2] }), push: pushPoints(z, layout, margin) };
}

function pairsApart({ sequences, steps, rows }: Layout): number {
  return Math.max(1, rows * rows - rows - 2 * sequences * (steps - 1));
}

/** Most blocks of sequences between which products are taken: more would be too small to be fast. */
const BLOCKS = 4;

/**
 * With u the unit rows, S = u u^T and h = max(0, margin - 1 + S) on the pairs that count, else 0: mean h^2.
 *
 * S is symmetric, so of its blocks of whole sequences only those on and above the diagonal are made; those above count
 * twice. The neighbours' products are elements of the blocks on the diagonal.
 */
function directionPairs(z: Tensor, layout: Layout, margin: number): Pairs {
  const { sequences, steps } = layout;
  const u = unitRows(z);
  const share = 1 / pairsApart(layout);
  const each = Math.ceil(sequences / BLOCKS);
  const blocks = Array.from({ length: Math.ceil(sequences / each) }, (_, k) => {
    const [start, end] = [k * each * steps, Math.min(sequences, (k + 1) * each) * steps];
    return slice(u, { axis: 0, start, end });
  });
  const products: Tensor[] = [];
  const parts = blocks.flatMap((block, k) => {
    const own = gram(block);
    const rows = block.shape[0] as number;
    const next = Array.from({ length: rows }, (_, i) => i).filter((i) => i % steps !== steps - 1);
    products.push(
      elements(
        own,
        next.map((i) => i * rows + i + 1),
      ),
    );
    const hidden = matrix(u.dtype, [rows, rows], (i, j) => (apart(i, j, steps) ? 0 : -1e9));
    const others = blocks.slice(k + 1).map((other) => hingeBetween(block, other, margin, 2 * share));
    return [hingeWithin(add(own, hidden), margin, share), ...others];
  });
  const d = sub(1, reshape(concat(products, 0), [sequences, steps - 1]));
  return { neighbours: mul(d, d), push: parts.reduce((a, b) => add(a, b)) };
}

/** h = max(0, margin - 1 + S) / (margin + 1): in float32 one pass, since it is below 1. */
function hinge(S: Tensor, margin: number): Tensor {
  const scale = 1 / (margin + 1);
  if (S.dtype === 'float32') return hardSigmoid(S, scale, scale * (margin - 1));
  return mul(maximum(add(S, margin - 1), 0), scale);
}

const squares = (h: Tensor, factor: number) => mul(sum(mul(h, h), { axes: [0, 1] }), factor);

/** share sum_ij max(0, margin - 1 + S_ij)^2. */
function hingeWithin(S: Tensor, margin: number, share: number): Tensor {
  const h = hinge(S, margin);
  const scale = margin + 1;
  return withGradient(squares(h, share * scale ** 2), [S], (g) => [mul(h, mul(g, 2 * share * scale))]);
}

/** The same of S = a b^T, whose derivatives are products with h. */
function hingeBetween(a: Tensor, b: Tensor, margin: number, share: number): Tensor {
  const h = hinge(matmul(a, b, { transposeB: true }), margin);
  const scale = margin + 1;
  return withGradient(squares(h, share * scale ** 2), [a, b], (g) => {
    const factor = mul(g, 2 * share * scale);
    return [mul(matmul(h, b), factor), mul(matmul(h, a, { transposeA: true }), factor)];
  });
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
