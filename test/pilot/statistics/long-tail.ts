import { stream } from '../../../src/array/random.ts';
import type { ArmOutcome, Items } from '../../../src/pilot/outcomes.ts';
import type { PilotPlan } from '../../../src/pilot/plan.ts';

/** A made-up pilot with many classes: a long tail of items, and what arms of some skill would say of them. */
export interface LongTail {
  readonly classes: readonly string[];
  /** Items of each class, falling to 1. */
  readonly counts: readonly number[];
  readonly items: Items;
  readonly plan: PilotPlan;
}

/**
 * n_c = max(1, largest (c + 1)^-power), the last `empty` classes without items. With 1,000 classes, 3,000 and 1.1 about
 * 16,000 items and 230 classes of one.
 */
export function longTail(
  C: number,
  {
    empty = 0,
    largest = 600,
    power = 0.8,
    repeats = 6,
    folds = 5,
    criteria = [{ metric: 'macro-recall', margin: 0.01 }],
  } = {},
): LongTail {
  const counts = Array.from({ length: C }, (_, c) =>
    c < C - empty ? Math.max(1, Math.floor(largest * (c + 1) ** -power)) : 0,
  );
  const labels = Int32Array.from(counts.flatMap((n, c) => Array<number>(n).fill(c)));
  const rows = labels.map((_, i) => i);
  const planned = Array.from({ length: repeats }, (_, repeat) =>
    Array.from({ length: folds }, (_, fold) => {
      const inside = (i: number) => (i + repeat) % folds === fold;
      return {
        repeat,
        fold,
        train: rows.filter((i) => !inside(i)),
        validation: new Int32Array(),
        test: rows.filter(inside),
      };
    }),
  ).flat();
  const choices = { criteria, guards: [{ metric: 'accuracy', tolerance: 0.02 }], folds, repeats };
  return {
    classes: counts.map((_, c) => `class ${c}`),
    counts,
    items: { rows, labels, itemOf: rows },
    plan: { choices, folds: planned, steps: 100 } as unknown as PilotPlan,
  };
}

/** An arm whose logits are noise, the share of the class in training, and `skill` for the true class. */
export function armOf(
  { classes, items, plan }: LongTail,
  method: string,
  role: 'baseline' | 'candidate' | 'reference',
  skill: number,
  gamma: number,
): ArmOutcome {
  const C = classes.length;
  const random = stream(0, 'long tail', method);
  const trials = plan.folds.map((fold) => {
    const trainCounts = Array.from({ length: C }, () => 0);
    for (const i of fold.train) trainCounts[items.labels[i]]++;
    const prior = trainCounts.map((n) => Math.log((n + 0.5) / fold.train.length));
    const testLogits = new Float32Array(fold.test.length * C);
    fold.test.forEach((row, i) => {
      const own = i * C + items.labels[row];
      for (let c = 0; c < C; c++) testLogits[i * C + c] = prior[c] + 3 * random.uniform();
      testLogits[own] += skill;
    });
    const blank = Array.from({ length: C }, () => null);
    const collapse = {
      nc1Balanced: 1,
      nc1Pooled: 1,
      nc1PerClass: blank,
      nc2NormMeans: 1,
      nc2AngleMeans: 1,
      nc2NormClassifier: 1,
      nc2AngleClassifier: 1,
      nc3: 1,
      nc3PerClass: blank,
      nc4: 1,
    };
    const outcome = {
      trainCounts,
      keptAt: 1,
      validationLogits: new Float32Array(),
      testLogits,
      collapse: { train: collapse, evaluation: collapse },
      minority: { smallestAngle: null, pair: null, idealAngle: 90, perClass: blank },
      course: { classes: [], items: { train: [], evaluation: [] }, looks: [] },
      trainSeconds: 1,
    };
    return { trial: { id: '', training: method, fold, settings: {} }, outcome, gamma };
  });
  const arm = { spec: { name: method, settings: {} }, role, simplicity: role === 'candidate' ? 9 : 1 };
  return { arm, offset: 0, trials } as unknown as ArmOutcome;
}
