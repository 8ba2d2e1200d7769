import type { Task } from '../data/dataset.ts';
import type { WindowSet } from '../data/series/index.ts';
import type { PilotEvent } from '../pilot/run.ts';
import { defaultDevice } from '../runtime/devices.ts';
import type { FoundDevice } from '../runtime/find-device.ts';

/** A whole number with its thousands set off. */
export const count = (n: number) => n.toLocaleString('en-US');

/** Rows, inputs and class counts of a task. */
function dataLines({ source, items, classes, counts }: Task): string[] {
  const labelled = counts.reduce((a, b) => a + b, 0);
  const width = Math.max(...classes.map((name) => name.length));
  const unlabelled = source.rows > labelled ? `, ${count(labelled)} of them labelled` : '';
  return [
    `${source.file}: ${count(source.rows)} ${source.unit}s${unlabelled}, ${inputsInWords(items)}, ${classes.length} classes`,
    ...classes.map((name, c) => {
      const share = `${((100 * counts[c]) / labelled).toFixed(1)} %`;
      return `  ${name.padEnd(width)}  ${count(counts[c]).padStart(9)}  ${share.padStart(7)}`;
    }),
  ];
}

function inputsInWords(items: Task['items']): string {
  if (items.kind === 'table') return `${items.inputs.length} input columns`;
  if (items.kind === 'pictures') {
    const [channels, height, width] = items.pictures.shape;
    return `${height} x ${width}, ${channels === 1 ? 'grey' : 'colour'}`;
  }
  const { set, length } = items.windows;
  return `${length} steps of ${set.channels.length} ${set.channels.length === 1 ? 'channel' : 'channels'} (${items.features.features ?? 'raw'})`;
}

/** Where it is computed, and why there. */
export function deviceLine({ name, why }: FoundDevice): string {
  const bits = name === defaultDevice ? '' : "; numbers may differ from the processor's in their last bits";
  return `Device: ${name}${why === undefined ? '' : ` (${why})`}${bits}`;
}

/** What is done with each column; pictures have none. */
function columnLines({ columns }: Task): string[] {
  if (columns.length === 0) return [];
  const name = Math.max(6, ...columns.map((c) => c.name.length));
  return [
    'Columns',
    ...columns.map((c) => `  ${c.name.padEnd(name)}  ${c.role.padEnd(8)}  ${c.kind.padEnd(8)}  ${c.treatment}`),
  ];
}

/** Data, columns and findings of a task. */
export function taskLines(task: Task): string[] {
  const columns = columnLines(task);
  return [...dataLines(task), '', ...columns, ...(columns.length > 0 ? [''] : []), ...findingLines(task)];
}

/** Files, recordings, windows and class counts of time series. */
export function windowLines({ set, rows, counts, groupNames, length, hop }: WindowSet): string[] {
  const { files, recordings, channels, classes, rate } = set;
  const seconds = (steps: number) => (rate === undefined ? '' : ` (${Number((steps / rate).toPrecision(3))} s)`);
  const width = Math.max(0, ...classes.map((name) => name.length));
  const labelled = counts.reduce((a, b) => a + b, 0);
  return [
    `${count(files.length)} files, ${count(recordings.length)} recordings of ${groupNames.length} groups, ${channels.length} channels`,
    `${count(rows)} windows of ${length} steps${seconds(length)}, one every ${hop}${seconds(hop)}, ${count(labelled)} of them labelled`,
    ...classes.map((name, c) => {
      const share = `${((100 * counts[c]) / Math.max(1, labelled)).toFixed(1)} %`;
      return `  ${name.padEnd(width)}  ${count(counts[c]).padStart(9)}  ${share.padStart(7)}`;
    }),
  ];
}

/** What a pilot tells before its trials run. */
export function eventLines(
  event: Extract<PilotEvent, { kind: 'device' | 'task' | 'windows' | 'plan' }>,
  folder: string,
): string[] {
  switch (event.kind) {
    case 'device':
      return [deviceLine(event.device)];
    case 'task':
      return [...taskLines(event.task), ''];
    case 'windows':
      return [...windowLines(event.windows), '', ...findingLines({ audit: event.findings }), ''];
    case 'plan': {
      const { methods, repeats, folds, scheme, trials, steps, hash } = event.plan;
      const again = event.done > 0 ? `, ${event.done} of them already done` : '';
      return [
        `${methods} methods, ${repeats} repeats x ${folds} folds (${scheme}): ` +
          `${trials} trainings of ${steps} steps${again}; design ${hash}, folder ${folder}`,
      ];
    }
  }
}

/** What the audit found and did. */
export function findingLines({ audit }: Pick<Task, 'audit'>): string[] {
  if (audit.length === 0) return ['Audit: nothing to report'];
  const lines = audit.map(({ severity, kind, column, detail, override }) => {
    const otherwise = override ? `; otherwise: ${override}` : '';
    return `  ${severity.padEnd(8)}  ${kind}${column ? ` (${column})` : ''}: ${detail}${otherwise}`;
  });
  return ['Audit', ...lines];
}
