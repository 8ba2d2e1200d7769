import { mul } from '../../graph/ops/index.ts';
import { marginParts } from './emargin.ts';
import { neighbourContrast } from './info-nce.ts';
import { contrastiveLoss } from './loss.ts';

/**
 * `emargin` on root-mean-square distances with no transitions, plus a share of `info-nce`:
 *
 *   l = pull + push + weight info-nce(tau)
 *
 * A threshold that is given is not used.
 */
export const emarginSmooth = contrastiveLoss({
  name: 'emargin-smooth',
  source: 'after Shamba et al. 2025 (arXiv 2507.14828); the form is ours',
  views: 1,
  parameters: {
    margin: { default: 1, min: 0, max: 100, about: 'how far apart windows are pushed, root mean square' },
    weight: { default: 0.3, min: 0, max: 100, about: 'of info-nce' },
    temperature: { default: 0.5, min: 0.01, max: 100, about: 'tau of info-nce' },
  },
  parts: (windows, { margin, weight, temperature }) => ({
    ...marginParts('emargin-smooth', { ...windows, threshold: undefined }, 'rms', margin),
    'info-nce': mul(neighbourContrast(windows, temperature), weight),
  }),
});
