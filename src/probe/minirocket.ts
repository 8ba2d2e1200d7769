import { float32, type NdArray, size } from '../array/array.ts';
import { InputError } from '../array/errors.ts';
import { stream } from '../array/random.ts';
import { input } from '../graph/ops/index.ts';
import {
  convolve,
  type FittedMiniRocket,
  KERNELS,
  type MiniRocketOptions,
  type MiniRocketPlan,
  miniRocket,
  phases,
  planMiniRocket,
} from '../nn/encoders/minirocket.ts';
import { compile, feed, read, type SessionOptions } from '../runtime/session.ts';

/** Series of one length: [N, channels, length]. */
export type Series = NdArray<'float32'>;

/**
 * Settles MiniRocket's dilations, channels and biases. No labels are looked at.
 *
 * Each kernel at each dilation is run over one training series drawn at random (zeros beyond both ends); its biases are
 * quantiles of that output. The same seed and series give the same bits.
 *
 * @param series [N, channels, length], training rows only
 * @throws InputError when the series are shorter than 9 points, or a value is missing or infinite
 */
export async function fitMiniRocket(
  series: Series,
  seed: number | string,
  options: MiniRocketOptions = {},
): Promise<FittedMiniRocket> {
  const [rows, channels, length] = checked(series);
  if (rows === 0) throw new InputError('minirocket: no training series; it needs at least one');
  const plan = planMiniRocket(channels, length, seed, options);
  const random = stream(seed, 'minirocket', 'series');
  return { ...plan, biases: await fitBiases(series, plan, () => random.integer(rows)) };
}

/** The biases of a plan, from the series that `draw` names for one kernel after the other. */
export async function fitBiases(series: Series, plan: MiniRocketPlan, draw: () => number): Promise<number[]> {
  const shape = [1, plan.channels, plan.length];
  const quantiles = phases(KERNELS * plan.features.reduce((a, b) => a + b, 0));
  const biases: number[] = [];
  for (const step of plan.dilations.keys()) {
    const x = input('series', shape);
    const [even, odd] = [0, 1].map((parity) => convolve(x, plan, step, parity, true));
    const program = await compile({ even, odd });
    for (let kernel = 0; kernel < KERNELS; kernel++) {
      const start = draw() * size(shape);
      const outputs = await program.run({
        series: feed(float32(shape, series.data.subarray(start, start + size(shape)))),
      });
      const half = read(kernel % 2 === 0 ? outputs.even : outputs.odd, 'float32');
      const first = Math.floor(kernel / 2) * plan.length;
      const sorted = half.slice(first, first + plan.length).sort();
      for (let i = 0; i < plan.features[step]; i++)
        biases.push(Math.fround(quantile(sorted, quantiles[biases.length])));
    }
    await program.release();
  }
  return biases;
}

/** Between the two nearest of the sorted values, linearly. */
function quantile(sorted: Float32Array, share: number): number {
  const position = share * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (position - low);
}

/**
 * MiniRocket's features of series, in blocks on the engine: [N, channels, length] to [N, features] row-major.
 * @throws InputError when a value is missing or infinite  @throws RangeError when the shape is not the one fitted
 */
export async function miniRocketFeatures(
  series: Series,
  fitted: FittedMiniRocket,
  options: SessionOptions = {},
): Promise<NdArray<'float32'>> {
  const [rows, channels, length] = checked(series);
  const one = channels * length;
  const program = await compile({ features: miniRocket(input('series', ['rows', channels, length]), fitted) }, options);
  const width = fitted.biases.length;
  const features = new Float32Array(rows * width);
  // Outputs of one dilation, 42 kernels by its features by the length, should stay in the cache.
  const block = Math.max(1, Math.min(16, Math.floor(2000 / length)));
  for (let start = 0; start < rows; start += block) {
    const end = Math.min(start + block, rows);
    const x = float32([end - start, channels, length], series.data.subarray(start * one, end * one));
    features.set(read((await program.run({ series: feed(x) })).features, 'float32'), start * width);
  }
  await program.release();
  return float32([rows, width], features);
}

function checked({ shape, data }: Series): readonly [rows: number, channels: number, length: number] {
  if (shape.length !== 3) throw new RangeError(`minirocket: needs series [N, channels, length], got [${shape}]`);
  const [rows, channels, length] = shape;
  if (length < 9)
    throw new InputError(`minirocket: series of ${length} points; it needs at least 9, its kernels' length`);
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return [rows, channels, length];
  const [row, channel, point] = [bad / (channels * length), (bad / length) % channels, bad % length].map(Math.floor);
  throw new InputError(
    `minirocket: series ${row}, channel ${channel}, point ${point} is ${data[bad]}; fill or leave out missing values first`,
  );
}
