import { checkItems, type Metric } from '../metric.ts';
import { macroRecall } from './macro-recall.ts';

/** Balanced accuracy: another name of macro recall (Brodersen 2010). */
export const balancedAccuracy: Metric = {
  name: 'balanced-accuracy',
  direction: 'higher',
  needs: 'predictions',
  range: [0, 1],
  compute(input) {
    checkItems('balanced-accuracy', input);
    return macroRecall.compute(input);
  },
};
