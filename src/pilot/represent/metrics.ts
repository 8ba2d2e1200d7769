import { InputError, nearest } from '../../array/errors.ts';
import { representationMetrics } from '../../metrics/clustering/index.ts';
import type { Metric } from '../statistics/difference.ts';

/** Metrics of the answers of a probe: they have intervals by items and groups. */
const ANSWERS: Readonly<Record<string, { readonly by: 'probe' | 'neighbours'; readonly metric: Metric }>> = {
  'probe-macro-f1': { by: 'probe', metric: 'macro-f1' },
  'probe-macro-recall': { by: 'probe', metric: 'macro-recall' },
  'probe-accuracy': { by: 'probe', metric: 'accuracy' },
  'knn-macro-f1': { by: 'neighbours', metric: 'macro-f1' },
};

/** Whose answers a metric is of; undefined where it is a number a trial. */
export function answersOf(
  name: string,
  classes: readonly string[],
): { readonly by: 'probe' | 'neighbours'; readonly metric: Metric } | undefined {
  const recall = classes.findIndex((own) => name === `recall[${own}]`);
  return recall >= 0 ? { by: 'probe', metric: { recall } } : ANSWERS[name];
}

export function isRepresentationMetric(name: string): boolean {
  return representationMetrics.some((metric) => metric.name === name);
}

/** @throws InputError when no such metric can be compared */
export function checkComparable(name: string, classes: readonly string[]): void {
  if (answersOf(name, classes) || isRepresentationMetric(name)) return;
  const names = [...representationMetrics.map((metric) => metric.name), ...classes.map((own) => `recall[${own}]`)];
  const near = nearest(name, names);
  throw new InputError(
    `metric "${name}" is not one of a representation; there are: ${names.join(', ')}${near ? ` (did you mean "${near}"?)` : ''}`,
  );
}

/** `lower` where a smaller number is better. */
export function directionOf(name: string): 'lower' | undefined {
  return representationMetrics.find((metric) => metric.name === name)?.direction === 'lower' ? 'lower' : undefined;
}

/** A metric of what a probe can tell from the embeddings. */
export function isUse(name: string): boolean {
  return name in ANSWERS || /^recall\[.*\]$/.test(name);
}

/** A metric of how the clusters look. */
export function isClustering(name: string): boolean {
  const needs = representationMetrics.find((metric) => metric.name === name)?.needs ?? [];
  return needs.includes('clustering');
}
