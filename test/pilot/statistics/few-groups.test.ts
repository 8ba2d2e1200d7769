import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Random } from '../../../src/array/random.ts';
import { stream } from '../../../src/array/random.ts';
import { difference, pairedDifference } from '../../../src/pilot/statistics/difference.ts';
import { twoSidedZ } from '../../../src/pilot/statistics/distributions.ts';
import { grouping, groupQuantile } from '../../../src/pilot/statistics/few-groups.ts';
import { accuracy, f1Intervals, macroF1, macroRecall, recallIntervals } from '../../../src/pilot/statistics/metrics.ts';
import { nadeauBengio } from '../../../src/pilot/statistics/nadeau-bengio.ts';
import { itemsForRecall } from '../../../src/pilot/statistics/planning.ts';
import type { Predictions } from '../../../src/pilot/statistics/predictions.ts';
import { recallDifference } from '../../../src/pilot/statistics/recall-difference.ts';
import { Coverage } from './simulate.ts';
import type { GroupWorld } from './simulate-groups.ts';
import { groupTruth, simulateGroups } from './simulate-groups.ts';

const windows = [36, 18, 6];
const centre = [2.5, 1.5, 0.7];

describe('the rule by hand', () => {
  test('two groups of 2 and 1: m = 5/3, nu at least 1', () => {
    // Sums 2 and -2: 2/1 * 8 = 16 by groups, 3/2 * 6 = 9 by items; even groups: 9/5, nu = (4/5)(5/3)/(2/3) = 2.
    const found = grouping(Float64Array.of(1, 1, -2), Int32Array.of(4, 4, 9));
    assert.equal(found.units, 2);
    assert.ok(Math.abs(found.size - 5 / 3) < 1e-12 && Math.abs(found.freedom - 2) < 1e-12);
    assert.equal(found.ratio, found.size, '16/9 is more than m');
    // scipy.stats.t.ppf(.975, 2)
    assert.ok(Math.abs(groupQuantile(found, 0.05) - 4.302652729911275) < 1e-9);
  });

  test('one item a group: z, and the numbers of items', () => {
    const found = grouping(Float64Array.of(1, -1, 0), Int32Array.of(7, 3, 5));
    assert.deepEqual(found, { units: 3, size: 1, ratio: 1, freedom: Number.POSITIVE_INFINITY });
    assert.equal(groupQuantile(found, 0.05), twoSidedZ(0.05));
    const [a, b] = simulateGroups({ groups: 8, windows: [5, 2], centre: [2, 1] }, stream(1, 'alone'));
    const ungrouped = (p: Predictions) => ({ ...p, groups: undefined });
    const alone = (p: Predictions) => ({ ...p, groups: p.labels.map((_, i) => 3 * i + 1) });
    const intervals = (form: (p: Predictions) => Predictions) => [
      ...recallIntervals(form(b)).map((m) => m.interval),
      ...f1Intervals(form(b)).map((m) => m.interval),
      ...[accuracy, macroRecall, macroF1].map((measure) => measure(form(b)).interval),
      ...(['accuracy', 'macro-recall', 'macro-f1', { recall: 1 }] as const).map(
        (metric) => difference(metric, form(a), form(b)).interval,
      ),
    ];
    assert.deepEqual(intervals(alone), intervals(ungrouped));
  });

  test('one group: the whole range', () => {
    const [l, u] = recallDifference({ values: [new Float64Array(50)], groups: new Int32Array(50) }).bounds(0.05);
    assert.ok(l < -0.8 && u > 0.8);
  });

  test('six groups that all gain 1 to 3 points in 300 windows: better, within a few points', () => {
    const [groups, values] = [new Int32Array(1800), new Float64Array(1800)];
    for (let i = 0; i < 1800; i++) {
      groups[i] = Math.floor(i / 300);
      const place = i % 300;
      values[i] = place < 9 + (groups[i] % 3) * 3 ? 1 : place > 293 ? -1 : 0;
    }
    const { value, bounds } = recallDifference({ values: [values], groups });
    const [l, u] = bounds(0.05);
    assert.ok(value > 0.015 && value < 0.025 && u - l < 0.09, `${value}: ${l} to ${u}`);
    // Pseudo-groups that change all at once, 80 points wide.
    const [low, high] = recallDifference({ values: [new Float64Array(6)] }).bounds(0.05);
    assert.ok(high - low > 0.75 && (u - l) * 8 < high - low);
  });
});

describe('coverage over the population of groups, 6 repeats', () => {
  const worlds: Record<string, { world: Omit<GroupWorld, 'groups'>; counts: number[]; aa?: boolean }> = {
    'moderate groups': { world: { windows, centre }, counts: [5, 10] },
    'no effect at all, equal groups': {
      world: { windows, centre, groupSd: 0.5, treatmentSd: 0 },
      counts: [8],
      aa: true,
    },
    'very different groups, effects that differ': {
      world: { windows, centre, groupSd: 1.5, treatmentSd: 0.3, effect: [0, 0.3, 1] },
      counts: [6, 10],
    },
    'mixes of their own': { world: { windows, centre, mixSd: 0.6 }, counts: [6, 10] },
    'nearly all right': { world: { windows, centre: [4, 3, 2.5] }, counts: [6] },
    'much seed noise': { world: { windows, centre, treatmentSd: 0, seedSd: 0.4 }, counts: [6], aa: true },
  };
  const together: Record<string, Coverage> = {};
  const wrong = { shown: 0, of: 0 };
  const SETS = 60;
  for (const [name, { world, counts, aa }] of Object.entries(worlds))
    for (const groups of counts)
      test(`${name}, ${groups} groups`, (t) => {
        const random = stream(13, name, groups);
        const [first, second] = ([0, 1] as const).map((arm) => groupTruth({ ...world, groups }, arm));
        const found: Record<string, Coverage> = {};
        const add = (metric: string, interval: [number, number] | null, value: number) => {
          found[metric] ??= new Coverage();
          found[metric].add(interval, value);
          if (!aa || !metric.endsWith('difference') || !interval) return;
          wrong.of++;
          if (interval[0] > 0 || interval[1] < 0) wrong.shown++;
        };
        for (let set = 0; set < SETS; set++) {
          const [a, b] = simulateGroups({ ...world, groups }, random);
          for (const c of [0, 2]) {
            add(`recall ${c}`, recallIntervals(b)[c].interval, second.recall[c]);
            const change = second.recall[c] - first.recall[c];
            add(`recall ${c} difference`, pairedDifference({ recall: c }, a, b).interval(0.05), change);
          }
          for (const [metric, key, measure] of [
            ['accuracy', 'accuracy', accuracy],
            ['macro-recall', 'macroRecall', macroRecall],
            ['macro-f1', 'macroF1', macroF1],
          ] as const) {
            add(metric, measure(b).interval, second[key]);
            add(`${metric} difference`, pairedDifference(metric, a, b).interval(0.05), second[key] - first[key]);
          }
        }
        for (const [metric, coverage] of Object.entries(found)) {
          t.diagnostic(`${metric}: ${coverage}`);
          together[metric] ??= new Coverage();
          together[metric].join(coverage);
          assert.ok(coverage.share >= coverage.bar, `${metric}: ${coverage}`);
        }
      });

  test('all worlds together: 93 % or more, and not absurdly wide', (t) => {
    assert.equal(Object.keys(together).length, 10);
    for (const [metric, coverage] of Object.entries(together)) {
      t.diagnostic(`${metric}: ${coverage}`);
      assert.ok(coverage.share >= 0.93, `${metric}: ${coverage}`);
      const width = coverage.width / coverage.sets;
      // Class 2 has 6 windows a group; accuracy's differences were .5 to .9 wide with pseudo-groups.
      if (metric === 'accuracy difference') assert.ok(width < 0.15, `${metric}: ${coverage}`);
      if (metric === 'recall 0 difference') assert.ok(width < 0.25, `${metric}: ${coverage}`);
    }
    t.diagnostic(`A/A: better or worse in ${wrong.shown} of ${wrong.of}`);
    assert.ok(wrong.of >= 600 && wrong.shown <= 0.05 * wrong.of, `A/A: ${wrong.shown} of ${wrong.of}`);
  });

  test('the simulation itself has the truth it says', () => {
    const world = { groups: 1000, windows, centre, repeats: 1, seedSd: 0, mixSd: 0.5, effect: [0.5, 0, -0.5] };
    const [a, b] = simulateGroups(world, stream(13, 'truth'));
    for (const [arm, p] of [a, b].entries()) {
      const truth = groupTruth(world, arm as 0 | 1);
      assert.ok(Math.abs((macroF1(p).value ?? 9) - truth.macroF1) < 0.02);
      assert.ok(Math.abs((accuracy(p).value ?? 9) - truth.accuracy) < 0.02);
      for (const [c, { value }] of recallIntervals(p).entries())
        assert.ok(Math.abs((value ?? 9) - truth.recall[c]) < 0.03, `class ${c}: ${value}, ${truth.recall[c]}`);
    }
  });
});

test('planned items of groups of 20 reach the planned power', () => {
  // An item of group g gains with 0.25 + v_g, loses with 0.15 - v_g (v: sd 0.08): difference 0.1, variance of an item
  // 0.4 - 0.01, of groups (2 * 0.08)^2: s2 = 0.39 + 19 * 0.0256.
  const random = stream(13, 'power');
  const draw = (G: number) => {
    const values = new Float64Array(20 * G);
    for (let g = 0; g < G; g++) {
      const v = 0.08 * Math.max(-1.8, Math.min(1.8, random.normal()));
      for (let i = 20 * g; i < 20 * g + 20; i++) {
        const x = random.uniform();
        values[i] = x < 0.25 + v ? 1 : x > 0.85 + v ? -1 : 0;
      }
    }
    return { values: [values], groups: Int32Array.from(values, (_, i) => Math.floor(i / 20)) };
  };
  const pilot = recallDifference(draw(12));
  const n = itemsForRecall(0.1, 0.39 + 19 * 0.0256, 0.05, { size: 20, each: 20, pseudo: pilot.pseudo });
  assert.ok(n !== null && n > 400 && n < 1500, `${n}`);
  let shown = 0;
  for (let set = 0; set < 600; set++) if (recallDifference(draw(Math.ceil(n / 20))).bounds(0.05)[0] > 0) shown++;
  assert.ok(Math.abs(shown / 600 - 0.8) < 0.08, `power ${shown / 600} with ${n} items`);
});

describe('Nadeau-Bengio on numbers of trials whose folds are made of groups', () => {
  /** Paired differences of J trials: groups tested, groups trained on, fold, seed; the truth is 0. */
  const draw = (G: number, K: number, trained: number, noise: number, random: Random) => {
    const effects = Array.from({ length: G }, () => ({ test: random.normal(), train: trained * random.normal() }));
    const values: number[] = [];
    for (let repeat = 0; repeat < 6; repeat++) {
      const order = random.shuffle(effects.slice());
      const seed = 0.2 * random.normal();
      for (let k = 0; k < K; k++) {
        const mean = (of: number[]) => of.reduce((sum, x) => sum + x, 0) / of.length;
        const test = mean(order.filter((_, i) => i % K === k).map((e) => e.test));
        const train = mean(order.filter((_, i) => i % K !== k).map((e) => e.train));
        values.push(test + train + noise * random.normal() + seed);
      }
    }
    return values;
  };
  for (const [G, K] of [
    [6, 3],
    [6, 6],
    [10, 5],
    [30, 5],
  ])
    test(`${G} groups, ${K} folds`, (t) => {
      for (const trained of [0, 0.5, 1]) {
        const random = stream(13, 'trials', G, K, trained);
        const [few, many] = [new Coverage(), new Coverage()];
        for (let set = 0; set < 700; set++) {
          const values = draw(G, K, trained, 0.5, random);
          few.add(nadeauBengio(values, K, 0.95, G).interval, 0);
          many.add(nadeauBengio(values, K).interval, 0);
        }
        t.diagnostic(`training ${trained}: ${few}; J - 1: ${many}`);
        assert.ok(few.share >= few.bar, `training ${trained}: ${few}`);
        if (G === 6 && K === 6 && trained === 1) assert.ok(many.share < 0.91, `J - 1 would do: ${many}`);
      }
    });
});
