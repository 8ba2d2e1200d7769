import type { Finding } from '../dataset.ts';
import type { Split } from '../split-names.ts';

export type { Split };

/** How pictures may come: a folder per class, a table of paths, idx (MNIST), CIFAR binary, bytes with a JSON header. */
export type PictureKind = 'folder' | 'list' | 'idx' | 'cifar' | 'raw';

/** Pictures of one size in memory. Nothing is dropped without a finding. */
export interface PictureSet {
  /** N */
  readonly count: number;
  readonly shape: PictureShape;
  /** [N, C, H, W], row-major, 0..255. */
  readonly pixels: Uint8Array;
  /** Class of every picture [N], 0..C-1; -1 for none. */
  readonly labels: Int32Array;
  /** Class names; ordered by falling count over all pictures, ties by name. */
  readonly classes: readonly string[];
  /** Pictures of each class, training and test together. */
  readonly counts: readonly number[];
  /** The picture's file, or `file, item 7` (counted from 1) where a file holds many. */
  readonly names: readonly string[];
  /** Side of every picture, where the data comes divided. */
  readonly splits?: readonly Split[];
  /** Group of every picture [N], 0..G-1 (-1 for none, where it has no class), where groups were named. */
  readonly groups?: Int32Array;
  /** [G], in the order of their first picture. */
  readonly groupNames?: readonly string[];
  readonly files: readonly PictureFile[];
  readonly findings: readonly Finding[];
}

/** [channels, height, width]; channels are 1 (grey) or 3 (red, green, blue). */
export type PictureShape = readonly [number, number, number];

/** [height, width] */
export type PictureSize = readonly [number, number];

export interface PictureFile {
  /** A file, or the folder of many pictures. */
  readonly file: string;
  /**
   * `sha256:` and the hex digest of the file's bytes; for a folder of the text `DIGEST  PATH\n` of each picture in it that
   * was taken, ordered by path (what `sha256sum` prints).
   */
  readonly digest: string;
  /** Pictures, or rows of a table. */
  readonly rows: number;
}

export interface PictureOptions {
  /**
   * list: column of the class, or several 0/1 columns. CIFAR-100: `fine` (default) or `coarse`. raw: column of the labels'
   * table (default `class`, then `label`).
   */
  readonly label?: readonly string[];
  /** list: column of the paths, which start from the table's folder. Default: the one column that holds names of pictures. */
  readonly path?: string;
  /**
   * What must stay on one side of a split. list and raw: a column of the table. All: `file:PATTERN`, what a regular expression
   * finds in the name of the picture's file, or of the file of many pictures (see `fileGroup`).
   */
  readonly group?: string;
  /** Default: the most common size; pictures of another size are resized, the ratio of their sides not kept. */
  readonly size?: PictureSize;
  /** Default: 3 where any picture has colour, else 1. */
  readonly channels?: 1 | 3;
  /** Take no notice of a division that the data come with. */
  readonly pool?: boolean;
  /** Leave pictures out that cannot be read, instead of refusing them. */
  readonly skipUnreadable?: boolean;
}

/** One picture file and what is told about it, before a pixel is read. */
export interface PictureEntry {
  readonly path: string;
  /** As messages name it. */
  readonly name: string;
  /** Path within the folder that holds all of them, with `/`. */
  readonly inside: string;
  readonly label: string | undefined;
  readonly group?: string | undefined;
  readonly split?: Split;
}

/** Pictures of one size out of one file. */
export interface PictureBlock {
  /** The file of the pictures, then that of their labels. */
  readonly files: readonly PictureFile[];
  readonly shape: PictureShape;
  /** [N, C, H, W] */
  readonly pixels: Uint8Array;
  /** Class of each by name. */
  readonly labels: readonly (string | undefined)[];
  /** Group of each by name, where the file tells more than its own name does. */
  readonly groups?: readonly (string | undefined)[];
  readonly split?: Split;
  /** Bytes that may stand for something else than brightness must not be mixed on resizing. */
  readonly codes: boolean;
}

/** `64 x 48`, height first. */
export const sizeText = ([height, width]: PictureSize): string => `${height} x ${width}`;

/** `"a", "b", "c", ...`: the first three. */
export const firstOf = (names: readonly string[], most = 3): string =>
  `${names.slice(0, most).join(', ')}${names.length > most ? ', ...' : ''}`;

/** The most common size; of equally common ones the largest, then the tallest. */
export function commonSize(sizes: readonly PictureSize[]): PictureSize {
  const tally = new Map<string, { size: PictureSize; count: number }>();
  for (const size of sizes) {
    const known = tally.get(size.join());
    if (known) known.count++;
    else tally.set(size.join(), { size, count: 1 });
  }
  const [first] = [...tally.values()].sort(
    (a, b) => b.count - a.count || b.size[0] * b.size[1] - a.size[0] * a.size[1] || b.size[0] - a.size[0],
  );
  return first.size;
}
