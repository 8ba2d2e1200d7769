import { InputError } from '../../array/errors.ts';
import type { Random } from '../../array/random.ts';
import type { Fold } from '../dataset.ts';

export interface Sizes {
  readonly folds: number;
  /** Share of the training side. */
  readonly validation: number;
}

export type Division = Omit<Fold, 'repeat'>;

/**
 * Stratified K-fold. Class after class, its rows are shuffled and dealt to the folds in turn; the next class goes on where
 * the last one stopped. So the folds' counts differ by at most 1, in every class and in all.
 *
 * @throws InputError when no class has two rows on the training side
 * @param rows labelled rows, ascending   @param labels class of every row of the data set
 */
export function stratified(
  rows: Int32Array,
  labels: Int32Array,
  classes: number,
  sizes: Sizes,
  random: Random,
): Division[] {
  const { folds } = sizes;
  const foldOf = new Int32Array(labels.length);
  let turn = random.integer(folds);
  for (const members of byClass(rows, labels, classes))
    for (const row of random.shuffle(members)) {
      foldOf[row] = turn;
      turn = (turn + 1) % folds;
    }
  return Array.from({ length: folds }, (_, fold) => {
    const test = rows.filter((row) => foldOf[row] === fold);
    const side = rows.filter((row) => foldOf[row] !== fold);
    const parts = stratifiedValidation(side, labels, classes, sizes.validation, random);
    if (parts.validation.length === 0)
      throw new InputError(
        `--folds ${folds}: ${rows.length} labelled rows are too few for a validation part; collect more`,
      );
    return { fold, ...parts, test };
  });
}

/**
 * Takes the share `validation` of each class out of the training side: the nearest whole number, but at least 1 and never
 * all where the class has two or more rows. A class of one row stays in training.
 */
export function stratifiedValidation(
  side: Int32Array,
  labels: Int32Array,
  classes: number,
  validation: number,
  random: Random,
) {
  const chosen = new Uint8Array(labels.length);
  for (const members of byClass(side, labels, classes)) {
    const n = members.length;
    const size = n < 2 ? 0 : Math.min(n - 1, Math.max(1, Math.round(validation * n)));
    for (const row of random.shuffle(members).subarray(0, size)) chosen[row] = 1;
  }
  return { train: side.filter((row) => chosen[row] === 0), validation: side.filter((row) => chosen[row] === 1) };
}

function byClass(rows: Int32Array, labels: Int32Array, classes: number): Int32Array[] {
  const sizes = new Int32Array(classes);
  for (const row of rows) sizes[labels[row]]++;
  const members = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  for (const row of rows) members[labels[row]][sizes[labels[row]]++] = row;
  return members;
}
