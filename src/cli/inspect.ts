import type { Column } from '../data/dataset.ts';
import { openTask, recogniseItems } from '../data/items/open.ts';
import { readTable } from '../data/readers/table.ts';
import { makeWindows, openSeries } from '../data/series/index.ts';
import { classCounts } from '../data/splits.ts';
import { count, findingLines, taskLines, windowLines } from './describe.ts';
import { type DataFlags, representationOptions, taskOf, taskOptions } from './series.ts';

/** What `evenhand inspect` was told. */
export interface InspectFlags extends DataFlags {
  readonly task?: string;
  readonly json?: boolean;
}

/** Reads the files and prints what a pilot would do with them. A table without a label: the columns as they were read. */
export async function runInspect(files: readonly string[], flags: InspectFlags) {
  if (taskOf(flags) === 'represent') return inspectSeries(files, flags);
  const { label, json } = flags;
  const options = taskOptions(flags);
  if (!label && (await recogniseItems(files, options)) === 'table') {
    const [file] = files;
    const dataset = await readTable(file);
    const columns = dataset.columns.map((column) => ({
      name: column.name,
      kind: column.kind,
      missing: missingOf(column),
      ...(column.kind === 'category' ? { levels: column.levels.length } : {}),
    }));
    const summary = { file, rows: dataset.rows, digest: dataset.digest, columns };
    print(json ? JSON.stringify(summary, null, 2) : plainColumns(summary));
    return;
  }
  const task = await openTask(files, options);
  if (!json) return print(taskLines(task).join('\n'));
  const { source, columns, audit } = task;
  const { file, rows, digest } = source;
  print(JSON.stringify({ file, rows, digest, classes: classCounts(task), columns, audit }, null, 2));
}

/** Recordings, windows, classes and findings, as a pilot of representations would meet them. */
async function inspectSeries(files: readonly string[], flags: InspectFlags): Promise<void> {
  const options = representationOptions(files, flags);
  const windows = makeWindows(await openSeries(files, options), options);
  const { set, rows, length, hop, counts, groupNames } = windows;
  const audit = [...set.findings, ...windows.findings];
  if (!flags.json) {
    const channels = set.channels.length > 0 ? [`Channels: ${set.channels.join(', ')}`, ''] : [];
    print([...windowLines(windows), '', ...channels, ...findingLines({ audit })].join('\n'));
    return;
  }
  const recordings = set.recordings.map(({ name, group, length: steps }) => ({ name, group, steps }));
  const classes = set.classes.map((name, c) => ({ name, windows: counts[c] }));
  const { channels, rate = null } = set;
  const summary = { files: set.files, channels, rate, window: length, hop, windows: rows, groups: groupNames, classes };
  print(JSON.stringify({ ...summary, recordings, audit }, null, 2));
}

function missingOf(column: Column): number {
  const values = column.kind === 'category' ? column.codes : column.values;
  let missing = 0;
  for (const value of values) if (Number.isNaN(value) || (column.kind === 'category' && value < 0)) missing++;
  return missing;
}

interface Summary {
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly { name: string; kind: string; missing: number; levels?: number }[];
}

function plainColumns({ file, rows, columns }: Summary): string {
  const width = Math.max(...columns.map((c) => c.name.length));
  const lines = columns.map(({ name, kind, missing, levels }) => {
    const notes = [
      levels === undefined ? '' : `${count(levels)} values`,
      missing > 0 ? `${count(missing)} missing` : '',
    ];
    return `  ${name.padEnd(width)}  ${kind.padEnd(8)}  ${notes.filter(Boolean).join(', ')}`.trimEnd();
  });
  const hint =
    'Name the column to be told with --label to see the classes, the treatment of each column and the audit.';
  return [`${file}: ${count(rows)} rows, ${columns.length} columns`, ...lines, '', hint].join('\n');
}

const print = (text: string) => process.stdout.write(`${text}\n`);
