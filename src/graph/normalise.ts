import { add, mean, mul, reciprocal, reshape, sqrt, sub, sum, withGradient } from './ops/index.ts';
import { type Shape, staticShape, type Tensor } from './tensor.ts';

/** (x - mean) / sqrt(var + epsilon) over the axes, variance biased. */
export function standardise(x: Tensor, axes: readonly number[], epsilon = 1e-5): Tensor {
  const averaged = (t: Tensor) => mean(t, { axes, keep: true });
  const centred = sub(x, averaged(x));
  const inverse = reciprocal(sqrt(add(averaged(mul(centred, centred)), epsilon)));
  const y = mul(centred, inverse);
  // dx = inverse (g - mean(g) - y mean(g y)): what grad would find by four more passes over x.
  return withGradient(y, [x], (g) => [mul(sub(sub(g, averaged(g)), mul(y, averaged(mul(g, y)))), inverse)]);
}

/**
 * Layer normalisation over the last axes, as many as `scale` has (Ba et al. 2016): y = standardised x scale + shift.
 * @param scale, shift of the shape of the last axes
 */
export function layerNormalise(x: Tensor, scale: Tensor, shift: Tensor, epsilon = 1e-5): Tensor {
  const first = x.shape.length - scale.shape.length;
  const axes = scale.shape.map((_, i) => first + i);
  return add(mul(standardise(x, axes, epsilon), scale), shift);
}

/**
 * Group normalisation of x [B, C, ...] (Wu, He 2018): mean and variance of each row over the channels of a group and
 * all positions; scale and shift [C]. One group: all channels together; C groups: instance normalisation.
 * @throws RangeError when the channels do not divide into the groups
 */
export function groupNormalise(x: Tensor, groups: number, scale: Tensor, shift: Tensor, epsilon = 1e-5): Tensor {
  const [channels, ...lengths] = staticShape({ ...x, shape: x.shape.slice(1) }, 'groupNormalise');
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0)
    throw new RangeError(`groupNormalise: ${channels} channels do not divide into ${groups} groups`);
  const within = lengths.reduce((n, m) => n * m, channels / groups);
  const apart = reshape(x, [x.shape[0], groups, within]);
  const y = reshape(standardise(apart, [2], epsilon), x.shape);
  return add(mul(y, perChannel(scale, x.shape)), perChannel(shift, x.shape));
}

/** A value a channel [C] as [1, C, 1, ...], so that it broadcasts to `shape`. */
export function perChannel(value: Tensor, shape: Shape): Tensor {
  return reshape(value, [1, ...value.shape, ...shape.slice(2).map(() => 1)]);
}

/** Sum of x [B, C, ...] over all but the channels, as [1, C, 1, ...]: two near reductions beat one over far axes. */
export function sumOfChannels(x: Tensor): Tensor {
  const positions = x.shape.slice(2).map((_, i) => i + 2);
  return sum(sum(x, { axes: positions, keep: true }), { axes: [0], keep: true });
}
