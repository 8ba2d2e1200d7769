import type { Hash } from 'node:crypto';
import { InputError } from '../../array/errors.ts';
import { type TableFile, textBlocks } from './file.ts';

/** What a JSON-lines file holds: one flat object a line, keys in the order of their first appearance. */
export interface JsonShape {
  readonly names: readonly string[];
  /** Every value of the column is a JSON string: text then, even where it looks like a number. */
  readonly onlyText: readonly boolean[];
  readonly rows: number;
}

/** @throws InputError naming the line: not JSON, no object, nested values, numbers beyond a double, no row */
export async function jsonShape(file: TableFile, hash: Hash): Promise<JsonShape> {
  const onlyText = new Map<string, boolean>();
  let rows = 0;
  for await (const { line, record } of records(file, hash)) {
    for (const [key, value] of Object.entries(record)) {
      checkValue(`${file.name}, line ${line}, column "${key}"`, value);
      if (value === null) {
        if (!onlyText.has(key)) onlyText.set(key, true);
      } else onlyText.set(key, (onlyText.get(key) ?? true) && typeof value === 'string');
    }
    rows++;
  }
  if (rows === 0) throw new InputError(`${file.name}: the file holds no row of data`);
  const names = [...onlyText.keys()];
  if (names.includes('')) throw new InputError(`${file.name}: a column has an empty name; give it one`);
  return { names, onlyText: [...onlyText.values()], rows };
}

/** 1-based line of data row `row` (from 0): a second pass, for error messages alone. */
export async function jsonLine(file: TableFile, row: number): Promise<number> {
  let at = 0;
  for await (const { line } of records(file)) if (at++ === row) return line;
  return 0;
}

async function* records(file: TableFile, hash?: Hash): AsyncGenerator<{ line: number; record: object }> {
  for await (const block of textBlocks(file, hash)) {
    let line = block.line - 1;
    for (const text of block.bytes.toString('utf8').split('\n')) {
      line++;
      if (text.trim() !== '') yield { line, record: parse(`${file.name}, line ${line}`, text) };
    }
  }
}

function parse(place: string, text: string): object {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    const hint = /\b(NaN|Infinity)\b/.test(text)
      ? 'JSON knows no NaN or Infinity, write null'
      : 'write one object a line';
    throw new InputError(`${place}: is not valid JSON (${hint})`);
  }
  if (Array.isArray(record))
    throw new InputError(`${place}: is a JSON array; write one object a line (jq -c '.[]' does)`);
  if (typeof record !== 'object' || record === null)
    throw new InputError(`${place}: is not a JSON object; write one object a line`);
  return record;
}

function checkValue(place: string, value: unknown): void {
  if (typeof value === 'object' && value !== null)
    throw new InputError(`${place}: holds a nested value; put its parts into columns of their own`);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new InputError(`${place}: the number is beyond what a 64-bit float holds; leave it out or write null`);
}
