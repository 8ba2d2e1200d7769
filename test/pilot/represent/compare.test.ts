import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InputError } from '../../../src/array/errors.ts';
import { describeRepresentation } from '../../../src/pilot/represent/arms.ts';
import { alarmFindings } from '../../../src/pilot/represent/audit.ts';
import { compareRepresentations } from '../../../src/pilot/represent/compare.ts';
import { checkComparable, directionOf } from '../../../src/pilot/represent/metrics.ts';
import { alarms, gather, type RepresentationArmOutcome } from '../../../src/pilot/represent/outcomes.ts';
import type { RepresentationPilotPlan } from '../../../src/pilot/represent/plan.ts';
import * as schema from '../../../src/pilot/result.ts';
import { difference } from '../../../src/pilot/statistics/difference.ts';
import type { Toy } from '../../evaluate/represent/toy.ts';
import { type Arm, armsOf, planOf } from './synthetic.ts';

const TRIALS = 18;
/** Small differences from trial to trial, the same for every arm; mean 0. */
const noise = (i: number) => 0.01 * Math.sin(2.4 * i);
const wave = (centre: number, i: number) => centre + noise(i);

const plans = new Map<string, RepresentationPilotPlan>();

function judged(
  made: Readonly<Record<string, Arm>>,
  more: Parameters<typeof planOf>[0] = {},
  toy?: Toy,
): { plan: RepresentationPilotPlan; arms: readonly RepresentationArmOutcome[] } & ReturnType<
  typeof compareRepresentations
> {
  const key = JSON.stringify(more);
  const plan = (toy ? undefined : plans.get(key)) ?? planOf(more, toy);
  if (!toy) plans.set(key, plan);
  const arms = armsOf(plan, made);
  const { choices, data } = plan;
  const { criteria, guards, folds, repeats } = choices;
  const { classes } = data.windows.set;
  const groups = data.windows.groupNames.length;
  return { plan, arms, ...compareRepresentations({ arms, classes, criteria, guards, folds, repeats, groups }) };
}
const find = (comparisons: ReturnType<typeof judged>['comparisons'], metric: string, method = 'emargin') =>
  comparisons.find((c) => c.metric === metric && c.method === method && c.against === 'info-nce')!;
const arm = (right: number | undefined, silhouette: number, more: Arm['metrics'] = {}): Arm => ({
  right,
  metrics: { silhouette: (i) => wave(silhouette, i), ...more },
});

describe('gather', () => {
  const plan = planOf();
  const { windows } = plan.data;

  test('the answers of every fold at their window, every window once in a repeat', () => {
    const [a] = armsOf(plan, { 'info-nce': { right: 1 }, emargin: { right: 0 } });
    assert.equal(a.trials.length, TRIALS);
    assert.deepEqual(a.probe?.labels, windows.labels);
    assert.deepEqual(a.probe?.groups, windows.groups);
    assert.equal(a.probe?.repeats.length, 6);
    for (const repeat of a.probe!.repeats) assert.deepEqual(repeat, windows.labels);
  });

  test('windows without a label are no items', () => {
    const own = planOf({}, { label: (r, _, state) => (r < 3 ? -1 : state) });
    const [a] = armsOf(own, { 'info-nce': { right: 0.5 }, emargin: { right: 0.5 } });
    assert.equal(a.probe?.labels.length, 9 * 20);
    assert.ok(a.probe!.labels.every((label) => label >= 0));
  });

  test('no answers in one trial: none of that arm; a fold with nothing to answer is no such trial', () => {
    const without = (i: number) => (i === 4 ? { probe: undefined } : {});
    const [a, b] = armsOf(plan, { 'info-nce': { right: 1, more: without }, emargin: { right: 1 } });
    assert.equal(a.probe, null);
    assert.ok(a.neighbours && b.probe);
    // Two groups with labels among twelve: a fold of three has none.
    const few = planOf({}, { label: (r, _, state) => (r < 2 ? state : -1) });
    const empty = few.trials.filter(({ fold }) => fold.test.every((row) => few.data.windows.labels[row] < 0));
    assert.ok(empty.length > 0);
    const silent = gather(few, ({ fold }) => {
      const rows = fold.test.filter((row) => few.data.windows.labels[row] >= 0);
      const answers = rows.length > 0 ? { probe: rows.map((row) => few.data.windows.labels[row]) } : {};
      return { width: 1, metrics: {}, rows, looks: [], trainCounts: [0, 0, 0], trainSeconds: 0, ...answers };
    });
    assert.ok(silent[0].probe);
    assert.deepEqual(silent[0].probe.repeats[0], silent[0].probe.labels);
  });
});

describe('comparisons', () => {
  const silhouette = (i: number) => 0.3 + 0.02 * i;
  const other = (i: number) => 0.3 + 0.02 * i + [0.01, 0.05, 0.03][i % 3];
  const made = {
    'info-nce': { right: 0.7, metrics: { silhouette, 'davies-bouldin': () => 1.2 } },
    emargin: { right: 0.8, metrics: { silhouette: other, 'davies-bouldin': (i: number) => 1 + noise(i) } },
    raw: { right: 0.6, metrics: { silhouette: () => 0.1, 'davies-bouldin': () => 2 } },
  };
  const { arms, comparisons, verdict } = judged(made, { references: ['raw'] });

  test('of the form of the result file, every pair that a verdict needs', () => {
    for (const c of comparisons) schema.comparison.parse(c);
    schema.verdict.parse(verdict);
    assert.deepEqual(
      [...new Set(comparisons.map((c) => `${c.method}/${c.against}`))],
      ['emargin/info-nce', 'raw/info-nce', 'emargin/raw'],
    );
    const names = comparisons.filter((c) => c.method === 'raw').map((c) => c.metric);
    assert.equal(new Set(names).size, names.length);
    for (const name of ['probe-macro-f1', 'silhouette', 'bridge', 'recall[run]']) assert.ok(names.includes(name), name);
  });

  test('a number a trial: Nadeau and Bengio, worked by hand', () => {
    const { difference: value, interval, count, state, role } = find(comparisons, 'silhouette');
    // 18 differences, six each of 0.01, 0.05, 0.03: mean 0.03, variance 18 * (0.02^2 * 2 / 3) / 17.
    const variance = (18 * (2 / 3) * 0.02 ** 2) / 17;
    // t of 11 degrees of freedom at 97.5 % (twelve groups stand behind all trials); test to training part 1 to 2.
    const half = 2.2009852 * Math.sqrt(variance * (1 / 18 + 1 / 2));
    assert.ok(Math.abs(value! - 0.03) < 1e-12);
    assert.ok(Math.abs(interval![0] - (0.03 - half)) < 1e-7, `${interval}`);
    assert.ok(Math.abs(interval![1] - (0.03 + half)) < 1e-7);
    assert.deepEqual([count, role], [18, 'criterion']);
    assert.equal(state, 0.03 - half > 0 ? 'better' : 'undecided');
  });

  test('a probe: the paired difference of the answers', () => {
    const [a, b] = arms;
    for (const [name, by, metric] of [
      ['probe-macro-f1', 'probe', 'macro-f1'],
      ['probe-macro-recall', 'probe', 'macro-recall'],
      ['knn-macro-f1', 'neighbours', 'macro-f1'],
      ['recall[walk]', 'probe', { recall: 1 }],
    ] as const) {
      const found = difference(metric, a[by]!, b[by]!);
      const { difference: value, interval, samplingError } = find(comparisons, name);
      assert.deepEqual([value, interval, samplingError], [found.value, found.interval, found.samplingError], name);
    }
    assert.equal(find(comparisons, 'probe-macro-f1').state, 'better');
  });

  test('a smaller Davies-Bouldin is better, a larger one worse', () => {
    const [emargin, raw] = [find(comparisons, 'davies-bouldin'), find(comparisons, 'davies-bouldin', 'raw')];
    assert.deepEqual([emargin.direction, emargin.state], ['lower', 'better']);
    assert.ok(emargin.difference! < 0 && emargin.interval![1] < 0);
    assert.deepEqual([raw.direction, raw.state], ['lower', 'worse']);
    assert.equal(find(comparisons, 'silhouette').direction, undefined);
    assert.deepEqual([directionOf('davies-bouldin'), directionOf('silhouette')], ['lower', undefined]);
  });

  test('trials without a number are left out, and it is said', () => {
    const gaps = { silhouette: (i: number) => (i % 3 === 0 ? null : 0.5 + noise(i)) };
    const found = judged({ 'info-nce': arm(0.7, 0.4), emargin: { right: 0.7, metrics: gaps } });
    const { count, difference: value, reason } = find(found.comparisons, 'silhouette');
    assert.equal(count, 12);
    assert.ok(Math.abs(value! - 0.1) < 1e-12);
    assert.match(reason!, /6 of 18 trials left out: undefined/);
    const never = { silhouette: () => null };
    const nothing = judged({
      'info-nce': arm(0.7, 0.4),
      emargin: { right: 0.7, metrics: never, reason: 'one cluster only' },
    });
    const none = find(nothing.comparisons, 'silhouette');
    assert.deepEqual(
      [none.difference, none.interval, none.state, none.reason],
      [null, null, 'undecided', 'one cluster only'],
    );
    assert.equal(nothing.verdict.outcome, 'inconclusive');
  });

  test('one trial with a number: shown, but it decides nothing', () => {
    const single = { silhouette: (i: number) => (i === 0 ? 0.9 : null) };
    const found = judged({ 'info-nce': arm(0.7, 0.4), emargin: { right: 0.7, metrics: single } });
    const { difference: value, interval, state } = find(found.comparisons, 'silhouette');
    assert.ok(Math.abs(value! - 0.5) < 1e-12);
    assert.deepEqual([interval, state], [null, 'undecided']);
  });
});

describe('verdict', () => {
  const outcome = (candidate: Arm, more: Parameters<typeof planOf>[0] = {}, baseline = arm(0.7, 0.4)) =>
    judged({ 'info-nce': baseline, emargin: candidate, raw: arm(0.5, 0.1) }, more).verdict;

  test('better on both: adopt; better clusters with worse use: reject', () => {
    assert.equal(outcome(arm(0.9, 0.6)).outcome, 'adopt');
    const pretty = outcome(arm(0.4, 0.9));
    assert.equal(pretty.outcome, 'reject');
    assert.deepEqual(
      pretty.reasons.map(({ criterion, state }) => [criterion, state]),
      [
        ['probe-macro-f1', 'worse'],
        ['silhouette', 'better'],
      ],
    );
    assert.equal(outcome(arm(0.9, 0.2)).outcome, 'reject');
  });

  test('equivalent in one and better in the other: adopt; equivalent in both: equivalent', () => {
    // The very same answers: the difference is 0.
    const criteria = [
      { metric: 'probe-macro-f1', margin: 0.1 },
      { metric: 'silhouette', margin: 0.02 },
    ];
    assert.equal(outcome(arm(1, 0.6), { criteria }, arm(1, 0.4)).outcome, 'adopt');
    assert.equal(outcome(arm(1, 0.4), { criteria }, arm(1, 0.4)).outcome, 'equivalent');
  });

  test('Davies-Bouldin as the criterion: smaller is adopted, larger rejected', () => {
    const criteria = [
      { metric: 'probe-macro-f1', margin: 0.1 },
      { metric: 'davies-bouldin', margin: 0.05 },
    ];
    const by = (centre: number): Arm => ({ right: 1, metrics: { 'davies-bouldin': (i) => wave(centre, i) } });
    const found = (centre: number) =>
      judged({ 'info-nce': by(1.2), emargin: by(centre) }, { criteria }).verdict.outcome;
    assert.deepEqual([found(0.8), found(1.6), found(1.2)], ['adopt', 'reject', 'equivalent']);
  });

  test('a guard that is broken rejects', () => {
    const guards = [{ metric: 'kappa-time', tolerance: 0.05 }];
    const with_ = (kappa: number, right: number, silhouette: number) =>
      arm(right, silhouette, { 'kappa-time': (i) => wave(kappa, i) });
    const found = (kappa: number) => outcome(with_(kappa, 0.9, 0.6), { guards }, with_(0.6, 0.7, 0.4));
    assert.equal(found(0.58).outcome, 'adopt');
    assert.equal(found(0.3).outcome, 'reject');
    assert.ok(found(0.3).reasons.some(({ rule }) => rule === 'guard-broken'));
  });

  test('too few repeats: inconclusive, and how many more', () => {
    const { outcome: found, next } = outcome(arm(0.95, 0.8), { repeats: 2 });
    assert.equal(found, 'inconclusive');
    assert.deepEqual([next[0].action, next[0].more], ['repeat', 4]);
  });

  test('without labels: at most inconclusive, with what would help', () => {
    const bare = (silhouette: number) => arm(undefined, silhouette);
    const found = (silhouette: number) =>
      judged({ 'info-nce': bare(0.4), emargin: bare(silhouette) }, {}, { label: null }).verdict;
    const better = found(0.9);
    assert.equal(better.outcome, 'inconclusive');
    assert.ok(
      better.reasons.some(({ rule, criterion }) => rule === 'criterion-missing' && criterion === 'probe-macro-f1'),
    );
    assert.ok(better.next.some(({ detail }) => /label some recordings: probe-macro-f1 of/.test(detail)));
    assert.equal(found(0.4).outcome, 'inconclusive');
    // Worse clusters are worse with labels or without.
    assert.equal(found(0.1).outcome, 'reject');
  });

  test('a simpler reference that does as well is named', () => {
    const made = { 'info-nce': arm(0.6, 0.3), emargin: arm(1, 0.6), raw: arm(1, 0.6) };
    const { outcome: found, simpler } = judged(made, { references: ['raw'] }).verdict;
    assert.deepEqual([found, simpler], ['simpler-is-enough', 'raw']);
  });

  test('open on clusters: how many more groups', () => {
    const wide = (i: number) => 0.45 + 0.2 * Math.sin(2.4 * i);
    const candidate: Arm = { right: 1, metrics: { silhouette: wide } };
    const { outcome: found, next } = outcome(candidate, {}, { right: 1, metrics: { silhouette: () => 0.4 } });
    assert.equal(found, 'inconclusive');
    const plan = next.find(({ detail }) => /more groups/.test(detail));
    assert.ok(plan?.more && plan.more > 0, JSON.stringify(next));
    assert.match(plan.detail, /\(there are 12\) to settle silhouette of emargin against info-nce/);
  });
});

describe('alarm', () => {
  const numbers = (silhouette: number, daviesBouldin: number, kappa: (i: number) => number | null): Arm => ({
    right: 0.7,
    metrics: { silhouette: () => silhouette, 'davies-bouldin': () => daviesBouldin, 'kappa-time': kappa },
  });
  const plan = planOf({ references: ['raw', 'untrained'] });
  // In 12 of 18 trials clusters follow time less well by 0.3; by the mean 0.2. The baseline differs from fold to fold.
  const usual = (i: number) => (i % 3 === 1 ? 0.9 : 0.6);
  const made = {
    'info-nce': numbers(0.4, 1.2, usual),
    emargin: numbers(0.8, 0.5, (i) => usual(i) - (i % 3 === 0 ? 0 : 0.3)),
    raw: numbers(0.8, 0.5, (i) => usual(i) - 0.05),
    untrained: numbers(0.8, 1.5, () => 0.1),
  };
  const arms = armsOf(plan, made);
  const [baseline, emargin, raw, untrained] = arms;

  test('one finding, in plain words with the counts; never of the baseline', () => {
    assert.deepEqual(alarmFindings(arms, baseline), [
      {
        kind: 'pretty-but-useless',
        column: 'emargin',
        severity: 'warning',
        detail:
          'emargin: its clusters look better than those of info-nce (silhouette 0.80 against 0.40, ' +
          'Davies-Bouldin 0.50 against 1.20), yet follow time less well (kappa-time 0.50 against 0.70); ' +
          'so in 12 of 18 trials',
      },
    ]);
    assert.deepEqual(alarmFindings([baseline], baseline), []);
  });

  test('trial by trial: raised, not raised, or not to be told', () => {
    assert.deepEqual(
      alarms(emargin, baseline),
      Array.from({ length: TRIALS }, (_, i) => i % 3 !== 0),
    );
    for (const one of [raw, untrained]) assert.deepEqual(alarms(one, baseline), new Array(TRIALS).fill(false));
    assert.deepEqual(alarms(baseline, baseline), new Array(TRIALS).fill(null));
    const gaps = armsOf(plan, { ...made, emargin: numbers(0.8, 0.5, (i) => (i < 9 ? null : 0.3)) });
    assert.deepEqual(
      alarms(gaps[1], gaps[0]),
      Array.from({ length: TRIALS }, (_, i) => (i < 9 ? null : true)),
    );
    assert.match(alarmFindings(gaps, gaps[0])[0].detail, /so in 9 of 9 trials/);
  });

  test('in the result: raised of told, a dot a trial', () => {
    const { alarm, trials } = describeRepresentation(emargin, baseline, plan);
    assert.deepEqual(alarm, { raised: 12, of: 18 });
    assert.deepEqual(
      trials.map((dot) => [dot.repeat, dot.fold, dot.alarm]),
      Array.from({ length: TRIALS }, (_, i) => [Math.floor(i / 3), i % 3, i % 3 !== 0]),
    );
    assert.equal(trials[0].metrics.silhouette, 0.8);
    assert.equal(trials[0].metrics.bridge, null);
    assert.equal(describeRepresentation(baseline, baseline, plan).alarm, null);
  });
});

describe('an arm in the result', () => {
  const plan = planOf();
  const look = (step: number, share: number | null) => ({ step, largestShare: share, effectiveRank: 4 });
  const [baseline, emargin] = armsOf(plan, {
    'info-nce': arm(0.7, 0.4),
    emargin: {
      ...arm(0.8, 0.5, { 'davies-bouldin': (i) => (i < 6 ? null : 1 + (i % 2)), bridge: () => null }),
      more: (i) => ({
        looks: [look(80, 0.2 + 0.2 * (i % 2)), look(160, i === 0 ? 0.9 : null)],
        threshold: i % 3 === 0 ? { rule: 'off', reason: `off ${i}` } : { rule: 'q10', reason: `q10 ${i}` },
      }),
    },
  });
  const described = describeRepresentation(emargin, baseline, plan);

  test('of the form of the result file', () => {
    schema.representationArm.parse(described);
    schema.representationArm.parse(describeRepresentation(baseline, baseline, plan));
    assert.deepEqual([described.method, described.role, described.width], ['emargin', 'candidate', 8]);
    assert.equal(described.cost.trainSeconds, 2);
    assert.equal(described.cost.millisecondsPerStep, 5);
  });

  test('metrics of trials: mean and interval over those that have one', () => {
    const { value, count, reason, interval } = described.metrics['davies-bouldin'];
    assert.deepEqual([value, count], [1.5, 12]);
    assert.match(reason!, /6 of 18 trials left out: undefined/);
    // Six of 1 and six of 2: variance 12/4/11; t of 11 degrees of freedom at 97.5 %.
    const half = 2.2009852 * Math.sqrt((3 / 11) * (1 / 12 + 1 / 2));
    assert.ok(Math.abs(interval![0] - (1.5 - half)) < 1e-6 && Math.abs(interval![1] - (1.5 + half)) < 1e-6);
    assert.deepEqual(described.metrics.bridge, { value: null, interval: null, count: 0, reason: 'not made up' });
  });

  test('metrics of answers: with the intervals of items; classes and confusion', () => {
    const { value, interval, count } = described.metrics['probe-macro-f1'];
    assert.ok(value! > 0.75 && value! < 0.85 && interval![0] < value! && value! < interval![1], `${value} ${count}`);
    assert.deepEqual(
      described.classes.map(({ name, evaluated, trained }) => [name, evaluated, trained]),
      [
        ['rest', 80, 40],
        ['walk', 80, 40],
        ['run', 80, 40],
      ],
    );
    assert.ok(Math.abs(described.confusion.flat().reduce((a, b) => a + b) - 240) < 1e-9);
    assert.equal(described.confusion[0][2], 0);
  });

  test('looks: mean over the trials that have one; thresholds: how often, and why the first time', () => {
    assert.deepEqual(
      described.looks.map(({ step }) => step),
      [80, 160],
    );
    assert.ok(Math.abs(described.looks[0].largestShare! - 0.3) < 1e-12);
    assert.equal(described.looks[1].largestShare, 0.9);
    assert.deepEqual(described.thresholds, [
      { rule: 'q10', reason: 'q10 1', trials: 12 },
      { rule: 'off', reason: 'off 0', trials: 6 },
    ]);
  });

  test('without labels: no classes, no confusion, the reason with every number of use', () => {
    const own = planOf({}, { label: null });
    const bare = armsOf(own, { 'info-nce': arm(undefined, 0.4), emargin: arm(undefined, 0.4) });
    const found = describeRepresentation(bare[0], bare[0], own);
    assert.deepEqual([found.classes, found.confusion], [[], []]);
    assert.equal(found.metrics['probe-macro-f1'].value, null);
    assert.match(found.metrics['probe-macro-f1'].reason!, /no labels/);
  });
});

test('a metric that there is not is refused with the nearest', () => {
  const refused = (name: string, message: RegExp) =>
    assert.throws(
      () => checkComparable(name, ['rest', 'run']),
      (error) => error instanceof InputError && message.test(error.message),
    );
  refused('silhouete', /there are: probe-macro-f1, .*did you mean "silhouette"/);
  refused('recall[walk]', /recall\[rest\], recall\[run\]/);
  refused('macro-recall', /is not one of a representation/);
  for (const name of ['recall[run]', 'davies-bouldin', 'knn-macro-f1']) checkComparable(name, ['rest', 'run']);
});
