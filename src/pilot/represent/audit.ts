import type { Finding } from '../../data/dataset.ts';
import { prettyButUseless } from '../../metrics/health/index.ts';
import { mean } from '../estimates.ts';
import { alarms, type RepresentationArmOutcome, valuesOf } from './outcomes.ts';

/**
 * "Pretty but useless": one finding for every method whose clusters look better than the baseline's and follow time
 * clearly less well, by the mean over trials. No label is used.
 */
export function alarmFindings(
  arms: readonly RepresentationArmOutcome[],
  baseline: RepresentationArmOutcome,
): Finding[] {
  const numbers = (arm: RepresentationArmOutcome) => ({
    silhouette: mean(valuesOf(arm, 'silhouette')),
    daviesBouldin: mean(valuesOf(arm, 'davies-bouldin')),
    kappaTime: mean(valuesOf(arm, 'kappa-time')),
  });
  const theirs = numbers(baseline);
  return arms.flatMap((arm): Finding[] => {
    if (arm === baseline) return [];
    const own = numbers(arm);
    if (prettyButUseless(own, theirs).raised !== true) return [];
    const each = alarms(arm, baseline).filter((alarm) => alarm !== null);
    const pair = (name: keyof typeof own) => `${round(own[name])} against ${round(theirs[name])}`;
    const detail =
      `${arm.method}: its clusters look better than those of ${baseline.method} (silhouette ${pair('silhouette')}, ` +
      `Davies-Bouldin ${pair('daviesBouldin')}), yet follow time less well (kappa-time ${pair('kappaTime')}); ` +
      `so in ${each.filter(Boolean).length} of ${each.length} trials`;
    return [{ kind: 'pretty-but-useless', column: arm.method, severity: 'warning', detail }];
  });
}

const round = (value: number | null) => (value === null ? '-' : value.toFixed(2));
