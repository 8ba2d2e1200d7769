/** A function's value and its gradient at a point. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface LbfgsOptions {
  /** Ends when no entry of the gradient is larger than this. */
  readonly tolerance: number;
  /** Largest number of steps. */
  readonly steps: number;
  /** Inverse of a guess at the second derivative, applied to a vector (a new array); without it the vector itself. */
  readonly precondition?: (vector: Float64Array) => Promise<Float64Array>;
  /** Values nearer to each other than this share of them may differ by rounding alone; default 1e-12. */
  readonly rounding?: number;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  /** Largest entry of the gradient, in absolute value. */
  readonly gradientNorm: number;
  readonly converged: boolean;
  readonly steps: number;
}

/** A step and the change of the gradient over it, with 1 / (s . y). */
interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

/** Pairs that are kept. */
const MEMORY = 30;

/**
 * Minimum of a smooth convex function by L-BFGS (Nocedal, Wright 2006, algorithm 7.4). The line search halves the step
 * until the value falls by 1e-4 of what the slope promises or, where rounding hides so small a fall, until the slope is
 * less steep (Hager, Zhang 2005). Without such a step the pairs are forgotten; without one even then it ends. Same
 * input, same bits.
 */
export async function lbfgs(
  evaluate: (x: Float64Array) => Promise<Evaluation>,
  start: Float64Array,
  { tolerance, steps, precondition = async (vector) => vector.slice(), rounding = 1e-12 }: LbfgsOptions,
): Promise<Minimum> {
  let at = { x: start, ...(await evaluate(start)) };
  const pairs: Pair[] = [];
  let scale = 1;
  let step = 0;
  while (largest(at.gradient) > tolerance && step < steps) {
    step++;
    const direction = await descent(at.gradient, pairs, scale, precondition);
    const next = await search(evaluate, at, direction, rounding);
    if (next) {
      const s = next.x.map((value, i) => value - at.x[i]);
      const y = next.gradient.map((value, i) => value - at.gradient[i]);
      const along = dot(s, y);
      if (along > 0) {
        pairs.push({ s, y, rho: 1 / along });
        if (pairs.length > MEMORY) pairs.shift();
        scale = along / dot(y, await precondition(y));
      }
      at = next;
    } else if (pairs.length > 0) {
      pairs.length = 0;
      scale = 1;
    } else break;
  }
  const gradientNorm = largest(at.gradient);
  return { x: at.x, value: at.value, gradientNorm, converged: gradientNorm <= tolerance, steps: step };
}

/** - H g by the two loops over the pairs, H the inverse second derivative that they tell of. */
async function descent(
  gradient: Float64Array,
  pairs: readonly Pair[],
  scale: number,
  precondition: (vector: Float64Array) => Promise<Float64Array>,
): Promise<Float64Array> {
  const q = gradient.map((value) => -value);
  const alphas = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    alphas[k] = pairs[k].rho * dot(pairs[k].s, q);
    addTo(q, -alphas[k], pairs[k].y);
  }
  const r = (await precondition(q)).map((value) => scale * value);
  pairs.forEach(({ s, y, rho }, k) => {
    addTo(r, alphas[k] - rho * dot(y, r), s);
  });
  return r;
}

async function search(
  evaluate: (x: Float64Array) => Promise<Evaluation>,
  from: Evaluation & { readonly x: Float64Array },
  direction: Float64Array,
  rounding: number,
) {
  const slope = dot(direction, from.gradient);
  if (!(slope < 0)) return undefined;
  for (let length = 1; length > 1e-12; length /= 2) {
    const x = from.x.map((value, i) => value + length * direction[i]);
    const at = { x, ...(await evaluate(x)) };
    if (at.value <= from.value + 1e-4 * length * slope) return at;
    const level = at.value <= from.value + rounding * Math.abs(from.value);
    if (level && Math.abs(dot(direction, at.gradient)) <= -0.9 * slope) return at;
  }
  return undefined;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addTo(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
