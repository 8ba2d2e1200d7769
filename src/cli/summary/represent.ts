import type { Comparison, Estimate, Representation } from '../../pilot/result.ts';
import { format, unitOf } from '../../report/index.ts';
import { recallTable } from './classes.ts';
import { armOf, comparisonOf, differenceInWords, inWords, table } from './table.ts';

type Arm = Representation['arms'][number];

/** What stands beside the criteria, without intervals. */
const beside = [
  'probe-macro-f1',
  'knn-macro-f1',
  'silhouette',
  'davies-bouldin',
  'effective-rank',
  'kappa-time',
  'bridge',
];

/** Recall per class by the linear probe, all methods on both criteria, all methods by other numbers, alarms. */
export function representLines(result: Representation): string[] {
  const { baseline, candidate } = result.verdict;
  const labelled = [baseline, candidate].every((method) => armOf(result, method).classes.length > 0);
  return [
    ...(labelled
      ? [...recallTable(result, 'Recall of each class by the linear probe, in percent, with 95 % intervals'), '']
      : ['No labels: use could not be measured. Clusters, health and bridge number below.', '']),
    ...criteriaLines(result),
    '',
    'All methods by other numbers (macro F1 in percent)',
    ...table([
      ['', ...beside],
      ...result.arms.map((arm) => [named(arm), ...beside.map((metric) => value(arm.metrics[metric], metric, false))]),
    ]),
    '',
    ...alarmLines(result),
  ];
}

function criteriaLines(result: Representation): string[] {
  const criteria = result.design.criteria.map(({ metric }) => metric);
  return [
    'All methods on the criteria, with 95 % intervals; differences to A',
    ...table([
      ['', ...criteria.flatMap((metric) => [metric, 'minus A', ''])],
      ...result.arms.map((arm) => [
        named(arm),
        ...criteria.flatMap((metric) => {
          const own = value(arm.metrics[metric], metric, true);
          if (arm.role === 'baseline') return [own, '', ''];
          const comparison = comparisonOf(result, arm.method, metric);
          return [own, change(comparison, metric), comparison?.state ?? ''];
        }),
      ]),
    ]),
    ...result.design.criteria
      .filter(({ metric }) => result.comparisons.some((c) => c.metric === metric && c.direction === 'lower'))
      .map(({ metric }) => `  ${metric}: smaller is better`),
  ];
}

/** The alarm "pretty but useless" in plain words, for every method that raised it. */
function alarmLines(result: Representation): string[] {
  const a = armOf(result, result.verdict.baseline);
  const raised = result.arms.filter((arm) => (arm.alarm?.raised ?? 0) > 0);
  const pair = (arm: Arm, metric: string) =>
    `${value(arm.metrics[metric], metric, false)} against ${value(a.metrics[metric], metric, false)}`;
  if (raised.length === 0) return ['No alarm "pretty but useless".'];
  return [
    ...raised.flatMap((arm) => [
      `ALARM, pretty but useless: ${arm.method}, in ${arm.alarm?.raised} of ${arm.alarm?.of} trials`,
      `  There its clusters look better than those of ${a.method} but follow time clearly less well. On the mean:`,
      `  silhouette ${pair(arm, 'silhouette')}, Davies-Bouldin ${pair(arm, 'davies-bouldin')}, kappa-time ${pair(arm, 'kappa-time')}.`,
    ]),
    '  The alarm is a screen, not a ranking: precision .79, recall .54 over 367 runs, where it was chosen; rank',
    '  correlation of the bridge number with the probe .46 on average (.12 to .73 by data set).',
  ];
}

function named({ role, method }: Arm): string {
  return `${role === 'baseline' ? 'A ' : role === 'candidate' ? 'B ' : '  '}${method}`;
}

function value(estimate: Estimate | undefined, metric: string, interval: boolean): string {
  if (!estimate || estimate.value === null) return '-';
  return inWords(interval ? estimate : { ...estimate, interval: null }, writer(metric));
}

function change(comparison: Comparison | undefined, metric: string): string {
  return comparison?.difference == null ? '-' : differenceInWords(comparison, writer(metric));
}

/** How numbers of a metric are written: shares in percent, all else with as many decimals as on the page. */
function writer(metric: string): (x: number) => string {
  return (x) => format(x, unitOf(metric).value).replace('\u2212', '-');
}
