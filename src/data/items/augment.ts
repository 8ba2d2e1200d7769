import type { Random } from '../../array/random.ts';
import { augmentPictures, type PictureAugmentation, type PictureBatchShape } from '../pictures/augment.ts';
import { augmentSeries, type SeriesAugmentation, type SeriesBatchShape } from '../series/augment.ts';

/** Random changes to the items of every training batch; JSON. */
export type Augmentation = {
  /** Classes whose items stay as they are. */
  readonly except?: readonly number[];
} & (
  | { readonly kind: 'series'; readonly settings: SeriesAugmentation }
  | { readonly kind: 'pictures'; readonly settings: PictureAugmentation }
);

/**
 * A batch, changed at random; items never mix.
 * @param values [B, ...shape], not changed  @param labels [B]  @param shape of one item
 * @returns [B, ...shape]
 */
export function augment(
  values: Float32Array,
  labels: ArrayLike<number>,
  shape: readonly number[],
  random: Random,
  { except = [], ...augmentation }: Augmentation,
): Float32Array {
  const which = except.length > 0 ? Array.from(labels, (label) => !except.includes(label)) : undefined;
  const batch = [labels.length, ...shape];
  if (augmentation.kind === 'series')
    return augmentSeries(values, batch as unknown as SeriesBatchShape, random, augmentation.settings, which);
  return augmentPictures(values, batch as unknown as PictureBatchShape, random, augmentation.settings, which);
}
