import { tQuantile } from './distributions.ts';
import { mean } from './sample.ts';

/**
 * Nadeau and Bengio's interval from the values of single folds, which speaks about another training set as well (the
 * intervals of the other files speak about training sets like this one):
 *
 *   mean -+ t_{1-alpha/2, nu} sqrt(v (1/J + 1/(K-1))),   J = R K fold values, v their variance, 1/(K-1) = test/train
 *   nu = J - 1, or min(J - 1, G - 1) where the folds are made of G groups, which stand behind all J values
 *
 * Simulated for paired differences over 6 to 30 groups, 3 to 6 folds, 6 repeats, with effects of the groups tested and of
 * those trained on (at most as large, of their own), noise of folds and of seeds: coverage of the 95 % interval 0.93 or
 * more with groups told, 0.87 or more with J - 1 (both worst at 6 groups, 6 folds); 0.98 and more where training groups
 * matter less. Where a group moves the values in the same direction when trained on as when tested, at half the strength,
 * 0.92 and 0.84: folds can't show that.
 *
 * @param values one value (a metric, or a paired difference) a fold and repeat [J], J >= 2; every fold must hold the
 *   class that the metric speaks about
 * @param folds K >= 2   @param level 0.95   @param groups G >= 2 that the folds are made of; left out: items
 * @throws RangeError when there are too few values or folds
 * @see Nadeau, Bengio, Inference for the generalization error, Machine Learning 52, 2003
 */
export function nadeauBengio(
  values: ArrayLike<number>,
  folds: number,
  level = 0.95,
  groups?: number,
): { value: number; interval: [number, number]; count: number } {
  const J = values.length;
  if (J < 2) throw new RangeError(`nadeauBengio: needs at least 2 fold values, got ${J}`);
  if (!(folds >= 2)) throw new RangeError(`nadeauBengio: needs at least 2 folds, got ${folds}`);
  if (groups !== undefined && !(groups >= 2))
    throw new RangeError(`nadeauBengio: needs at least 2 groups, got ${groups}`);
  const value = mean(values);
  let v = 0;
  for (let j = 0; j < J; j++) v += (values[j] - value) ** 2 / (J - 1);
  const half = tQuantile((1 + level) / 2, Math.min(J, groups ?? J) - 1) * Math.sqrt(v * (1 / J + 1 / (folds - 1)));
  return { value, interval: [value - half, value + half], count: J };
}
