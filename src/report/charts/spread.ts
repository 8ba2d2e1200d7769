/** Heights for the labels: each as near to its point as it can be, none nearer than `gap` to the next. */
export function spread<T extends { readonly point: { readonly y: number } }>(
  lines: readonly T[],
  gap: number,
  [bottom, top]: readonly [number, number],
): { line: T; y: number }[] {
  const sorted = [...lines].sort((one, other) => one.point.y - other.point.y);
  const pushedUp: number[] = [];
  for (const { point } of sorted) pushedUp.push(Math.max(point.y, (pushedUp.at(-1) ?? -Infinity) + gap));
  const pushedDown: number[] = [];
  for (const { point } of [...sorted].reverse())
    pushedDown.unshift(Math.min(point.y, (pushedDown[0] ?? Infinity) - gap));
  // Both keep the gaps, so their mean does; it spreads a cluster to both sides of its points.
  const heights = sorted.map((_, i) => (pushedUp[i] + pushedDown[i]) / 2);
  const last = heights.length - 1;
  heights.forEach((height, i) => {
    heights[i] = Math.max(height, bottom + i * gap);
  });
  heights.forEach((height, i) => {
    heights[i] = Math.min(height, top - (last - i) * gap);
  });
  return sorted.map((line, i) => ({ line, y: heights[i] }));
}
