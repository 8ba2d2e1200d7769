import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stream } from '../../../src/array/random.ts';
import { difference, type Metric } from '../../../src/pilot/statistics/difference.ts';
import { macroRecall, meanRecall } from '../../../src/pilot/statistics/metrics.ts';
import { planDifference } from '../../../src/pilot/statistics/plan-difference.ts';
import type { Predictions } from '../../../src/pilot/statistics/predictions.ts';
import { Coverage, simulate, type World } from './simulate.ts';

const none = 'no class with fewer than 20 training items';
const group = (...classes: number[]) => ({ classes, none });

/** The items of some classes alone, the classes renumbered; any other answer becomes a class that has no item. */
function restricted(p: Predictions, classes: readonly number[]): Predictions {
  const kept = [...p.labels.keys()].filter((i) => classes.includes(p.labels[i]));
  const pick = (values: Int32Array) => Int32Array.from(kept, (i) => values[i]);
  const number = (c: number) => (classes.includes(c) ? classes.indexOf(c) : classes.length);
  return {
    classes: classes.length + 1,
    labels: pick(p.labels).map(number),
    repeats: p.repeats.map((row) => pick(row).map(number)),
    ...(p.groups ? { groups: pick(p.groups) } : {}),
  };
}

const world: World = {
  sizes: [120, 40, 9, 5, 2, 1],
  recall: [
    [0.9, 0.7, 0.4, 0.3, 0.2, 0.5],
    [0.88, 0.8, 0.6, 0.4, 0.4, 0.5],
  ],
  repeats: 6,
  shift: 0.1,
};

for (const [name, settings] of [
  ['items', world],
  ['groups', { ...world, groups: 4 }],
] as const)
  describe(`mean recall over some classes, ${name}`, () => {
    const [a, b] = simulate(settings, stream(3, 'class groups', name));

    test('over all classes it is macro recall, to the bit', () => {
      assert.deepEqual(meanRecall(b, group(0, 1, 2, 3, 4, 5)), macroRecall(b));
      assert.deepEqual(difference({ recall: group(0, 1, 2, 3, 4, 5) }, a, b), difference('macro-recall', a, b));
    });

    test('over some it is the macro recall of their items alone', () => {
      const [first, second] = [restricted(a, [2, 3, 4, 5]), restricted(b, [2, 3, 4, 5])];
      const { reason: _, ...expected } = macroRecall(second);
      assert.deepEqual(meanRecall(b, group(2, 3, 4, 5)), expected);
      const { reason: __, ...apart } = difference('macro-recall', first, second);
      const { reason: ___, ...found } = difference({ recall: group(2, 3, 4, 5) }, a, b);
      assert.deepEqual(found, apart);
      assert.ok(apart.count <= 17);
    });

    test('over one class it is the recall of that class', () => {
      const one = difference({ recall: group(1) }, a, b);
      const own = difference({ recall: 1 }, a, b);
      assert.equal(one.count, own.count);
      for (const end of [0, 1]) assert.ok(Math.abs(one.interval![end] - own.interval![end]) < 1e-12);
      assert.match(
        difference({ recall: group(5) }, a, b).reason ?? '',
        /^not measurable: needs 4 more (items|groups)$/,
      );
    });
  });

test('no class, or none with items: null with the reason', () => {
  const [a, b] = simulate({ ...world, sizes: [50, 20, 0, 0, 3, 1] }, stream(4, 'class groups'));
  assert.deepEqual(meanRecall(b, group()), {
    value: null,
    interval: null,
    count: 0,
    samplingError: null,
    seedError: null,
    reason: none,
  });
  assert.equal(difference({ recall: group() }, a, b).reason, none);
  assert.equal(difference({ recall: group(2, 3) }, a, b).reason, 'no evaluated items');
  const found = difference({ recall: group(2, 3, 4, 5) }, a, b);
  assert.match(found.reason ?? '', /mean over 2 of 4 classes; 2 without evaluated items are left out/);
  assert.match(found.reason ?? '', /not measurable: needs 1 more items/);
});

test('an open difference on a group asks for items of one of its classes, or of all', () => {
  const [a, b] = simulate({ ...world, sizes: [120, 40, 20, 12, 8, 6] }, stream(5, 'class groups'));
  const few: Metric = { recall: group(2, 3, 4, 5) };
  const plans = planDifference(few, a, b, 0.3);
  assert.ok(plans.length > 0);
  for (const plan of plans) assert.ok(plan.class === undefined || plan.class >= 2, JSON.stringify(plan));
  assert.deepEqual(planDifference({ recall: group() }, a, b, 0.3), []);
});

test('95 % intervals over classes of 1 to 3 items hold the truth', (t) => {
  const sets = 250;
  for (const C of [10, 60]) {
    const sizes = Array.from({ length: C }, (_, c) => (c < 3 ? 60 : 1 + (c % 3)));
    const rare = group(...Array.from(sizes, (_, c) => c).slice(3));
    const [single, change] = [new Coverage(), new Coverage()];
    for (let set = 0; set < sets; set++) {
      const random = stream(set, 'tail', C);
      const theta = [0, 1].map((arm) => sizes.map(() => Math.min(0.99, 0.2 + 0.6 * random.uniform() + 0.1 * arm)));
      const [a, b] = simulate({ sizes, recall: [theta[0], theta[1]], repeats: 3, shift: 0.05 }, random);
      const mean = (arm: number) => rare.classes.reduce((sum, c) => sum + theta[arm][c], 0) / rare.classes.length;
      single.add(meanRecall(b, rare).interval, mean(1));
      change.add(difference({ recall: rare }, a, b).interval, mean(1) - mean(0));
    }
    t.diagnostic(`${C} classes: recall ${single}; difference ${change}`);
    assert.ok(single.share >= single.bar, `${C} classes, recall: ${single}`);
    assert.ok(change.share >= change.bar, `${C} classes, difference: ${change}`);
  }
});
