import { checkItems, type Metric, NO_ITEM } from '../metric.ts';

/** Accuracy: share of items whose answer is right. Large classes decide it. */
export const accuracy: Metric = {
  name: 'accuracy',
  direction: 'higher',
  needs: 'predictions',
  range: [0, 1],
  compute(input) {
    checkItems('accuracy', input);
    const { labels, predictions } = input;
    if (labels.length === 0) return { value: null, reason: NO_ITEM };
    let right = 0;
    for (let i = 0; i < labels.length; i++) if (labels[i] === predictions[i]) right++;
    return { value: right / labels.length };
  },
};
