import { classWeighted as loss } from '../losses/class-weighted.ts';
import { meanOverRows } from '../losses/loss.ts';
import { linearHead } from '../nn/head.ts';
import { type Method, plain } from './method.ts';

/**
 * Cross-entropy weighted by class, mean weight 1 over rows: inverse frequency, or the effective number
 * (1 - beta) / (1 - beta^n_c) of Cui et al. 2019.
 */
export const classWeighted: Method = {
  ...plain,
  name: 'class-weighted',
  source: 'inverse frequency; Cui et al. 2019 for the effective number',
  settings: {
    kind: { default: 'inverse', words: ['inverse', 'effective'], about: 'inverse frequency or effective number' },
    beta: { default: 0.999, min: 0, max: 0.9999999, about: 'of the effective number' },
  },
  facts: (counts, { kind, beta }) => ({
    weights: kind === 'inverse' ? inverseFrequency(counts) : effectiveNumber(counts, Number(beta)),
  }),
  head: linearHead,
  objective: ({ embeddings, target, head, scope, fact }) => ({
    classification: meanOverRows(
      loss.build({ logits: head.logits(embeddings, scope), target, weights: fact('weights') }),
    ),
  }),
};

/** 1 / n_c, scaled to mean 1 over rows. A class without rows gets 0. */
export function inverseFrequency(counts: readonly number[]): number[] {
  return scaled(
    counts,
    counts.map((n) => (n > 0 ? 1 / n : 0)),
  );
}

/** (1 - beta) / (1 - beta^n_c), scaled to mean 1 over rows. A class without rows gets 0. */
export function effectiveNumber(counts: readonly number[], beta: number): number[] {
  return scaled(
    counts,
    counts.map((n) => (n > 0 ? (1 - beta) / (1 - beta ** n) : 0)),
  );
}

function scaled(counts: readonly number[], weights: readonly number[]): number[] {
  const rows = counts.reduce((a, b) => a + b, 0);
  const sum = weights.reduce((a, w, c) => a + w * counts[c], 0);
  return weights.map((w) => (w * rows) / sum);
}
