import { crossEntropy as loss } from '../losses/cross-entropy.ts';
import { meanOverRows } from '../losses/loss.ts';
import { linearHead } from '../nn/head.ts';
import { type Method, plain } from './method.ts';

/** What most people run today: mean cross-entropy on shuffled rows. */
export const crossEntropy: Method = {
  ...plain,
  name: 'cross-entropy',
  source: 'the usual training',
  head: linearHead,
  objective: ({ embeddings, target, head, scope }) => ({
    classification: meanOverRows(loss.build({ logits: head.logits(embeddings, scope), target })),
  }),
};
