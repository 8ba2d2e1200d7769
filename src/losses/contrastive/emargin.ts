import { cast, div, greater, maximum, mean, mul, sub, sum } from '../../graph/ops/index.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { type Distance, distances, pairsOf, squaredHinge } from './distances.ts';
import { contrastiveLoss, type Windows } from './loss.ts';
import { inputDirections, layoutOf, neighbourProducts } from './windows.ts';

/**
 * eMargin, repaired: pulls neighbours together, unless their inputs say that the series turns between them; pushes
 * everything else apart, up to a margin.
 *
 *   s_t  = cos(x_t, x_{t+1})                                            similarity of neighbours' inputs, no derivative
 *   pull = mean over neighbours with s_t >= theta of d^2
 *   turn = mean over neighbours with s_t < theta of max(0, margin - d)^2                                 (transitions)
 *   push = mean over pairs of windows that are not neighbours of max(0, margin - d)^2
 *
 * A mean over nothing is 0. Without a threshold every neighbour is pulled and there is no part `turn`.
 * @param distance d: `cos`, 1 - cos(z_i, z_j), or `rms`, sqrt(mean_k (z_ik - z_jk)^2)  @param margin in the unit of d
 */
export function marginParts(
  place: string,
  windows: Windows,
  distance: Distance,
  margin: number,
): Record<string, Tensor> {
  const layout = layoutOf(place, windows);
  const { z, threshold } = windows;
  if (typeof threshold === 'number' && !(threshold >= -1 && threshold <= 1))
    throw new RangeError(`${place}: threshold must be -1 to 1, got ${threshold}`);
  const { neighbours: squares, push } = pairsOf(z, layout, distance, margin);
  if (threshold === undefined) return { pull: mean(squares, { axes: [0, 1] }), push };

  const similarity = neighbourProducts(inputDirections(place, windows), layout);
  const turns = cast(greater(threshold, similarity), z.dtype);
  return {
    pull: meanOver(squares, sub(1, turns)),
    turn: meanOver(squaredHinge(squares, margin), turns),
    push,
  };
}

/** Mean of the values where the mask is 1; 0 where it is nowhere. */
function meanOver(values: Tensor, mask: Tensor): Tensor {
  const total = (x: Tensor) => sum(x, { axes: [0, 1] });
  return div(total(mul(values, mask)), maximum(total(mask), 1));
}

/** What `marginParts` can be told. */
export const marginParameters = {
  distance: { default: 'cos', words: distances, about: 'cosine distance or root-mean-square distance' },
  margin: { default: 0.5, min: 0, max: 100, about: 'how far apart windows are pushed, in the unit of the distance' },
} as const;

/** See `marginParts`. Takes `threshold` (see `thresholdOf` for its rules) and, with it, `features`. */
export const emargin = contrastiveLoss({
  name: 'emargin',
  source: 'after Shamba et al. 2025 (arXiv 2507.14828); the form is ours',
  views: 1,
  parameters: marginParameters,
  parts: (windows, { distance, margin }) => marginParts('emargin', windows, distance, margin),
});
