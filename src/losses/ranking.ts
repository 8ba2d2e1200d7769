import { softplus } from '../graph/functions.ts';
import { div, matmul, maximum, mul, sub, sum } from '../graph/ops/index.ts';
import type { Loss } from './loss.ts';

/**
 * Pairwise logistic ranking: the logit of a row's own class should lie above the logits of that class in the rows of
 * other classes.
 *
 *   l_i = mean over the rows j with y_j != y_i of log(1 + exp(z_j,y_i - z_i,y_i));  0 where there is no such row
 *
 * A smooth stand-in for the share of pairs in the wrong order: reduced with `meanOverClasses` it aims at the macro mean of
 * one-against-rest AUROC, whatever the classes' shares. All pairs of the batch count, none are selected (no top k).
 * Only differences between rows count, so the logits say nothing about the threshold between classes.
 * logits [B, C], target one-hot [B, C]; one value a row, >= 0.
 * @see Burges et al. 2005 (RankNet); Gao, Zhou 2015 (consistency with AUROC)
 */
export const ranking: Loss<'logits' | 'target'> = {
  name: 'ranking',
  per: 'row',
  inputs: { logits: 'BC', target: 'B1hot' },
  build: ({ logits, target }) => {
    const own = sum(mul(logits, target), { axes: [1], keep: true });
    const others = matmul(target, logits, { transposeB: true });
    const rivals = sub(1, matmul(target, target, { transposeB: true }));
    const pairs = mul(softplus(sub(others, own)), rivals);
    return div(sum(pairs, { axes: [1] }), maximum(sum(rivals, { axes: [1] }), 1));
  },
};
