export {
  augmentPictures,
  flipPictures,
  type PictureAugmentation,
  type PictureBatchShape,
  type PictureFill,
  rotatePictures,
  shiftPictures,
  turnPictures,
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
