import type { DuckDBConnection } from '@duckdb/node-api';
import { InputError } from '../../array/errors.ts';
import { type Cell, pathText, query, type Source } from './duckdb.ts';
import type { TableFile } from './file.ts';
import { trimmed } from './text.ts';

/**
 * A Parquet file as a source of columns. Its types are taken at their word: strings stay categories even where they look
 * like numbers; integers, decimals and floats are numbers; dates and timestamps are dates (without a zone: UTC).
 *
 * @throws InputError broken file, no rows, doubled names, nested or binary columns
 */
export async function parquetSource(db: DuckDBConnection, file: TableFile, path: string): Promise<Source> {
  const table = `read_parquet(${pathText(path)}, hive_partitioning = false, binary_as_string = true)`;
  const schema = await query(db, file.name, `SELECT name, num_children FROM parquet_schema(${pathText(path)})`);
  const described = await query(
    db,
    file.name,
    `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${table})`,
  );
  const [[rows]] = await query(db, file.name, `SELECT count(*) FROM ${table}`);
  if (Number(rows) === 0) throw new InputError(`${file.name}: the file holds no row of data`);
  const columns = described.map(([name, type]) => cell(file.name, String(name), String(type)));
  return { table, names: topLevel(schema), columns, rows: Number(rows), place: async (row) => `row ${row + 1}` };
}

function cell(file: string, name: string, type: string): Cell {
  const column = `"${name.replaceAll('"', '""')}"`;
  const nested = type.endsWith(']') || /^(STRUCT|MAP|UNION)/.test(type);
  if (!nested && /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL|BIGNUM)/.test(type))
    return { kind: 'number', sql: `CAST(${column} AS DOUBLE)`, raw: column };
  if (type === 'BOOLEAN') return { kind: 'boolean', sql: `CAST(${column} AS DOUBLE)`, raw: column };
  if (!nested && /^(DATE|TIMESTAMP)/.test(type)) {
    const moment = type === 'TIMESTAMP WITH TIME ZONE' ? column : `CAST(${column} AS TIMESTAMP)`;
    const sql = `CASE WHEN isfinite(${moment}) THEN epoch_us(${moment}) / 1e6::DOUBLE WHEN ${column} IS NOT NULL THEN 'Infinity'::DOUBLE END`;
    return { kind: 'date', sql, raw: column };
  }
  if (!nested && /^(VARCHAR|ENUM|UUID|TIME)/.test(type))
    return { kind: 'category', sql: `nullif(${trimmed(`CAST(${column} AS VARCHAR)`)}, '')`, raw: column };
  const kind = nested ? 'nested' : type.toLowerCase();
  throw new InputError(
    `${file}, column "${name}": holds ${kind} values; only numbers, text, booleans and dates are read, so take the column out`,
  );
}

/** Names of the top-level columns as they stand in the file: DuckDB renames doubled ones without a word. */
function topLevel(schema: readonly (readonly unknown[])[]): string[] {
  const names: string[] = [];
  let at = 1;
  const skip = (): void => {
    const children = Number(schema[at++][1] ?? 0);
    for (let child = 0; child < children; child++) skip();
  };
  while (at < schema.length) {
    names.push(String(schema[at][0]));
    skip();
  }
  return names;
}
