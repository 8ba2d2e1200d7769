import { macroMetric } from '../macro.ts';
import { aurocOf, rankings } from '../ranking.ts';

/** Area under the ROC curve, one class against the rest by that class's score, mean over classes with items. */
export const auroc = macroMetric({
  name: 'auroc',
  title: { en: 'AUROC (one against the rest, mean of classes)', ja: 'AUROC（一対その他、クラス平均）' },
  ofClass: { name: 'auroc', title: { en: 'AUROC against the rest', ja: 'AUROC（対その他）' } },
  needs: 'scores',
  prepare: (input) => rankings('auroc', input),
  one: (rankingOf, c) => aurocOf(rankingOf(c)),
});
