import { readTable } from '../data/readers/table.ts';
import { makeTask } from '../data/task.ts';
import { columnLines, count, dataLines, findingLines } from './describe.ts';

/** What `evenhand inspect` was told. */
export interface InspectFlags {
  readonly label?: readonly string[];
  readonly group?: string;
  readonly time?: string;
  readonly ignore?: readonly string[];
  readonly keep?: readonly string[];
  readonly json?: boolean;
}

/** Reads the file and prints what a pilot would do with it. Without a label: the columns as they were read. */
export async function runInspect(file: string, { label, json, group, time, ignore, keep }: InspectFlags) {
  const dataset = await readTable(file);
  if (!label) {
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
  const task = makeTask(dataset, { label, group, time, ignore, keep });
  if (json) {
    const { rows, digest } = dataset;
    const classes = task.classes.map((name, c) => ({ name, count: task.counts[c] }));
    print(JSON.stringify({ file, rows, digest, classes, columns: task.columns, audit: task.audit }, null, 2));
    return;
  }
  print([...dataLines(task), '', ...columnLines(task), '', ...findingLines(task)].join('\n'));
}

function missingOf(column: Parameters<typeof makeTask>[0]['columns'][number]): number {
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
