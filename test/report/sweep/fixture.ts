import { type Axis, gridOf, methodAt, type Point, randomPoints } from '../../../src/pilot/sweep/points.ts';
import { type SweepResult, sweepResult } from '../../../src/pilot/sweep/result.ts';
import { isGood, sensitivity } from '../../../src/pilot/sweep/sensitivity.ts';

/** What a test may decide; the rest is one sweep of eMargin against InfoNCE. */
export interface Wanted {
  readonly axes?: readonly Axis[];
  readonly strategy?: SweepResult['strategy'];
  readonly samples?: number;
  readonly criteria?: SweepResult['criteria'];
  readonly method?: string;
  readonly baseline?: string;
  readonly command?: string;
  readonly audit?: SweepResult['audit'];
}

export const twoAxes: readonly Axis[] = [
  { name: 'margin', values: ['0.1', '0.3', '0.5', '1', '2'] },
  { name: 'threshold', values: ['off', 'q10', 'otsu', 'auto'] },
];

const criteriaOfTwo: SweepResult['criteria'] = [
  { metric: 'probe-macro-f1', margin: 0.01, direction: 'higher' },
  { metric: 'davies-bouldin', margin: 0.05, direction: 'lower' },
];

/** A sweep with smooth numbers: no chance in it but that of drawn settings. */
export function fixture({
  axes = twoAxes,
  strategy = 'grid',
  samples = 18,
  criteria = criteriaOfTwo,
  method = 'emargin',
  baseline = 'info-nce',
  command = 'evenhand sweep walks/*.csv --series x,y,z --label activity --method emargin --over margin=0.1,0.3,0.5,1,2 --over threshold=off,q10,otsu,auto',
  audit = [
    { kind: 'few-groups', severity: 'warning', detail: 'only 4 groups', override: 'name other groups with --group' },
  ],
}: Wanted = {}): SweepResult {
  const ranges = axes.some((axis) => !('values' in axis));
  const settings = strategy === 'random' || ranges ? randomPoints(axes, samples, 3) : gridOf(axes);
  const steps = 400;
  // The weaker half stops after 100 steps, the next quarter after 200.
  const stepsOf = (rank: number) =>
    strategy !== 'halving' || rank < settings.length / 4 ? steps : rank < settings.length / 2 ? 200 : 100;
  const heights = settings.map((point) => height(point, axes));
  const ranks = heights.map((own) => heights.filter((other) => other > own).length);
  const metricsOf = (h: number, turn: number) =>
    Object.fromEntries(criteria.map(({ metric, direction }, c) => [metric, estimate(h, turn + c, direction)]));
  const theirs = metricsOf(0.55, 0);
  const points = settings.map((point, i) => ({
    point,
    steps: stepsOf(ranks[i]),
    metrics: metricsOf(heights[i], i),
  }));
  const full = points.filter((point) => point.steps === steps);
  return sweepResult.parse({
    schema: 'evenhand.sweep/1',
    task: 'represent',
    method,
    strategy,
    axes,
    criteria,
    baseline: { method: baseline, metrics: theirs },
    points: points.map(({ point, ...own }) => ({
      settings: point,
      method: methodAt(method, point),
      ...own,
      good: own.steps === steps ? isGood(own.metrics, theirs, criteria) : null,
    })),
    best: criteria.map(({ metric, direction }) => {
      const sign = direction === 'higher' ? 1 : -1;
      const [first] = full.toSorted((a, b) => sign * (b.metrics[metric].value! - a.metrics[metric].value!));
      return { metric, point: points.indexOf(first) };
    }),
    sensitivity: sensitivity(full, theirs, criteria),
    audit,
    design: { hash: 'c0ffee'.repeat(6), command, folds: 3, repeats: 1, steps, seed: 7 },
    software: { evenhand: '0.1.0', onnxruntime: '1.30.0', node: 'v24.21.0', device: 'cpu' },
    times: { started: '2026-07-01T08:30:00.000Z', seconds: 1234.5, workers: 2 },
  });
}

/** How good a setting is, 0 to 1: the middle of every axis is best, the first axis counts most. */
function height(point: Point, axes: readonly Axis[]): number {
  let sum = 1;
  axes.forEach((axis, a) => {
    const at =
      'values' in axis
        ? axis.values.indexOf(point[axis.name]) / Math.max(1, axis.values.length - 1)
        : (Number(point[axis.name]) - axis.from) / (axis.to - axis.from);
    sum -= Math.abs(at - 0.4) / (a + 1.2);
  });
  return sum;
}

function estimate(h: number, turn: number, direction: 'higher' | 'lower'): SweepResult['baseline']['metrics'][string] {
  const wave = 0.013 * Math.sin(2.3 * turn);
  const value = direction === 'higher' ? 0.6 + 0.1 * h + wave : 1.9 - 0.5 * h + 3 * wave;
  const half = 0.018 + 0.4 * Math.abs(wave);
  return { value, interval: [value - half, value + half], count: 3 };
}
