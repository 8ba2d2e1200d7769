import { type PlaneFill, sourceOf } from './outside.ts';
import type { PictureSize } from './picture-set.ts';

/**
 * One plane rotated about its middle, against the clock as seen with row 0 on top: the pixel at (y, x) from the middle is
 * read at
 *
 *   (y cos a + x sin a, x cos a - y sin a)
 *
 * by the nearest pixel (halves up) or bilinearly; places outside are filled, also as neighbours of a bilinear reading.
 *
 * @param plane [H, W]  @param out [H, W], written
 */
export function rotatePlane(
  plane: Float32Array,
  [height, width]: PictureSize,
  degrees: number,
  interpolation: 'nearest' | 'bilinear',
  outside: PlaneFill,
  out: Float32Array,
): void {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
  const at = (row: number, column: number): number => {
    const [y, x] = [sourceOf(row, height, outside), sourceOf(column, width, outside)];
    return y >= 0 && x >= 0 ? plane[y * width + x] : Number(outside);
  };
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [down, right] = [row - middleY, column - middleX];
      const y = middleY + down * cos + right * sin;
      const x = middleX + right * cos - down * sin;
      if (interpolation === 'nearest') {
        out[row * width + column] = at(Math.floor(y + 0.5), Math.floor(x + 0.5));
        continue;
      }
      const [top, left] = [Math.floor(y), Math.floor(x)];
      const [lower, further] = [y - top, x - left];
      const upper = at(top, left) * (1 - further) + at(top, left + 1) * further;
      const under = at(top + 1, left) * (1 - further) + at(top + 1, left + 1) * further;
      out[row * width + column] = upper * (1 - lower) + under * lower;
    }
}
