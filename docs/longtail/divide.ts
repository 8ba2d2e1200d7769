import { stream } from '../../src/array/random.ts';
import type { Task } from '../../src/data/dataset.ts';

/**
 * Training items are those whose window lies in the first part of its recording, test items all others.
 * @param share of the recording's steps, at whose place a training window ends at the latest
 */
export function firstShare(task: Task, share: number): Task {
  const { items } = task;
  if (items.kind !== 'series') throw new TypeError(`firstShare: needs time series, got ${items.kind}`);
  const { recording, start, length, set } = items.windows;
  const splits = Array.from(task.labels, (_, i) =>
    start[i] + length <= share * set.recordings[recording[i]].length ? ('train' as const) : ('test' as const),
  );
  // All patients are on both sides here.
  const { groups: _, ...rest } = task;
  return { ...rest, splits };
}

/** Training items are a share of each class (rounded), drawn at random; test items all others. */
export function stratifiedShare(task: Task, share: number, seed: number): Task {
  const splits = Array.from(task.labels, () => 'test' as 'train' | 'test');
  for (const [c, name] of task.classes.entries()) {
    const members = Int32Array.from(task.labels.keys()).filter((i) => task.labels[i] === c);
    const drawn = stream(seed, 'divide', name).shuffle(members);
    for (const i of drawn.subarray(0, Math.round(share * members.length))) splits[i] = 'train';
  }
  return { ...task, splits };
}
