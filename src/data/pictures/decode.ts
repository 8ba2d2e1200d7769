import sharp from 'sharp';
import type { PictureSize } from './picture-set.ts';

/** Extensions of the pictures that are read. */
export const PICTURE_NAME = /\.(?:png|jpe?g|jfif|webp|tiff?|gif)$/i;
/** Extensions of pictures that are not: worth a warning when met. */
export const OTHER_PICTURE_NAME = /\.(?:bmp|hei[cf]|avif|jp2|jxl|svgz?|psd|dng|cr2|nef|arw|pgm|ppm|tga|dcm)$/i;

const KINDS = ['png', 'jpeg', 'webp', 'tiff', 'gif'];
const DEPTHS = ['uchar', 'ushort'];

/** What the head of a picture file says. */
export interface PictureHeader {
  /** After it is turned upright. */
  readonly size: PictureSize;
  /** Stored with colour, whether or not any pixel uses it. */
  readonly colour: boolean;
  readonly alpha: boolean;
  /** 16 bits a channel. */
  readonly deep: boolean;
  /** Its EXIF orientation is not upright. */
  readonly turned: boolean;
  /** Frames or pages. */
  readonly frames: number;
}

/** @param bytes the whole file  @throws Error with a short reason in plain words */
export async function pictureHeader(bytes: Uint8Array): Promise<PictureHeader> {
  if (bytes.length === 0) throw new Error('the file is empty');
  const meta = await sharp(bytes).metadata();
  if (!KINDS.includes(meta.format)) throw new Error(`is ${meta.format.toUpperCase()}, not ${KINDS_TEXT}`);
  if (!DEPTHS.includes(meta.depth)) throw new Error(`holds pixels of type ${meta.depth}; save it with 8 or 16 bits`);
  return {
    size: [meta.autoOrient.height, meta.autoOrient.width],
    colour: meta.space !== 'b-w' && meta.space !== 'grey16',
    // Every GIF is said to have alpha, whether or not a pixel is transparent.
    alpha: meta.hasAlpha && (meta.format !== 'gif' || !(await sharp(bytes).stats()).isOpaque),
    deep: meta.depth === 'ushort',
    turned: (meta.orientation ?? 1) > 1,
    frames: meta.pages ?? 1,
  };
}

export const KINDS_TEXT = 'PNG, JPEG, WebP, TIFF or GIF';

/**
 * A picture as sRGB bytes: turned upright by its EXIF orientation, the first frame of several, transparency laid on black,
 * 16 bits cut to the upper 8, grey as three equal channels, then stretched to `size` (Lanczos when shrinking, cubic when
 * growing; the ratio of the sides is not kept).
 *
 * @returns [H, W, 3]
 * @throws Error with a short reason
 */
export async function decodePicture(bytes: Uint8Array, [height, width]: PictureSize): Promise<Uint8Array> {
  const picture = sharp(bytes, { failOn: 'error' }).autoOrient().flatten({ background: '#000000' });
  const { data, info } = await picture
    .resize(width, height, { fit: 'fill' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new RangeError(`decodePicture: expected 3 channels, got ${info.channels}`);
  return data;
}

/** Brightness of a colour by ITU-R BT.601, as JPEG has it: 0.299 red + 0.587 green + 0.114 blue, rounded. */
export const brightness = (red: number, green: number, blue: number): number =>
  Math.floor((299 * red + 587 * green + 114 * blue + 500) / 1000);
