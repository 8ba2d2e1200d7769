import { cosineTo, normaliseRows } from '../graph/functions.ts';
import { matmul, sub } from '../graph/ops/index.ts';
import type { Loss } from './loss.ts';

/**
 * HyCon, form `predictive`: from its own projection each anchor predicts where its class lies on average. Anchor and class
 * mean are two views without negatives; what is predicted passes no gradient (the caller's stop-gradient), so that nothing
 * pulls the means together.
 *
 *   l_i = 1 - cos(p_i, q_{y_i})
 *
 * predictions p [B, D], target one-hot [B, C], memory q [C, D]; one value a row, in [0, 2]. Reduce with `meanOverClasses`.
 * @see arXiv 2408.07253 (HyCon); Grill et al. 2020 (BYOL) and Chen, He 2021 (SimSiam) for the predictor; the form is ours
 */
export const hyconPredictive: Loss<'predictions' | 'target' | 'memory'> = {
  name: 'hycon-predictive',
  per: 'row',
  inputs: { predictions: 'BD', target: 'B1hot', memory: 'CD' },
  build: ({ predictions, target, memory }) => sub(1, cosineTo(predictions, matmul(target, normaliseRows(memory)))),
};
