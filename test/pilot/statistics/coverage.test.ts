import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Random } from '../../../src/array/random.ts';
import { stream } from '../../../src/array/random.ts';
import { averagePrecision, averagePrecisionDifference } from '../../../src/pilot/statistics/average-precision.ts';
import { difference } from '../../../src/pilot/statistics/difference.ts';
import { normalCdf } from '../../../src/pilot/statistics/distributions.ts';
import {
  accuracy,
  f1Intervals,
  macroF1,
  macroRecall,
  precisionIntervals,
  recallIntervals,
} from '../../../src/pilot/statistics/metrics.ts';
import type { World } from './simulate.ts';
import { Coverage, simulate, truth } from './simulate.ts';

// Coverage of the 95 % intervals on simulated classifiers with known recall: at least 93 %, less two standard errors
// of the simulation. Every number of a world is checked on the same data sets.
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Coverage of every interval in one world; the rare class is the last. */
function cover(world: World, sets: number, name: string): Record<string, Coverage> {
  const random = stream(7, 'coverage', name);
  const found: Record<string, Coverage> = {};
  const add = (metric: string, interval: [number, number] | null, value: number) => {
    found[metric] ??= new Coverage();
    found[metric].add(interval, value);
  };
  const rare = world.sizes.length - 1;
  const [recallA, recallB] = world.recall;
  const items = world.sizes.reduce((sum, n) => sum + n, 0);
  const share = (theta: readonly number[]) => theta.reduce((sum, x, c) => sum + (x * world.sizes[c]) / items, 0);
  const [first, second] = [truth(world, 0), truth(world, 1)];
  for (let set = 0; set < sets; set++) {
    const [a, b] = simulate(world, random);
    add('recall', recallIntervals(b)[rare].interval, recallB[rare]);
    add('accuracy', accuracy(b).interval, share(recallB));
    add('macro recall', macroRecall(b).interval, mean(recallB));
    add('recall difference', difference({ recall: rare }, a, b).interval, recallB[rare] - recallA[rare]);
    add('accuracy difference', difference('accuracy', a, b).interval, share(recallB) - share(recallA));
    add('macro recall difference', difference('macro-recall', a, b).interval, mean(recallB) - mean(recallA));
    if (world.groups) continue;
    add('macro F1', macroF1(b).interval, second.macroF1);
    add('macro F1 difference', difference('macro-f1', a, b).interval, second.macroF1 - first.macroF1);
    const precision = precisionIntervals(b)[rare].interval;
    if (precision) add('precision', precision, second.precision[rare]);
    add('F1', f1Intervals(b)[rare].interval, second.f1[rare]);
  }
  return found;
}

/** Every world's coverage added up, by metric. */
const together: Record<string, Coverage> = {};

function check(world: World, sets: number, name: string): void {
  test(name, (t) => {
    for (const [metric, coverage] of Object.entries(cover(world, sets, name))) {
      t.diagnostic(`${metric}: ${coverage}`);
      together[metric] ??= new Coverage();
      together[metric].join(coverage);
      assert.ok(coverage.share >= coverage.bar, `${metric}: ${coverage}`);
    }
  });
}

describe('one repeat: I1, I2, I3, I5', () => {
  for (const rare of [3, 5, 10, 30, 100, 300])
    for (const [from, to] of [
      [0.8, 0.8],
      [0.7, 0.95],
      [0.2, 0.5],
    ])
      check(
        {
          sizes: [2 * rare, rare + 5, rare],
          recall: [
            [0.95, 0.8, from],
            [0.9, 0.85, to],
          ],
          repeats: 1,
        },
        rare > 50 ? 250 : 400,
        `${rare} rare cases, recall ${from} and ${to}`,
      );
});

describe('six repeats with seed noise: I4 on top', () => {
  for (const rare of [3, 10, 30, 100])
    for (const shift of rare === 100 ? [0.1] : [0, 0.1])
      check(
        {
          sizes: [2 * rare, rare + 5, rare],
          recall: [
            [0.95, 0.8, 0.6],
            [0.9, 0.85, 0.8],
          ],
          repeats: 6,
          shift,
        },
        rare > 50 ? 150 : 250,
        `${rare} rare cases, shift ${shift}`,
      );
});

describe('groups of 1 to 10', () => {
  for (const rare of [10, 40, 150])
    check(
      {
        sizes: [2 * rare, rare],
        recall: [
          [0.9, 0.7],
          [0.85, 0.85],
        ],
        repeats: 1,
        groups: 10,
        icc: 0.7,
      },
      400,
      `${rare} rare cases`,
    );
});

test('all worlds together', (t) => {
  assert.equal(Object.keys(together).length, 10);
  for (const [metric, coverage] of Object.entries(together)) {
    t.diagnostic(`${metric}: ${coverage}`);
    assert.ok(coverage.sets > 3000 && coverage.share >= 0.93, `${metric}: ${coverage}`);
  }
});

test('seed noise matters: without I4 the interval would fail', () => {
  const world: World = {
    sizes: [200, 200],
    recall: [
      [0.8, 0.8],
      [0.8, 0.8],
    ],
    repeats: 6,
    shift: 0.3,
  };
  const random = stream(7, 'seed noise');
  const [one, six] = [new Coverage(), new Coverage()];
  for (let set = 0; set < 200; set++) {
    const [a, b] = simulate(world, random);
    six.add(difference('accuracy', a, b).interval, 0);
    const first = (p: typeof a) => ({ ...p, repeats: p.repeats.slice(0, 1) });
    one.add(difference('accuracy', first(a), first(b)).interval, 0);
  }
  assert.ok(six.share >= six.bar, `six repeats: ${six}`);
  assert.ok(one.share < 0.8, `one repeat: ${one}`);
});

describe('I6 on binormal scores', () => {
  // The truth is the mean of AP itself on data sets of the same size: its bias is not the interval's.
  const draw = (P: number, N: number, up: number, random: Random) => {
    const shared = Float64Array.from({ length: P + N }, () => random.normal());
    const arm = (gain: number) => shared.map((u, i) => 0.8 * u + 0.6 * random.normal() + (i < P ? gain : 0));
    return {
      a: [arm(up)],
      b: [arm(up + 0.5)],
      positive: Uint8Array.from({ length: P + N }, (_, i) => (i < P ? 1 : 0)),
    };
  };
  for (const P of [10, 30, 100])
    test(`${P} positives`, (t) => {
      const random = stream(7, 'average precision', P);
      const sets = Array.from({ length: 300 }, () => {
        const { a, b, positive } = draw(P, 5 * P, 1.5, random);
        const change = averagePrecisionDifference(a, b, positive);
        const one = averagePrecision(a, positive);
        return { one: one.value, of: one.bounds(0.05), change: change.value, by: change.bounds(0.05) };
      });
      const [single, paired] = [new Coverage(), new Coverage()];
      for (const set of sets) {
        single.add(set.of, mean(sets.map((s) => s.one)));
        paired.add(set.by, mean(sets.map((s) => s.change)));
      }
      t.diagnostic(`AP: ${single}; difference: ${paired}`);
      assert.ok(single.share >= single.bar && paired.share >= paired.bar, `AP: ${single}; difference: ${paired}`);
    });
});

test('the simulation itself has the recall it says', () => {
  const world: World = {
    sizes: [400, 100],
    recall: [
      [0.9, 0.3],
      [0.7, 0.6],
    ],
    repeats: 2,
    shift: 0.2,
    groups: 5,
  };
  const random = stream(7, 'simulation');
  const sums = [0, 0];
  for (let set = 0; set < 100; set++)
    for (const [arm, p] of simulate(world, random).entries()) sums[arm] += (recallIntervals(p)[1].value ?? 0) / 100;
  assert.ok(Math.abs(sums[0] - 0.3) < 0.02 && Math.abs(sums[1] - 0.6) < 0.02, `${sums}`);
  assert.ok(Math.abs(normalCdf(1.959964) - 0.975) < 1e-6);
});
