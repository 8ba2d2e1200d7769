import { dirname, join, relative, resolve, sep } from 'node:path';
import { InputError } from '../../array/errors.ts';
import { byName, coded, isMissing, keyOf, many, valueText } from '../columns.ts';
import type { Column, Dataset, Finding } from '../dataset.ts';
import { readTable } from '../readers/table.ts';
import { columnOf } from '../series/table.ts';
import { splitOfName } from '../split-names.ts';
import { PICTURE_NAME } from './decode.ts';
import { groupsOfTable } from './groups.ts';
import { tableLabels } from './labels.ts';
import { firstOf, type PictureEntry, type PictureFile, type PictureOptions } from './picture-set.ts';

/**
 * Pictures named by tables, one a row: a column of paths, which start from the table's own folder and may not leave it, and
 * a label column (or several 0/1 columns, as with tables). A column `split` of `train` and `test` divides them (`val` goes
 * with training where there is a `test`), or so do the names of two tables or more (`train.csv`, `test.csv`). Links within
 * the folder are followed. Groups are a column too, or told by the pictures' names.
 *
 * @throws InputError what `readTable` and `makeLabel` refuse, unknown columns, a missing path, a path outside the folder
 */
export async function listEntries(
  files: readonly string[],
  options: PictureOptions,
): Promise<{ entries: PictureEntry[]; files: PictureFile[]; findings: Finding[] }> {
  const tables: Dataset[] = [];
  for (const file of files) tables.push(await readTable(file));
  const wanted = options.label ?? [];
  if (wanted.length === 0)
    throw new InputError(`${files[0]}: no label named; name the column of the classes: --label COLUMN`);
  const labels = tableLabels(tables, wanted);
  const findings = [...labels.findings];
  const entries = tables.flatMap((table, t): PictureEntry[] => {
    const column = pathColumn(table, options.path, findings);
    const split = splitColumn(table, wanted);
    const texts = labels.texts[t];
    const places = texts.map((_, row) => placed(table, column, row));
    const groups = groupsOfTable(table, options.group, texts, wanted, (row) => places[row].path);
    return places.map(({ path, inside }, row) => {
      const side = split ? split(row) : files.length > 1 ? splitOfName(table.file) : undefined;
      const name = join(dirname(table.file), inside);
      return { path, name, inside, label: texts[row], group: groups[row], split: side };
    });
  });
  return {
    entries,
    files: tables.map(({ file, digest, rows }) => ({ file, digest, rows })),
    findings: [...findings, ...doubled(entries)],
  };
}

/** Names of pictures in more than half of the rows. */
export function holdsPictureNames(column: Column): boolean {
  if (column.kind !== 'category') return false;
  let count = 0;
  for (const code of column.codes) if (code >= 0 && PICTURE_NAME.test(column.levels[code])) count++;
  return 2 * count > column.codes.length;
}

function pathColumn(table: Dataset, name: string | undefined, findings: Finding[]): Column {
  if (name !== undefined) return columnOf(table, name, '--path');
  const found = table.columns.filter(holdsPictureNames);
  if (found.length !== 1)
    throw new InputError(
      `${table.file}: ${found.length === 0 ? 'no column holds' : `columns ${found.map((own) => `"${own.name}"`).join(', ')} hold`} names of pictures; name the column of the paths: --path COLUMN`,
    );
  findings.push({
    kind: 'path-column',
    column: found[0].name,
    severity: 'info',
    detail: `${table.file}: the pictures' paths are taken from column "${found[0].name}"`,
    override: '--path COLUMN',
  });
  return found[0];
}

/** The side that the column `split` tells, or undefined where there is no such column (or it is the label). */
function splitColumn(table: Dataset, label: readonly string[]): ((row: number) => 'train' | 'test') | undefined {
  const column = table.columns.find(({ name }) => name.toLowerCase() === 'split' && !label.includes(name));
  if (column === undefined) return undefined;
  const { codes, values } = coded(column);
  const told = values.map(splitOfName);
  const validation = told.includes('test') ? 'train' : 'test';
  const sides = values.map((value, i) => (/^val(id(ation)?)?$/i.test(value) ? validation : told[i]));
  return (row) => {
    const side = codes[row] < 0 ? undefined : sides[codes[row]];
    if (side) return side;
    const text = codes[row] < 0 ? 'nothing' : `"${values[codes[row]]}"`;
    throw new InputError(
      `${table.file}: column "${column.name}" holds ${text} in row ${row + 1} of the data; it must hold train, val or test, or have another name`,
    );
  };
}

function placed(table: Dataset, column: Column, row: number): { path: string; inside: string } {
  const place = `${table.file}: column "${column.name}", row ${row + 1} of the data`;
  if (isMissing(column, row)) throw new InputError(`${place}: no path; fill it in or delete the row`);
  const text = valueText(column, keyOf(column, row));
  const folder = resolve(dirname(table.file));
  const path = resolve(folder, text.replaceAll('\\', '/'));
  const inside = relative(folder, path);
  if (inside === '..' || inside.startsWith(`..${sep}`) || resolve(folder, inside) !== path || inside === '')
    throw new InputError(
      `${place}: ${JSON.stringify(text)} is a path outside the folder (${dirname(table.file)}); move the pictures into it, or the table above them`,
    );
  return { path, inside: inside.replaceAll(sep, '/') };
}

/** The same picture twice may stand on both sides of a split, or in two classes. */
function doubled(entries: readonly PictureEntry[]): Finding[] {
  const rows = new Map<string, PictureEntry[]>();
  for (const entry of entries) rows.set(entry.path, [...(rows.get(entry.path) ?? []), entry]);
  const twice = [...rows.values()].filter((same) => same.length > 1).sort((a, b) => byName(a[0].inside, b[0].inside));
  if (twice.length === 0) return [];
  const torn = twice.filter((same) => new Set(same.map(({ label }) => label)).size > 1);
  const detail = `${many(twice.length, 'picture')} named by several rows (${many(torn.length, 'of them with different label')}): ${firstOf(twice.map(([{ inside }]) => inside))}; kept, but one row each should name a picture`;
  return [{ kind: 'doubled-pictures', severity: 'warning', detail }];
}
