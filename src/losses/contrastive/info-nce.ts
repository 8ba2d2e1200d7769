import type { Tensor } from '../../graph/tensor.ts';
import { contrastiveLoss, type Windows } from './loss.ts';
import { unitRows } from './rows.ts';
import { type Positive, softmaxContrast, temperatureOf } from './softmax-contrast.ts';
import { layoutOf } from './windows.ts';

/**
 * InfoNCE with neighbours in time: both neighbours of a window are its positives, every other row of the batch a negative.
 *
 *   l = (1/N) sum_i -(1/|P(i)|) sum_{p in P(i)} log( exp(cos(z_i, z_p) / tau) / sum_{k != i} exp(cos(z_i, z_k) / tau) )
 *
 * P(i) = the one or two neighbours of i.
 * @param temperature tau
 */
export function neighbourContrast(windows: Windows, temperature: number): Tensor {
  const { rows, steps } = layoutOf('info-nce', windows);
  const positives = Array.from({ length: rows }, (_, i): Positive[] => {
    const near = [i - 1, i + 1].filter((j) => Math.floor(j / steps) === Math.floor(i / steps));
    return near.map((j) => [i, j, 1 / near.length]);
  });
  return softmaxContrast(unitRows(windows.z, 1 / Math.sqrt(temperature)), rows, positives.flat());
}

/** The baseline of the eMargin forms: see `neighbourContrast`. */
export const infoNce = contrastiveLoss({
  name: 'info-nce',
  source: 'van den Oord et al. 2018; neighbours in time as positives: Shamba et al. 2025 (arXiv 2507.14828)',
  views: 1,
  parameters: {
    temperature: temperatureOf(0.5),
  },
  parts: (windows, { temperature }) => ({ 'info-nce': neighbourContrast(windows, temperature) }),
});
