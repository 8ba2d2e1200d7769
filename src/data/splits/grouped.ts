import { InputError } from '../../array/errors.ts';
import type { Random } from '../../array/random.ts';
import type { Division, Sizes } from './stratified.ts';

/** Tries for a validation part that holds, and leaves, every class. */
const TRIES = 8;

/**
 * Folds of whole groups, balanced by class: see {@link deal}. Validation groups are taken from the training side in the
 * same way; of several tries the one that leaves most classes both in training and in validation is taken, then the one
 * nearest to the wanted share.
 *
 * @throws InputError fewer groups than folds, or fewer than 3
 */
export function grouped(
  rows: Int32Array,
  labels: Int32Array,
  classes: number,
  groups: Int32Array,
  sizes: Sizes,
  random: Random,
): Division[] {
  const { folds, validation } = sizes;
  const distinct = new Set(Array.from(rows, (row) => groups[row])).size;
  const least = Math.max(folds, 3);
  if (distinct < least)
    throw new InputError(
      distinct < 3
        ? `--group: ${distinct} group${distinct === 1 ? '' : 's'} among the labelled rows; at least 3 are needed (training, validation, test)`
        : `--folds ${folds}: the group column has only ${distinct} groups; use --folds ${distinct} or fewer`,
    );
  const bins = deal(rows, labels, classes, groups, folds, random);
  return Array.from({ length: folds }, (_, fold) => {
    const test = rows.filter((row) => bins.get(groups[row]) === fold);
    const side = rows.filter((row) => bins.get(groups[row]) !== fold);
    if (side.every((row) => groups[row] === groups[side[0]]))
      throw new InputError(
        `--folds ${folds}: the training side of fold ${fold + 1} has one group only, none is left for validation; use more folds`,
      );
    return { fold, ...groupedValidation(side, labels, classes, groups, validation, random), test };
  });
}

/**
 * Deals groups to `count` bins: large groups first (by powers of two of their size, in random order within), each to the bin
 * where it costs least. The cost of a bin is sum_c (n_c / N_c)^2 + (n / N)^2, over classes c, so that every class and the
 * whole are spread evenly; ties go to a random bin.
 *
 * @returns bin of each group
 */
function deal(
  rows: Int32Array,
  labels: Int32Array,
  classes: number,
  groups: Int32Array,
  count: number,
  random: Random,
) {
  const totals = new Float64Array(classes + 1);
  const contents = new Map<number, Float64Array>();
  for (const row of rows) {
    let content = contents.get(groups[row]);
    if (content === undefined) {
      content = new Float64Array(classes + 1);
      contents.set(groups[row], content);
    }
    for (const k of [labels[row], classes]) {
      content[k]++;
      totals[k]++;
    }
  }
  const magnitude = (content: Float64Array) => Math.floor(Math.log2(content[classes]));
  const order = random.shuffle([...contents]).sort((a, b) => magnitude(b[1]) - magnitude(a[1]));
  const bins = random.shuffle(
    Array.from({ length: count }, (_, bin) => ({ bin, held: new Float64Array(classes + 1) })),
  );
  const binOf = new Map<number, number>();
  for (const [group, content] of order) {
    let [best, least] = [bins[0], Infinity];
    for (const candidate of bins) {
      let cost = 0;
      for (let k = 0; k <= classes; k++)
        if (totals[k] > 0) cost += ((candidate.held[k] + content[k]) ** 2 - candidate.held[k] ** 2) / totals[k] ** 2;
      if (cost < least - 1e-12) [best, least] = [candidate, cost];
    }
    for (let k = 0; k <= classes; k++) best.held[k] += content[k];
    binOf.set(group, best.bin);
  }
  return binOf;
}

/** Whole groups for validation, of several tries the best (see {@link grouped}). */
export function groupedValidation(
  side: Int32Array,
  labels: Int32Array,
  classes: number,
  groups: Int32Array,
  validation: number,
  random: Random,
) {
  const distinct = new Set(Array.from(side, (row) => groups[row])).size;
  const count = Math.max(2, Math.min(distinct, Math.round(1 / validation)));
  let best = { train: side, validation: new Int32Array(), score: -Infinity };
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const bins = deal(side, labels, classes, groups, count, random);
    for (let bin = 0; bin < count; bin++) {
      const inside = side.filter((row) => bins.get(groups[row]) === bin);
      const outside = side.filter((row) => bins.get(groups[row]) !== bin);
      const [held, left] = [present(inside, labels), present(outside, labels)];
      const both = [...held].filter((c) => left.has(c)).length;
      // A class lost to training weighs more than one that validation lacks; the share breaks ties.
      const score = 10 * left.size + both - Math.abs(inside.length / side.length - validation);
      if (score > best.score && inside.length > 0 && outside.length > 0)
        best = { train: outside, validation: inside, score };
    }
  }
  return { train: best.train, validation: best.validation };
}

const present = (rows: Int32Array, labels: Int32Array): Set<number> => new Set(Array.from(rows, (row) => labels[row]));
