import { InputError } from '../../array/errors.ts';
import type { Division, Sizes } from './stratified.ts';

/**
 * Forward in time: rows sorted by time make folds + 1 consecutive blocks of equal size, moved to where the time changes, so
 * that equal times stay together. Fold k: training side blocks 0..k, its last part (share `validation`, again at a change
 * of time) for validation; test block k + 1. Every training time < every validation time < every test time.
 *
 * With groups, rows of validation whose group is in training, and rows of test whose group is in either, are left out.
 *
 * @throws InputError too few distinct times, or a part left empty by its groups
 */
export function forwardInTime(
  rows: Int32Array,
  times: Float64Array,
  groups: Int32Array | undefined,
  { folds, validation }: Sizes,
): Division[] {
  const order = rows.slice().sort((a, b) => times[a] - times[b] || a - b);
  const n = order.length;
  const starts = Array.from({ length: folds + 2 }, (_, b) =>
    changeNear(order, times, Math.round((n * b) / (folds + 1))),
  );
  const fits = starts.every((start, b) => b === 0 || start > starts[b - 1]);
  if (!fits || changes(order, times, starts[1]) < 2) {
    const distinct = changes(order, times, n);
    throw new InputError(
      `--folds ${folds}: the time column has ${distinct} distinct times, too few or too unevenly filled for ${folds + 1} blocks; use fewer folds`,
    );
  }
  return Array.from({ length: folds }, (_, fold) => {
    const end = starts[fold + 1];
    const cut = innerCut(order, times, end, validation);
    const train = order.slice(0, cut);
    const known = (held: Int32Array) => new Set(Array.from(held, (row) => groups?.[row]));
    const fresh = (part: Int32Array, met: Set<number | undefined>) =>
      groups ? part.filter((row) => !met.has(groups[row])) : part;
    const inner = fresh(order.slice(cut, end), known(train));
    const test = fresh(order.slice(end, starts[fold + 2]), known(order.slice(0, end)));
    for (const [part, held] of [['validation', inner] as const, ['test', test] as const])
      if (held.length === 0)
        throw new InputError(
          `--group with --time: every group in the ${part} part of fold ${fold + 1} was met before it; use --time alone (same groups, later) or --group alone (new groups)`,
        );
    return { fold, train: train.sort(), validation: inner.sort(), test: test.sort() };
  });
}

/** The position nearest to `at` where the time changes (or an end). */
function changeNear(order: Int32Array, times: Float64Array, at: number): number {
  const isChange = (i: number) => i <= 0 || i >= order.length || times[order[i]] !== times[order[i - 1]];
  for (let step = 0; ; step++) {
    if (at - step >= 0 && isChange(at - step)) return at - step;
    if (at + step <= order.length && isChange(at + step)) return at + step;
  }
}

/** Where validation begins within the first `end` rows: both parts keep at least one row. */
function innerCut(order: Int32Array, times: Float64Array, end: number, validation: number): number {
  const cut = changeNear(order, times, Math.round((1 - validation) * end));
  if (cut > 0 && cut < end) return cut;
  // One time fills the wanted part: begin at the nearest change inside.
  for (let step = 1; step < end; step++) {
    const [before, after] = [end - step, step];
    const at = cut >= end ? before : after;
    if (times[order[at]] !== times[order[at - 1]]) return at;
  }
  throw new RangeError('forwardInTime: no change of time within the training side');
}

/** Distinct times among the first `end` rows. */
function changes(order: Int32Array, times: Float64Array, end: number): number {
  let count = end > 0 ? 1 : 0;
  for (let i = 1; i < end; i++) if (times[order[i]] !== times[order[i - 1]]) count++;
  return count;
}
