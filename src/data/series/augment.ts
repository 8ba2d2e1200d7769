import type { Random } from '../../array/random.ts';
import { type AugmentRules, parseAugmentRules } from '../augment-rules.ts';

/** [items, channels, steps] */
export type SeriesBatchShape = readonly [number, number, number];

/** Random changes to series; each is off at 0, which is the default. Strengths are for standardised channels. */
export interface SeriesAugmentation {
  /** Standard deviation of the normal noise added to every value. */
  readonly jitter?: number;
  /** Standard deviation of the factor about 1 that a channel of an item is multiplied by. */
  readonly scale?: number;
  /** Largest shift in steps, whole; every shift within plus and minus it is as likely. All channels move together. */
  readonly shift?: number;
  /** What stands where a series was moved away: its first or last value (default), or 0. */
  readonly fill?: 'edge' | 'zero';
  /** Standard deviation of the logarithm of the speed of time; all channels are warped alike. */
  readonly warp?: number;
  /** Places within a series where the speed changes; default 4. */
  readonly knots?: number;
}

const rules: AugmentRules<keyof SeriesAugmentation> = {
  of: 'time series',
  example: 'jitter=0.03,scale=0.1,shift=5,warp=0.2',
  settings: {
    jitter: { name: 'jitter' },
    scale: { name: 'scale' },
    shift: { name: 'shift', whole: true },
    warp: { name: 'warp' },
    knots: { name: 'knots', least: 1, whole: true },
    fill: { name: 'fill', words: ['edge', 'zero'] },
  },
};

/**
 * Reads `jitter=0.03,scale=0.1,shift=5,warp=0.2`; `knots=4` and `fill=zero` too.
 * @throws InputError naming `--augment`: an unknown or doubled name, a value out of range
 */
export const parseSeriesAugmentation = (text: string): SeriesAugmentation =>
  parseAugmentRules(text, rules) as SeriesAugmentation;

/**
 * Series warped, shifted, scaled and jittered at random, in that order. Items never mix. The draws of an item depend on its
 * place in the batch alone, so leaving some out with `which` changes nothing in the others.
 *
 * @param values [B, C, L], not changed
 * @param which items to change [B], 0 or false for those that stay; all where left out
 * @returns [B, C, L]; `values` itself where nothing is on
 * @throws RangeError settings out of range
 * @see Um et al. 2017, arXiv 1706.00527 (jitter 0.03, scale 0.1 and warp 0.2 with 4 knots there)
 */
export function augmentSeries(
  values: Float32Array,
  shape: SeriesBatchShape,
  random: Random,
  settings: SeriesAugmentation,
  which?: ArrayLike<number | boolean>,
): Float32Array {
  const { jitter = 0, scale = 0, shift = 0, fill = 'edge', warp = 0, knots = 4 } = settings;
  let out = warpSeries(values, shape, random, { strength: warp, knots }, which);
  out = shiftSeries(out, shape, random, { steps: shift, fill }, which);
  out = scaleSeries(out, shape, random, { strength: scale }, which);
  return jitterSeries(out, shape, random, { strength: jitter }, which);
}

type Which = ArrayLike<number | boolean> | undefined;

/** x + strength e, e standard normal for every value. */
export function jitterSeries(
  values: Float32Array,
  shape: SeriesBatchShape,
  random: Random,
  { strength }: { strength: number },
  which?: Which,
): Float32Array {
  checkStrength('jitter', strength);
  if (strength === 0) return values;
  const [, channels, length] = shape;
  const draw = () => Float64Array.from({ length: channels * length }, () => random.normal());
  return eachItem(values, shape, which, draw, (item, noise, out) => {
    for (let i = 0; i < out.length; i++) out[i] = item[i] + strength * noise[i];
  });
}

/** x (1 + strength e), e standard normal for every channel of an item. */
export function scaleSeries(
  values: Float32Array,
  shape: SeriesBatchShape,
  random: Random,
  { strength }: { strength: number },
  which?: Which,
): Float32Array {
  checkStrength('scale', strength);
  if (strength === 0) return values;
  const [, channels, length] = shape;
  const draw = () => Float64Array.from({ length: channels }, () => 1 + strength * random.normal());
  return eachItem(values, shape, which, draw, (item, factors, out) => {
    for (let i = 0; i < out.length; i++) out[i] = item[i] * factors[Math.floor(i / length)];
  });
}

/** Later by a whole number of steps, uniform within -steps..steps. */
export function shiftSeries(
  values: Float32Array,
  shape: SeriesBatchShape,
  random: Random,
  { steps, fill }: { steps: number; fill: 'edge' | 'zero' },
  which?: Which,
): Float32Array {
  if (!Number.isInteger(steps) || steps < 0) throw new RangeError(`shift: steps must be whole and >= 0, got ${steps}`);
  if (steps === 0) return values;
  const [, channels, length] = shape;
  const draw = () => random.integer(2 * steps + 1) - steps;
  return eachItem(values, shape, which, draw, (item, later, out) => {
    for (let c = 0; c < channels; c++)
      for (let t = 0; t < length; t++) {
        const from = t - later;
        const inside = from >= 0 && from < length;
        const edge = c * length + Math.min(Math.max(from, 0), length - 1);
        out[c * length + t] = inside || fill === 'edge' ? item[edge] : 0;
      }
  });
}

/**
 * Time runs faster and slower: x read at tau(t) by straight lines, tau smooth, growing, tau(0) = 0, tau(L-1) = L-1. The
 * speed is exp(strength e) at both ends and at `knots` places between them, e standard normal, its logarithm joined by
 * half cosine waves.
 */
export function warpSeries(
  values: Float32Array,
  shape: SeriesBatchShape,
  random: Random,
  { strength, knots }: { strength: number; knots: number },
  which?: Which,
): Float32Array {
  checkStrength('warp', strength);
  if (!Number.isInteger(knots) || knots < 1) throw new RangeError(`warp: knots must be whole and >= 1, got ${knots}`);
  if (strength === 0) return values;
  const [, channels, length] = shape;
  const draw = () => Float64Array.from({ length: knots + 2 }, () => strength * random.normal());
  return eachItem(values, shape, which, draw, (item, speeds, out) => {
    if (length < 2) return;
    const times = warpedTimes(speeds, length);
    for (let c = 0; c < channels; c++)
      for (let t = 0; t < length; t++) {
        const from = Math.min(Math.floor(times[t]), length - 2);
        const part = times[t] - from;
        const [a, b] = [item[c * length + from], item[c * length + from + 1]];
        out[c * length + t] = part === 1 ? b : a + (b - a) * part;
      }
  });
}

/**
 * Times [L] from 0 to L - 1 at a speed that follows the logarithms given at evenly spread places, by the trapezoid rule.
 * @param logSpeeds [K], K >= 2  @param length L >= 2
 */
export function warpedTimes(logSpeeds: ArrayLike<number>, length: number): Float64Array {
  const last = logSpeeds.length - 1;
  const speed = (t: number) => {
    const at = (t / (length - 1)) * last;
    const knot = Math.min(Math.floor(at), last - 1);
    const blend = (1 - Math.cos(Math.PI * (at - knot))) / 2;
    return Math.exp(logSpeeds[knot] * (1 - blend) + logSpeeds[knot + 1] * blend);
  };
  const times = new Float64Array(length);
  for (let t = 1; t < length; t++) times[t] = times[t - 1] + (speed(t - 1) + speed(t)) / 2;
  const factor = (length - 1) / times[length - 1];
  for (let t = 1; t < length; t++) times[t] *= factor;
  times[length - 1] = length - 1;
  return times;
}

/** Draws for every item, then changes those asked for; `change` fills `out`, which begins as a copy. */
function eachItem<T>(
  values: Float32Array,
  [items, channels, length]: SeriesBatchShape,
  which: Which,
  draw: () => T,
  change: (item: Float32Array, drawn: T, out: Float32Array) => void,
): Float32Array {
  const each = channels * length;
  if (values.length !== items * each)
    throw new RangeError(`augment: ${values.length} values are not [${[items, channels, length]}]`);
  if (which && which.length !== items) throw new RangeError(`augment: which has ${which.length} of ${items} items`);
  const out = values.slice();
  for (let i = 0; i < items; i++) {
    const drawn = draw();
    if (which && !which[i]) continue;
    change(values.subarray(i * each, (i + 1) * each), drawn, out.subarray(i * each, (i + 1) * each));
  }
  return out;
}

function checkStrength(what: string, strength: number): void {
  if (!(strength >= 0 && Number.isFinite(strength)))
    throw new RangeError(`${what}: strength must be finite and >= 0, got ${strength}`);
}
