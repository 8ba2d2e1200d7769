import { many } from '../data/columns.ts';
import type { Finding, Task } from '../data/dataset.ts';
import type { WindowSet } from '../data/series/index.ts';
import { type ClassCount, classCounts } from '../data/splits.ts';
import type { PilotEvent } from '../pilot/run.ts';
import { defaultDevice } from '../runtime/devices.ts';
import type { FoundDevice } from '../runtime/find-device.ts';

/** A whole number with its thousands set off. */
export const count = (n: number) => n.toLocaleString('en-US');

/** What the data are, what was recognised, how they come divided, class counts. */
function dataLines(task: Task): string[] {
  const { source, items, classes, counts, groups, splits, audit } = task;
  const labelled = sum(counts);
  const part = source.rows > labelled ? `, ${count(labelled)} of them take part` : '';
  const lines = [
    `${source.file}: ${itemsInWords(task)}${part}${items.kind === 'table' ? ',' : ';'} ${inputsInWords(items)}${classes.length} classes`,
  ];
  lines.push(...recognisedLine(audit));
  if (splits) {
    const [train, test] = (['train', 'test'] as const).map((side) =>
      sum(classCounts(task).map((own) => own[side] ?? 0)),
    );
    lines.push(`Divided as the data come: ${count(train)} to train, ${count(test)} to test (--pool divides all anew)`);
  }
  if (groups) lines.push(`Groups: ${count(new Set(groups).size)}${splits ? '' : ', each on one side of every split'}`);
  return [...lines, '', ...classLines(classCounts(task))];
}

/** More classes than that are not all printed: the largest and the smallest. */
const [MOST_CLASSES, FIRST, LAST] = [40, 20, 10];

/** One line a class; of data that come divided, both sides of each. */
function classLines(classes: readonly ClassCount[]): string[] {
  const divided = classes.some(({ train }) => train !== undefined);
  const sides = divided ? (['train', 'test'] as const) : (['count'] as const);
  const width = Math.max(...classes.map(({ name }) => name.length));
  const totals = sides.map((side) => sum(classes.map((own) => own[side] ?? 0)));
  const head = divided
    ? [`  ${' '.repeat(width)}  ${sides.map((side) => side.padStart(9).padEnd(18)).join('  ')}`]
    : [];
  const cell = (items: number, total: number) =>
    `${count(items).padStart(9)}  ${`${((100 * items) / Math.max(1, total)).toFixed(1)} %`.padStart(7)}`;
  const line = (own: ClassCount) => sides.map((side, i) => cell(own[side] ?? 0, totals[i])).join('  ');
  const lines = classes.map((own) => `  ${own.name.padEnd(width)}  ${line(own)}`);
  if (lines.length > MOST_CLASSES)
    lines.splice(FIRST, lines.length - FIRST - LAST, `  ... ${count(lines.length - FIRST - LAST)} more classes`);
  return [...head.map((text) => text.trimEnd()), ...lines];
}

function itemsInWords({ source: { rows, unit }, items }: Task): string {
  if (items.kind === 'table') return many(rows, unit);
  if (items.kind === 'series') return windowsInWords(items.windows);
  const [channels, height, width] = items.pictures.shape;
  return `${many(rows, unit)} of ${height} x ${width} pixels (height x width), ${channels === 1 ? 'grey' : 'colour'}`;
}

/** `2,700 windows of 360 steps (1 s), one every 180 (0.5 s)`. */
function windowsInWords({ set, rows, length, hop, events }: WindowSet): string {
  const seconds = (steps: number) =>
    set.rate === undefined ? '' : ` (${Number((steps / set.rate).toPrecision(3))} s)`;
  const windows = `${many(rows, 'window')} of ${many(length, 'step')}${seconds(length)}`;
  if (events)
    return `${windows} around the events of ${events.file}, each from ${many(events.before, 'step')}${seconds(events.before)} before its event`;
  if (hop === length && set.recordings.length === rows) return `${windows}, each a whole recording`;
  return `${windows}, one every ${count(hop)}${seconds(hop)}`;
}

/** With the comma that follows; pictures have been told. */
function inputsInWords(items: Task['items']): string {
  if (items.kind === 'table') return `${many(items.inputs.length, 'input column')}, `;
  return items.kind === 'series' ? `${many(items.windows.set.channels.length, 'channel')}, ` : '';
}

function recognisedLine(findings: readonly Finding[]): string[] {
  const found = findings.find(({ kind }) => kind === 'recognised');
  return found ? [`Recognised as ${found.detail}`] : [];
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Where it is computed, and why there. */
export function deviceLine({ name, why }: FoundDevice): string {
  const bits = name === defaultDevice ? '' : "; numbers may differ from the processor's in their last bits";
  return `Device: ${name}${why === undefined ? '' : ` (${why})`}${bits}`;
}

/** What is done with each column; pictures have none. */
function columnLines({ columns, items }: Task): string[] {
  if (columns.length === 0) return [];
  const name = Math.max(6, ...columns.map((c) => c.name.length));
  return [
    items.kind === 'series' ? 'Channels' : 'Columns',
    ...columns.map((c) => `  ${c.name.padEnd(name)}  ${c.role.padEnd(8)}  ${c.kind.padEnd(8)}  ${c.treatment}`),
  ];
}

/** Data, columns and findings of a task. */
export function taskLines(task: Task): string[] {
  const columns = columnLines(task);
  return [...dataLines(task), '', ...columns, ...(columns.length > 0 ? [''] : []), ...findingLines(task)];
}

/** Files, recordings, windows and class counts of time series. */
export function windowLines(windows: WindowSet): string[] {
  const { set, counts, groupNames } = windows;
  const { files, recordings, channels, classes, findings } = set;
  return [
    ...recognisedLine(findings),
    `${many(files.length, 'file')}, ${many(recordings.length, 'recording')} of ${many(groupNames.length, 'group')}, ${many(channels.length, 'channel')}`,
    `${windowsInWords(windows)}, ${count(sum(counts))} of them labelled`,
    ...(classes.length > 0 ? classLines(classes.map((name, c) => ({ name, count: counts[c] }))) : []),
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
        `${many(methods, 'method')}, ${many(repeats, 'repeat')} x ${many(folds, 'fold')} (${scheme === 'given' ? 'as the data come divided' : scheme}): ` +
          `${many(trials, 'training')} of ${many(steps, 'step')}${again}; design ${hash}, folder ${folder}`,
      ];
    }
  }
}

/** What the audit found and did; what was recognised stands on top (see `recognisedLine`). */
export function findingLines({ audit }: Pick<Task, 'audit'>): string[] {
  const findings = audit.filter(({ kind }) => kind !== 'recognised');
  if (findings.length === 0) return ['Audit: nothing to report'];
  const lines = findings.map(({ severity, kind, column, detail, override }) => {
    const otherwise = override ? `; otherwise: ${override}` : '';
    return `  ${severity.padEnd(8)}  ${kind}${column ? ` (${column})` : ''}: ${detail}${otherwise}`;
  });
  return ['Audit', ...lines];
}
