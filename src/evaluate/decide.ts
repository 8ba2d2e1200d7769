/**
 * The class of every item: argmax of z + gamma log pi.
 *
 * gamma moves the operating point between rare recall (falling gamma) and few false alarms (rising gamma). A class that
 * training never saw is never chosen. Equal values: the more frequent class.
 *
 * @param logits z [N * C]  @param counts training items of each class [C]
 * @returns [N], 0..C-1
 */
export function decide(logits: Float32Array, counts: readonly number[], gamma: number): Int32Array {
  const classes = counts.length;
  const shift = priorShift(counts, gamma);
  const items = logits.length / classes;
  const answers = new Int32Array(items);
  for (let i = 0; i < items; i++) {
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) {
      const value = logits[i * classes + c] + shift[c];
      if (value > most) [best, most] = [c, value];
    }
    answers[i] = best;
  }
  return answers;
}

/** gamma log pi_c [C]; minus infinity for a class without training items. */
export function priorShift(counts: readonly number[], gamma: number): number[] {
  const rows = counts.reduce((a, b) => a + b, 0);
  return counts.map((n) => (n > 0 ? gamma * Math.log(n / rows) : Number.NEGATIVE_INFINITY));
}

/** softmax(z + gamma log pi) [N * C]. */
export function probabilities(logits: Float32Array, counts: readonly number[], gamma: number): Float64Array {
  const classes = counts.length;
  const shift = priorShift(counts, gamma);
  const result = new Float64Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) most = Math.max(most, logits[start + c] + shift[c]);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += result[start + c] = Math.exp(logits[start + c] + shift[c] - most);
    for (let c = 0; c < classes; c++) result[start + c] /= sum;
  }
  return result;
}
