import { mul } from '../graph/ops/index.ts';
import { meanOverRows } from '../losses/loss.ts';
import { supconBalanced as loss } from '../losses/supcon-balanced.ts';
import { balancedSoftmax } from './balanced-softmax.ts';
import type { Method } from './method.ts';
import { projector } from './projector.ts';

/**
 * Balanced contrastive learning: balanced softmax and, on projections of the embeddings, the balanced supervised contrastive
 * loss with projections of the classifier vectors as prototypes: a method with negatives, to compare those without against.
 * Our form has one view of each row, so that it takes one pass of the encoder, as every other method.
 */
export const supconBalanced: Method = {
  ...balancedSoftmax,
  name: 'supcon-balanced',
  source: 'Zhu et al. 2022, with one view',
  extra: true,
  settings: {
    weight: { default: 0.35, min: 0, max: 10, about: 'weight of the contrastive loss' },
    temperature: { default: 0.1, min: 0.01, max: 10, about: 'of the contrastive loss' },
    projection: { default: 128, min: 0, max: 1024, about: 'width of the projections; 0 leaves them out' },
  },
  layers: (embedding, _, settings) => {
    const width = Math.round(Number(settings.projection));
    if (width === 0 || Number(settings.weight) === 0) return [];
    return ['projection', 'prototype'].map((name) => projector(name, embedding, embedding, width));
  },
  objective: (batch, settings) => {
    const { target, head, scope, layers } = batch;
    const parts = balancedSoftmax.objective(batch, {});
    if (Number(settings.weight) === 0) return parts;
    const [embeddings, prototypes] = [batch.embeddings, scope.read(head.weight)].map(
      (x, i) => layers[i]?.apply(x, scope) ?? x,
    );
    const rows = loss(Number(settings.temperature)).build({ embeddings, target, prototypes });
    return { ...parts, contrast: mul(meanOverRows(rows), Number(settings.weight)) };
  },
};
