/** The part of npm package `cephes` that is used here (its own types are not exported to ES modules). */
declare module 'cephes' {
  /** Resolved once the WebAssembly is ready; no function may be called before. */
  export const compiled: Promise<void>;
  /** Inverse of the regularised incomplete beta integral: x with I_x(a, b) = y. */
  export function incbi(a: number, b: number, y: number): number;
  /** Inverse of the complemented incomplete gamma integral: x with Q(a, x) = y. */
  export function igami(a: number, y: number): number;
  /** Standard normal distribution function. */
  export function ndtr(x: number): number;
  /** Standard normal quantile. */
  export function ndtri(p: number): number;
}
