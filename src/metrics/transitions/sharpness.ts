import { squaredDistance } from '../clustering/points.ts';
import type { Measured } from '../metric.ts';
import { boundaries, NO_CHANGE, type TransitionInput } from './labelled.ts';

/**
 * Transition sharpness: mean Euclidean distance of neighbouring rows across a change of label over that of neighbouring
 * rows with the same label; >= 0, 1 where changes do not show, higher is sharper. Null without a change inside a
 * recording, without neighbours of the same label, or where these coincide.
 *
 * @throws RangeError where shapes do not fit, a number is not finite or a recording's rows do not stand together
 */
export function transitionSharpness(input: TransitionInput): Measured {
  const { points } = input;
  const { changes, stays } = boundaries('transition sharpness', input);
  if (changes.length === 0) return { value: null, reason: NO_CHANGE };
  if (stays.length === 0) return { value: null, reason: 'no neighbours with the same label' };
  const mean = (rows: Int32Array) => {
    let sum = 0;
    for (const i of rows)
      sum += Math.sqrt(squaredDistance(points.embeddings, i, points.embeddings, i + 1, points.width));
    return sum / rows.length;
  };
  const within = mean(stays);
  if (within === 0) return { value: null, reason: 'neighbours with the same label coincide' };
  return { value: mean(changes) / within };
}
