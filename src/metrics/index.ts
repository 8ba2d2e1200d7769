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
import type { Metric } from './metric.ts';

export type { Collapse, CollapseInput } from './collapse/collapse.ts';
export { neuralCollapse } from './collapse/collapse.ts';
export type { MinorityCollapse, MinorityInput } from './collapse/minority.ts';
export { minorityCollapse } from './collapse/minority.ts';
export { confusion } from './confusion.ts';
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
 * @throws InputError naming the nearest metric or class where there is none of that name
 */
export function parseMetric(name: string, classNames: readonly string[]): ParsedMetric {
  const whole = metrics.find((metric) => metric.name === name);
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
      `metric "${name}": no class "${className}"; there are: ${classNames.join(', ')}${hint(nearest(className, classNames))}`,
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
      `metric "${name}" is of one class: write ${name}[CLASS] (${classNames.join(', ')}), or ${form.name} for the mean`,
    );
  const names = metrics.map((metric) => metric.name);
  throw new InputError(`unknown metric "${name}"; there are: ${names.join(', ')}${hint(nearest(name, names))}`);
}

function hint(near: string | undefined): string {
  return near ? ` (did you mean "${near}"?)` : '';
}
