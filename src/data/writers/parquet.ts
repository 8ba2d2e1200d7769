import { renameSync, rmSync } from 'node:fs';
import { DOUBLE, DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import { pathText, withDuckDB } from '../readers/duckdb.ts';

/** A column to write; all have the same length. */
export type OutputColumn =
  | { readonly name: string; readonly kind: 'whole'; readonly values: Int32Array }
  | { readonly name: string; readonly kind: 'number'; readonly values: Float64Array }
  | {
      readonly name: string;
      readonly kind: 'category';
      readonly codes: Int32Array;
      readonly levels: readonly string[];
    };

/** Rows that DuckDB takes at once. */
const CHUNK = 2048;

/** Writes columns as a Parquet file, whole or not at all. */
export async function writeParquet(path: string, columns: readonly OutputColumn[]): Promise<void> {
  const rows = Math.max(0, ...columns.map((c) => ('values' in c ? c.values : c.codes).length));
  const types = columns.map(({ kind }) => (kind === 'whole' ? INTEGER : kind === 'number' ? DOUBLE : VARCHAR));
  const partial = `${path}.tmp`;
  try {
    await withDuckDB(async (db) => {
      const fields = columns.map(({ name }, i) => `"${name.replaceAll('"', '""')}" ${types[i]}`);
      await db.run(`CREATE TABLE output (${fields.join(', ')})`);
      const appender = await db.createAppender('output');
      for (let start = 0; start < rows; start += CHUNK) {
        const end = Math.min(rows, start + CHUNK);
        const chunk = DuckDBDataChunk.create(types, end - start);
        columns.forEach((column, i) => {
          chunk.setColumnValues(i, cells(column, start, end));
        });
        appender.appendDataChunk(chunk);
      }
      appender.closeSync();
      await db.run(`COPY output TO ${pathText(partial)} (FORMAT parquet, COMPRESSION zstd)`);
    });
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function cells(column: OutputColumn, start: number, end: number): (number | string | null)[] {
  if (column.kind !== 'category') return [...column.values.subarray(start, end)];
  return Array.from(column.codes.subarray(start, end), (code) => column.levels[code] ?? null);
}
