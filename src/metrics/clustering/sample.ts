import type { Random } from '../../array/random.ts';

/**
 * Row numbers of a sample in which every group has its share (largest remainders; of equal ones the lower group).
 *
 * @param labels group of every row [N]  @param counts rows of each group [K]  @param size rows wanted, at most N
 * @returns [size], ascending
 */
export function stratifiedSample(labels: Int32Array, counts: Int32Array, size: number, draw: Random): Int32Array {
  const exact = Array.from(counts, (count) => (count * size) / labels.length);
  const wanted = exact.map(Math.floor);
  const short = size - wanted.reduce((a, b) => a + b, 0);
  const order = exact.map((_, k) => k).sort((a, b) => exact[b] - wanted[b] - (exact[a] - wanted[a]) || a - b);
  for (const k of order.slice(0, short)) wanted[k]++;
  const taken = new Int32Array(size);
  let count = 0;
  for (const i of draw.shuffle(Int32Array.from(labels.keys()))) if (wanted[labels[i]]-- > 0) taken[count++] = i;
  return taken.sort();
}
