import type { PictureSize } from './picture-set.ts';

/**
 * Planes of bytes by the pixel whose middle lies nearest:
 *
 *   out[y, x] = in[floor((y + 1/2) H / H'), floor((x + 1/2) W / W')]
 *
 * @param planes [P, H, W] of `from`  @returns [P, H', W'] of `to`
 */
export function stretchNearest(planes: Uint8Array, from: PictureSize, to: PictureSize): Uint8Array {
  const [rows, columns] = [0, 1].map((d) =>
    Int32Array.from({ length: to[d] }, (_, i) => Math.floor(((i + 0.5) * from[d]) / to[d])),
  );
  const count = planes.length / (from[0] * from[1]);
  const out = new Uint8Array(count * to[0] * to[1]);
  let at = 0;
  for (let p = 0; p < count; p++)
    for (const row of rows) {
      const line = (p * from[0] + row) * from[1];
      for (const column of columns) out[at++] = planes[line + column];
    }
  return out;
}

/**
 * Planes of bytes by straight lines between pixels when growing, by a triangle as wide as two new pixels when shrinking
 * (so that no pixel is passed over), rows and columns one after the other, rounded once.
 *
 * @param planes [P, H, W] of `from`  @returns [P, H', W'] of `to`
 */
export function stretchSmooth(planes: Uint8Array, from: PictureSize, to: PictureSize): Uint8Array {
  const [rows, columns] = [0, 1].map((d) => triangles(from[d], to[d]));
  const count = planes.length / (from[0] * from[1]);
  const out = new Uint8Array(count * to[0] * to[1]);
  const half = new Float64Array(from[0] * to[1]);
  for (let p = 0; p < count; p++) {
    const start = p * from[0] * from[1];
    for (let y = 0; y < from[0]; y++)
      columns.forEach(({ first, weights }, x) => {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) sum += weights[k] * planes[start + y * from[1] + first + k];
        half[y * to[1] + x] = sum;
      });
    rows.forEach(({ first, weights }, y) => {
      for (let x = 0; x < to[1]; x++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) sum += weights[k] * half[(first + k) * to[1] + x];
        out[(p * to[0] + y) * to[1] + x] = Math.round(sum);
      }
    });
  }
  return out;
}

/** Weights of the old places for each new one: max(0, 1 - |j + 1/2 - (i + 1/2) n / m| / max(1, n / m)), summing to 1. */
function triangles(n: number, m: number): { first: number; weights: Float64Array }[] {
  const width = Math.max(1, n / m);
  return Array.from({ length: m }, (_, i) => {
    const middle = ((i + 0.5) * n) / m;
    const first = Math.max(0, Math.ceil(middle - width - 0.5));
    const end = Math.min(n, Math.floor(middle + width - 0.5) + 1);
    const raw = Float64Array.from({ length: end - first }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - middle) / width),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
}
