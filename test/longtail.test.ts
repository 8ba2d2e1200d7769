import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onSameItems } from '../docs/longtail/beside-pytorch.ts';
import { firstShare, stratifiedShare } from '../docs/longtail/divide.ts';
import {
  difference,
  meanWithInterval,
  measured,
  percent,
  ranks,
  rarestThird,
  signed,
} from '../docs/longtail/figures.ts';
import { BALANCED, BASELINE, references, rows } from '../docs/longtail/methods.ts';
import { page } from '../docs/longtail/page.ts';
import { sets } from '../docs/longtail/sets.ts';
import type { Task } from '../src/data/dataset.ts';
import type { Classification } from '../src/pilot/result.ts';

const known = sets('nowhere');
const development = Object.keys(known).filter((name) => known[name].kind === 'development');

test('every set has an own name, a net and a division in words; six were chosen on', () => {
  assert.equal(development.length, 6);
  for (const { split, steps, batch, encoder, folds } of Object.values(known)) {
    assert.ok(split && encoder && steps >= 400 && batch >= 64);
    assert.equal(folds !== undefined, split.includes('folds'));
  }
});

test('methods: one row a method, AllNC in its parts, cross-entropy and balanced softmax always there', () => {
  const all = rows();
  assert.equal(new Set(all.map(({ method }) => method)).size, all.length);
  assert.ok(all.some(({ name, torch }) => name.includes('AllNC plain') && torch?.recall === 78.9));
  assert.deepEqual(references('crt,cross-entropy,allnc,crt:from=0.8'), ['crt', 'allnc', 'crt:from=0.8']);
  assert.equal(references().length, all.length - 3);
});

test('the rarest third: rounded up, at least two, of classes with items', () => {
  assert.deepEqual(rarestThird([9, 8, 7, 6, 5, 4, 3]), [4, 5, 6]);
  assert.deepEqual(rarestThird([9, 8, 7, 6, 5]), [3, 4]);
  assert.deepEqual(rarestThird([9, 8, 2, 0]), [1, 2]);
});

test('ranks: equal values share the mean of theirs', () => {
  assert.deepEqual(ranks([0.5, 0.9, 0.5, 0.1]), [2.5, 1, 2.5, 4]);
});

test('mean with t interval, by hand: t(0.975, 2) = 4.302653, sd of 1, 2, 4 = 1.527525', () => {
  const { value, interval } = meanWithInterval([1, 2, 4]);
  assert.ok(value !== null && Math.abs(value - 7 / 3) < 1e-12);
  const half = (4.302653 * 1.527525) / Math.sqrt(3);
  assert.ok(interval && Math.abs(interval[0] - (7 / 3 - half)) < 1e-5 && Math.abs(interval[1] - (7 / 3 + half)) < 1e-5);
  assert.equal(meanWithInterval([1]).interval, null);
});

test('numbers in words: percent, points with sign, no minus nought', () => {
  assert.equal(percent(0.7891), '78.9');
  assert.equal(signed({ value: 0.012, interval: [-0.0001, 0.03] }), '+1.2 (0.0 to +3.0)');
  assert.equal(signed({ value: null, interval: null }), '-');
});

const task = (labels: number[], more: Partial<Task> = {}) =>
  ({ labels: Int32Array.from(labels), classes: ['a', 'b'], ...more }) as Task;

test('the first share of each recording: windows that end in it train, others are for test', () => {
  const windows = { recording: [0, 0, 0, 1, 1], start: [0, 50, 51, 0, 21], length: 10 };
  const set = { recordings: [{ length: 100 }, { length: 50 }] };
  const items = { kind: 'series', windows: { ...windows, set } } as unknown as Task['items'];
  const divided = firstShare(task([0, 1, 0, 1, 0], { items, groups: Int32Array.of(0, 0, 0, 1, 1) }), 0.6);
  assert.deepEqual(divided.splits, ['train', 'train', 'test', 'train', 'test']);
  assert.equal(divided.groups, undefined);
});

test('a share of each class, the same for the same seed', () => {
  const labels = Array.from({ length: 30 }, (_, i) => (i < 20 ? 0 : i < 29 ? 1 : -1));
  const { splits = [] } = stratifiedShare(task(labels), 0.7, 0);
  const trained = (c: number) => splits.filter((side, i) => side === 'train' && labels[i] === c).length;
  assert.deepEqual([trained(0), trained(1), trained(-1)], [14, 6, 0]);
  assert.deepEqual(stratifiedShare(task(labels), 0.7, 0).splits, splits);
  assert.notDeepEqual(stratifiedShare(task(labels), 0.7, 1).splits, splits);
});

const estimate = (value: number) => ({ value, interval: [value - 0.01, value + 0.01], count: 100 });

/** A result with the recalls given; AllNC less balanced softmax by a known interval. */
function result(recalls: Readonly<Record<string, number>>, steps: number, apart: [number, number]): Classification {
  const arms = Object.entries(recalls).map(([method, recall]) => {
    const metrics = Object.fromEntries(['macro-recall', 'macro-f1', 'accuracy'].map((m) => [m, estimate(recall)]));
    return {
      method,
      operatingPoint: { meanGamma: 0 },
      metrics: { ...metrics, 'average-precision': estimate(0.5) },
      metricsAtGammaZero: metrics,
      classes: ['a', 'b', 'c'].map((name, c) => ({ name, trained: 10, evaluated: 5, recall: estimate(0.1 * c) })),
      curve: [{ gamma: 0, metrics: { 'recall[b]': 0.3, 'recall[c]': 0.5 } }],
      collapse: { train: { nc1Balanced: 0.7 } },
      cost: { trainSeconds: 1, millisecondsPerStep: method === 'allnc' ? 2.8 : 2 },
    };
  });
  const comparison = { method: BALANCED, against: 'allnc', metric: 'macro-recall', difference: -0.02 };
  return {
    arms,
    comparisons: [{ ...comparison, interval: [-apart[1], -apart[0]] }],
    design: {
      ...{ steps, batch: 128, repeats: 3, folds: 1, settings: { encoder: { kind: 'mlp' } } },
      criteria: ['macro-recall', 'recall[b]', 'recall[c]'].map((metric) => ({ metric, margin: 0.01 })),
    },
    data: { classes: [{}, {}, {}] },
    software: { evenhand: '0', onnxruntime: '0' },
  } as unknown as Classification;
}

const recalls = { [BASELINE]: 0.7, [BALANCED]: 0.8, allnc: 0.78 };

test('a difference is found in either direction; the rarest third at gamma 0 and at the operating point', () => {
  const own = result(recalls, 800, [0.01, 0.03]);
  assert.deepEqual(difference(own, 'allnc', BALANCED, 'macro-recall'), { value: 0.02, interval: [0.01, 0.03] });
  assert.deepEqual(difference(own, BALANCED, 'allnc', 'macro-recall').interval, [-0.03, -0.01]);
  assert.equal(difference(own, BALANCED, BASELINE, 'macro-recall').value, null);
  assert.equal(measured(own, own.arms[0], 'rarest', 'zero').value, 0.4);
  assert.ok(Math.abs((measured(own, own.arms[0], 'rarest', 'chosen').value ?? 0) - 0.15) < 1e-12);
});

test('the page of a part of the sets: names what is missing, what was a trial run, who was worse', () => {
  const text = page(known, { wm811k: result(recalls, 20, [-0.03, -0.01]) }, {});
  assert.match(text, /Not run yet: .*`ai4i`.*`cifar10-lt-resnet32`/);
  assert.doesNotMatch(text, /Not run yet: .*`wm811k`/);
  assert.match(text, /20 steps \*\*instead of 800: a trial run, no result\*\*/);
  assert.match(
    text,
    /macro recall, both at their operating points: better on none; worse on wm811k; not told apart on none/,
  );
  assert.match(text, /A plain balanced softmax does as well: .* on wm811k \(1 of 1 sets\)/);
  assert.match(text, /takes 1\.40 times as long as one of cross-entropy on average over sets/);
  assert.match(text, /once all 6 development sets are there/);
});

test('the page of all development sets: beside PyTorch, by method and within or not', () => {
  const chosen = { [BASELINE]: 0.7, [BALANCED]: 0.8, oversampling: 0.78 };
  const all = Object.fromEntries(development.map((name) => [name, result(chosen, known[name].steps, [0.01, 0.03])]));
  const text = page(known, all, { 'mnist-10': result(chosen, 800, [0, 0]), 'mnist-1': result(chosen, 800, [0, 0]) });
  assert.match(text, /\| balanced softmax \| 80\.0 \/ 78\.9 \(\+1\.1\) \| 80\.0 \/ 66\.5 \(\+13\.5\) \|/);
  assert.match(text, /Macro recall: 0\.9 points apart on average \(within 1\.5\), each within 3\./);
  assert.match(text, /Macro F1: .* \(not within 1\.5\), more than 3: oversampling, balanced softmax/);
  assert.doesNotMatch(text, /trial run/i);
  assert.match(text, /\| accuracy \/ macro recall \| 1 \| 10 \|/);
  assert.match(text, /\| balanced softmax \| 1\.0 \| 1\.0 \|/);
});

test('beside PyTorch on the same items: means over seeds, then over sets, by hand', () => {
  const line = (set: string, seed: number, method: string, ours: number, theirs: number) => {
    const both = (x: number) => ({ recall: x, f1: x / 2, seconds: 1 });
    return { set, seed, method, ours: both(ours), pytorch: both(theirs) };
  };
  const text = onSameItems([
    line('a', 0, 'cross-entropy', 0.6, 0.5),
    line('a', 1, 'cross-entropy', 0.8, 0.7),
    line('b', 0, 'cross-entropy', 0.5, 0.5),
    line('a', 0, 'allnc', 0.9, 0.92),
    // Not run with all methods: not shown.
    line('c', 0, 'allnc', 0.1, 0.9),
    line('b', 0, 'allnc', 0.9, 0.9),
  ]).join('\n');
  assert.match(text, /`a` 1 to 2 seeds, `b` 1 seed\./);
  assert.match(text, /\| macro recall \| `a` \| `b` \| mean \|/);
  assert.match(
    text,
    /\| cross-entropy \| 70\.0 \/ 60\.0 \(\+10\.0\) \| 50\.0 \/ 50\.0 \(0\.0\) \| 60\.0 \/ 55\.0 \(\+5\.0\) \|/,
  );
  assert.match(text, /\| allnc \| 90\.0 \/ 92\.0 \(-2\.0\) \| 90\.0 \/ 90\.0 \(0\.0\) \| 90\.0 \/ 91\.0 \(-1\.0\) \|/);
  assert.match(text, /macro recall 3\.0 points apart on average \(not within 1\.5\), more than 3: cross-entropy;/);
  assert.match(text, /macro F1 1\.5 points apart on average \(within 1\.5\), each within 3\./);
  assert.deepEqual(onSameItems([]), []);
});
