import { macroMetric } from '../macro.ts';
import { aurocOf, rankings } from '../ranking.ts';

/** Area under the ROC curve, one class against the rest by that class's score, mean over classes with items. */
export const auroc = macroMetric({
  name: 'auroc',
  ofClass: { name: 'auroc' },
  needs: 'scores',
  prepare: (input) => rankings('auroc', input),
  one: (rankingOf, c) => aurocOf(rankingOf(c)),
});
