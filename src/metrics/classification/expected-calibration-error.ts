import { checkedProbabilities, checkItems, type Evaluated, type Metric, NO_ITEM } from '../metric.ts';

const BINS = 15;

/**
 * Expected calibration error: how far the probability given to the answer is from the share of right answers, over 15
 * bins of equal mass (Nixon 2019). Items are sorted by that probability p_i and cut at floor(b N / 15):
 *
 *   sum_b |sum_{i in b} (right_i - p_i)| / N
 *
 * p_i is the probability of the predicted class, which is the largest one unless the operating point was moved. Items of
 * equal p share their right answers evenly, so the order of the items never matters. Scores must be probabilities.
 */
export const expectedCalibrationError: Metric = {
  name: 'expected-calibration-error',
  direction: 'lower',
  needs: 'scores',
  range: [0, 1],
  compute(input) {
    checkItems('expected-calibration-error', input);
    const gaps = sortedGaps(input, checkedProbabilities('expected-calibration-error', input));
    const total = gaps.length;
    if (total === 0) return { value: null, reason: NO_ITEM };
    let error = 0;
    for (let bin = 0; bin < BINS; bin++) {
      const part = gaps.subarray(Math.floor((bin * total) / BINS), Math.floor(((bin + 1) * total) / BINS));
      error += Math.abs(part.reduce((sum, gap) => sum + gap, 0));
    }
    return { value: error / total };
  },
};

/** right_i - p_i by rising p_i; among equal p the mean of right_i stands for each. */
function sortedGaps(input: Evaluated, scores: Float32Array | Float64Array): Float64Array {
  const { classes, labels, predictions } = input;
  const confidence = Float64Array.from(predictions, (answer, i) => scores[i * classes + answer]);
  const order = Int32Array.from(labels, (_, i) => i).sort((a, b) => confidence[a] - confidence[b]);
  const gaps = new Float64Array(order.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    const p = confidence[order[from]];
    let right = 0;
    for (; to < order.length && confidence[order[to]] === p; to++)
      if (labels[order[to]] === predictions[order[to]]) right++;
    gaps.fill(right / (to - from) - p, from, to);
  }
  return gaps;
}
