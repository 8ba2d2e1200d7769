/**
 * Holm's step-down for "is any of these so": with k tests left, every one that rejects at alpha/k is rejected and
 * leaves, until none does. Works on intervals directly (a test rejects when its interval at that alpha leaves the
 * tolerated range), so no p-values are needed; the result is that of Holm's p-values.
 *
 * @param tests each says whether it rejects at a given two-sided error rate   @param alpha of the family
 * @returns one a test: rejected with the family's error rate held
 * @see Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6, 1979
 */
export function holm(tests: readonly ((alpha: number) => boolean)[], alpha = 0.05): boolean[] {
  const rejected = tests.map(() => false);
  for (;;) {
    const left = rejected.filter((done) => !done).length;
    if (left === 0) return rejected;
    const now = tests.map((test, i) => !rejected[i] && test(alpha / left));
    if (!now.includes(true)) return rejected;
    for (const [i, rejects] of now.entries()) if (rejects) rejected[i] = true;
  }
}
