import { mul } from '../graph/ops/index.ts';
import { crossEntropy as loss } from '../losses/cross-entropy.ts';
import { meanOverRows } from '../losses/loss.ts';
import { linearHead } from '../nn/head.ts';
import { linear } from '../nn/linear.ts';
import { type Method, plain, type Settings } from './method.ts';

/**
 * Classifier re-training: encoder and a first head learn with cross-entropy on the rows as they are; in the last fifth both
 * stand still and a fresh head learns on class-balanced batches, with a learning rate schedule and optimiser of its own. The
 * fresh head is the one in use, and learns from embeddings as they are in use: batch norm by the statistics of balanced
 * batches would make others of them. That is one more pass of the encoder a step, forward alone.
 */
export const crt: Method = {
  ...plain,
  name: 'crt',
  source: 'Kang et al. 2020',
  extra: true,
  settings: {
    from: { default: 0.8, min: 0.1, max: 0.95, about: 'share of the training after which the head is learnt anew' },
  },
  sampling: (settings) => ({ kind: 'class-mix', share: (r) => (retrains(r, settings) ? 0 : 1) }),
  scalars: (r, settings) => (retrains(r, settings) ? { first: 0, second: 1 } : { first: 1, second: 0 }),
  stages: ({ from }) => [Number(from)],
  learns: ({ name }) => (name.startsWith('head.') ? 'second' : 'first'),
  layers: (embedding, classes) => [linear('first', embedding, classes)],
  head: linearHead,
  objective: ({ embeddings, embeddingsInUse, target, head, layers: [first], scope, scalar }) => {
    const logits = { first: first.apply(embeddings, scope), second: head.logits(embeddingsInUse(), scope) };
    return {
      classification: mul(meanOverRows(loss.build({ logits: logits.first, target })), scalar('first')),
      retraining: mul(meanOverRows(loss.build({ logits: logits.second, target })), scalar('second')),
    };
  },
};

const retrains = (r: number, { from }: Settings) => r >= Number(from);
