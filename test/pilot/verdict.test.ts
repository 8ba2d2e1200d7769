import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Comparison, Next, Verdict } from '../../src/pilot/result.ts';
import * as schema from '../../src/pilot/result.ts';
import type { PairPlan, VerdictInput } from '../../src/pilot/verdict.ts';
import { stateOf, verdict } from '../../src/pilot/verdict.ts';

const MARGIN = 0.01;

function comparison(
  method: string,
  against: string,
  interval: [number, number] | null,
  more: Partial<Comparison> = {},
): Comparison {
  return {
    method,
    against,
    metric: 'macro-recall',
    role: 'criterion',
    difference: interval && (interval[0] + interval[1]) / 2,
    interval,
    count: 100,
    margin: MARGIN,
    state: stateOf(interval, MARGIN),
    samplingError: 0.01,
    seedError: 0.01,
    ...more,
  };
}

const guard = (method: string, interval: [number, number] | null, broken: boolean) =>
  comparison(method, 'A', interval, { metric: 'accuracy', role: 'guard', margin: 0.02, broken });

function decide(comparisons: Comparison[], more: Partial<VerdictInput> = {}): Verdict {
  const found = verdict({
    baseline: 'A',
    candidate: 'B',
    simplicity: { S: 0, T: 1, B: 5, H: 9 },
    repeats: 6,
    repeatsForVerdict: 6,
    comparisons,
    ...more,
  });
  return schema.verdict.parse(found);
}

const BETTER: [number, number] = [0.05, 0.1];
const WORSE: [number, number] = [-0.1, -0.05];
const SAME: [number, number] = [-0.005, 0.005];
const OPEN: [number, number] = [-0.02, 0.06];

test('states', () => {
  assert.equal(stateOf([0.001, 0.2], MARGIN), 'better');
  assert.equal(stateOf([-0.2, -0.001], MARGIN), 'worse');
  assert.equal(stateOf(SAME, MARGIN), 'equivalent');
  assert.equal(stateOf([-0.01, 0.005], MARGIN), 'undecided', 'the margin itself is not inside');
  assert.equal(stateOf([0, 0.005], MARGIN), 'equivalent', 'touching 0 is not better');
  assert.equal(stateOf(null, MARGIN), 'undecided');
  assert.equal(stateOf([-0.2, -0.001], MARGIN, { worse: false }), 'undecided', 'Holm has the last word on worse');
  assert.equal(stateOf([-0.004, -0.001], MARGIN, { worse: false }), 'equivalent');
  assert.equal(stateOf([0.1, 0.2], MARGIN, { measurable: false }), 'undecided');
});

describe('without references', () => {
  const table: [string, Comparison[], Verdict['outcome']][] = [
    ['better', [comparison('B', 'A', BETTER)], 'adopt'],
    ['better, guard kept', [comparison('B', 'A', BETTER), guard('B', [-0.03, -0.01], false)], 'adopt'],
    ['better, guard broken', [comparison('B', 'A', BETTER), guard('B', WORSE, true)], 'reject'],
    ['better, guard without a number', [comparison('B', 'A', BETTER), guard('B', null, false)], 'inconclusive'],
    ['worse', [comparison('B', 'A', WORSE)], 'reject'],
    ['equivalent', [comparison('B', 'A', SAME)], 'equivalent'],
    ['equivalent, guard broken', [comparison('B', 'A', SAME), guard('B', WORSE, true)], 'reject'],
    ['undecided', [comparison('B', 'A', OPEN)], 'inconclusive'],
    ['no number', [comparison('B', 'A', null)], 'inconclusive'],
    ['better and equivalent', two(BETTER, SAME), 'adopt'],
    ['better and undecided', two(BETTER, OPEN), 'inconclusive'],
    ['better and worse', two(BETTER, WORSE), 'reject'],
    ['both equivalent', two(SAME, SAME), 'equivalent'],
    ['undecided and worse', two(OPEN, WORSE), 'reject'],
  ];
  for (const [name, comparisons, outcome] of table)
    test(`${name}: ${outcome}`, () => assert.equal(decide(comparisons).outcome, outcome));

  test('below six repeats nothing is settled, whatever the numbers', () => {
    for (const interval of [BETTER, WORSE, SAME, OPEN]) {
      const found = decide([comparison('B', 'A', interval)], { repeats: 2 });
      assert.equal(found.outcome, 'inconclusive');
      assert.deepEqual(found.next, [
        { action: 'repeat', more: 4, detail: 'run 4 more repeats: a verdict needs 6, there are 2' },
      ]);
      assert.equal(found.reasons[0].rule, 'too-few-repeats');
      assert.equal(found.reasons[1].state, stateOf(interval, MARGIN), 'the numbers are still given');
    }
  });

  test('reasons carry the numbers and the rule', () => {
    const found = decide([comparison('B', 'A', BETTER), guard('B', WORSE, true)]);
    assert.deepEqual(found.reasons, [
      {
        rule: 'criterion',
        criterion: 'macro-recall',
        method: 'B',
        against: 'A',
        difference: 0.07500000000000001,
        interval: BETTER,
        margin: MARGIN,
        state: 'better',
      },
      {
        rule: 'guard-broken',
        criterion: 'accuracy',
        method: 'B',
        against: 'A',
        difference: -0.07500000000000001,
        interval: WORSE,
        margin: 0.02,
        state: 'worse',
      },
    ]);
  });

  test('inconclusive: the plan of the open criterion, or that nothing would do', () => {
    const next: Next = { action: 'collect', class: 'HDF', more: 40, range: [20, 90], detail: 'collect' };
    const plans: PairPlan[] = [
      { method: 'B', against: 'A', criterion: 'macro-f1', next: [{ ...next, class: 'other' }] },
      { method: 'B', against: 'A', criterion: 'macro-recall', next: [next] },
    ];
    assert.deepEqual(decide([comparison('B', 'A', OPEN)], { plans }).next, [next]);
    assert.equal(decide([comparison('B', 'A', OPEN)]).next[0].action, 'none');
  });

  test('no criterion is a programming error', () => {
    assert.throws(() => decide([guard('B', SAME, false)]), /no criterion compares "B" with "A"/);
  });
});

describe('with simpler references', () => {
  const withReference = (name: string, reference: [number, number], over: [number, number] | null) => [
    comparison('B', 'A', BETTER),
    comparison(name, 'A', reference),
    comparison('B', name, over),
  ];

  test('as good and simpler: a simpler method is enough', () => {
    const found = decide(withReference('S', BETTER, SAME));
    assert.equal(found.outcome, 'simpler-is-enough');
    assert.equal(found.simpler, 'S');
    assert.equal(found.next[0].action, 'adopt-simpler');
    assert.equal(found.next[0].method, 'S');
    const why = found.reasons.find((r) => r.rule === 'simpler');
    assert.deepEqual([why?.method, why?.against, why?.state, why?.interval], ['B', 'S', 'equivalent', SAME]);
    assert.ok(found.reasons.some((r) => r.rule === 'reference-criterion' && r.method === 'S' && r.state === 'better'));
  });

  test('the reason tells equivalent, better and undecided apart, and what would decide it', () => {
    const next: Next = { action: 'repeat', more: 3, detail: 'run' };
    const plans: PairPlan[] = [{ method: 'B', against: 'S', criterion: 'macro-recall', next: [next] }];
    const open = decide(withReference('S', BETTER, OPEN), { plans });
    assert.equal(open.reasons.find((r) => r.rule === 'simpler')?.state, 'undecided');
    assert.deepEqual(open.next.slice(1), [next]);
    const behind = decide(withReference('S', BETTER, WORSE), { plans });
    assert.equal(behind.outcome, 'simpler-is-enough');
    assert.equal(behind.reasons.find((r) => r.rule === 'simpler')?.state, 'worse');
    assert.equal(behind.next.length, 1);
  });

  test('an interval that only reaches 0 is not shown better; one above 0 is', () => {
    assert.equal(decide(withReference('S', BETTER, [0, 0.02])).outcome, 'simpler-is-enough');
    assert.equal(decide(withReference('S', BETTER, null)).outcome, 'simpler-is-enough');
    assert.equal(decide(withReference('S', BETTER, [0.001, 0.02])).outcome, 'adopt');
  });

  test('a reference that would not be adopted, or is not simpler, does not count', () => {
    assert.equal(decide(withReference('S', OPEN, SAME)).outcome, 'adopt');
    assert.equal(decide(withReference('S', SAME, SAME)).outcome, 'adopt');
    assert.equal(decide(withReference('H', BETTER, SAME)).outcome, 'adopt');
    assert.equal(decide([...withReference('S', BETTER, SAME), guard('S', WORSE, true)]).outcome, 'adopt');
  });

  test('the simplest of several is named', () => {
    const found = decide([
      comparison('B', 'A', BETTER),
      comparison('T', 'A', BETTER),
      comparison('B', 'T', SAME),
      comparison('S', 'A', BETTER),
      comparison('B', 'S', OPEN),
    ]);
    assert.equal(found.simpler, 'S');
  });

  test('a simpler reference that would be adopted is offered when the candidate is not', () => {
    const found = decide([comparison('B', 'A', SAME), comparison('S', 'A', BETTER), comparison('B', 'S', WORSE)]);
    assert.equal(found.outcome, 'equivalent');
    assert.equal(found.simpler, undefined);
    assert.deepEqual([found.next[0].action, found.next[0].method], ['adopt-simpler', 'S']);
  });

  test('below six repeats a simpler reference changes nothing', () => {
    assert.equal(decide(withReference('S', BETTER, SAME), { repeats: 5 }).outcome, 'inconclusive');
  });
});

function two(first: [number, number], second: [number, number]): Comparison[] {
  return [comparison('B', 'A', first), comparison('B', 'A', second, { metric: 'macro-f1' })];
}
