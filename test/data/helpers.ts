import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../src/array/errors.ts';
import type { Column, Dataset } from '../../src/data/dataset.ts';

export const ai4i = fileURLToPath(new URL('../../data/ai4i2020/ai4i2020.csv', import.meta.url));
export const steelPlates = fileURLToPath(new URL('samples/steel-plates-faults.csv.gz', import.meta.url));

/** A folder of its own for a test file's tables; gone afterwards. */
export function folder(): {
  path: (name: string) => string;
  write: (name: string, content: string | Uint8Array) => string;
} {
  const root = mkdtempSync(join(tmpdir(), 'evenhand-test-'));
  after(() => rmSync(root, { recursive: true, force: true }));
  const path = (name: string) => join(root, name);
  return {
    path,
    write(name, content) {
      writeFileSync(path(name), content);
      return path(name);
    },
  };
}

/** For assert.throws and assert.rejects: an InputError of one line that matches all of `parts`. */
export const oneLine =
  (...parts: (string | RegExp)[]) =>
  (error: unknown): boolean => {
    if (!(error instanceof InputError)) throw error;
    if (error.message.includes('\n')) throw new Error(`more than one line: ${error.message}`);
    for (const part of parts)
      if (typeof part === 'string' ? !error.message.includes(part) : !part.test(error.message))
        throw new Error(`message lacks ${part}: ${error.message}`);
    return true;
  };

/** A data set from plain arrays: numbers (null missing), booleans, strings (null missing), Dates. */
export function table(columns: Record<string, readonly (number | string | boolean | Date | null)[]>): Dataset {
  const made = Object.entries(columns).map(([name, cells]): Column => {
    const sample = cells.find((cell) => cell !== null);
    if (typeof sample === 'string') {
      const levels = [...new Set(cells.filter((cell) => cell !== null).map(String))];
      return {
        name,
        kind: 'category',
        levels,
        codes: Int32Array.from(cells, (c) => (c === null ? -1 : levels.indexOf(String(c)))),
      };
    }
    const number = (cell: (typeof cells)[number]) =>
      cell === null ? Number.NaN : cell instanceof Date ? cell.getTime() / 1000 : Number(cell);
    const values = Float64Array.from(cells, number);
    if (sample instanceof Date) return { name, kind: 'date', values };
    return { name, kind: 'number', values, ...(typeof sample === 'boolean' && { boolean: true }) };
  });
  return { file: 'machines.csv', digest: 'sha256:0', rows: Object.values(columns)[0].length, columns: made };
}

export const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** The column's cells as plain values: null where missing. */
export function cells(dataset: Dataset, name: string): (number | string | null)[] {
  const column = dataset.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new Error(`no column ${name}`);
  if (column.kind === 'category') return Array.from(column.codes, (code) => (code < 0 ? null : column.levels[code]));
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
}
