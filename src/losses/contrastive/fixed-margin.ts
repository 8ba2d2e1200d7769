import { marginParameters, marginParts } from './emargin.ts';
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
  parameters: marginParameters,
  parts: (windows, { distance, margin }) =>
    marginParts('fixed-margin', { ...windows, threshold: undefined }, distance, margin),
});
