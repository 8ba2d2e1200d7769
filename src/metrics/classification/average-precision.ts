import { macroMetric } from '../macro.ts';
import { averagePrecisionOf, rankings } from '../ranking.ts';

/** Average precision, one class against the rest by that class's score, mean over classes with items. No threshold. */
export const averagePrecision = macroMetric({
  name: 'average-precision',
  ofClass: { name: 'average-precision' },
  needs: 'scores',
  prepare: (input) => rankings('average-precision', input),
  one: (rankingOf, c) => averagePrecisionOf(rankingOf(c)),
});
