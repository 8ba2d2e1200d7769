import { InputError } from '../../array/errors.ts';
import { coded, many } from '../columns.ts';
import type { Dataset, Finding } from '../dataset.ts';
import { columnOf, fileGroup } from '../series/table.ts';
import type { Split } from '../split-names.ts';

/** A group by name, or none where a picture has no class. */
type GroupName = string | undefined;

/** What no table tells: the group by the name of the file. @param what the pictures are, for the message */
export function groupOfFile(group: string | undefined, file: string, what: string): GroupName {
  if (group === undefined) return undefined;
  const name = fileGroup(group, file);
  if (name !== undefined) return name;
  throw new InputError(
    `--group ${group}: ${what} have no columns; write file:PATTERN, what a regular expression finds in the file's name`,
  );
}

/**
 * The group of every row of a table: the value of a column as text; or, where no column is called so, `file` and
 * `file:PATTERN` (see `fileGroup`).
 *
 * @param labels of the rows: those without one need no group  @param label the columns of the label
 * @param fileOf the file of a row's picture
 * @throws InputError unknown column (with the nearest name), a labelled row without a value, the label itself
 */
export function groupsOfTable(
  table: Dataset,
  group: string | undefined,
  labels: readonly (string | undefined)[],
  label: readonly string[],
  fileOf: (row: number) => string,
): readonly GroupName[] {
  if (group === undefined) return labels.map(() => undefined);
  const isColumn = table.columns.some(({ name }) => name === group);
  if (!isColumn && fileGroup(group, fileOf(0)) !== undefined)
    return labels.map((_, row) => fileGroup(group, fileOf(row)));
  if (label.includes(group))
    throw new InputError(`${table.file}: column "${group}" stands in --label and in --group; it can have one role`);
  const { codes, values } = coded(columnOf(table, group, '--group'));
  const gaps = labels.flatMap((text, row) => (text !== undefined && codes[row] < 0 ? [row] : []));
  if (gaps.length > 0)
    throw new InputError(
      `${table.file}: group "${group}" is missing in ${many(gaps.length, 'labelled row')} (data row ${gaps[0] + 1} first); fill it in, or take these rows out`,
    );
  return Array.from(codes, (code) => (code < 0 ? undefined : values[code]));
}

/** Groups as numbers, in the order of their first picture, -1 for none; nothing where no picture has one. */
export function groupsOf(
  names: readonly GroupName[],
  splits: readonly Split[] | undefined,
): { groups?: Int32Array; groupNames?: readonly string[]; findings: readonly Finding[] } {
  const places = new Map<string, number>();
  const groups = Int32Array.from(names, (name) => {
    if (name === undefined) return -1;
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    return place;
  });
  if (places.size === 0) return { findings: [] };
  const groupNames = [...places.keys()];
  return { groups, groupNames, findings: [...sizesOf(groups, groupNames), ...tornGroups(groups, groupNames, splits)] };
}

function sizesOf(groups: Int32Array, names: readonly string[]): Finding[] {
  const counts = new Int32Array(names.length);
  for (const group of groups) if (group >= 0) counts[group]++;
  const most = counts.reduce((best, count) => Math.max(best, count), 0);
  const largest = `the largest ("${names[counts.indexOf(most)]}") has ${many(most, 'picture')}`;
  if (most > 1)
    return [{ kind: 'groups', severity: 'info', detail: `${many(names.length, 'group')} of pictures; ${largest}` }];
  const detail = 'every picture is a group of its own, so nothing is held together';
  return [{ kind: 'groups', severity: 'warning', detail, override: 'another --group, or none' }];
}

/** A division that came with the data is kept, also where it tears groups. */
function tornGroups(groups: Int32Array, names: readonly string[], splits: readonly Split[] | undefined): Finding[] {
  if (!splits) return [];
  const sides = names.map(() => new Set<Split>());
  groups.forEach((group, i) => {
    if (group >= 0) sides[group].add(splits[i]);
  });
  const torn = names.filter((_, g) => sides[g].size > 1);
  if (torn.length === 0) return [];
  const detail = `${many(torn.length, 'group')} of ${names.length.toLocaleString('en-GB')} ${torn.length === 1 ? 'stands' : 'stand'} on both sides of the division that came with the data (first "${torn[0]}"): the result is too rosy`;
  return [{ kind: 'torn-groups', severity: 'warning', detail, override: '--pool divides anew, whole groups together' }];
}
