import { add, concat, maximum, mul, reshape, slice, transpose } from '../../graph/ops/index.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { contrastiveLoss } from './loss.ts';
import { bounded } from './rows.ts';
import { type Positive, softmaxContrast } from './softmax-contrast.ts';
import { layoutOf, otherView } from './windows.ts';

/**
 * Hierarchical contrast of two views r, r' [S, T, D], at T, T/2, T/4, ... 1 steps, halved by the larger of each two steps
 * (an odd last step is dropped):
 *
 *   temporal = mean over i, t of -log( exp(r_it . r'_it) / (sum_t' exp(r_it . r'_it') + sum_{t' != t} exp(r_it . r_it')) )
 *   instance = mean over i, t of -log( exp(r_it . r'_it) / (sum_j exp(r_it . r'_jt) + sum_{j != i} exp(r_it . r_jt)) )
 *   l = mean over scales of (1 - instanceShare) temporal + instanceShare instance
 *
 * and both with the views exchanged. Temporal: negatives are the other steps of the same sequence; instance: the other
 * sequences at the same step (0 with one sequence). A single step has no temporal part, but counts as a scale.
 * Plain products, no temperature: embeddings should not be large.
 *
 * Two views of each window (see `Windows.other`); TS2Vec's are two overlapping crops, each with random steps masked in
 * the encoder, cut to where both overlap.
 */
export const hierarchical = contrastiveLoss({
  name: 'hierarchical',
  source: 'after Yue et al. 2022 (TS2Vec), equations 1 to 3',
  views: 2,
  parameters: {
    instanceShare: { default: 0.5, min: 0, max: 1, about: 'share of the contrast between sequences, the rest within' },
  },
  parts: (windows, { instanceShare }) => {
    const { sequences, steps, width } = layoutOf('hierarchical', windows);
    const view = (z: Tensor) => reshape(bounded(z), [sequences, 1, steps, width]);
    let both = concat([view(windows.z), view(otherView('hierarchical', windows))], 1);
    const parts: Tensor[] = [];
    let scales = 0;
    for (let length = steps; length >= 1; length = Math.floor(length / 2)) {
      scales++;
      if (sequences > 1 && instanceShare > 0)
        parts.push(mul(instanceContrast(both, [sequences, length, width]), instanceShare));
      if (length > 1 && instanceShare < 1)
        parts.push(mul(temporalContrast(both, [sequences, length, width]), 1 - instanceShare));
      if (length > 1) both = halved(both, length);
    }
    if (parts.length === 0) throw new RangeError('hierarchical: one sequence has no contrast between sequences');
    return {
      hierarchical: mul(
        parts.reduce((a, b) => add(a, b)),
        1 / scales,
      ),
    };
  },
});

type Lengths = readonly [sequences: number, steps: number, width: number];

/** both [S, 2, T, D]: blocks of the 2 T rows of one sequence. */
function temporalContrast(both: Tensor, [sequences, steps, width]: Lengths): Tensor {
  const rows = reshape(both, [sequences * 2 * steps, width]);
  return softmaxContrast(rows, 2 * steps, otherHalf(sequences, steps));
}

/** both [S, 2, T, D]: blocks of the 2 S rows of one step, first view first. */
function instanceContrast(both: Tensor, [sequences, steps, width]: Lengths): Tensor {
  const rows = reshape(transpose(both, [2, 1, 0, 3]), [steps * 2 * sequences, width]);
  return softmaxContrast(rows, 2 * sequences, otherHalf(steps, sequences));
}

/** In blocks of two halves the positive of each row is the same place of the other half. */
function otherHalf(blocks: number, half: number): Positive[] {
  return Array.from({ length: blocks * 2 * half }, (_, i) => [i, ((i % (2 * half)) + half) % (2 * half), 1]);
}

/** The larger of each two steps: [S, 2, T, D] to [S, 2, floor(T / 2), D]. */
function halved(both: Tensor, steps: number): Tensor {
  const [sequences, , , width] = both.shape;
  const half = Math.floor(steps / 2);
  const pairs = reshape(slice(both, { axis: 2, start: 0, end: 2 * half }), [sequences, 2 * half, 2, width]);
  const even = slice(pairs, { axis: 2, start: 0, end: 1 });
  const odd = slice(pairs, { axis: 2, start: 1, end: 2 });
  return reshape(maximum(even, odd), [sequences, 2, half, width]);
}
