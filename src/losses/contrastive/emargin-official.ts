import { gram, softplus } from '../../graph/functions.ts';
import {
  add,
  cast,
  concat,
  exp,
  greater,
  log,
  logSoftmax,
  maximum,
  mean,
  minimum,
  mul,
  type Operand,
  reshape,
  slice,
  stopGradient,
  sub,
  sum,
  withGradient,
} from '../../graph/ops/index.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { contrastiveLoss, type Values, type Windows } from './loss.ts';
import { unitRows } from './rows.ts';
import { elements, inputDirections, layoutOf, matrix } from './windows.ts';

/** What the log's argument is held above, as a share of the numerator. */
const GUARD = 1e-3;

const parameters = {
  temperature: { default: 0.05, min: 0.01, max: 100, about: 'tau: the smaller, the more the nearest count' },
  margin: { default: 5, min: 0, max: 100, about: 'm: beyond 1, every pair attracts' },
  theta: { default: 0.4, min: -1, max: 1, about: 'similarity of neighbours below which v = 1' },
  threshold: {
    default: 'dead',
    words: ['dead', 'live'],
    about: 'dead: as in the published code, v = 1 everywhere for theta >= 0; live: as it was meant',
  },
} as const;

/**
 * eMargin as published, single: reproduces collapse, not for use. All N rows of the batch are taken for one sequence (also
 * across the ends of sequences, as in the published code). S = cosines of z with 0 on the diagonal, l_k = S_{k+1,k},
 * p_k = cos(x_k, x_{k+1}) (the last with the first), v_k = 1 where p_k < theta, else 0 (`live`), or 1 everywhere (`dead`):
 *
 *   num_k = e^{l_k / tau}
 *   den_k = sum_j exp( (1 - v_k)/2 S_jk^2 + v_k/2 max(0, m - S_jk)^2 ) - num_k
 *   l = mean_k -log(num_k / den_k),  k = 1..N-1
 *
 * den_k goes negative in training. It is held above 1e-3 num_k, and num_k counts as a constant in that bound: a held term
 * has the value log(1e-3) and the derivative of -l_k / tau. Sums are taken as logarithms: finite for any margin and tau.
 * Wants `features` where the threshold counts. Passes over [N, N]: 6 forward, 9 backward (live: 10, 11).
 */
export const emarginOfficialSingle = contrastiveLoss({
  name: 'emargin-official-single',
  source: 'Shamba et al. 2025 (arXiv 2507.14828), MARGIN_LOSS of its code, guarded',
  views: 1,
  parameters,
  parts: (windows, values) => {
    const { rows } = layoutOf('emargin-official-single', windows);
    const cosines = gram(unitRows(windows.z));
    const others = mul(
      cosines,
      matrix(cosines.dtype, [rows, rows], (i, j) => (i === j ? 0 : 1)),
    );
    const v = below('emargin-official-single', windows, values);
    const sums = logSumOfRows(curve(others, v, { margin: values.margin, scale: 1, same: 1 }), rows);
    const near = nearness(cosines, rows, values.temperature);
    const x = sub(part(sums, 0, rows - 1), near);
    return { 'emargin-official-single': mean(logExcess(x, 1, near), { axes: [0] }) };
  },
});

/**
 * eMargin as published, double: see `emarginOfficialSingle` for the notation. The diagonal of E is 0.
 *
 *   E_jk  = exp( 0.05/tau ( -(1 - v_k)/2 S_jk^2 + v_k/2 max(0, m - S_jk)^2 ) )
 *   num_k = e^{l_k / tau} + e^{l_{k+1} / tau}
 *   den_k = sum_j E_jk + sum_j E_j,k+1 - e^{l_k / tau} - num_k
 *   l = mean_k -log(num_k / (den_k + num_k)),  k = 1..N-2
 *
 * The log's argument den_k + num_k is held above 1e-3 num_k in the same way.
 * Wants `features` where the threshold counts. Passes over [N, N]: 6 forward, 8 backward (live: 10, 10).
 */
export const emarginOfficialDouble = contrastiveLoss({
  name: 'emargin-official-double',
  source: 'Shamba et al. 2025 (arXiv 2507.14828), LS_MARGIN_LOSS of its code, guarded',
  views: 1,
  parameters,
  parts: (windows, values) => {
    const { rows } = layoutOf('emargin-official-double', windows);
    if (rows < 3) throw new RangeError(`emargin-official-double: needs at least 3 rows, got ${rows}`);
    const { temperature, margin } = values;
    const cosines = gram(unitRows(windows.z));
    const own = matrix(cosines.dtype, [rows, rows], (i, j) => (i === j ? -1e9 : 0));
    const v = below('emargin-official-double', windows, values);
    const logE = curve(cosines, v, { margin, scale: 0.05 / temperature, same: -1 });
    const sums = logSumOfRows(add(logE, own), rows);
    const near = nearness(cosines, rows, temperature);
    const first = part(near, 0, rows - 2);
    const num = logSumOfTwo(first, part(near, 1, rows - 1));
    const both = logSumOfTwo(part(sums, 0, rows - 2), part(sums, 1, rows - 1));
    const share = exp(sub(first, num));
    return { 'emargin-official-double': mean(logExcess(sub(both, num), share, num), { axes: [0] }) };
  },
});

/** v [N, 1], or 1 where the threshold is without effect. */
function below(place: string, windows: Windows, { theta, threshold }: Values<typeof parameters>): Tensor | 1 {
  if (threshold === 'dead' && theta >= 0) return 1;
  const x = inputDirections(place, windows);
  const rows = Number(x.shape[0]);
  const next = concat([part(x, 1, rows), part(x, 0, 1)], 0);
  return cast(greater(theta, sum(mul(x, next), { axes: [1], keep: true })), windows.z.dtype);
}

/** a = scale/2 (same (1 - v) S^2 + v max(0, m - S)^2), v a row of S (which is symmetric); da/dS by hand. */
function curve(
  s: Tensor,
  v: Tensor | 1,
  { margin, scale, same }: { margin: number; scale: number; same: number },
): Tensor {
  const short = maximum(sub(margin, s), 0);
  if (v === 1) return withGradient(mul(mul(short, short), scale / 2), [s], (g) => [mul(mul(g, short), -scale)]);
  const [repel, attract] = [mul(v, scale), mul(sub(1, v), same * scale)];
  const value = mul(add(mul(mul(short, short), repel), mul(mul(s, s), attract)), 0.5);
  return withGradient(value, [s], (g) => [mul(g, sub(mul(s, attract), mul(short, repel)))]);
}

/** log sum_j e^{a_kj} for each row k: [N, N] to [N], by the runtime's own log-softmax of one element. */
function logSumOfRows(a: Tensor, rows: number): Tensor {
  const logP = logSoftmax(a);
  const one = Array.from({ length: rows }, (_, k) => k * rows + ((k + 1) % rows));
  const value = sub(elements(a, one), elements(logP, one));
  return withGradient(value, [a], (g) => [mul(exp(logP), reshape(g, [rows, 1]))]);
}

/** l_k / tau, k = 1..N-1. */
function nearness(cosines: Tensor, rows: number, temperature: number): Tensor {
  const at = Array.from({ length: rows - 1 }, (_, k) => (k + 1) * rows + k);
  return mul(elements(cosines, at), 1 / temperature);
}

/** log(e^a + e^b). */
function logSumOfTwo(a: Tensor, b: Tensor): Tensor {
  return add(b, softplus(sub(a, b)));
}

/**
 * log(max(e^x - share, GUARD)), the logarithm of (den - share num) / num. Beyond 30, where share is below the last digit,
 * it is x. Where it is held, the derivative is that of -logNum.
 */
function logExcess(x: Tensor, share: Operand, logNum: Tensor): Tensor {
  const excess = sub(exp(minimum(x, 30)), share);
  const value = add(log(maximum(excess, GUARD)), maximum(sub(x, 30), 0));
  const held = sub(1, cast(greater(excess, GUARD), x.dtype));
  return add(value, mul(held, sub(stopGradient(logNum), logNum)));
}

function part(x: Tensor, start: number, end: number): Tensor {
  return slice(x, { axis: 0, start, end });
}
