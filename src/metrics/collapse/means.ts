/** Items by class: which classes have any, how many, and their mean embeddings. */
export interface ClassMeans {
  /** Numbers of the classes with items, ascending. */
  readonly present: readonly number[];
  /** Items of each class [C]. */
  readonly counts: Int32Array;
  /** Mean embedding of each class [C * D], zeros for a class without items. */
  readonly means: Float64Array;
}

/** Means in float64 of embeddings [N * D]. */
export function classMeans(
  embeddings: ArrayLike<number>,
  labels: Int32Array,
  classes: number,
  width: number,
): ClassMeans {
  const counts = new Int32Array(classes);
  const means = new Float64Array(classes * width);
  for (let i = 0; i < labels.length; i++) {
    const to = labels[i] * width;
    counts[labels[i]]++;
    for (let j = 0; j < width; j++) means[to + j] += embeddings[i * width + j];
  }
  const present: number[] = [];
  for (let c = 0; c < classes; c++) {
    if (counts[c] === 0) continue;
    present.push(c);
    for (let j = c * width; j < (c + 1) * width; j++) means[j] /= counts[c];
  }
  return { present, counts, means };
}
