import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import type { CompareSettings } from '../../src/pilot/compare.ts';
import { compare, metricOf } from '../../src/pilot/compare.ts';
import * as schema from '../../src/pilot/result.ts';
import { difference } from '../../src/pilot/statistics/difference.ts';
import type { World } from './statistics/simulate.ts';
import { simulate } from './statistics/simulate.ts';

const classes = ['none', 'wear', 'HDF'];
const rules = {
  classes,
  criteria: [{ metric: 'macro-recall', margin: 0.01 }],
  guards: [{ metric: 'accuracy', tolerance: 0.02 }],
};

function pilot(world: World, seed: number, reference?: World['recall'][1]): CompareSettings {
  const random = stream(seed, 'compare');
  const [a, b] = simulate(world, random);
  const arms: CompareSettings['arms'] = [
    { method: 'cross-entropy', role: 'baseline', simplicity: 0, predictions: a },
    { method: 'allnc', role: 'candidate', simplicity: 9, predictions: b },
  ];
  if (!reference) return { ...rules, arms };
  const [, simple] = simulate({ ...world, recall: [world.recall[0], reference] }, random);
  return { ...rules, arms: [...arms, { method: 'balanced', role: 'reference', simplicity: 3, predictions: simple }] };
}

const good: World = {
  sizes: [500, 200, 80],
  recall: [
    [0.97, 0.8, 0.4],
    [0.97, 0.85, 0.7],
  ],
  repeats: 6,
};

describe('comparisons', () => {
  const { comparisons, verdict } = compare(pilot(good, 1, [0.97, 0.84, 0.7]));

  test('every arm against the baseline and the candidate against the reference, on every metric', () => {
    const pairs = ['allnc/cross-entropy', 'balanced/cross-entropy', 'allnc/balanced'];
    const metrics = ['macro-recall', 'accuracy', 'macro-f1', 'recall[none]', 'recall[wear]', 'recall[HDF]'];
    assert.deepEqual(
      comparisons.map((c) => `${c.method}/${c.against} ${c.metric}`),
      pairs.flatMap((pair) => metrics.map((metric) => `${pair} ${metric}`)),
    );
    for (const c of comparisons) schema.comparison.parse(c);
    schema.verdict.parse(verdict);
  });

  test('roles, margins, and the numbers of difference()', () => {
    const [first, second, third] = comparisons;
    assert.deepEqual([first.role, first.margin, first.broken], ['criterion', 0.01, undefined]);
    assert.deepEqual([second.role, second.margin, second.broken], ['guard', 0.02, false]);
    assert.deepEqual([third.role, third.margin], ['shown', 0.01]);
    const { arms } = pilot(good, 1, [0.97, 0.84, 0.7]);
    const found = difference('macro-recall', arms[0].predictions, arms[1].predictions);
    assert.deepEqual([first.difference, first.interval], [found.value, found.interval]);
    assert.ok(first.seedError !== null && first.samplingError !== null);
  });
});

describe('groups by training items', () => {
  const metrics = (trained: readonly number[], criterion = 'macro-recall') => {
    const criteria = [{ metric: criterion, margin: 0.01 }];
    return compare({ ...pilot(good, 1), criteria, trained });
  };

  test('are compared where at least two have classes', () => {
    const groups = (trained: readonly number[]) =>
      metrics(trained).comparisons.flatMap(({ metric }) => (/^recall-/.test(metric) ? [metric] : []));
    assert.deepEqual(groups([400, 160, 64]), ['recall-many', 'recall-medium']);
    assert.deepEqual(groups([400, 100, 19.9]), ['recall-many', 'recall-medium', 'recall-few']);
    assert.deepEqual(groups([400, 160, 100.2]), []);
  });

  test('may decide: few classes better, guarded by many', () => {
    const { comparisons, verdict } = metrics([400, 160, 15], 'recall-few');
    assert.equal(verdict.outcome, 'adopt');
    const { arms } = pilot(good, 1);
    const found = difference({ recall: 2 }, arms[0].predictions, arms[1].predictions);
    assert.equal(comparisons[0].difference, found.value);
    assert.deepEqual([comparisons[0].role, comparisons[0].count], ['criterion', 80]);
  });

  test('without a class: no number, the reason, no verdict', () => {
    const { comparisons, verdict } = metrics([400, 160, 64], 'recall-few');
    const [first] = comparisons;
    assert.deepEqual([first.difference, first.interval, first.state], [null, null, 'undecided']);
    assert.equal(first.reason, 'no class with fewer than 20 training items');
    assert.equal(verdict.outcome, 'inconclusive');
    assert.equal(verdict.reasons[0].rule, 'criterion-missing');
    assert.equal(verdict.next[0].action, 'none');
  });

  test('without training items they cannot be told', () => {
    assert.throws(() => metricOf('recall-few', classes), /recall-few needs the training items of each class/);
    assert.deepEqual(metricOf('recall-few', classes, [400, 12, 19]), {
      recall: { classes: [1, 2], none: 'no class with fewer than 20 training items' },
    });
  });
});

describe('outcomes from predictions', () => {
  const outcome = (world: World, reference?: World['recall'][1]) => compare(pilot(world, 2, reference)).verdict;

  test('clearly better: adopt; with two repeats: inconclusive, run four more', () => {
    assert.equal(outcome(good).outcome, 'adopt');
    const early = outcome({ ...good, repeats: 2 });
    assert.equal(early.outcome, 'inconclusive');
    assert.deepEqual([early.next[0].action, early.next[0].more], ['repeat', 4]);
  });

  test('a simpler reference does as well', () => {
    const found = outcome(good, [0.97, 0.85, 0.7]);
    assert.equal(found.outcome, 'simpler-is-enough');
    assert.equal(found.simpler, 'balanced');
  });

  test('better recall bought with too many false alarms: the guard rejects', () => {
    const found = outcome({ ...good, recall: [good.recall[0], [0.8, 0.8, 0.9]] });
    assert.equal(found.outcome, 'reject');
    assert.ok(found.reasons.some((r) => r.rule === 'guard-broken' && r.criterion === 'accuracy'));
  });

  test('worse: reject', () => {
    assert.equal(outcome({ ...good, recall: [good.recall[1], good.recall[0]] }).outcome, 'reject');
  });

  test('the same predictions: equivalent where the items suffice', () => {
    const [a] = simulate({ ...good, sizes: [3000, 900, 600] }, stream(4, 'same'));
    const arm = { simplicity: 0, predictions: a };
    const arms: CompareSettings['arms'] = [
      { ...arm, method: 'A', role: 'baseline' },
      { ...arm, method: 'B', role: 'candidate' },
    ];
    assert.equal(compare({ ...rules, arms }).verdict.outcome, 'equivalent');
  });

  test('too few rare cases: inconclusive, collect that class', () => {
    const found = outcome({
      sizes: [400, 200, 8],
      recall: [
        [0.97, 0.9, 0.4],
        [0.97, 0.9, 0.7],
      ],
      repeats: 6,
      rho: 0.9,
    });
    assert.equal(found.outcome, 'inconclusive');
    const next = found.next.find((n) => n.action === 'collect');
    assert.equal(next?.class, 'HDF');
    assert.match(
      next.detail,
      /^collect about \d+ more items of class HDF \(80 % range \d+ to \d+\) to settle macro-recall/,
    );
  });

  test('a criterion on a class of three items is not measurable, whatever happens', () => {
    const settings = pilot(
      {
        sizes: [50, 20, 3],
        recall: [
          [0.9, 0.9, 0],
          [0.9, 0.9, 1],
        ],
        repeats: 6,
      },
      5,
    );
    const { comparisons, verdict } = compare({ ...settings, criteria: [{ metric: 'recall[HDF]', margin: 0.01 }] });
    assert.equal(comparisons[0].difference, 1);
    assert.equal(comparisons[0].state, 'undecided');
    assert.match(comparisons[0].reason ?? '', /needs 2 more items of this class/);
    assert.equal(verdict.outcome, 'inconclusive');
    assert.ok((verdict.next[0].more ?? 0) >= 2);
  });
});

test('A/A: the same method in both arms is better or worse in at most 5 %, and rarely adopted or rejected', (t) => {
  const sets = 240;
  const bar = (p: number) => p + 2 * Math.sqrt((p * (1 - p)) / sets);
  for (const [repeats, shift] of [
    [6, 0.05],
    [6, 0],
    [1, 0],
  ]) {
    const counts: Record<string, number> = { verdict: 0 };
    for (let set = 0; set < sets; set++) {
      const theta = [0.95, 0.85, 0.7];
      const settings = pilot({ sizes: [60, 40, 12 + (set % 30)], recall: [theta, theta], repeats, shift }, 100 + set);
      const { comparisons, verdict } = compare(settings);
      for (const c of comparisons) {
        counts[c.metric] ??= 0;
        if (c.state === 'better' || c.state === 'worse') counts[c.metric]++;
        if (c.broken) counts.broken = (counts.broken ?? 0) + 1;
      }
      if (verdict.outcome === 'adopt' || verdict.outcome === 'reject') counts.verdict++;
    }
    t.diagnostic(`${repeats} repeats, shift ${shift}: ${JSON.stringify(counts)} of ${sets}`);
    for (const [name, count] of Object.entries(counts))
      assert.ok(count / sets <= bar(0.05), `${repeats} repeats, shift ${shift}: ${name} ${count} of ${sets}`);
  }
});

test('wrong use is named', () => {
  assert.throws(() => metricOf('recall[HFD]', classes), /did you mean "recall\[HDF\]"/);
  assert.throws(
    () => metricOf('auc', classes),
    /compare: no interval for the difference of metric "auc"; there is one for/,
  );
  assert.deepEqual(metricOf('recall[HDF]', classes), { recall: 2 });
  const { arms } = pilot(good, 1);
  assert.throws(() => compare({ ...rules, arms: arms.slice(0, 1) }), /needs exactly one candidate, got 0/);
  assert.throws(() => compare({ ...rules, arms, criteria: [] }), /at least one criterion/);
  assert.throws(() => compare({ ...rules, arms, classes: ['a', 'b'] }), /2 class names for 3 classes/);
  const guards = [{ metric: 'accuracy', tolerance: -1 }];
  assert.throws(() => compare({ ...rules, arms, guards }), /margin of accuracy must be >= 0, got -1/);
});
