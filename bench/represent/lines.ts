/** One thing measured on both sides. */
export interface Line {
  readonly name: string;
  readonly rows: number;
  /** Numbers that each side tells beside its time, for the same reason in the same order. */
  readonly told: readonly string[];
  /** Whether ours did at least as much as the peer. */
  readonly asGood: (ours: readonly number[], peer: readonly number[]) => boolean;
}

const same: Line['asGood'] = ([a], [b]) => Math.abs(a - b) <= 1e-5 * Math.abs(b);
const noMore: Line['asGood'] = ([a], [b]) => a <= b * (1 + 1e-3);
/** The objectives may differ by what is left at the peer's gradient. */
const converged: Line['asGood'] = ([a, ours], [b, peer]) => a <= b + 1e-5 && ours <= peer;
const reached = ['objective', 'largest gradient'];

export const lines: readonly Line[] = [
  { name: 'k-means', rows: 10_000, told: ['inertia'], asGood: noMore },
  { name: 'silhouette', rows: 10_000, told: ['value'], asGood: same },
  { name: 'davies-bouldin', rows: 10_000, told: ['value'], asGood: same },
  { name: 'probe', rows: 10_000, told: reached, asGood: converged },
  { name: 'probe-choice', rows: 6000, told: reached, asGood: converged },
];
