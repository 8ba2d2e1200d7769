import type { Random } from '../array/random.ts';

/**
 * Shuffled epochs cut into batches: every item once an epoch; a batch that an epoch can't fill goes on in the next.
 *
 * @param rows items, >= 1   @param batch items a step, >= 1   @param steps >= 0
 * @returns places 0..rows-1, row-major [steps * batch]
 * @throws RangeError when a size is no whole number in its range
 */
export function plainBatches(rows: number, batch: number, steps: number, random: Random): Int32Array {
  checkSizes('plainBatches', { rows, batch, steps });
  const out = new Int32Array(steps * batch);
  const epoch = Int32Array.from({ length: rows }, (_, i) => i);
  for (let at = 0; at < out.length; at += rows) out.set(random.shuffle(epoch).subarray(0, out.length - at), at);
  return out;
}

/**
 * Draws with replacement, class first, then uniformly within the class (methods.md, GBBN):
 *
 *   p_t = a(t) pi + (1 - a(t)) / C
 *
 * pi the class shares of the training items, C the number of classes that have any; a class without items has p 0. Alpha 1
 * draws items uniformly, alpha 0 classes uniformly (random oversampling).
 *
 * @param labels classes of the training items, 0..classes-1   @param alpha share of pi at step 0..steps-1, in [0, 1]
 * @returns places in `labels`, row-major [steps * batch]
 * @throws RangeError when a size, a label or alpha(step) is out of its range
 */
export function classSampled(
  labels: Int32Array,
  classes: number,
  batch: number,
  steps: number,
  random: Random,
  alpha: (step: number) => number,
): Int32Array {
  checkSizes('classSampled', { rows: labels.length, classes, batch, steps });
  const members = membersOf(labels, classes);
  const present = members.filter((items) => items.length > 0);
  const out = new Int32Array(steps * batch);
  for (let step = 0; step < steps; step++) {
    const a = alpha(step);
    if (!(a >= 0 && a <= 1)) throw new RangeError(`classSampled: alpha(${step}) must be in [0, 1], got ${a}`);
    const cumulative = new Float64Array(present.length);
    let sum = 0;
    present.forEach((items, k) => {
      sum += (a * items.length) / labels.length + (1 - a) / present.length;
      cumulative[k] = sum;
    });
    for (let i = 0; i < batch; i++) {
      const u = random.uniform() * sum;
      let k = 0;
      while (k < present.length - 1 && u >= cumulative[k]) k++;
      out[step * batch + i] = present[k][random.integer(present[k].length)];
    }
  }
  return out;
}

/**
 * Shares by which the batches of mixup are mixed: one a step from Beta(alpha, alpha), in [0, 1].
 *
 *   u^(1/alpha) / (u^(1/alpha) + v^(1/alpha)) of uniform u, v whose powers sum to at most 1
 *
 * @param alpha in (0, 2]: beyond, nearly all pairs are refused  @throws RangeError when it is not
 * @see Johnk 1964
 */
export function mixShares(alpha: number, steps: number, random: Random): Float64Array {
  checkSizes('mixShares', { steps });
  if (!(alpha > 0 && alpha <= 2)) throw new RangeError(`mixShares: alpha must be in (0, 2], got ${alpha}`);
  return Float64Array.from({ length: steps }, () => {
    for (;;) {
      const [a, b] = [random.uniform() ** (1 / alpha), random.uniform() ** (1 / alpha)];
      if (a + b > 0 && a + b <= 1) return a / (a + b);
    }
  });
}

/** Places of each class's items. */
function membersOf(labels: Int32Array, classes: number): Int32Array[] {
  const counts = new Int32Array(classes);
  labels.forEach((label, i) => {
    if (label < 0 || label >= classes)
      throw new RangeError(`classSampled: labels[${i}] must be in 0..${classes - 1}, got ${label}`);
    counts[label]++;
  });
  const members = Array.from(counts, (count) => new Int32Array(count));
  const filled = new Int32Array(classes);
  labels.forEach((label, i) => {
    members[label][filled[label]++] = i;
  });
  return members;
}

function checkSizes(place: string, sizes: Record<string, number>): void {
  for (const [name, size] of Object.entries(sizes)) {
    const least = name === 'steps' ? 0 : 1;
    if (!Number.isInteger(size) || size < least)
      throw new RangeError(`${place}: ${name} must be a whole number >= ${least}, got ${size}`);
  }
}
