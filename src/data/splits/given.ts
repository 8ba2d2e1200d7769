import { InputError } from '../../array/errors.ts';
import type { Random } from '../../array/random.ts';
import type { Split } from '../pictures/picture-set.ts';
import { groupedValidation } from './grouped.ts';
import { type Division, stratifiedValidation } from './stratified.ts';

/**
 * The division that came with the data: one fold; validation is drawn from the training side, whole groups where there are
 * some.
 * @throws InputError a side without labelled items, a training side too small for a validation part
 */
export function given(
  rows: Int32Array,
  labels: Int32Array,
  classes: number,
  splits: readonly Split[],
  groups: Int32Array | undefined,
  validation: number,
  random: Random,
): Division[] {
  const side = rows.filter((row) => splits[row] === 'train');
  const test = rows.filter((row) => splits[row] === 'test');
  for (const [name, own] of [
    ['training', side],
    ['test', test],
  ] as const)
    if (own.length === 0)
      throw new InputError(`the ${name} side of the data has no labelled item; add --pool to divide all of it anew`);
  const parts =
    groups && new Set(Array.from(side, (row) => groups[row])).size > 1
      ? groupedValidation(side, labels, classes, groups, validation, random)
      : stratifiedValidation(side, labels, classes, validation, random);
  if (parts.validation.length === 0)
    throw new InputError(`${side.length} labelled training items are too few for a validation part; collect more`);
  return [{ fold: 0, ...parts, test }];
}
