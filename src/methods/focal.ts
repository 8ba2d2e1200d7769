import { focal as loss } from '../losses/focal.ts';
import { meanOverRows } from '../losses/loss.ts';
import { linearHead } from '../nn/head.ts';
import { type Method, plain } from './method.ts';

/** Focal loss: rows that the net is sure of count less. */
export const focal: Method = {
  ...plain,
  name: 'focal',
  source: 'Lin et al. 2017',
  settings: { gamma: { default: 2, min: 0.01, max: 10, about: 'how fast certain rows lose weight' } },
  head: linearHead,
  objective: ({ embeddings, target, head, scope }, { gamma }) => ({
    classification: meanOverRows(loss(Number(gamma)).build({ logits: head.logits(embeddings, scope), target })),
  }),
};
