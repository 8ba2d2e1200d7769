import { meanOfRows, sumOfRows } from '../graph/functions.ts';
import { perChannel, sumOfChannels } from '../graph/normalise.ts';
import { add, div, mul, reciprocal, reshape, sqrt, sub, withGradient } from '../graph/ops/index.ts';
import { staticShape, type Tensor } from '../graph/tensor.ts';
import { fill } from './init.ts';
import type { Layer } from './variable.ts';

/**
 * Batch normalisation of x [B, C], [B, C, L] or [B, C, H, W] over all but the channels (Ioffe, Szegedy 2015):
 * y = (x - mean) / sqrt(var + eps) * scale + shift.
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
      if (x.shape[1] !== width)
        throw new RangeError(`batchNorm "${name}": needs [B, ${width}, ...], got [${x.shape.join(', ')}]`);
      const rank2 = x.shape.length === 2;
      const channel = (value: Tensor) => (rank2 ? value : perChannel(value, x.shape));
      if (!scope.training) {
        const factor = div(scope.read(scale), sqrt(add(scope.read(runningVariance), epsilon)));
        if (rank2) return add(mul(sub(x, scope.read(runningMean)), factor), scope.read(shift));
        // In this order the runtime draws the norm into the convolution before it.
        const offset = sub(scope.read(shift), mul(scope.read(runningMean), factor));
        return add(mul(x, channel(factor)), channel(offset));
      }
      const [batch, , ...lengths] = staticShape(x, `batchNorm "${name}"`);
      const rows = lengths.reduce((n, m) => n * m, batch);
      if (rows < 2) throw new RangeError(`batchNorm "${name}": needs at least 2 rows a batch, got ${rows}`);
      const summed = rank2 ? sumOfRows : sumOfChannels;
      const averaged = rank2 ? meanOfRows : (t: Tensor) => mul(sumOfChannels(t), 1 / rows);
      const flat = (t: Tensor) => reshape(t, [width]);
      const batchMean = averaged(x);
      const centred = sub(x, batchMean);
      const variance = averaged(mul(centred, centred));
      const keep = 1 - momentum;
      scope.write(runningMean, flat(batchMean), { keep, rate: momentum });
      scope.write(runningVariance, flat(variance), { keep, rate: (momentum * rows) / (rows - 1) });
      const inverse = reciprocal(sqrt(add(variance, epsilon)));
      const factor = mul(channel(scope.read(scale)), inverse);
      const y = add(mul(centred, factor), channel(scope.read(shift)));
      return withGradient(y, [x, scope.read(scale), scope.read(shift)], (g) => {
        const sumG = summed(g);
        const sumGCentred = summed(mul(g, centred));
        const slope = mul(mul(sumGCentred, mul(inverse, inverse)), 1 / rows);
        const gx = mul(sub(sub(g, mul(centred, slope)), mul(sumG, 1 / rows)), factor);
        return [gx, reshape(mul(sumGCentred, inverse), [width]), reshape(sumG, [width])];
      });
    },
  };
}
