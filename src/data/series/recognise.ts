import { InputError } from '../../array/errors.ts';
import { openTable } from '../readers/file.ts';
import { fieldsOf, isMissingText } from './rows.ts';

/** What files of time series are taken for: raw samples, one whole series a line, or tables with one step a row. */
export type SeriesKind = 'recordings' | 'raw' | 'rows';

export interface RecogniseOptions {
  /** Columns that are measured. */
  readonly series?: readonly string[];
  /** A table of events. */
  readonly events?: string;
}

/** A line of this many numbers is no table without names, but a series. `.tsv` and `.txt` are the archive's own: any count. */
const WIDE = 8;

/**
 * What kind of time series the files hold:
 *
 * - `raw`: `.i16`.
 * - `rows`: `.ts`, and text whose first line holds numbers instead of names: `.tsv`, `.txt`, and `.csv` of 8 fields or more.
 *   (Numbers at even steps, as 0,1,2,..., are names.)
 * - `recordings`: other files where `series` names columns, or `events` says that they are series.
 *
 * gzipped or not.
 *
 * @returns undefined for ordinary tables and whatever else is no series. A file that can't be opened is told by its name; its
 *   reader then says what is wrong
 * @throws InputError files of several kinds
 */
export async function recogniseSeries(
  files: readonly string[],
  options: RecogniseOptions = {},
): Promise<SeriesKind | undefined> {
  const kinds = await Promise.all(files.map((file) => kindOf(file, options)));
  const other = kinds.findIndex((kind) => kind !== kinds[0]);
  if (other > 0) throw new InputError(`${files[other]}: of another kind than ${files[0]}; give files of one kind`);
  return kinds[0];
}

async function kindOf(file: string, { series, events }: RecogniseOptions): Promise<SeriesKind | undefined> {
  const ending = /\.([a-z0-9]+)(\.gz|\.gzip)?$/i.exec(file)?.[1].toLowerCase() ?? '';
  if (ending === 'i16') return 'raw';
  if (ending === 'ts') return 'rows';
  if (series !== undefined) return 'recordings';
  if (['tsv', 'txt', 'csv'].includes(ending) && (await startsWithSeries(file, ending))) return 'rows';
  return events === undefined ? undefined : 'recordings';
}

async function startsWithSeries(file: string, ending: string): Promise<boolean> {
  const head = await headOf(file);
  if (head === undefined) return ending !== 'csv';
  const [line] = head
    .replace(/^\ufeff/, '')
    .trimStart()
    .split('\n', 1);
  // Of a line longer than what was looked at, the last field may be cut.
  const fields = line.length < head.length ? fieldsOf(line.trim()) : fieldsOf(line.trim()).slice(0, -1);
  const [label, ...values] = fields;
  const least = ending === 'csv' ? WIDE - 1 : 1;
  if (values.length < least || !values.every(isNumber)) return false;
  const numbered = isNumber(label);
  if (ending === 'csv' && !numbered) return false;
  return !(numbered ? fields.length >= WIDE && even(fields) : even(values));
}

/** First text of the file; undefined where it can't be opened. */
async function headOf(file: string): Promise<string | undefined> {
  try {
    return (await openTable(file)).head.toString('utf8');
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

const isNumber = (text: string): boolean => isMissingText(text) || Number.isFinite(Number(text));

/** Numbers that rise by equal steps. */
function even(fields: readonly string[]): boolean {
  const step = Number(fields[1]) - Number(fields[0]);
  return step > 0 && fields.every((text, i) => Math.abs(Number(text) - Number(fields[0]) - i * step) < 1e-6 * step);
}
