import { concat } from '../../graph/ops/index.ts';
import { contrastiveLoss } from './loss.ts';
import { unitRows } from './rows.ts';
import { type Positive, softmaxContrast, temperatureOf } from './softmax-contrast.ts';
import { layoutOf, otherView } from './windows.ts';

/**
 * Normalised temperature-scaled cross-entropy of two views: the positive of a window is itself in the other view, every
 * other row of both views a negative (neighbours in time, too). With u = [z; z'] of 2N rows and i' the other view of i:
 *
 *   l = (1/2N) sum_i -log( exp(cos(u_i, u_i') / tau) / sum_{k != i} exp(cos(u_i, u_k) / tau) )
 *
 * Two views of each window [N, D] (see `Windows.other`). The products are [2N, 2N]: four times the work of `info-nce`.
 */
export const ntXent = contrastiveLoss({
  name: 'nt-xent',
  source: 'Chen et al. 2020 (SimCLR), equation 1',
  views: 2,
  parameters: {
    temperature: temperatureOf(0.5),
  },
  parts: (windows, { temperature }) => {
    const { rows } = layoutOf('nt-xent', windows);
    const both = concat([windows.z, otherView('nt-xent', windows)], 0);
    const positives = Array.from({ length: 2 * rows }, (_, i): Positive => [i, (i + rows) % (2 * rows), 1]);
    return { 'nt-xent': softmaxContrast(unitRows(both, 1 / Math.sqrt(temperature)), 2 * rows, positives) };
  },
});
