import { InputError, nearest } from '../../array/errors.ts';
import { coded, many } from '../columns.ts';
import type { Column, Finding, NumberColumn } from '../dataset.ts';
import { type Label, makeLabel } from '../label.ts';

/** The label column of one file. */
export interface LabelColumn {
  readonly file: string;
  readonly column: Column;
}

/**
 * Classes of the rows of several files as if they were one table: rules and messages of `makeLabel`.
 *
 * @param unlabelled values that mean "no label", as text
 * @returns labels of all rows, file after file
 * @throws InputError a value of `unlabelled` that no row holds, and what `makeLabel` refuses
 */
export function labelsOf(columns: readonly LabelColumn[], unlabelled: readonly string[]): Label {
  const [{ file, column }] = columns;
  const none = new Set(unlabelled.map(plain));
  const met = new Set<string>();
  const cells = columns.map(({ column: own }) => {
    const { codes, values } = coded(own);
    for (const value of values) met.add(plain(value));
    return { codes, values };
  });
  for (const value of unlabelled)
    if (!met.has(plain(value))) throw new InputError(unknownValue(file, column.name, value, [...met]));
  const rows = cells.reduce((sum, { codes }) => sum + codes.length, 0);
  const title = columns.length === 1 ? file : `${file} and ${columns.length - 1} more`;
  const all = columns.every((own) => own.column.kind === 'number' && !own.column.boolean)
    ? numbers(columns, none, rows)
    : texts(column.name, cells, none, rows);
  const label = makeLabel({ file: title, digest: '', rows, columns: [all] }, [all]);
  return {
    ...label,
    findings: label.findings.map((finding) => (finding.kind === 'missing-label' ? stays(finding, label) : finding)),
  };
}

/** What representations do with steps and windows without a class: see `seriesTask` for what classification does. */
export const LEARNT_FROM = 'learnt from, never evaluated';

/** Unlike rows of a table, steps without a label are of use. */
function stays(finding: Finding, { labels }: Label): Finding {
  const missing = labels.reduce((count, label) => count + (label < 0 ? 1 : 0), 0);
  const detail = `${many(missing, 'row')} of ${labels.length.toLocaleString('en-GB')} without a label: ${LEARNT_FROM}`;
  return { ...finding, severity: 'info', detail };
}

/** `0` and `0.0` are one value. */
export const plain = (value: string): string => {
  const number = Number(value);
  return value.trim() !== '' && Number.isFinite(number) ? String(number) : value.trim();
};

function numbers(columns: readonly LabelColumn[], none: ReadonlySet<string>, rows: number): NumberColumn {
  const values = new Float64Array(rows);
  let at = 0;
  for (const { column } of columns) {
    if (column.kind !== 'number') continue;
    for (const value of column.values) values[at++] = none.has(String(value)) ? Number.NaN : value;
  }
  return { name: columns[0].column.name, kind: 'number', values };
}

function texts(
  name: string,
  cells: readonly { codes: Int32Array; values: readonly string[] }[],
  none: ReadonlySet<string>,
  rows: number,
): Column {
  const index = new Map<string, number>();
  const codes = new Int32Array(rows);
  let at = 0;
  for (const { codes: own, values } of cells) {
    const known = values.map((value) => {
      if (none.has(plain(value))) return -1;
      if (!index.has(value)) index.set(value, index.size);
      return index.get(value) ?? -1;
    });
    for (const code of own) codes[at++] = code < 0 ? -1 : known[code];
  }
  return { name, kind: 'category', codes, levels: [...index.keys()] };
}

/** A value of `unlabelled` that the label never holds. @param met the values that it holds */
export function unknownValue(file: string, label: string, value: string, met: readonly string[]): string {
  const guess = nearest(value, met);
  const shown = met.length > 20 ? `${met.slice(0, 20).join(', ')}, ...` : met.join(', ');
  return `--unlabelled ${value}: label "${label}" never holds it (${file}); it holds: ${shown}${guess === undefined ? '' : ` (did you mean "${guess}"?)`}`;
}
