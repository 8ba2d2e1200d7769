import { join } from 'node:path';
import { InputError } from '../../array/errors.ts';
import type { Finding } from '../../data/dataset.ts';
import type { DeviceName } from '../../runtime/devices.ts';
import { runtimeVersion } from '../../runtime/session.ts';
import { writeAtomic } from '../files.ts';
import { digest, packageVersion } from '../plan.ts';
import type { Estimate } from '../result.ts';
import { checkWhole, claimFolder, type RunOptions } from '../run.ts';
import { type Axis, gridOf, methodAt, type Point, parseAxis, randomPoints } from './points.ts';
import { type SweepResult, sweepResult } from './result.ts';
import { type Criterion, isGood, sensitivity } from './sensitivity.ts';

export const strategies = ['grid', 'random', 'halving'] as const;

export interface SweepOptions extends RunOptions {
  /** The method whose settings are tried. */
  readonly method: string;
  /** What it is measured against on the same folds and seeds. */
  readonly baseline: string;
  /** `margin=0.1,0.3,1` or `margin=0.05..2`, one text a hyper-parameter. */
  readonly over: readonly string[];
  /** `halving`: all points shortly, then again and again the better half for twice as long. Default `grid`. */
  readonly strategy?: (typeof strategies)[number];
  /** Points of `random`, and of `halving` where a range is to be drawn from; default 20. */
  readonly samples?: number;
  readonly seed: number;
  readonly steps: number;
  readonly folds: number;
  readonly repeats: number;
  readonly criteria: readonly Criterion[];
}

/** How one task trains and measures methods on its folds. */
export interface SweepTask {
  readonly task: SweepResult['task'];
  readonly device: DeviceName;
  /** Everything of data and design that determines the numbers. */
  readonly design: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
  /** @throws InputError for a method or setting that there is not */
  readonly check: (method: string) => void;
  /** Metrics of each method after so many steps; what was measured before is not measured again. */
  readonly measure: (
    methods: readonly string[],
    steps: number,
  ) => Promise<{ readonly metrics: ReadonlyMap<string, Readonly<Record<string, Estimate>>>; readonly workers: number }>;
  readonly command: string;
}

/** A training of fewer steps tells nothing. */
const FEWEST_STEPS = 50;
const SAMPLES = 20;

/**
 * Tries many settings of a method on the same folds and seeds as its baseline, and says how narrow the good region is.
 * Resumable: finished trials are kept in `out`; ends with sweep.json.
 *
 * Halving trains all points for a share of the steps, and the better half (by the sum of their ranks on all criteria) for
 * twice as many, until the last round has all steps.
 *
 * @throws InputError for wrong use or wrong data, before any training
 */
export async function sweep(
  { method, baseline, over, strategy = 'grid', ...options }: SweepOptions,
  task: SweepTask,
): Promise<SweepResult> {
  const started = new Date();
  const { seed, steps, folds, repeats, criteria, out } = options;
  const axes = over.map((text) => parseAxis(text));
  const points = pointsOf(axes, strategy, options);
  const named = points.map((point) => methodAt(method, point));
  for (const name of [baseline, ...named]) task.check(name);
  const rounds = strategy === 'halving' ? roundsOf(points.length, steps) : [steps];
  const design = { ...task.design, sweep: { method, baseline, axes, strategy, points, rounds, criteria } };
  const hash = digest(design);
  claimFolder(options, { hash, design });

  const measured = new Map<string, { steps: number; metrics: Readonly<Record<string, Estimate>> }>();
  let left = [...new Set(named)];
  let ofBaseline: Readonly<Record<string, Estimate>> = {};
  let workers = 0;
  for (const count of rounds) {
    const found = await task.measure([baseline, ...left.filter((name) => name !== baseline)], count);
    workers = found.workers;
    ofBaseline = found.metrics.get(baseline) ?? {};
    for (const name of left) measured.set(name, { steps: count, metrics: found.metrics.get(name) ?? {} });
    if (count < steps) left = betterHalf(left, (name) => measured.get(name)?.metrics ?? {}, criteria);
  }
  const tried = points.map((point, i) => ({ point, ...(measured.get(named[i]) ?? { steps: 0, metrics: {} }) }));
  const full = tried.filter((one) => one.steps === steps);
  const result = sweepResult.parse({
    schema: 'evenhand.sweep/1',
    task: task.task,
    method,
    strategy,
    axes: axes.map((axis) => ('values' in axis ? { ...axis, values: [...axis.values] } : axis)),
    criteria: [...criteria],
    baseline: { method: baseline, metrics: ofBaseline },
    points: tried.map(({ point, ...one }, i) => ({
      settings: point,
      method: named[i],
      ...one,
      good: one.steps === steps ? isGood(one.metrics, ofBaseline, criteria) : null,
    })),
    best: criteria.map(({ metric, direction }) => ({ metric, point: bestOf(tried, steps, metric, direction) })),
    sensitivity: sensitivity(full, ofBaseline, criteria),
    audit: [...task.findings],
    design: { hash, command: task.command, folds, repeats, steps, seed },
    software: { evenhand: packageVersion(), onnxruntime: runtimeVersion, node: process.version, device: task.device },
    times: { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000, workers },
  } satisfies SweepResult);
  writeAtomic(join(out, 'sweep.json'), `${JSON.stringify(result, null, 2)}\n`);
  return result;
}

function pointsOf(axes: readonly Axis[], strategy: string, { samples, seed }: Pick<SweepOptions, 'samples' | 'seed'>) {
  if (axes.length === 0) throw new InputError('--over: name at least one setting, as in --over margin=0.1,0.3,1');
  const twin = axes.find(({ name }, i) => axes.findIndex((axis) => axis.name === name) < i);
  if (twin) throw new InputError(`--over: "${twin.name}" is named twice; put all its values into one`);
  if (samples !== undefined) checkWhole('samples', samples, 1, 10_000);
  const ranges = axes.some((axis) => !('values' in axis));
  if (strategy === 'grid' && samples !== undefined)
    throw new InputError('--samples: a grid has all of its points; it is for --strategy random or halving');
  const draws = strategy === 'random' || (strategy === 'halving' && (ranges || samples !== undefined));
  return draws ? randomPoints(axes, samples ?? SAMPLES, seed) : gridOf(axes);
}

/** Steps of each round, doubling up to all. */
function roundsOf(points: number, steps: number): number[] {
  const rounds = [steps];
  let left = points;
  while (left > 2 && rounds[0] / 2 >= FEWEST_STEPS) {
    rounds.unshift(Math.ceil(rounds[0] / 2));
    left = Math.ceil(left / 2);
  }
  return rounds;
}

function betterHalf(
  names: readonly string[],
  metricsOf: (name: string) => Readonly<Record<string, Estimate>>,
  criteria: readonly Criterion[],
): string[] {
  const ranks = new Map(names.map((name) => [name, 0]));
  for (const { metric, direction } of criteria) {
    const worst = direction === 'higher' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    const value = (name: string) => metricsOf(name)[metric]?.value ?? worst;
    const sorted = names.toSorted((a, b) => (direction === 'higher' ? value(b) - value(a) : value(a) - value(b)) || 0);
    sorted.forEach((name, rank) => {
      ranks.set(name, (ranks.get(name) ?? 0) + rank);
    });
  }
  return names.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)).slice(0, Math.ceil(names.length / 2));
}

function bestOf(
  tried: readonly { steps: number; metrics: Readonly<Record<string, Estimate>>; point: Point }[],
  steps: number,
  metric: string,
  direction: Criterion['direction'],
): number | null {
  let best: number | null = null;
  let most = 0;
  tried.forEach((one, i) => {
    const value = one.metrics[metric]?.value ?? null;
    if (one.steps !== steps || value === null) return;
    if (best === null || (direction === 'higher' ? value > most : value < most)) [best, most] = [i, value];
  });
  return best;
}
