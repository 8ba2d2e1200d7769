import { stream } from '../../src/array/random.ts';
import { type Classification, type Comparison, classification, type Estimate } from '../../src/pilot/result.ts';
import { fixture } from './fixture.ts';

/** The fixture with `C` classes in a long tail, some of one item, one of none: its arms, comparisons and confusions. */
export function manyFixture(C: number): Classification {
  const base = fixture();
  const random = stream(C, 'many classes');
  const counts = Array.from({ length: C }, (_, c) => (c === C - 1 ? 0 : Math.max(1, Math.floor(400 / (c + 1)))));
  const names = counts.map((_, c) => `class ${c}`);
  const share = (value: number, count: number): Estimate => ({
    value,
    interval: [Math.max(0, value - 0.2), Math.min(1, value + 0.2)],
    count,
  });
  const none: Estimate = { value: null, interval: null, count: 0, reason: 'no evaluated items of this class' };
  const recalls = base.arms.map(() => counts.map(() => Math.round(100 * random.uniform()) / 100));
  const inGroup = {
    many: (n: number) => n > 100,
    medium: (n: number) => n >= 20 && n <= 100,
    few: (n: number) => n < 20,
  };
  const groupOf = (i: number) =>
    Object.entries(inGroup).map(([group, holds]) => {
      const own = [...counts.keys()].filter((c) => holds(0.8 * counts[c]) && counts[c] > 0);
      const mean = own.reduce((sum, c) => sum + recalls[i][c], 0) / own.length;
      return [
        `recall-${group}`,
        share(
          mean,
          own.reduce((sum, c) => sum + counts[c], 0),
        ),
      ] as const;
    });
  const arms = base.arms.map((arm, i) => ({
    ...arm,
    metrics: { ...arm.metrics, ...Object.fromEntries(groupOf(i)) },
    classes: names.map((name, c) => {
      const one = counts[c] === 0 ? none : share(recalls[i][c], counts[c]);
      const trained = 0.8 * counts[c];
      return { name, trained, evaluated: counts[c], recall: one, precision: one, f1: one, averagePrecision: one };
    }),
    confusion: [],
    confusions: Array.from({ length: 50 }, (_, j) => ({ true: j, predicted: (j + i + 1) % C, items: 50 - j })),
    collapse: {
      train: { ...arm.collapse.train, nc1PerClass: counts.map(() => 1), nc3PerClass: counts.map(() => 1) },
      evaluation: { ...arm.collapse.evaluation, nc1PerClass: counts.map(() => 1), nc3PerClass: counts.map(() => 1) },
    },
    minorityCollapse: { ...arm.minorityCollapse, pair: null, perClass: counts.map(() => 60) },
  }));
  const shown = (metric: string, difference: number | null, count: number): Comparison => ({
    ...base.comparisons[0],
    metric,
    role: 'shown',
    difference,
    interval: difference === null ? null : [difference - 0.1, difference + 0.1],
    count,
    state: difference !== null && difference > 0.1 ? 'better' : 'undecided',
  });
  const [a, b] = arms;
  const comparisons = [
    ...base.comparisons.filter(({ metric }) => !metric.includes('[')),
    ...Object.keys(inGroup).map((group) => {
      const [of, to] = [a, b].map(({ metrics }) => metrics[`recall-${group}`]);
      return shown(`recall-${group}`, to.value! - of.value!, to.count);
    }),
    ...names.map((name, c) => {
      const [of, to] = [a, b].map(({ classes }) => classes[c].recall.value);
      return shown(`recall[${name}]`, of === null || to === null ? null : to - of, counts[c]);
    }),
  ];
  const data = { ...base.data, classes: names.map((name, c) => ({ name, count: counts[c] })) };
  return classification.parse({ ...base, arms, comparisons, data });
}
