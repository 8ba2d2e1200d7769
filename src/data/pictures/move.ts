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
 * at the place rows[y] + columns[x]; either is -1 where nothing is read.
 */
export interface Offsets {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /** From this column on (included) to `end` (excluded) each is read `step` places after the one before. */
  readonly first: number;
  readonly end: number;
  readonly step: number;
}

/** @param outside what stands outside the plane; a value leaves it unread */
export function offsetsOf(
  { flipHorizontal, flipVertical, quarters, down, right }: Moves,
  [height, width]: PictureSize,
  outside: PlaneFill,
): Offsets {
  // One quarter turn reads row x, column last - y; two: last - y, last - x; three: last - x, y.
  const across = quarters % 2 === 1;
  const upwards = across ? (quarters === 1) !== flipHorizontal : (quarters === 2) !== flipVertical;
  const backwards = across ? (quarters === 3) !== flipVertical : (quarters === 2) !== flipHorizontal;
  const stride = across ? width : 1;
  const first = Math.min(width, Math.max(0, right));
  return {
    rows: offsetsAlong(height, down, outside, upwards, across ? 1 : width),
    columns: offsetsAlong(width, right, outside, backwards, stride),
    first,
    end: Math.max(first, width + Math.min(0, right)),
    step: backwards ? -stride : stride,
  };
}

function offsetsAlong(n: number, shift: number, outside: PlaneFill, backwards: boolean, stride: number): Int32Array {
  const out = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const at = sourceOf(i - shift, n, outside);
    out[i] = at < 0 ? -1 : stride * (backwards ? n - 1 - at : at);
  }
  return out;
}

/** One plane from the place `start` of `from`, moved, to the place `to` of `out`. */
export function movePlane(
  from: Float32Array,
  start: number,
  out: Float32Array,
  to: number,
  { rows, columns, first, end, step }: Offsets,
  outside: PlaneFill,
): void {
  const value = typeof outside === 'number' ? outside : 0;
  const width = columns.length;
  for (let y = 0; y < rows.length; y++) {
    const line = to + y * width;
    const read = start + rows[y];
    if (rows[y] < 0) {
      for (let x = 0; x < width; x++) out[line + x] = value;
      continue;
    }
    for (let x = 0; x < first; x++) out[line + x] = columns[x] < 0 ? value : from[read + columns[x]];
    for (let x = first, at = read + columns[first]; x < end; x++, at += step) out[line + x] = from[at];
    for (let x = end; x < width; x++) out[line + x] = columns[x] < 0 ? value : from[read + columns[x]];
  }
}
