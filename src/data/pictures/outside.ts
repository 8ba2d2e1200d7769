/** What stands outside one plane. */
export type PlaneFill = 'edge' | 'reflect' | number;

/** Place 0..n-1 that is read for a place that may lie outside; -1 for the fill value. Mirrors leave the edge out. */
export function sourceOf(at: number, n: number, outside: PlaneFill): number {
  if (at >= 0 && at < n) return at;
  if (outside === 'edge') return at < 0 ? 0 : n - 1;
  if (outside !== 'reflect') return -1;
  const period = Math.max(1, 2 * (n - 1));
  const within = ((at % period) + period) % period;
  return within < n ? within : period - within;
}
