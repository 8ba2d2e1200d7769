import { packedLength } from '../nn/variable.ts';
import { netOf } from '../train/graphs.ts';
import type { TrainingPlan } from '../train/plan.ts';
import { type SampleSize, sampleSize } from './sample.ts';

/**
 * Share of a training's work that its looks may add by this count. By the clock they cost twice that where the net is small,
 * since what is measured between steps starts from cold caches.
 */
const SHARE = 0.02;
/** Work of a training step on a row, forward and backward, in passes forward. */
const PASSES = 3;
/** One operation of measuring takes as long as about so many of the net's, which the runtime vectorises (measured). */
const DEARER = 40;
/** Items of a part at a look: more tell no more. */
const MOST = 1000;
/** Of each class at least so many items are looked at, if it has them: the first that leaves enough looks, else the last. */
const FLOORS = [20, 10, 5];
const ENOUGH = 6;

/**
 * When to look, and at how many items of each part, so that looking stays within 5 % of the training: before the first
 * step and at the steps of early stopping's checks; where even the fewest items cost more, at every second check, every
 * third and so on, at the least after the last step alone. All follows from the plan and the counts, nothing from a clock.
 *
 * Work in multiplications, with P weights of encoder and head (convolutions have more to do, which leaves room), K of C
 * classes looked at, embeddings of width D and n items a part: a step 3 B P; a look, for each part, n P forward, and
 * 40 (n (C + D (min(K, D) + K + 10)) + 3 K^2 D) to measure.
 *
 * @param counts items of each class looked at [K], in the two parts
 */
export function planLooks(
  plan: TrainingPlan,
  counts: { readonly train: readonly number[]; readonly evaluation: readonly number[] },
): { at: number[]; size: SampleSize } {
  const { steps, batch, checks } = plan;
  const { encoder, width } = netOf(plan);
  // Of a plain head, whatever else the method learns: all methods of a pilot are looked at alike.
  const P = packedLength(encoder.parameters) + width * plan.classes;
  const K = counts.train.length;
  const perItem = P + DEARER * (plan.classes + width * (Math.min(K, width) + K + 10));
  const perPart = DEARER * 3 * K * K * width;
  const budget = SHARE * PASSES * steps * batch * P;
  const affordable = (floor: number) => {
    const fewest = { budget: 0, floor };
    const items = sampleSize(counts.train, fewest) + sampleSize(counts.evaluation, fewest);
    return Math.max(1, Math.min(checks + 1, Math.floor(budget / (2 * perPart + items * perItem))));
  };
  const floor = FLOORS.find((one) => affordable(one) >= Math.min(ENOUGH, checks + 1)) ?? FLOORS[FLOORS.length - 1];
  const at = stepsOf(steps, Math.ceil(steps / checks), affordable(floor));
  const items = Math.floor((budget / at.length / 2 - perPart) / perItem);
  return { at, size: { budget: Math.max(0, Math.min(MOST, items)), floor } };
}

/** At most so many steps: 0 and every first, second, third .. of the checks, and the last; the last alone where they are one. */
function stepsOf(steps: number, every: number, most: number): number[] {
  for (let gap = every; most > 1; gap += every) {
    const between = Math.ceil(steps / gap);
    if (between + 1 <= most) return Array.from({ length: between + 1 }, (_, k) => Math.min(steps, k * gap));
  }
  return [steps];
}
