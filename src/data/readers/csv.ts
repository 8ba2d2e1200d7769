import type { Hash } from 'node:crypto';
import { InputError } from '../../array/errors.ts';
import { LONGEST_LINE, type TableFile, textBlocks } from './file.ts';

/**
 * The shape of a delimited text file, settled by us before DuckDB reads it: DuckDB's sniffer may take another delimiter
 * or header from one file to the next, and its messages count rows where the user counts lines.
 *
 * - The first line holds the column names. An empty name becomes `column 3` (its place).
 * - Quotes: `"`, doubled inside; a quote within an unquoted field is an ordinary character.
 * - Empty lines at the end are nothing; between rows they are an error.
 */
export interface CsvShape {
  readonly delimiter: string;
  readonly names: readonly string[];
  readonly rows: number;
  /** Some line breaks are LF, some CR LF: DuckDB's strict mode refuses that. */
  readonly mixedBreaks: boolean;
}

const DELIMITERS = [',', ';', '\t', '|'];
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @throws InputError naming the line: no header, ragged row, open quote, empty file, header only, ... */
export async function csvShape(file: TableFile, hash: Hash): Promise<CsvShape> {
  let delimiter = ',';
  let names: string[] = [];
  let scan: Scan | undefined;
  for await (const { bytes } of textBlocks(file, hash)) {
    if (scan === undefined) {
      ({ delimiter, names } = header(file.name, bytes.toString('utf8', 0, 1 << 20)));
      scan = newScan(file.name, delimiter, names.length);
    }
    scan.push(bytes);
  }
  if (scan === undefined) throw new InputError(`${file.name}: the file is empty`);
  const { records, mixedBreaks } = scan.end();
  if (records < 2) throw new InputError(`${file.name}: holds a header and no row of data`);
  return { delimiter, names, rows: records - 1, mixedBreaks };
}

/** 1-based line on which data row `row` (from 0) begins: a second pass, for error messages alone. */
export async function csvLine(file: TableFile, shape: CsvShape, row: number): Promise<number> {
  const scan = newScan(file.name, shape.delimiter, shape.names.length, row + 1);
  for await (const { bytes } of textBlocks(file)) {
    scan.push(bytes);
    if (scan.found > 0) break;
  }
  return scan.found;
}

/** Delimiter and column names from the first lines of the text. */
function header(file: string, text: string): { delimiter: string; names: string[] } {
  if (/^\r?\n/.test(text)) throw new InputError(`${file}, line 1: is empty; column names must stand there`);
  let best = { delimiter: ',', share: -1, records: [] as string[][] };
  for (const delimiter of DELIMITERS) {
    const records = firstRecords(text, delimiter, 100);
    const width = records[0].length;
    if (width < 2) continue;
    const share = records.filter((record) => record.length === width).length / records.length;
    // Rows that agree with the header speak for a delimiter; at a tie more columns do.
    const wins = share > best.share || (share === best.share && width > best.records[0].length);
    if (wins) best = { delimiter, share, records };
  }
  if (best.share < 0)
    throw new InputError(
      `${file}, line 1: has one column only; columns must be divided by comma, semicolon, tab or vertical bar`,
    );
  const names = best.records[0].map((name) => name.trim().replace(/\s+/g, ' '));
  if (names.every((name) => name === '' || NUMBER.test(name)))
    throw new InputError(
      `${file}, line 1: holds numbers ("${names.find((name) => name !== '') ?? ''}", ...), not column names; put a line of names first`,
    );
  return { delimiter: best.delimiter, names: names.map((name, i) => (name === '' ? `column ${i + 1}` : name)) };
}

function firstRecords(text: string, delimiter: string, limit: number): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length && records.length < limit) {
    let field = '';
    if (text[at] === '"') {
      for (at++; at < text.length; at++) {
        if (text[at] !== '"') field += text[at];
        else if (text[at + 1] === '"') field += text[at++];
        else break;
      }
      at++;
    }
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n') field += text[at++];
    record.push(field.endsWith('\r') ? field.slice(0, -1) : field);
    if (text[at] !== delimiter) {
      if (record.length > 1 || record[0] !== '' || records.length === 0) records.push(record);
      record = [];
    } else if (at === text.length - 1) record.push('');
    at++;
  }
  if (record.length > 0) records.push(record);
  return records.length > 0 ? records : [['']];
}

interface Scan {
  push(bytes: Buffer): void;
  end(): { records: number; mixedBreaks: boolean };
  /** Line of the record looked for; 0 as long as it was not met. */
  readonly found: number;
}

const [START, PLAIN, QUOTED, CLOSED] = [0, 1, 2, 3];

/** Counts the fields of every record, byte by byte. `find`: the record (header 0) whose line is wanted. */
function newScan(file: string, delimiterText: string, width: number, find = -1): Scan {
  const delimiter = delimiterText.charCodeAt(0);
  let state = START;
  let [line, recordLine, quoteLine, emptyLine] = [1, 1, 0, 0];
  let [fields, length, records, found] = [1, 0, 0, 0];
  let [previous, plain, withReturn] = [0, false, false];

  const fail = (at: number, what: string): never => {
    throw new InputError(`${file}, line ${at}: ${what}`);
  };
  const endRecord = () => {
    if (fields === 1 && length === 0) {
      if (emptyLine === 0) emptyLine = recordLine;
      return;
    }
    if (emptyLine > 0) fail(emptyLine, 'is empty; delete it');
    if (fields !== width)
      fail(recordLine, `has ${fields} fields where the header has ${width}; ${ragged(delimiterText)}`);
    if (length > LONGEST_LINE) fail(recordLine, 'longer than 2 MB; is this a table?');
    if (records === find) found = recordLine;
    records++;
  };

  return {
    push(bytes) {
      for (let i = 0; i < bytes.length; i++) {
        const byte = bytes[i];
        if (state === QUOTED) {
          if (byte === 34) state = CLOSED;
          else if (byte === 10) line++;
          length++;
        } else if (previous === 13 && byte !== 10) fail(line, LONE_RETURN);
        else if (byte === delimiter) {
          fields++;
          length++;
          state = START;
        } else if (byte === 10) {
          if (previous === 13) {
            withReturn = true;
            length--;
          } else plain = true;
          endRecord();
          line++;
          [recordLine, fields, length, state] = [line, 1, 0, START];
        } else if (byte === 34 && state === START) {
          [state, quoteLine] = [QUOTED, line];
          length++;
        } else if (byte === 34 && state === CLOSED) {
          state = QUOTED;
          length++;
        } else {
          if (state === CLOSED && byte !== 13)
            fail(line, 'goes on after a closing quote; write a quote inside quotes twice ("")');
          if (state === START) state = PLAIN;
          length++;
        }
        previous = byte;
      }
    },
    end() {
      if (state === QUOTED) fail(quoteLine, 'a quote opens here and never closes');
      if (previous === 13) fail(line, LONE_RETURN);
      if (fields > 1 || length > 0) endRecord();
      return { records, mixedBreaks: plain && withReturn };
    },
    get found() {
      return found;
    },
  };
}

const LONE_RETURN = 'holds a carriage return without a line feed; save the file with line breaks LF or CR LF';

const ragged = (delimiter: string): string =>
  `complete the row, or put quotes around a value that holds ${delimiter === '\t' ? 'a tab' : `"${delimiter}"`}`;
