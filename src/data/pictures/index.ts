export {
  augmentPictures,
  type PictureAugmentation,
  type PictureBatchShape,
  type PictureFill,
  parsePictureAugmentation,
} from './augment.ts';
export { applyPictures, fitPictures, type PicturePreprocessing } from './normalise.ts';
export type {
  PictureFile,
  PictureKind,
  PictureOptions,
  PictureSet,
  PictureShape,
  PictureSize,
  Split,
} from './picture-set.ts';
export { readPictures } from './read.ts';
export { recognisePictures } from './recognise.ts';
export { twinFindings } from './twin-findings.ts';
export { findTwins, type Twins } from './twins.ts';
