import { balancedSoftmax as loss } from '../losses/balanced-softmax.ts';
import { meanOverRows } from '../losses/loss.ts';
import { linearHead } from '../nn/head.ts';
import { type Method, plain } from './method.ts';

/** Cross-entropy on z + log pi, so that z aims at the balanced posterior. */
export const balancedSoftmax: Method = {
  ...plain,
  name: 'balanced-softmax',
  source: 'Ren et al. 2020',
  facts: (counts) => ({ shift: logPriors(counts) }),
  head: linearHead,
  objective: ({ embeddings, target, head, scope, fact }) => ({
    classification: meanOverRows(loss.build({ logits: head.logits(embeddings, scope), target, shift: fact('shift') })),
  }),
};

/** log(C pi_c); a class without training rows takes log of 1e-12. */
export function logPriors(counts: readonly number[]): number[] {
  const rows = counts.reduce((a, b) => a + b, 0);
  return counts.map((n) => Math.log(Math.max((counts.length * n) / rows, 1e-12)));
}
