import { checkedScores, type Evaluated, type Measured, NO_ITEM } from './metric.ts';

/** One class against the rest: scores for that class, ascending. */
export interface Ranking {
  /** Of the items of the class. */
  readonly own: Float64Array;
  /** Of all other items. */
  readonly rest: Float64Array;
}

/** Sorted scores of one class; items of the class and others apart, so that plain number sorts do. */
export function ranking(input: Evaluated, scores: Float32Array | Float64Array, classIndex: number): Ranking {
  const { classes, labels } = input;
  let count = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] === classIndex) count++;
  const own = new Float64Array(count);
  const rest = new Float64Array(labels.length - count);
  for (let i = 0, a = 0, b = 0; i < labels.length; i++) {
    const score = scores[i * classes + classIndex];
    if (labels[i] === classIndex) own[a++] = score;
    else rest[b++] = score;
  }
  return { own: own.sort(), rest: rest.sort() };
}

/** What a ranking metric prepares once: a function from class to ranking. */
export function rankings(place: string, input: Evaluated): (classIndex: number) => Ranking {
  const scores = checkedScores(place, input);
  return (classIndex) => ranking(input, scores, classIndex);
}

/**
 * Average precision, sum over distinct scores s of the class's items, falling: (share of its items with score s) x
 * (precision among all items with score >= s). Items of equal score are taken together, no interpolation
 * (scikit-learn's `average_precision_score`).
 */
export function averagePrecisionOf({ own, rest }: Ranking): Measured {
  if (own.length === 0) return { value: null, reason: NO_ITEM };
  let sum = 0;
  let above = rest.length; // rest[above..] have a score >= the present one
  for (let i = own.length - 1; i >= 0; ) {
    const score = own[i];
    let ties = 0;
    while (i >= 0 && own[i] === score) [i, ties] = [i - 1, ties + 1];
    while (above > 0 && rest[above - 1] >= score) above--;
    const hits = own.length - 1 - i;
    sum += ties * (hits / (hits + rest.length - above));
  }
  return { value: sum / own.length };
}

/**
 * Area under the ROC curve: chance that an item of the class scores higher than one of the rest; equal scores count half
 * (Mann-Whitney U / (n_own n_rest)).
 */
export function aurocOf({ own, rest }: Ranking): Measured {
  if (own.length === 0) return { value: null, reason: NO_ITEM };
  if (rest.length === 0) return { value: null, reason: 'no item of another class' };
  let wins = 0;
  let below = 0;
  let upTo = 0;
  for (const score of own) {
    while (below < rest.length && rest[below] < score) below++;
    while (upTo < rest.length && rest[upTo] <= score) upTo++;
    wins += (below + upTo) / 2;
  }
  return { value: wins / (own.length * rest.length) };
}
