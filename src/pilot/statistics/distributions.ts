import { compiled, igami, incbi, ndtr, ndtri } from 'cephes';

// WebAssembly: compiled once, while this module loads (about 20 ms).
await compiled;

/** Beyond this many degrees of freedom the expansion of t around the normal is exact to 1e-12. */
const NEARLY_NORMAL = 1e4;

/** Standard normal distribution function, P(Z <= x). */
export function normalCdf(x: number): number {
  return ndtr(x);
}

/** Standard normal quantile. @param p in (0, 1) @throws RangeError outside */
export function normalQuantile(p: number): number {
  checkProbability('normalQuantile', p);
  return ndtri(p);
}

/** z of a two-sided statement at error rate alpha: z_{1 - alpha/2}, 1.959964 at 0.05. */
export function twoSidedZ(alpha: number): number {
  return -normalQuantile(alpha / 2);
}

/**
 * Quantile of Beta(a, b). A quantile below 1e-300 is returned as 0, one as near to 1 as 1.
 *
 * @param p in (0, 1)   @param a > 0   @param b > 0
 * @throws RangeError outside
 */
export function betaQuantile(p: number, a: number, b: number): number {
  checkProbability('betaQuantile', p);
  if (!(a > 0) || !(b > 0)) throw new RangeError(`betaQuantile: a and b must be > 0, got ${a} and ${b}`);
  // For small a the quantile is (p a B(a, b))^(1/a) with a B(a, b) near 1: underflow is known before it happens.
  if (Math.log(p) / a < -650) return 0;
  if (Math.log1p(-p) / b < -650) return 1;
  return incbi(a, b, p);
}

/**
 * Quantile of Student's t; degrees of freedom need not be whole.
 *
 *   t = sqrt(nu (1 - y) / y),  y = BetaInv(2 (1 - p); nu/2, 1/2)
 *
 * For many degrees of freedom t = z + (z^3 + z)/(4 nu) + (5 z^5 + 16 z^3 + 3 z)/(96 nu^2) (Abramowitz, Stegun 26.7.5).
 *
 * @param p in (0, 1)   @param nu degrees of freedom, > 0 (Infinity: the normal)
 * @throws RangeError outside
 */
export function tQuantile(p: number, nu: number): number {
  checkProbability('tQuantile', p);
  if (!(nu > 0)) throw new RangeError(`tQuantile: degrees of freedom must be > 0, got ${nu}`);
  if (p === 0.5) return 0;
  if (p < 0.5) return -tQuantile(1 - p, nu);
  if (nu > NEARLY_NORMAL) {
    const z = ndtri(p);
    return z + (z ** 3 + z) / (4 * nu) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * nu * nu);
  }
  const y = betaQuantile(2 * (1 - p), nu / 2, 0.5);
  return y === 0 ? Number.POSITIVE_INFINITY : Math.sqrt((nu * (1 - y)) / y);
}

/** Quantile of chi-square. @param p in (0, 1) @param nu degrees of freedom, > 0 @throws RangeError outside */
export function chiSquareQuantile(p: number, nu: number): number {
  checkProbability('chiSquareQuantile', p);
  if (!(nu > 0)) throw new RangeError(`chiSquareQuantile: degrees of freedom must be > 0, got ${nu}`);
  return 2 * igami(nu / 2, 1 - p);
}

function checkProbability(place: string, p: number): void {
  if (!(p > 0 && p < 1)) throw new RangeError(`${place}: p must lie in (0, 1), got ${p}`);
}
