import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { InputError } from '../../array/errors.ts';
import type { Column } from '../dataset.ts';

/** A column as DuckDB is asked for it. */
export interface Cell {
  readonly kind: 'number' | 'boolean' | 'date' | 'category';
  /** DOUBLE, or VARCHAR for categories; NULL where missing; infinity where no finite value can be had. */
  readonly sql: string;
  /** The cell as it stands in the file, for error messages. */
  readonly raw: string;
}

/** A table that DuckDB can read: where it is, what it is called, how long it must be. */
export interface Source {
  readonly table: string;
  /** Names as they stand in the file. */
  readonly names: readonly string[];
  readonly columns: readonly Cell[];
  readonly rows: number;
  /** Where data row `row` (from 0) stands in the file: `line 7`. */
  place(row: number): Promise<string>;
}

/** A SQL string literal. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A path as a SQL string literal, never a pattern. */
export const pathText = (path: string): string => text(path.replace(/[[*?]/g, '[$&]'));

/**
 * Opens DuckDB in memory for `use`. It never loads nor downloads an extension; CSV, JSON and Parquet are built in. One thread:
 * with more, read_json (1.5.6) may give the last block of rows first.
 */
export async function withDuckDB<T>(use: (db: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
    threads: '1',
  });
  const db = await instance.connect();
  try {
    await db.run("SET TimeZone = 'UTC'");
    return await use(db);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

/** All rows of a small answer. @throws InputError, DuckDB's message made one line that names `file` */
export async function query(db: DuckDBConnection, file: string, sql: string): Promise<unknown[][]> {
  return readable(file, async () => (await db.runAndReadAll(sql)).getRows());
}

/**
 * Reads a source chunk by chunk into typed arrays, in the file's order.
 *
 * @throws InputError numbers that are not finite or dates that do not exist (with line and column), a row count that
 * differs from the one that was counted before, anything that DuckDB can't read
 */
export async function readColumns(db: DuckDBConnection, file: string, source: Source): Promise<Column[]> {
  const { rows, names, columns } = source;
  const sinks = columns.map((cell, i) =>
    cell.kind === 'category' ? categories(names[i], rows) : numbers(names[i], cell.kind, rows),
  );
  const sql = `SELECT ${columns.map((cell) => cell.sql).join(', ')} FROM ${source.table}`;
  let row = 0;
  const result = await readable(file, () => db.stream(sql));
  for (;;) {
    const chunk = await readable(file, () => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) break;
    if (row + chunk.rowCount > rows) throw otherCount(file, rows);
    for (let c = 0; c < sinks.length; c++) {
      const vector = chunk.getColumnVector(c);
      const sink = sinks[c];
      for (let i = 0; i < chunk.rowCount; i++)
        if (!sink.put(row + i, vector.getItem(i))) throw new InputError(await badValue(db, file, source, c, row + i));
    }
    row += chunk.rowCount;
  }
  if (row !== rows) throw otherCount(file, rows);
  return sinks.map((sink) => sink.column());
}

const otherCount = (file: string, rows: number): InputError =>
  new InputError(`${file}: ${rows} rows were counted but another number was read; put quotes around every text value`);

interface Sink {
  /** False where the value can't be taken. */
  put(row: number, value: unknown): boolean;
  column(): Column;
}

function numbers(name: string, kind: 'number' | 'boolean' | 'date', rows: number): Sink {
  const values = new Float64Array(rows);
  return {
    put(row, value) {
      values[row] = value === null ? Number.NaN : Number(value);
      return values[row] !== Infinity && values[row] !== -Infinity;
    },
    column() {
      if (kind === 'date') return { name, kind, values };
      return { name, kind: 'number', values, ...(kind === 'boolean' && { boolean: true }) };
    },
  };
}

function categories(name: string, rows: number): Sink {
  const codes = new Int32Array(rows);
  const index = new Map<string, number>();
  return {
    put(row, value) {
      if (value === null) codes[row] = -1;
      else {
        const level = String(value);
        let code = index.get(level);
        if (code === undefined) {
          code = index.size;
          index.set(level, code);
        }
        codes[row] = code;
      }
      return true;
    },
    column: () => ({ name, kind: 'category', codes, levels: [...index.keys()] }),
  };
}

async function badValue(
  db: DuckDBConnection,
  file: string,
  source: Source,
  column: number,
  row: number,
): Promise<string> {
  const { raw, kind } = source.columns[column];
  const [[value]] = await query(db, file, `SELECT CAST(${raw} AS VARCHAR) FROM ${source.table} LIMIT 1 OFFSET ${row}`);
  const what = kind === 'date' ? 'is not a date that exists; mend it' : 'is not a finite number; mend it';
  return `${file}, ${await source.place(row)}, column "${source.names[column]}": ${JSON.stringify(value)} ${what} or leave the cell empty`;
}

async function readable<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new InputError(translate(file, error instanceof Error ? error.message : String(error)));
  }
}

/** DuckDB's messages run over many lines and name SQL options; the user gets one line. */
function translate(file: string, message: string): string {
  const doubled = /in line (\d+): .* has duplicate key "(.*)"/s.exec(message);
  if (doubled) return `${file}, line ${doubled[1]}: the key "${doubled[2]}" stands twice in one object; rename one`;
  const [first] = message.split('\n');
  if (/No magic bytes|TProtocol|Parquet|corrupt|snappy|zstd|decompress/i.test(first))
    return `${file}: the Parquet file is cut off or damaged; copy or write it again`;
  const plain = first.replace(/^[A-Za-z ]*Error: /, '').slice(0, 160);
  return `${file}: cannot be read (${plain}); check that the file is whole and well formed`;
}
