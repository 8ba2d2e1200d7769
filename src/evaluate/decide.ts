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

/**
 * The answers of `decide` at several gammas, much sooner than one by one. Two facts are used. Among classes with the same
 * number of training items the largest logit wins whatever gamma is, so one class of each number is left. And each
 * class's z + gamma log pi is a straight line in gamma: the class that is highest at two gammas is so at all between, so
 * halves in which nothing changes are not looked at. (Where two lines meet, the last bit's rounding may decide.)
 *
 * @param logits z [N * C]   @param counts training items of each class [C]   @param gammas rising
 * @returns one [N] a gamma
 */
export function decideAtAll(logits: Float32Array, counts: readonly number[], gammas: readonly number[]): Int32Array[] {
  const C = counts.length;
  const N = logits.length / C;
  const rows = counts.reduce((sum, n) => sum + n, 0);
  const numbers = [...new Set(counts)].filter((n) => n > 0);
  const L = numbers.length;
  const place = new Map(numbers.map((n, level) => [n, level]));
  const levelOf = Int32Array.from(counts, (n) => place.get(n) ?? L);
  const slopes = Float64Array.from(numbers, (n) => Math.log(n / rows));
  // The last level takes what training never saw and is never looked at.
  const best = new Int32Array(L + 1);
  const most = new Float64Array(L + 1);
  const answers = gammas.map(() => new Int32Array(N));

  const at = (gamma: number): number => {
    let answer = 0;
    let largest = Number.NEGATIVE_INFINITY;
    for (let level = 0; level < L; level++) {
      const value = most[level] + gamma * slopes[level];
      if (value > largest || (value === largest && best[level] < answer)) {
        largest = value;
        answer = best[level];
      }
    }
    return answer;
  };
  const between = (item: number, low: number, high: number): void => {
    const below = answers[low][item];
    const above = answers[high][item];
    if (below === above) {
      for (let g = low + 1; g < high; g++) answers[g][item] = below;
    } else if (high - low > 1) {
      const middle = (low + high) >> 1;
      answers[middle][item] = at(gammas[middle]);
      between(item, low, middle);
      between(item, middle, high);
    }
  };

  const last = gammas.length - 1;
  for (let i = 0; i < N; i++) {
    most.fill(Number.NEGATIVE_INFINITY);
    for (let c = 0; c < C; c++) {
      const level = levelOf[c];
      const z = logits[i * C + c];
      if (z > most[level]) {
        most[level] = z;
        best[level] = c;
      }
    }
    answers[0][i] = at(gammas[0]);
    if (last === 0) continue;
    answers[last][i] = at(gammas[last]);
    between(i, 0, last);
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
