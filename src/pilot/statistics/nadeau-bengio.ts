import { tQuantile } from './distributions.ts';
import { mean } from './sample.ts';

/**
 * Nadeau and Bengio's interval from the values of single folds, which speaks about another training set as well (the
 * intervals of the other files speak about training sets like this one):
 *
 *   mean -+ t_{1-alpha/2, J-1} sqrt(v (1/J + 1/(K-1))),   J = R K fold values, v their variance, 1/(K-1) = test/train
 *
 * @param values one value (a metric, or a paired difference) a fold and repeat [J], J >= 2; every fold must hold the
 *   class that the metric speaks about
 * @param folds K >= 2   @param level 0.95
 * @throws RangeError when there are too few values or folds
 * @see Nadeau, Bengio, Inference for the generalization error, Machine Learning 52, 2003
 */
export function nadeauBengio(
  values: ArrayLike<number>,
  folds: number,
  level = 0.95,
): { value: number; interval: [number, number]; count: number } {
  const J = values.length;
  if (J < 2) throw new RangeError(`nadeauBengio: needs at least 2 fold values, got ${J}`);
  if (!(folds >= 2)) throw new RangeError(`nadeauBengio: needs at least 2 folds, got ${folds}`);
  const value = mean(values);
  let v = 0;
  for (let j = 0; j < J; j++) v += (values[j] - value) ** 2 / (J - 1);
  const half = tQuantile((1 + level) / 2, J - 1) * Math.sqrt(v * (1 / J + 1 / (folds - 1)));
  return { value, interval: [value - half, value + half], count: J };
}
