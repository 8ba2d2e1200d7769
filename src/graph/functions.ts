import {
  above,
  abs,
  add,
  cast,
  composite,
  div,
  erf,
  exp,
  full,
  greater,
  hardSigmoid,
  log,
  matmul,
  maximum,
  mul,
  neg,
  type Operand,
  reshape,
  sigmoid,
  sqrt,
  stopGradient,
  sub,
  sum,
  transpose,
  withGradient,
} from './ops/index.ts';
import { staticShape, type Tensor } from './tensor.ts';

/**
 * Rows of x [N, D] scaled to length 1: u = x / |x|, dx = (du - u (u . du)) / |x|.
 * A zero row (shorter than 1e-12) stays zero and passes no gradient.
 */
export function normaliseRows(x: Tensor): Tensor {
  const scale = inverseLength(x);
  const unit = mul(x, scale);
  return withGradient(unit, [x], (g) => {
    const along = sum(mul(g, unit), { axes: [1], keep: true });
    return [mul(sub(g, mul(unit, along)), scale)];
  });
}

/** 1 / |x| a row of x [N, D] as [N, 1]; 0 for a zero row. */
function inverseLength(x: Tensor): Tensor {
  const square = sum(mul(x, x), { axes: [1], keep: true });
  return div(above(square, 1e-24), sqrt(maximum(square, 1e-24)));
}

/** Sum of the rows of x [N, D] as [1, D]: a product with ones, several times faster than a reduction over rows. */
export function sumOfRows(x: Tensor): Tensor {
  const [rows] = staticShape(x, 'sumOfRows');
  return matmul(full([1, rows], 1, x.dtype), x);
}

/** Mean of the rows of x [N, D] as [1, D]. */
export function meanOfRows(x: Tensor): Tensor {
  const [rows] = staticShape(x, 'meanOfRows');
  return matmul(full([1, rows], 1 / rows, x.dtype), x);
}

/** Rows of x [N, D] less their mean; dx is dy less its mean. */
export function centreRows(x: Tensor): Tensor {
  return withGradient(sub(x, meanOfRows(x)), [x], (g) => [centreRows(g)]);
}

/**
 * Gaussian error linear unit, exact form: x Phi(x) = x/2 (1 + erf(x / sqrt 2)) (Hendrycks, Gimpel 2016).
 * Derivative: Phi(x) + x phi(x), with t = x / sqrt 2: Phi = clip(erf(t) / 2 + 1/2), x phi = t exp(-t^2) / sqrt pi.
 */
export function gelu(x: Tensor): Tensor {
  const value = mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));
  return withGradient(composite('gelu', value, [x]), [x], (g) => {
    const t = mul(x, Math.SQRT1_2);
    const density = mul(t, exp(sub(-0.5 * Math.log(Math.PI), mul(t, t))));
    return [mul(g, add(hardSigmoid(erf(t), 0.5, 0.5), density))];
  });
}

/** Sigmoid linear unit: x / (1 + exp(-x)). */
export function silu(x: Tensor): Tensor {
  return mul(x, sigmoid(x));
}

/**
 * Cosine of each row of x [N, D] with the same row of `unit` [N, D], whose rows have length 1 (or are zero): [N].
 * With u = x / |x| and c = u . e: dx = (e - c u) dc / |x|, de = u dc. A zero row has cosine 0 and passes no gradient.
 */
export function cosineTo(x: Tensor, unit: Tensor): Tensor {
  const scale = inverseLength(x);
  const own = mul(x, scale);
  const cosine = sum(mul(own, unit), { axes: [1], keep: true });
  const rows = [x.shape[0]];
  return withGradient(reshape(cosine, rows), [x, unit], (g) => {
    const column = reshape(g, [...rows, 1]);
    return [mul(sub(unit, mul(own, cosine)), mul(column, scale)), mul(own, column)];
  });
}

/** Cosine of every row of a [N, D] with every row of b [M, D]: [N, M]. */
export function cosineMatrix(a: Tensor, b: Tensor): Tensor {
  return matmul(normaliseRows(a), normaliseRows(b), { transposeB: true });
}

/**
 * x where noise >= rate, else 0, scaled up so that the mean stays (Srivastava et al. 2014).
 * The noise is fed: drawn outside from a seeded stream, so that the same seed gives the same bits.
 * @param noise uniform in [0, 1), of x's shape or one that broadcasts to it
 * @param rate share that is dropped, in [0, 1)
 * @throws RangeError when the rate is not in [0, 1)
 */
export function dropout(x: Tensor, noise: Tensor, rate: number): Tensor {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout: the rate must be in [0, 1), got ${rate}`);
  const keep = sub(1, cast(greater(rate, noise), x.dtype));
  return mul(x, mul(keep, 1 / (1 - rate)));
}

/**
 * x itself, its derivative times `factor`: 0 is `stopGradient`, 1 is x, and a between is a x + (1 - a) sg(x), so that what
 * lies behind x learns by that much only (gradual decoupling).
 * @param factor a number or a scalar tensor (of the step)
 */
export function scaleGradient(x: Tensor, factor: Operand): Tensor {
  if (factor === 0) return stopGradient(x);
  if (factor === 1) return x;
  return withGradient(x, [x], (g) => [mul(g, factor)]);
}

/** log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)), finite for all x; derivative sigmoid(x). */
export function softplus(x: Tensor): Tensor {
  const value = add(maximum(x, 0), log(add(exp(neg(abs(x))), 1)));
  return withGradient(value, [x], (g) => [mul(g, sigmoid(x))]);
}

/**
 * Products of all rows of z [N, D] with each other, S = z z^T [N, N]. Its derivative is one matrix product, (dS + dS^T) z,
 * where `matmul(z, z)` would take two.
 */
export function gram(z: Tensor): Tensor {
  return withGradient(matmul(z, z, { transposeB: true }), [z], (dS) => [matmul(add(dS, transpose(dS, [1, 0])), z)]);
}
