import { type PlaneFill, sourceOf } from './outside.ts';
import type { PictureShape } from './picture-set.ts';

/**
 * A picture rotated about its middle, against the clock as seen with row 0 on top: the pixel at (y, x) from the middle is
 * read at
 *
 *   (y cos a + x sin a, x cos a - y sin a)
 *
 * by the nearest pixel (halves up) or bilinearly; places outside are filled, also as neighbours of a bilinear reading.
 *
 * @param picture [C, H, W]  @param outside [C], values for all or for none  @param out [C, H, W], written
 */
export function rotatePicture(
  picture: Float32Array,
  [channels, height, width]: PictureShape,
  degrees: number,
  interpolation: 'nearest' | 'bilinear',
  outside: readonly PlaneFill[],
  out: Float32Array,
): void {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
  const area = height * width;
  const values = Float32Array.from(outside, (fill) => (typeof fill === 'number' ? fill : 0));
  const [fill] = outside;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const down = row - middleY;
      const right = column - middleX;
      const y = middleY + down * cos + right * sin;
      const x = middleX + right * cos - down * sin;
      let to = row * width + column;
      if (interpolation === 'nearest') {
        const at = placeOf(Math.floor(y + 0.5), Math.floor(x + 0.5), height, width, fill);
        for (let c = 0; c < channels; c++, to += area) out[to] = at < 0 ? values[c] : picture[c * area + at];
        continue;
      }
      const top = Math.floor(y);
      const left = Math.floor(x);
      const a = placeOf(top, left, height, width, fill);
      const b = placeOf(top, left + 1, height, width, fill);
      const c = placeOf(top + 1, left, height, width, fill);
      const d = placeOf(top + 1, left + 1, height, width, fill);
      const lower = y - top;
      const further = x - left;
      for (let channel = 0; channel < channels; channel++, to += area) {
        const plane = channel * area;
        const value = values[channel];
        const upper =
          (a < 0 ? value : picture[plane + a]) * (1 - further) + (b < 0 ? value : picture[plane + b]) * further;
        const under =
          (c < 0 ? value : picture[plane + c]) * (1 - further) + (d < 0 ? value : picture[plane + d]) * further;
        out[to] = upper * (1 - lower) + under * lower;
      }
    }
}

/** Place in the plane that is read for a row and a column, -1 for the fill value. */
function placeOf(row: number, column: number, height: number, width: number, outside: PlaneFill): number {
  if (row >= 0 && column >= 0 && row < height && column < width) return row * width + column;
  const y = sourceOf(row, height, outside);
  const x = sourceOf(column, width, outside);
  return y < 0 || x < 0 ? -1 : y * width + x;
}
