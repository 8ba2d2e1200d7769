import { distances } from './distances.ts';
import { marginParts } from './emargin.ts';
import { contrastiveLoss } from './loss.ts';

/**
 * Contrastive loss with one margin for all: `emargin` that takes every neighbour for a positive.
 *
 *   l = mean over neighbours of d^2 + mean over pairs that are not neighbours of max(0, margin - d)^2
 *
 * A threshold that is given is not used.
 */
export const fixedMargin = contrastiveLoss({
  name: 'fixed-margin',
  source: 'Hadsell, Chopra, LeCun 2006, equation 4, each part as a mean of its own',
  views: 1,
  parameters: {
    distance: { default: 'cos', words: distances, about: 'cosine distance or root-mean-square distance' },
    margin: { default: 0.5, min: 0, max: 100, about: 'how far apart windows are pushed, in the unit of the distance' },
  },
  parts: (windows, { distance, margin }) =>
    marginParts('fixed-margin', { ...windows, threshold: undefined }, distance, margin),
});
