import { coded, flag, hasAtMost, many, missingCount, percent } from '../columns.ts';
import type { CategoryColumn, Column, Finding } from '../dataset.ts';
import type { Suspects } from './suspects.ts';

/** Levels of a category that get an input of their own (preprocess.ts keeps the most frequent). */
export const MOST_LEVELS = 32;

/** Columns without any value, or with one value alone. A column of one value and gaps stays: the gaps may tell something. */
export function emptyOrConstant({ inputs, rows }: Suspects): Finding[] {
  return inputs.flatMap((column): Finding[] => {
    const { name } = column;
    const missing = missingCount(column, rows);
    const common = { column: name, severity: 'excluded' as const, override: flag('keep', name) };
    if (missing === rows.length)
      return [{ kind: 'all-missing', ...common, detail: 'has no value in any labelled row' }];
    if (missing > 0 || !hasAtMost(1, column, rows)) return [];
    const { values } = coded(column, rows);
    return [{ kind: 'constant', ...common, detail: `holds the same value "${values[0]}" in every labelled row` }];
  });
}

/** What is worth knowing about the values of a column that stays. */
export function valueNotes(column: Column, rows: Int32Array): Finding[] {
  const { name } = column;
  const findings: Finding[] = [];
  const override = flag('ignore', name);
  const missing = missingCount(column, rows);
  if (missing > 0) {
    const how = column.kind === 'number' ? 'the median of the training rows stands in, and' : 'zeros stand in, and';
    const detail = `${many(missing, 'value')} missing (${percent(missing / rows.length)}); ${how} an input of its own says so`;
    findings.push({ kind: 'missing', column: name, severity: 'info', detail, override });
  }
  if (column.kind === 'date')
    findings.push({
      kind: 'date',
      column: name,
      severity: 'info',
      detail: 'only the time of day and the day of the week (UTC) are inputs, never the date itself',
      override: `${override}, or --time ${override.slice('--ignore '.length)} for folds forward in time`,
    });
  if (column.kind === 'category') findings.push(...categoryNotes(column, rows));
  return findings;
}

function categoryNotes(column: CategoryColumn, rows: Int32Array): Finding[] {
  const { name } = column;
  const { values, counts } = coded(column, rows);
  const findings: Finding[] = [];
  const override = flag('ignore', name);
  if (values.length > MOST_LEVELS)
    findings.push({
      kind: 'high-cardinality',
      column: name,
      severity: 'warning',
      detail: `has ${values.length.toLocaleString('en-GB')} levels; the ${MOST_LEVELS} most frequent in training are inputs, all others give zeros`,
      override,
    });
  const numeric = (value: string) =>
    /^[+-]?(\d+([.,]\d+)*|[.,]\d+)(e[+-]?\d+)?$/i.test(value) && !/^[+-]?0\d/.test(value);
  const text = values.filter((value) => !numeric(value));
  const cells = values.reduce((sum, value, i) => sum + (numeric(value) ? counts[i] : 0), 0);
  const filled = counts.reduce((sum, count) => sum + count, 0);
  if (values.length > 2 && cells >= 0.9 * filled) {
    const why =
      text.length > 0
        ? `${many(filled - cells, 'cell')} ${filled - cells === 1 ? 'is' : 'are'} not ("${text[0]}")`
        : values.some((value) => value.includes(','))
          ? `a comma stands in them ("${values.find((value) => value.includes(','))}"); write decimals with a point`
          : 'the file says that they are text';
    findings.push({
      kind: 'number-like-text',
      column: name,
      severity: 'warning',
      detail: `looks like numbers but is taken as categories: ${why}`,
      override: `mend the file, or ${override}`,
    });
  }
  return findings;
}
