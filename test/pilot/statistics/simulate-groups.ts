import type { Random } from '../../../src/array/random.ts';
import type { Predictions } from '../../../src/pilot/statistics/predictions.ts';

/**
 * Two arms on windows of few groups (recordings of people, machines). Class c of a window of group g is answered right in
 * repeat r with log-odds
 *
 *   centre_c + group_gc + item_i + seed_r + seed_gr  (+ effect_c + treatment_gc in the second arm)
 *
 * all terms normal with mean 0: group and item are shared by the arms, a group's classes go together (correlation 1/2),
 * seeds are each arm's own. A wrong answer goes to any other class alike. Every group holds its own mix of classes.
 */
export interface GroupWorld {
  readonly groups: number;
  /** Windows of a group of every class, on average. */
  readonly windows: readonly number[];
  readonly centre: readonly number[];
  readonly effect?: readonly number[];
  readonly repeats?: number;
  readonly groupSd?: number;
  readonly treatmentSd?: number;
  readonly itemSd?: number;
  readonly seedSd?: number;
  readonly groupSeedSd?: number;
  /** Spread of the windows of a class over groups (log scale). */
  readonly mixSd?: number;
}

const filled = (world: GroupWorld) => ({
  effect: world.windows.map(() => 0),
  repeats: 6,
  groupSd: 1,
  treatmentSd: 0.15,
  itemSd: 1,
  seedSd: 0.1,
  groupSeedSd: 0.2,
  mixSd: 0,
  ...world,
});

export function simulateGroups(world: GroupWorld, random: Random): [Predictions, Predictions] {
  const w = filled(world);
  const C = w.windows.length;
  const correlated = (sd: number) => {
    const common = random.normal();
    return w.centre.map(() => sd * Math.SQRT1_2 * (common + random.normal()));
  };
  const labels: number[] = [];
  const groups: number[] = [];
  const same: number[] = [];
  const more: number[] = [];
  for (let g = 0; g < w.groups; g++) {
    const own = correlated(w.groupSd);
    const treatment = correlated(w.treatmentSd);
    for (let c = 0; c < C; c++) {
      const windows = Math.round(w.windows[c] * Math.exp(w.mixSd * random.normal() - w.mixSd ** 2 / 2));
      for (let i = 0; i < windows; i++) {
        labels.push(c);
        groups.push(g);
        same.push(w.centre[c] + own[c] + w.itemSd * random.normal());
        more.push(w.effect[c] + treatment[c]);
      }
    }
  }
  const arm = (second: boolean): Predictions => ({
    classes: C,
    labels: Int32Array.from(labels),
    groups: Int32Array.from(groups),
    repeats: Array.from({ length: w.repeats }, () => {
      const seed = w.seedSd * random.normal();
      const ofGroup = Array.from({ length: w.groups }, () => seed + w.groupSeedSd * random.normal());
      return Int32Array.from(labels, (c, i) => {
        const odds = same[i] + (second ? more[i] : 0) + ofGroup[groups[i]];
        return random.uniform() < 1 / (1 + Math.exp(-odds)) ? c : (c + 1 + random.integer(C - 1)) % C;
      });
    }),
  });
  return [arm(false), arm(true)];
}

/** Recall of every class, macro recall, accuracy and macro F1 of an arm in the population of groups, items and seeds. */
export function groupTruth(world: GroupWorld, arm: 0 | 1) {
  const w = filled(world);
  const C = w.windows.length;
  const sds = [w.groupSd, w.itemSd, w.seedSd, w.groupSeedSd, ...(arm === 1 ? [w.treatmentSd] : [])];
  const sd = Math.hypot(...sds);
  const recall = w.centre.map((centre, c) => {
    let sum = 0;
    let weights = 0;
    for (let x = -6; x <= 6; x += 0.02) {
      const weight = Math.exp((-x * x) / 2);
      weights += weight;
      sum += weight / (1 + Math.exp(-(centre + (arm === 1 ? w.effect[c] : 0) + sd * x)));
    }
    return sum / weights;
  });
  const total = w.windows.reduce((sum, n) => sum + n, 0);
  const f1 = recall.map((theta, c) => {
    let predicted = w.windows[c] * theta;
    for (let k = 0; k < C; k++) if (k !== c) predicted += (w.windows[k] * (1 - recall[k])) / (C - 1);
    return (2 * w.windows[c] * theta) / (w.windows[c] + predicted);
  });
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / C;
  return {
    recall,
    macroRecall: mean(recall),
    accuracy: recall.reduce((sum, theta, c) => sum + (theta * w.windows[c]) / total, 0),
    f1,
    macroF1: mean(f1),
  };
}
