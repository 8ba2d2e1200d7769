import type { Estimate } from '../../src/pilot/result.ts';
import type { MeasuredArm, OurArm, Repeated } from './ours.ts';

/** The same arm in pytorch.py. */
export interface TheirArm extends MeasuredArm {
  readonly method: string;
  readonly gammas: readonly number[];
  readonly collapse: Readonly<Record<'train' | 'evaluation', Readonly<Record<string, number>>>>;
  readonly trainSeconds: number;
}

/** One metric of one arm on both sides. Standard errors are null where they cannot be had. */
export interface Row {
  readonly method: string;
  readonly metric: string;
  readonly at: 'operating point' | 'gamma 0';
  readonly ours: number;
  readonly pytorch: number;
  readonly difference: number;
  /** Of the metric itself: new items and new seeds, from the half-width of its 95 % interval. */
  readonly metricError: number | null;
  readonly within: boolean | null;
  /** Of the difference: seeds alone, since both sides share the folds; standard deviation over repeats / sqrt(R). */
  readonly differenceError: number | null;
  readonly withinSeeds: boolean | null;
}

export function compareArms(ours: readonly OurArm[], theirs: readonly TheirArm[]): Row[] {
  return ours.flatMap(({ arm, ...own }) => {
    const peer = theirs.find(({ method }) => method === arm.method);
    if (!peer) throw new Error(`pytorch.py has no arm "${arm.method}"`);
    return (['metrics', 'metricsAtGammaZero'] as const).flatMap((at) =>
      (['macro-recall', 'macro-f1'] as const).map((metric): Row => {
        const difference = own[at][metric].mean - peer[at][metric].mean;
        const metricError = errorOf(arm[at][metric]);
        const differenceError = errorOfDifference(own[at][metric], peer[at][metric]);
        const within = (error: number | null) => (error === null ? null : Math.abs(difference) <= error);
        return {
          method: arm.method,
          metric,
          at: at === 'metrics' ? 'operating point' : 'gamma 0',
          ours: own[at][metric].mean,
          pytorch: peer[at][metric].mean,
          difference,
          metricError,
          within: within(metricError),
          differenceError,
          withinSeeds: within(differenceError),
        };
      }),
    );
  });
}

function errorOf({ interval }: Estimate): number | null {
  return interval === null ? null : (interval[1] - interval[0]) / 2 / 1.96;
}

function errorOfDifference(a: Repeated, b: Repeated): number | null {
  const differences = a.perRepeat.map((value, r) => value - b.perRepeat[r]);
  const n = differences.length;
  if (n < 2) return null;
  const mean = differences.reduce((x, y) => x + y, 0) / n;
  return Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (n - 1) / n);
}

/** All rows as text, in percent. */
export function table(rows: readonly Row[]): string {
  const percent = (value: number | null) => (value === null ? '-' : (100 * value).toFixed(2));
  const word = (value: boolean | null) => (value === null ? '-' : value ? 'yes' : 'no');
  const head = ['arm', 'at', 'metric', 'ours', 'PyTorch', 'difference', 'SE', 'within', 'seed SE', 'within'];
  const lines = rows.map((row) => [
    row.method,
    row.at,
    row.metric,
    percent(row.ours),
    percent(row.pytorch),
    percent(row.difference),
    percent(row.metricError),
    word(row.within),
    percent(row.differenceError),
    word(row.withinSeeds),
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i].length)));
  const text = (line: readonly string[]) =>
    line.map((cell, i) => (i < 3 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return [head, widths.map((width) => '-'.repeat(width)), ...lines].map((line) => text(line).trimEnd()).join('\n');
}

/** `15 of 16 rows within one standard error`, for each of the two errors. */
export function tally(rows: readonly Row[]): string {
  const count = (key: 'within' | 'withinSeeds') => {
    const known = rows.filter((row) => row[key] !== null);
    return known.length === 0 ? 'not known' : `${known.filter((row) => row[key]).length} of ${known.length}`;
  };
  return `Within one standard error of the metric: ${count('within')}; of the seeds alone: ${count('withinSeeds')}`;
}
