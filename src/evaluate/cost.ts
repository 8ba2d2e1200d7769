import type { NdArray } from '../array/array.ts';
import { feed, loadModel } from '../runtime/session.ts';

/**
 * Median time of one row through an exported model, in microseconds, over `runs` single-row calls.
 * @param wanted the output that is asked for
 */
export async function inferenceMicroseconds(
  model: Uint8Array,
  row: Readonly<Record<string, NdArray>>,
  wanted: 'probabilities' | 'embeddings' = 'probabilities',
  runs = 200,
): Promise<number> {
  const program = await loadModel<typeof wanted>(model);
  const feeds = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, feed(value)]));
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const started = performance.now();
    await program.run(feeds, { [wanted]: null });
    times.push(1000 * (performance.now() - started));
  }
  await program.release();
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)];
}
