import { contrastiveLoss } from './loss.ts';
import { unitRows } from './rows.ts';
import { type Positive, softmaxContrast, temperatureOf } from './softmax-contrast.ts';
import { layoutOf } from './windows.ts';

/**
 * Soft assignment by distance in time: every other window of the sequence is a positive, the less so the further away.
 *
 *   l = (1/N) sum_i -sum_{j != i} w_ij log( exp(cos(z_i, z_j) / tau) / sum_{k != i} exp(cos(z_i, z_k) / tau) )
 *   w_ij = a_ij / sum_{k != i} a_ik,   a_ij = 2 sigmoid(-sharpness |t_i - t_j|) within a sequence, 0 across
 *
 * The larger the sharpness, the nearer to `info-nce`. SoftCLT's temporal part with one view: its weights of a window sum
 * to 1 here, and other sequences are among the negatives.
 */
export const softAssignment = contrastiveLoss({
  name: 'soft-assignment',
  source: 'after Lee et al. 2024 (SoftCLT), equations 3 and 4',
  views: 1,
  parameters: {
    temperature: temperatureOf(0.5),
    sharpness: { default: 1, min: 0.01, max: 50, about: 'how fast the weight falls with each step of distance' },
  },
  parts: (windows, { temperature, sharpness }) => {
    const { rows, steps } = layoutOf('soft-assignment', windows);
    const positives: Positive[] = [];
    for (let i = 0; i < rows; i++) {
      const t = i % steps;
      // 2 / (1 + e^(sharpness gap)), times e^sharpness / 2: the same shares, and no 0 / 0 when very sharp.
      const weights = Array.from({ length: steps }, (_, k) =>
        k === t ? 0 : Math.exp(-sharpness * (Math.abs(k - t) - 1)) / (1 + Math.exp(-sharpness * Math.abs(k - t))),
      );
      const total = weights.reduce((a, b) => a + b);
      for (const [k, w] of weights.entries()) if (k !== t) positives.push([i, i - t + k, w / total]);
    }
    const u = unitRows(windows.z, 1 / Math.sqrt(temperature));
    return { 'soft-assignment': softmaxContrast(u, rows, positives) };
  },
});
