import type { Task } from '../data/dataset.ts';
import { defaultDevice } from '../runtime/devices.ts';
import type { FoundDevice } from '../runtime/find-device.ts';

/** A whole number with its thousands set off. */
export const count = (n: number) => n.toLocaleString('en-US');

/** Rows, inputs and class counts of a task. */
export function dataLines({ dataset, inputs, classes, counts }: Task): string[] {
  const labelled = counts.reduce((a, b) => a + b, 0);
  const width = Math.max(...classes.map((name) => name.length));
  const unlabelled = dataset.rows > labelled ? `, ${count(labelled)} of them labelled` : '';
  return [
    `${dataset.file}: ${count(dataset.rows)} rows${unlabelled}, ${inputs.length} input columns, ${classes.length} classes`,
    ...classes.map((name, c) => {
      const share = `${((100 * counts[c]) / labelled).toFixed(1)} %`;
      return `  ${name.padEnd(width)}  ${count(counts[c]).padStart(9)}  ${share.padStart(7)}`;
    }),
  ];
}

/** Where it is computed, and why there. */
export function deviceLine({ name, why }: FoundDevice): string {
  const bits = name === defaultDevice ? '' : "; numbers may differ from the processor's in their last bits";
  return `Device: ${name}${why === undefined ? '' : ` (${why})`}${bits}`;
}

/** What is done with each column. */
export function columnLines({ columns }: Task): string[] {
  const name = Math.max(6, ...columns.map((c) => c.name.length));
  return [
    'Columns',
    ...columns.map((c) => `  ${c.name.padEnd(name)}  ${c.role.padEnd(8)}  ${c.kind.padEnd(8)}  ${c.treatment}`),
  ];
}

/** What the audit found and did. */
export function findingLines({ audit }: Task): string[] {
  if (audit.length === 0) return ['Audit: nothing to report'];
  const lines = audit.map(({ severity, kind, column, detail, override }) => {
    const otherwise = override ? `; otherwise: ${override}` : '';
    return `  ${severity.padEnd(8)}  ${kind}${column ? ` (${column})` : ''}: ${detail}${otherwise}`;
  });
  return ['Audit', ...lines];
}
