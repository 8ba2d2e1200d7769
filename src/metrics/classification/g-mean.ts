import { checkItems, type Metric } from '../metric.ts';
import { macroRecall } from './macro-recall.ts';

/** G-mean: geometric mean of the recalls of the classes with items (Kubat 1997); 0 as soon as one class is never hit. */
export const gMean: Metric = {
  name: 'g-mean',
  direction: 'higher',
  needs: 'predictions',
  range: [0, 1],
  compute(input) {
    checkItems('g-mean', input);
    const { value, reason, perClass, classesLeftOut } = macroRecall.compute(input);
    if (value === null) return { value, reason, classesLeftOut };
    const recalls = (perClass ?? []).filter((recall) => recall !== null);
    const logs = recalls.reduce((sum, recall) => sum + Math.log(recall), 0); // a recall of 0 gives exp(-Infinity) = 0
    return { value: Math.exp(logs / recalls.length), reason, classesLeftOut };
  },
};
