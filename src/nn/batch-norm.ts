import { meanOfRows, sumOfRows } from '../graph/functions.ts';
import { add, div, mul, reciprocal, reshape, sqrt, sub, withGradient } from '../graph/ops/index.ts';
import { staticShape } from '../graph/tensor.ts';
import { fill } from './init.ts';
import type { Layer } from './variable.ts';

/**
 * Batch normalisation of x [B, D] over B (Ioffe, Szegedy 2015): y = (x - mean) / sqrt(var + eps) * scale + shift.
 *
 * Training uses the batch's mean and biased variance, and moves the running ones (unbiased variance) by `momentum`;
 * in use the running ones stand. The derivative is the closed form
 *   dx = factor (dy - mean(dy) - xhat mean(dy xhat)), factor = scale / sqrt(var + eps).
 * Variance is the centred second moment: E[x^2] - mean^2 loses digits.
 */
export function batchNorm(name: string, width: number, { momentum = 0.1, epsilon = 1e-5 } = {}): Layer {
  const scale = { name: `${name}.scale`, shape: [width], init: fill(width, 1) };
  const shift = { name: `${name}.shift`, shape: [width], init: fill(width, 0) };
  const runningMean = { name: `${name}.mean`, shape: [width], init: fill(width, 0) };
  const runningVariance = { name: `${name}.variance`, shape: [width], init: fill(width, 1) };
  return {
    parameters: [scale, shift],
    buffers: [runningMean, runningVariance],
    apply(x, scope) {
      if (!scope.training) {
        const factor = div(scope.read(scale), sqrt(add(scope.read(runningVariance), epsilon)));
        return add(mul(sub(x, scope.read(runningMean)), factor), scope.read(shift));
      }
      const [rows] = staticShape(x, `batchNorm "${name}"`);
      if (rows < 2) throw new RangeError(`batchNorm "${name}": needs at least 2 rows a batch, got ${rows}`);
      const batchMean = meanOfRows(x);
      const centred = sub(x, batchMean);
      const variance = meanOfRows(mul(centred, centred));
      scope.write(runningMean, batchMean, momentum);
      scope.write(runningVariance, mul(variance, rows / (rows - 1)), momentum);
      const inverse = reciprocal(sqrt(add(variance, epsilon)));
      const factor = mul(scope.read(scale), inverse);
      const y = add(mul(centred, factor), scope.read(shift));
      return withGradient(y, [x, scope.read(scale), scope.read(shift)], (g) => {
        const sumG = sumOfRows(g);
        const sumGCentred = sumOfRows(mul(g, centred));
        const slope = mul(mul(sumGCentred, mul(inverse, inverse)), 1 / rows);
        const gx = mul(sub(sub(g, mul(centred, slope)), mul(sumG, 1 / rows)), factor);
        return [gx, reshape(mul(sumGCentred, inverse), [width]), reshape(sumG, [width])];
      });
    },
  };
}
