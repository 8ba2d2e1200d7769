import { type PlaneFill, sourceOf } from './outside.ts';
import type { PictureSize } from './picture-set.ts';

/** Flips first, then quarter turns against the clock (of square pictures), then a shift by whole pixels. */
export interface Moves {
  readonly flipHorizontal: boolean;
  readonly flipVertical: boolean;
  readonly quarters: number;
  readonly down: number;
  readonly right: number;
}

/**
 * Where the pixels of a moved plane are read. All of these moves keep rows and columns apart, so the pixel at (y, x) is read
 * at the place ofRow[y] + ofColumn[x]; either is -1 where nothing is read.
 */
export interface Offsets {
  readonly ofRow: Int32Array;
  readonly ofColumn: Int32Array;
  /** Takes other moves. @param outside what stands outside; a value leaves it unread */
  set(moves: Moves, outside: PlaneFill): void;
}

/** Offsets of no move at all, made once for many pictures of one size. */
export function offsetsOf([height, width]: PictureSize): Offsets {
  const ofRow = Int32Array.from({ length: height }, (_, y) => y * width);
  const ofColumn = Int32Array.from({ length: width }, (_, x) => x);
  return {
    ofRow,
    ofColumn,
    set({ flipHorizontal, flipVertical, quarters, down, right }, outside) {
      // One quarter turn reads row x, column last - y; two: last - y, last - x; three: last - x, y.
      if (quarters % 2 === 0) {
        fillOffsets(ofRow, down, outside, (quarters === 2) !== flipVertical, width);
        fillOffsets(ofColumn, right, outside, (quarters === 2) !== flipHorizontal, 1);
      } else {
        fillOffsets(ofRow, down, outside, (quarters === 1) !== flipHorizontal, 1);
        fillOffsets(ofColumn, right, outside, (quarters === 3) !== flipVertical, width);
      }
    },
  };
}

function fillOffsets(out: Int32Array, shift: number, outside: PlaneFill, backwards: boolean, stride: number): void {
  const n = out.length;
  for (let i = 0; i < n; i++) {
    const at = sourceOf(i - shift, n, outside);
    out[i] = at < 0 ? -1 : stride * (backwards ? n - 1 - at : at);
  }
}

/** One plane from the place `start` of `from`, moved, to the place `to` of `out`. */
export function movePlane(
  from: Float32Array,
  out: Float32Array,
  start: number,
  to: number,
  { ofRow, ofColumn }: Offsets,
  outside: PlaneFill,
): void {
  const value = typeof outside === 'number' ? outside : 0;
  const width = ofColumn.length;
  for (let y = 0; y < ofRow.length; y++) {
    const [line, row] = [to + y * width, ofRow[y]];
    if (row < 0) {
      out.fill(value, line, line + width);
      continue;
    }
    for (let x = 0; x < width; x++) {
      const column = ofColumn[x];
      out[line + x] = column < 0 ? value : from[start + row + column];
    }
  }
}
