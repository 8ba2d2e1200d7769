import { checkNumbers } from './points.ts';

/** Two ways to group the same rows. */
export interface Pairing {
  /** Cluster of every row [N], 0..clusters-1. */
  readonly clustering: { readonly labels: Int32Array; readonly clusters: number };
  /** True class of every row [N], 0..classes-1; a row without a label has -1 and is left out. */
  readonly truth: { readonly labels: Int32Array; readonly classes: number };
}

/** Rows in each pair of class and cluster. */
export interface Contingency {
  /** Rows that have a label. */
  readonly items: number;
  /** Rows left out because they have none. */
  readonly unlabelled: number;
  /** [C * K], row by row: rows of class c in cluster k. */
  readonly table: Float64Array;
  /** Rows of each class [C] and of each cluster [K]. */
  readonly ofClass: Float64Array;
  readonly ofCluster: Float64Array;
}

/** @throws RangeError where lengths differ or a number is out of range */
export function contingency(place: string, { clustering, truth }: Pairing): Contingency {
  const { labels, clusters } = clustering;
  checkNumbers(place, 'clusters', labels, truth.labels.length, clusters);
  checkNumbers(place, 'labels', truth.labels, labels.length, truth.classes, -1);
  const table = new Float64Array(truth.classes * clusters);
  const ofClass = new Float64Array(truth.classes);
  const ofCluster = new Float64Array(clusters);
  let items = 0;
  for (let i = 0; i < labels.length; i++) {
    const [c, k] = [truth.labels[i], labels[i]];
    if (c < 0) continue;
    items++;
    table[c * clusters + k]++;
    ofClass[c]++;
    ofCluster[k]++;
  }
  return { items, unlabelled: labels.length - items, table, ofClass, ofCluster };
}

/** Why agreement with the labels cannot be measured; undefined where it can. */
export function nothingToAgreeWith({ items, ofClass }: Contingency): string | undefined {
  if (items === 0) return 'no labelled item';
  const classes = ofClass.reduce((count, n) => count + (n > 0 ? 1 : 0), 0);
  if (classes === 1) return 'one label only';
  if (classes === items) return 'every class has a single item';
  return undefined;
}

/** What is to be said of a value: the rows that were left out. */
export function leftOut({ unlabelled }: Contingency): { reason?: string } {
  return unlabelled > 0 ? { reason: `${unlabelled} items without a label left out` } : {};
}
