/** What the alarm looks at, on the same held-out recordings with the same K for candidate and baseline. */
export interface AlarmNumbers {
  /** Of the k-means clusters, as are the other two; null where undefined. */
  readonly silhouette: number | null;
  readonly daviesBouldin: number | null;
  readonly kappaTime: number | null;
}

export interface Alarm {
  readonly kind: 'pretty-but-useless';
  /** Whether it is raised; null where a number is missing. */
  readonly raised: boolean | null;
  /** Which numbers are missing. */
  readonly reason?: string;
}

/** By how much kappa_time must fall. */
export const KAPPA_DROP = 0.1;

/**
 * "Pretty but useless": the clusters look better than the baseline's (silhouette above and Davies-Bouldin below), yet
 * they follow time clearly less well (kappa_time more than 0.1 below). No label is used. Where it was found: precision
 * 0.79, recall 0.54; it catches gross collapse, not small losses.
 *
 * @param baseline numbers of the contrastive baseline (info-nce)
 */
export function prettyButUseless(candidate: AlarmNumbers, baseline: AlarmNumbers): Alarm {
  const kind = 'pretty-but-useless';
  const missing: string[] = [];
  const difference = (name: keyof AlarmNumbers, called: string): number => {
    const [of, against] = [candidate[name], baseline[name]];
    if (of === null) missing.push(`${called} of the candidate`);
    if (against === null) missing.push(`${called} of the baseline`);
    return (of ?? 0) - (against ?? 0);
  };
  const silhouette = difference('silhouette', 'silhouette');
  const daviesBouldin = difference('daviesBouldin', 'davies-bouldin');
  const kappaTime = difference('kappaTime', 'kappa-time');
  if (missing.length > 0) return { kind, raised: null, reason: `undefined: ${missing.join(', ')}` };
  return { kind, raised: silhouette > 0 && daviesBouldin < 0 && kappaTime < -KAPPA_DROP };
}
