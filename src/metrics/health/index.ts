import type { Points } from '../clustering/points.ts';
import type { Measured } from '../metric.ts';
import { alignment } from './alignment.ts';
import { deadDimensions } from './dead-dimensions.ts';
import { type PairOptions, pairNumbers } from './pairs.ts';
import { alphaReq, effectiveRank, largestShare, nesum } from './spectral.ts';
import { singularValues } from './spectrum.ts';

export type { Alarm, AlarmNumbers } from './alarm.ts';
export { KAPPA_DROP, prettyButUseless } from './alarm.ts';
export { alignment } from './alignment.ts';
export type { Bridge, BridgeInput } from './bridge.ts';
export { bridge } from './bridge.ts';
export { deadDimensions } from './dead-dimensions.ts';
export type { PairNumbers, PairOptions } from './pairs.ts';
export { pairNumbers } from './pairs.ts';
export { alphaReq, effectiveRank, largestShare, nesum } from './spectral.ts';
export { singularValues } from './spectrum.ts';

/** How healthy an embedding is, without labels; each null with the reason where undefined. */
export interface Health {
  readonly effectiveRank: Measured;
  readonly nesum: Measured;
  readonly largestShare: Measured;
  readonly alphaReq: Measured;
  readonly deadDimensions: Measured;
  readonly meanCosine: Measured;
  readonly uniformity: Measured;
  readonly alignment: Measured;
}

export interface HealthOptions extends PairOptions {
  /** Recording of every row [N], for alignment; rows of one recording together and in the order of time. */
  readonly recordings?: Int32Array;
}

/**
 * All health numbers of an embedding.
 * @throws RangeError where shapes do not fit or a number is not finite
 */
export async function health(points: Points, options: HealthOptions): Promise<Health> {
  const sigma = await singularValues(points, options);
  return {
    effectiveRank: effectiveRank(sigma),
    nesum: nesum(sigma),
    largestShare: largestShare(sigma),
    alphaReq: alphaReq(sigma),
    deadDimensions: deadDimensions(points),
    ...(await pairNumbers(points, options)),
    alignment: options.recordings
      ? alignment(points, options.recordings)
      : { value: null, reason: 'no recordings given' },
  };
}
