import { InputError } from '../../array/errors.ts';
import type { Dataset } from '../dataset.ts';
import { csvLine, csvShape } from './csv.ts';
import { pathText, query, readColumns, type Source, text, withDuckDB } from './duckdb.ts';
import { contents, digestOf, newHash, openTable, type TableFile, withUnzipped } from './file.ts';
import { jsonLine, jsonShape } from './jsonl.ts';
import { parquetSource } from './parquet.ts';
import { cellClass, tallies, textKind, textValue } from './text.ts';

/**
 * Reads a table: CSV, TSV (delimiter `,` `;` tab `|`, header line, UTF-8), Parquet or JSON lines (one flat object a line),
 * each gzipped or not. The kind is told by the name, or by the first bytes where the name says nothing; gzip always by the
 * first bytes. Rows keep the file's order. How text becomes numbers, dates and categories stands in text.ts.
 *
 * The text kinds are gone through twice: once by us, byte by byte, for everything a message must place exactly (lines,
 * fields, encoding, digest), then by DuckDB for the values; the row counts must agree.
 *
 * @param file path, as it will stand in messages and in {@link Dataset.file}
 * @throws InputError one line naming file, line and column: missing, empty, header only, ragged row, doubled names, numbers
 * that are not finite, gzip cut off, not UTF-8, Parquet damaged, JSON line broken, unknown kind
 */
export async function readTable(file: string): Promise<Dataset> {
  const opened = await openTable(file);
  const read = { csv: readCsv, jsonl: readJson, parquet: readParquet }[kindOf(opened)];
  return read(opened);
}

function kindOf(file: TableFile): 'csv' | 'jsonl' | 'parquet' {
  const { name, head } = file;
  const extension = /\.([a-z0-9]+)(\.gz|\.gzip)?$/i.exec(name)?.[1].toLowerCase() ?? '';
  const start = head.toString('latin1', 0, 64).trimStart();
  if (start.startsWith('PAR1')) return 'parquet';
  if (['parquet', 'pq'].includes(extension))
    throw new InputError(`${name}: is not a Parquet file (it must begin with PAR1)`);
  if (['jsonl', 'ndjson', 'json'].includes(extension)) return 'jsonl';
  if (['csv', 'tsv', 'tab', 'psv'].includes(extension)) return 'csv';
  const first = head.toString('utf8').split('\n', 1)[0];
  if (!head.includes(0) && start.startsWith('{')) return 'jsonl';
  if (!head.includes(0) && /[,;\t|]/.test(first)) return 'csv';
  throw new InputError(
    `${name}: not a kind of file that is read; give CSV, TSV, Parquet or JSON lines, gzipped or not (save a spreadsheet as CSV)`,
  );
}

async function readCsv(file: TableFile): Promise<Dataset> {
  const hash = newHash();
  const shape = await csvShape(file, hash);
  const { delimiter, names, mixedBreaks } = shape;
  const cells = names.map((_, i) => `c${i}`);
  const table = `read_csv(${pathText(file.path)}, auto_detect = false, header = true, delim = ${text(delimiter)}, quote = '"', escape = '"',
    columns = {${cells.map((cell) => `${cell}: 'VARCHAR'`).join(', ')}}, compression = '${file.gzip ? 'gzip' : 'none'}', strict_mode = ${!mixedBreaks},
    parallel = false, null_padding = false, ignore_errors = false, hive_partitioning = false)`;
  const onlyText = names.map(() => false);
  const place = async (row: number) => `line ${await csvLine(file, shape, row)}`;
  return readText(file, digestOf(hash), { table, names, cells, onlyText, rows: shape.rows, place });
}

async function readJson(file: TableFile): Promise<Dataset> {
  if (file.head.indexOf('\ufeff') === 0)
    throw new InputError(`${file.name}, line 1: begins with a byte order mark; save the file as UTF-8 without it`);
  const hash = newHash();
  const { names, onlyText, rows } = await jsonShape(file, hash);
  const folded = names.map((name) => name.toLowerCase());
  const twin = folded.findIndex((name, i) => folded.indexOf(name) < i);
  if (twin >= 0)
    throw new InputError(
      `${file.name}: columns "${names[folded.indexOf(folded[twin])]}" and "${names[twin]}" differ in case only; rename one`,
    );
  const fields = names.map((name) => `${text(name)}: 'VARCHAR'`).join(', ');
  const table = `read_json(${pathText(file.path)}, format = 'newline_delimited', columns = {${fields}}, compression = '${file.gzip ? 'gzip' : 'uncompressed'}',
    ignore_errors = false, hive_partitioning = false)`;
  const cells = names.map((name) => `"${name.replaceAll('"', '""')}"`);
  const place = async (row: number) => `line ${await jsonLine(file, row)}`;
  return readText(file, digestOf(hash), { table, names, cells, onlyText, rows, place });
}

interface TextTable extends Omit<Source, 'columns'> {
  /** The columns in SQL, all VARCHAR. */
  readonly cells: readonly string[];
  readonly onlyText: readonly boolean[];
}

async function readText(file: TableFile, digest: string, source: TextTable): Promise<Dataset> {
  const { table, names, cells, onlyText, rows } = source;
  checkNames(file.name, names);
  return withDuckDB(async (db) => {
    const classes = cells.map((raw, i) => `${cellClass(raw)} AS k${i}`);
    const counts = cells.map((_, i) => tallies(`k${i}`));
    const sql = `SELECT ${counts.flat().join(', ')} FROM (SELECT ${classes.join(', ')} FROM ${table})`;
    const [totals] = await query(db, file.name, sql);
    const each = counts[0].length;
    const columns = cells.map((raw, i) => {
      const kind = textKind(totals.slice(i * each, (i + 1) * each).map(Number), onlyText[i]);
      return { kind, sql: textValue(raw, kind), raw };
    });
    return { file: file.name, digest, rows, columns: await readColumns(db, file.name, { ...source, columns }) };
  });
}

async function readParquet(file: TableFile): Promise<Dataset> {
  const hash = newHash();
  const read = (from: string) =>
    withDuckDB(async (db) => {
      const source = await parquetSource(db, file, from);
      checkNames(file.name, source.names);
      return { rows: source.rows, columns: await readColumns(db, file.name, source) };
    });
  const table = file.gzip ? await withUnzipped(file, hash, read) : await read(file.path);
  if (!file.gzip) for await (const _ of contents(file, hash));
  return { file: file.name, digest: digestOf(hash), ...table };
}

/** DuckDB would rename doubled columns without a word. */
function checkNames(file: string, names: readonly string[]): void {
  const seen = new Map<string, number>();
  names.forEach((name, i) => {
    const before = seen.get(name);
    if (before !== undefined)
      throw new InputError(`${file}: columns ${before + 1} and ${i + 1} are both called "${name}"; rename one`);
    seen.set(name, i);
  });
}
