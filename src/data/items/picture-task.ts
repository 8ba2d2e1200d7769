import type { Task } from '../dataset.ts';
import type { PictureSet } from '../pictures/index.ts';
import { joined } from './series-task.ts';

/** The task of telling the class of pictures. Pictures without a class take no part. */
export function pictureTask(set: PictureSet): Task {
  const { count, shape, pixels, labels, classes, counts, groups, splits, files, findings } = set;
  return {
    source: { ...joined(files), rows: count, unit: 'picture' },
    items: { kind: 'pictures', pictures: { count, shape, pixels } },
    labels,
    classes,
    counts,
    ...(groups && { groups }),
    ...(splits && { splits }),
    columns: [],
    audit: findings,
  };
}
