/** A stretch of equal values, `from` included, `to` not. */
export interface Run {
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/** Stretches of equal values, in order. */
export function runsOf(values: readonly number[]): Run[] {
  const runs: { value: number; from: number; to: number }[] = [];
  values.forEach((value, i) => {
    const last = runs.at(-1);
    if (last !== undefined && last.value === value) last.to = i + 1;
    else runs.push({ value, from: i, to: i + 1 });
  });
  return runs;
}

/**
 * Clusters by the number of the label that they meet most often, one number a cluster: the pair that shares most windows
 * first, then the next. Clusters that are left over take the numbers that are free, above those of the labels too.
 */
export function matched(clusters: readonly number[], labels: readonly number[]): number[] {
  const shared = new Map<string, { cluster: number; label: number; count: number }>();
  clusters.forEach((cluster, i) => {
    const label = labels[i];
    if (label < 0) return;
    const key = `${cluster} ${label}`;
    shared.set(key, { cluster, label, count: (shared.get(key)?.count ?? 0) + 1 });
  });
  const numbers = new Map<number, number>();
  const taken = new Set<number>();
  const give = (cluster: number, number: number) => {
    if (numbers.has(cluster) || taken.has(number)) return;
    numbers.set(cluster, number);
    taken.add(number);
  };
  for (const { cluster, label } of [...shared.values()].sort((one, other) => other.count - one.count))
    give(cluster, label);
  const known = new Set(labels);
  for (const cluster of new Set(clusters)) {
    let free = 0;
    while (taken.has(free) || known.has(free)) free++;
    give(cluster, free);
  }
  return clusters.map((cluster) => numbers.get(cluster) ?? 0);
}
