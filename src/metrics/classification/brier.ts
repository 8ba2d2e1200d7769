import { checkedProbabilities, checkItems, type Metric, NO_ITEM } from '../metric.ts';

/**
 * Brier score, halved so that it lies in [0, 1] and equals the usual one for two classes:
 *
 *   1 / (2 N) sum_i sum_c (p_ic - [y_i = c])^2
 *
 * Scores must be probabilities. scikit-learn: `brier_score_loss(..., scale_by_half=True)`.
 */
export const brier: Metric = {
  name: 'brier',
  direction: 'lower',
  needs: 'scores',
  range: [0, 1],
  compute(input) {
    checkItems('brier', input);
    const scores = checkedProbabilities('brier', input);
    const { classes, labels } = input;
    if (labels.length === 0) return { value: null, reason: NO_ITEM };
    let sum = 0;
    for (let i = 0; i < labels.length; i++)
      for (let c = 0; c < classes; c++) sum += (scores[i * classes + c] - (labels[i] === c ? 1 : 0)) ** 2;
    return { value: sum / (2 * labels.length) };
  },
};
