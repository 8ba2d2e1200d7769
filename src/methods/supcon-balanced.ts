import { mul } from '../graph/ops/index.ts';
import { meanOverRows } from '../losses/loss.ts';
import { supconBalanced as loss } from '../losses/supcon-balanced.ts';
import { balancedSoftmax } from './balanced-softmax.ts';
import type { Method } from './method.ts';

/**
 * Balanced contrastive learning: balanced softmax and, on the embeddings, the balanced supervised contrastive loss with the
 * classifier vectors as prototypes: a method with negatives, to compare those without against. Our form has one view of each
 * row and no projection, so that it takes one pass of the encoder, as every other method.
 */
export const supconBalanced: Method = {
  ...balancedSoftmax,
  name: 'supcon-balanced',
  source: 'Zhu et al. 2022; one view, no projection',
  extra: true,
  settings: {
    weight: { default: 0.35, min: 0, max: 10, about: 'weight of the contrastive loss' },
    temperature: { default: 0.1, min: 0.01, max: 10, about: 'of the contrastive loss' },
  },
  objective: (batch, settings) => {
    const { embeddings, target, head, scope } = batch;
    const parts = balancedSoftmax.objective(batch, {});
    if (Number(settings.weight) === 0) return parts;
    const prototypes = scope.read(head.weight);
    const rows = loss(Number(settings.temperature)).build({ embeddings, target, prototypes });
    return { ...parts, contrast: mul(meanOverRows(rows), Number(settings.weight)) };
  },
};
