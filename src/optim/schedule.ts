/** Learning rate of step t (0..steps-1), falling along half a cosine from `peak` towards 0 (Loshchilov, Hutter 2017). */
export function cosine(peak: number, t: number, steps: number): number {
  return 0.5 * peak * (1 + Math.cos((Math.PI * t) / steps));
}
