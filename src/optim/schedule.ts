/**
 * How the learning rate moves over a training, as plain data. `warmUp`: share of the steps, in [0, 1), in which it first
 * rises from nearly nothing to its peak; the rest of the schedule then runs over the steps that are left. Default 0.
 */
export type Schedule = { readonly warmUp?: number } & (
  | { readonly kind: 'constant' }
  | { readonly kind: 'cosine' }
  /** `end`: share of the peak at the end. Default 0. */
  | { readonly kind: 'linear'; readonly end?: number }
  /**
   * `at`: shares of the steps after the warm-up, each in (0, 1), after which the rate is multiplied by `factor`.
   * Default: a tenth after a half and after three quarters (He et al. 2016, section 4.2).
   */
  | { readonly kind: 'step'; readonly at?: readonly number[]; readonly factor?: number }
);

/**
 * Learning rate of step t (0..steps-1). With W = warmUp steps, rounded: peak (t + 1) / (W + 1) for t < W, then the
 * schedule from its own step 0, which is the peak. As PyTorch's LinearLR(start_factor = 1 / (W + 1), total_iters = W) and
 * the schedule after it in a SequentialLR with the milestone W.
 * @throws RangeError when the kind is none of these or a share or factor is out of range
 */
export function learningRate(schedule: Schedule, peak: number, t: number, steps: number): number {
  const { warmUp = 0 } = schedule;
  if (!(warmUp >= 0 && warmUp < 1)) throw new RangeError(`schedule: warmUp must be in [0, 1), got ${warmUp}`);
  const first = Math.round(warmUp * steps);
  if (t < first) return (peak * (t + 1)) / (first + 1);
  const [step, left] = [t - first, steps - first];
  switch (schedule.kind) {
    case 'constant':
      return peak;
    case 'cosine':
      return cosine(peak, step, left);
    case 'linear':
      return linear(peak, step, left, schedule.end);
    case 'step':
      return stepped(peak, step, left, schedule.at, schedule.factor);
    default:
      throw new RangeError(
        `schedule: needs a kind that is constant, cosine, linear or step, got ${JSON.stringify(schedule)}`,
      );
  }
}

/** Learning rate of step t (0..steps-1), falling along half a cosine from `peak` towards 0 (Loshchilov, Hutter 2017). */
export function cosine(peak: number, t: number, steps: number): number {
  return 0.5 * peak * (1 + Math.cos((Math.PI * t) / steps));
}

/** Falling (or rising) in a straight line from `peak` towards `end` times the peak. @throws RangeError when end < 0 */
export function linear(peak: number, t: number, steps: number, end = 0): number {
  if (!(end >= 0)) throw new RangeError(`schedule: end must be >= 0, got ${end}`);
  return peak * (1 + ((end - 1) * t) / steps);
}

/** `peak`, times `factor` once for each share of `at` that has passed. @throws RangeError when out of range */
export function stepped(
  peak: number,
  t: number,
  steps: number,
  at: readonly number[] = [0.5, 0.75],
  factor = 0.1,
): number {
  if (!(factor > 0)) throw new RangeError(`schedule: factor must be > 0, got ${factor}`);
  const wrong = at.find((share) => !(share > 0 && share < 1));
  if (wrong !== undefined) throw new RangeError(`schedule: at must be shares in (0, 1), got ${wrong}`);
  // Rounded: 0.7 * 10 is a little more than 7.
  return peak * factor ** at.filter((share) => t >= Math.round(share * steps)).length;
}
