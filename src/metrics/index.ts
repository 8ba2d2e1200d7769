import { InputError, nearest } from '../array/errors.ts';
import { accuracy } from './classification/accuracy.ts';
import { auroc } from './classification/auroc.ts';
import { averagePrecision } from './classification/average-precision.ts';
import { balancedAccuracy } from './classification/balanced-accuracy.ts';
import { brier } from './classification/brier.ts';
import { expectedCalibrationError } from './classification/expected-calibration-error.ts';
import { gMean } from './classification/g-mean.ts';
import { macroF1 } from './classification/macro-f1.ts';
import { macroPrecision } from './classification/macro-precision.ts';
import { macroRecall } from './classification/macro-recall.ts';
import { matthews } from './classification/matthews.ts';
import { recallFew } from './classification/recall-few.ts';
import { recallMany } from './classification/recall-many.ts';
import { recallMedium } from './classification/recall-medium.ts';
import { groupOfMetric } from './groups.ts';
import type { Metric } from './metric.ts';

export type { Collapse, CollapseInput } from './collapse/collapse.ts';
export { neuralCollapse } from './collapse/collapse.ts';
export type { MinorityCollapse, MinorityInput } from './collapse/minority.ts';
export { minorityCollapse } from './collapse/minority.ts';
export { confusion } from './confusion.ts';
export type { SizeGroup } from './groups.ts';
export { classesOfGroup, groupOfMetric, inhabitedGroups, noClassIn, sizeGroup, sizeGroups } from './groups.ts';
export type { ClassForm, Evaluated, Measured, Metric } from './metric.ts';

/** All classification metrics, in the order in which they are shown. A file not listed here fails the contract test. */
export const metrics: readonly Metric[] = [
  macroRecall,
  macroF1,
  averagePrecision,
  accuracy,
  balancedAccuracy,
  macroPrecision,
  matthews,
  gMean,
  auroc,
  expectedCalibrationError,
  brier,
  recallMany,
  recallMedium,
  recallFew,
];

export interface ParsedMetric {
  /** For `recall[HDF]` a metric of that name whose `compute` gives the one class's value. */
  readonly metric: Metric;
  readonly classIndex?: number;
}

/**
 * The metric called `name`: a name of the list (`macro-recall`), or one class's form with the class in brackets
 * (`recall[HDF]`, `precision[..]`, `f1[..]`, `average-precision[..]`, `auroc[..]`).
 *
 * @param classNames the classes in the order of their numbers
 * @param trained training items of each class [C]: fixes the classes of `recall-many`, `recall-medium` and `recall-few`,
 *   whose `compute` else wants them with every input
 * @throws InputError naming the nearest metric or class where there is none of that name
 */
export function parseMetric(name: string, classNames: readonly string[], trained?: ArrayLike<number>): ParsedMetric {
  const whole = metrics.find((metric) => metric.name === name);
  if (whole && trained && groupOfMetric(name))
    return { metric: { ...whole, compute: (input) => whole.compute({ ...input, trained }) } };
  if (whole) return { metric: whole };
  const [, form, className] = /^([^[\]]+)\[(.*)\]$/s.exec(name) ?? [];
  return form === undefined ? unknownName(name, classNames) : parseClassForm(name, form, className, classNames);
}

function parseClassForm(name: string, form: string, className: string, classNames: readonly string[]): ParsedMetric {
  const metric = metrics.find(({ ofClass }) => ofClass?.name === form);
  if (!metric?.ofClass) {
    const forms = metrics.flatMap(({ ofClass }) => ofClass?.name ?? []);
    const near = metrics.find((other) => other.name === form)?.ofClass?.name ?? nearest(form, forms);
    throw new InputError(
      `metric "${name}": "${form}" is not measured for one class; there are: ${forms.join(', ')}${hint(near && `${near}[${className}]`)}`,
    );
  }
  const classIndex = classNames.indexOf(className);
  if (classIndex < 0)
    throw new InputError(
      `metric "${name}": no class "${className}"; there are: ${listed(classNames)}${hint(nearest(className, classNames))}`,
    );
  return { metric: metricOfClass(metric, metric.ofClass, name, classIndex), classIndex };
}

function metricOfClass(metric: Metric, form: NonNullable<Metric['ofClass']>, name: string, classIndex: number): Metric {
  return {
    name,
    direction: metric.direction,
    needs: metric.needs,
    range: metric.range,
    compute: (input) => form.compute(input, classIndex),
  };
}

function unknownName(name: string, classNames: readonly string[]): never {
  const form = metrics.find(({ ofClass }) => ofClass?.name === name);
  if (form)
    throw new InputError(
      `metric "${name}" is of one class: write ${name}[CLASS] (${listed(classNames)}), or ${form.name} for the mean`,
    );
  const names = metrics.map((metric) => metric.name);
  throw new InputError(`unknown metric "${name}"; there are: ${names.join(', ')}${hint(nearest(name, names))}`);
}

/** Names in a message: of many the first few. */
export function listed(names: readonly string[]): string {
  const shown = names.length > 20 ? names.slice(0, 10) : names;
  return `${shown.join(', ')}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ''}`;
}

function hint(near: string | undefined): string {
  return near ? ` (did you mean "${near}"?)` : '';
}
