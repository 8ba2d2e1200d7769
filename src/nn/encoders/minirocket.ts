import { float32 } from '../../array/array.ts';
import { type Random, stream } from '../../array/random.ts';
import { cast, concat, constant, conv, greater, mean, reshape } from '../../graph/ops/index.ts';
import type { Tensor } from '../../graph/tensor.ts';

/** Kernels of MiniRocket: all ways to set 3 of 9 weights to 2, the others to -1. */
export const KERNELS = 84;
const TAPS = 9;
/** Most channels that one kernel adds up. */
const MOST_CHANNELS = 9;

export interface MiniRocketOptions {
  /** Number of features wanted; there are as many as 84 divides, at least 84. Default 10,000, that is 9,996. */
  readonly features?: number;
  /** Most dilations of a kernel. Default 32. */
  readonly dilations?: number;
}

/** What is settled before any value is seen. Plain data. */
export interface MiniRocketPlan {
  readonly channels: number;
  /** Points of every series. */
  readonly length: number;
  /** Ascending, without repetition. */
  readonly dilations: readonly number[];
  /** Features of each kernel at each of the dilations. */
  readonly features: readonly number[];
  /** Channels that are added up, for each dilation and, within it, each kernel: [dilations * 84]. */
  readonly chosen: readonly (readonly number[])[];
}

/** Everything that the features depend on. Plain data; nothing in it is trained by gradients. */
export interface FittedMiniRocket extends MiniRocketPlan {
  /** Thresholds, one a feature, ordered by dilation, kernel, feature. */
  readonly biases: readonly number[];
}

/**
 * Dilations and channels.
 *
 * Dilations spread exponentially from 1 to where the kernel's 8 d + 1 points just fit the series: floor(2^(i m / (s-1))),
 * i = 0..s-1, m = log2((length - 1) / 8), s = min(features a kernel, most dilations). One that comes up c times gets c
 * shares of the features; what rounding leaves over goes round from the first.
 * (Where (length - 1) / 8 is whole, rounding can cost the authors' code the last dilation; here it never does.)
 * With several channels each pair of dilation and kernel adds up floor(2^u) of them, u uniform in
 * [0, log2(min(channels, 9) + 1)), drawn without replacement.
 *
 * @param length points of a series, at least 9
 * @throws RangeError when it is less, or an option is not a whole number as wanted
 * @see Dempster, Schmidt, Webb 2021, arXiv 2012.08791; for several channels the authors' own extension
 */
export function planMiniRocket(
  channels: number,
  length: number,
  seed: number | string,
  { features = 10_000, dilations: most = 32 }: MiniRocketOptions = {},
): MiniRocketPlan {
  for (const [name, value, least] of [
    ['channels', channels, 1],
    ['length', length, TAPS],
    ['features', features, KERNELS],
    ['dilations', most, 1],
  ] as const)
    if (!Number.isInteger(value) || value < least)
      throw new RangeError(`minirocket: ${name} must be a whole number >= ${least}, got ${value}`);
  const perKernel = Math.floor(features / KERNELS);
  const shares = spreadDilations(length, Math.min(perKernel, most));
  const counts = [...shares.values()].map((c) => Math.floor((c * perKernel) / Math.min(perKernel, most)));
  let left = perKernel - counts.reduce((a, b) => a + b, 0);
  for (let i = 0; left > 0; i = (i + 1) % counts.length, left--) counts[i]++;
  const dilations = [...shares.keys()];
  const random = stream(seed, 'minirocket', 'channels');
  const chosen = Array.from({ length: dilations.length * KERNELS }, () => chooseChannels(channels, random));
  return { channels, length, dilations, features: counts, chosen };
}

/** Each dilation with the number of steps that lead to it. */
function spreadDilations(length: number, steps: number): Map<number, number> {
  const exponent = Math.log2((length - 1) / (TAPS - 1));
  const shares = new Map<number, number>();
  for (let i = 0; i < steps; i++) {
    // A whole number must not fall to the one below by rounding, which differs from machine to machine.
    const dilation = Math.floor(2 ** (steps === 1 ? 0 : (exponent * i) / (steps - 1)) + 1e-9);
    shares.set(dilation, (shares.get(dilation) ?? 0) + 1);
  }
  return shares;
}

function chooseChannels(channels: number, random: Random): number[] {
  const most = Math.min(channels, MOST_CHANNELS);
  const count = Math.min(most, Math.floor(2 ** (random.uniform() * Math.log2(most + 1))));
  const all = Array.from({ length: channels }, (_, i) => i);
  return random.shuffle(all).slice(0, count);
}

/**
 * Where in the distribution of a kernel's output each bias lies: the low-discrepancy sequence i phi mod 1,
 * i = 1..count, phi the golden ratio; rounded to float32 as in the authors' code.
 */
export function phases(count: number): Float32Array {
  const golden = (Math.sqrt(5) + 1) / 2;
  return Float32Array.from({ length: count }, (_, i) => ((i + 1) * golden) % 1);
}

/**
 * Output of every second kernel at a dilation: x [rows, channels, length] to [rows, 42, positions].
 * @param step index of the dilation  @param parity 0: kernels 0, 2, ..., 1: kernels 1, 3, ...
 * @param padded zeros at both ends, so that positions = length; else only where the kernel lies within the series
 */
export function convolve(x: Tensor, plan: MiniRocketPlan, step: number, parity: number, padded: boolean): Tensor {
  if (x.shape[1] !== plan.channels || x.shape[2] !== plan.length)
    throw new RangeError(
      `minirocket: fitted for [rows, ${plan.channels}, ${plan.length}], got [${x.shape.join(', ')}]: all series must be of one length`,
    );
  const dilation = plan.dilations[step];
  const pad = padded ? ((TAPS - 1) * dilation) / 2 : 0;
  return conv(x, constant(weights(plan, step, parity)), { dilations: [dilation], pads: [pad, pad] });
}

/** [42, channels, 9]; zeros for channels that a kernel leaves out. */
function weights({ channels, chosen }: MiniRocketPlan, step: number, parity: number) {
  const values = new Float32Array((KERNELS / 2) * channels * TAPS);
  for (let i = 0; i < KERNELS / 2; i++) {
    const kernel = 2 * i + parity;
    for (const channel of chosen[step * KERNELS + kernel]) {
      const start = (i * channels + channel) * TAPS;
      values.fill(-1, start, start + TAPS);
      for (const tap of TRIPLES[kernel]) values[start + tap] = 2;
    }
  }
  return float32([KERNELS / 2, channels, TAPS], values);
}

/** The three taps of weight 2 of each kernel: 0 1 2, 0 1 3, ..., 6 7 8. */
export const TRIPLES: readonly (readonly number[])[] = Array.from({ length: TAPS }, (_, a) =>
  Array.from({ length: TAPS }, (_, b) => Array.from({ length: TAPS }, (_, c) => [a, b, c])).flat(),
)
  .flat()
  .filter(([a, b, c]) => a < b && b < c);

/**
 * Features of series as a graph: x [rows, channels, length] to [rows, features], each the share of positions at which
 * a kernel's output is greater than a bias (PPV), in 0..1.
 *
 * Kernels take turns with padding: of even dilation steps the even kernels see zeros beyond both ends, of odd ones the
 * odd kernels; the others are looked at only where they lie within the series.
 * A constant series gives what its level and the zeros beyond its ends give: finite numbers like any other.
 * No derivative: the comparison has none.
 *
 * @throws RangeError when x is not of the shape that was fitted
 */
export function miniRocket(x: Tensor, fitted: FittedMiniRocket): Tensor {
  let start = 0;
  const parts = fitted.dilations.map((_, step) => {
    const count = fitted.features[step];
    const end = start + KERNELS * count;
    const biases = fitted.biases.slice(start, end);
    start = end;
    const halves = [0, 1].map((parity) => {
      const y = convolve(x, fitted, step, parity, step % 2 === parity);
      const own = biases.filter((_, i) => Math.floor(i / count) % 2 === parity);
      return sharesAbove(y, float32([KERNELS / 2, count, 1], own));
    });
    return reshape(concat(halves, 2), [x.shape[0], KERNELS * count]);
  });
  return concat(parts, 1);
}

/** Share of positions above each threshold: y [rows, 42, positions], biases [42, n, 1] to [rows, 42, 1, n]. */
function sharesAbove(y: Tensor, biases: ReturnType<typeof float32>): Tensor {
  const [rows, kernels, positions] = y.shape;
  const above = greater(reshape(y, [rows, kernels, 1, positions]), constant(biases));
  return reshape(mean(cast(above, 'float32'), { axes: [3] }), [rows, kernels, 1, biases.shape[1]]);
}
