import type { SweepResult } from '../../pilot/sweep/result.ts';
import { table } from './table.ts';

/** A sweep for the terminal: how narrow the good region is, the map of each criterion, the best points. */
export function sweepSummary(result: SweepResult): string {
  const { method, baseline, criteria, points, best, sensitivity } = result;
  const { good, of } = sensitivity.region;
  const margins = criteria.map(({ metric, margin }) => `${metric} ${margin}`).join(', ');
  return [
    '',
    of === 0
      ? `SENSITIVITY: not told: a criterion could not be measured at any setting of ${method}`
      : `SENSITIVITY: ${good} of ${of} settings of ${method} are no worse than ${baseline.method} on every criterion (margins: ${margins})`,
    ...sensitivity.near.map(
      ({ metric, points: near, of: all }) => `  - ${metric}: ${near} of ${all} settings within the margin of the best`,
    ),
    ...sensitivity.effects.map(
      ({ name, metric, range }) => `  - ${name} moves ${metric} by ${range.toFixed(3)} (mean over the other settings)`,
    ),
    '',
    ...criteria.flatMap(({ metric, direction }, c) => [
      `${metric} (${direction} is better; ${baseline.method}: ${cell(baseline.metrics[metric])}; * good on every criterion)`,
      ...table(map(result, metric)),
      ...(best[c].point === null ? [] : [`  best: ${points[best[c].point].method}`]),
      '',
    ]),
  ].join('\n');
}

/** Two hyper-parameters: one down, one across; else one line a point. */
function map({ axes, points }: SweepResult, metric: string): string[][] {
  const told = (point: SweepResult['points'][number] | undefined) =>
    point ? `${cell(point.metrics[metric])}${point.good ? '*' : ''}` : '';
  if (axes.length !== 2)
    return [
      [axes.map(({ name }) => name).join(', '), 'steps', metric],
      ...points.map((point) => [Object.values(point.settings).join(', '), String(point.steps), told(point)]),
    ];
  const [down, across] = axes.map(({ name }) => ({
    name,
    values: [...new Set(points.map(({ settings }) => settings[name]))],
  }));
  return [
    [`${down.name} / ${across.name}`, ...across.values],
    ...down.values.map((value) => [
      value,
      ...across.values.map((other) =>
        told(points.find(({ settings }) => settings[down.name] === value && settings[across.name] === other)),
      ),
    ]),
  ];
}

function cell(estimate: SweepResult['baseline']['metrics'][string] | undefined): string {
  return estimate?.value == null ? '-' : estimate.value.toFixed(3);
}
