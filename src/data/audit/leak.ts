import { coded, flag, hasAtMost, isMissing, majority, many, missingCount, percent, valueText } from '../columns.ts';
import type { Column, Finding } from '../dataset.ts';
import { siblings } from './siblings.ts';
import type { Suspects } from './suspects.ts';

/**
 * Columns that tell the label instead of predicting it: they were written down with it or after it.
 *
 * A strong predictor must not be taken for one, so each rule asks for near certainty. P is a target: one class other than
 * the commonest, or "any class but the commonest", each only where it is the smaller part (at most half of the rows).
 *
 * 1. flag: a column with two values, or seen as two (filled or missing; one value that more than half of the rows share, or
 *    another). The rarer side has at least 5 rows, at least 95 % of them in P, smoothed odds of P at least 100 times
 *    those in all rows, and less than one chance in a million of being so by luck (Chernoff: m KL(p || pi) > ln 1e6).
 * 2. code: guessing each row's class by the other rows with the same value (leaving the row itself out) makes at most 5 %
 *    of the errors of always guessing the commonest class; 1 % for numbers, of at most 32 distinct values. Categories of
 *    which single levels are pure as in rule 1 and hold half of P together are leaks too.
 * 3. threshold: one threshold on a number parts P from the rest with precision and recall of at least 99 %, P being half of
 *    a two-class label or "any class but the commonest". Where P is one class of several (as Iris setosa), it is a warning
 *    alone and the column stays.
 * 4. sibling (siblings.ts): a rare 0/1 column within a block of adjacent 0/1 columns most of which are leaks or labels.
 */
export function labelLeaks(suspects: Suspects): Finding[] {
  const found = new Map<string, string>();
  const warned = new Map<string, string>();
  const targets = makeTargets(suspects);
  for (const column of suspects.inputs) {
    const detail = flagLeak(column, suspects, targets) ?? codeLeak(column, suspects, targets);
    if (detail !== undefined) found.set(column.name, detail);
    else if (column.kind === 'number') {
      const threshold = thresholdLeak(column, suspects, targets);
      if (threshold !== undefined) (threshold.whole ? found : warned).set(column.name, threshold.detail);
    }
  }
  for (const [name, detail] of siblings(suspects, found)) found.set(name, detail);
  return suspects.inputs.flatMap(({ name }): Finding[] => {
    const detail = found.get(name);
    if (detail !== undefined)
      return [{ kind: 'label-leak', column: name, severity: 'excluded', detail, override: flag('keep', name) }];
    const warning = warned.get(name);
    if (warning === undefined) return [];
    return [{ kind: 'label-leak', column: name, severity: 'warning', detail: warning, override: flag('ignore', name) }];
  });
}

interface Target {
  /** `class "TWF"`, `any class but "none"`. */
  readonly title: string;
  /** 1 where the row belongs to it, by row of the data set. */
  readonly member: Uint8Array;
  /** The rows that belong to it, ascending. */
  readonly rows: Int32Array;
  readonly count: number;
  /** Share of the labelled rows. */
  readonly share: number;
  /** It parts the whole label (two classes), or the commonest class from all others. */
  readonly whole: boolean;
}

function makeTargets({ labels, rows, classes }: Suspects): Target[] {
  const target = (title: string, whole: boolean, own: readonly number[]): Target => {
    const member = new Uint8Array(labels.length);
    for (const row of own) member[row] = 1;
    return { title, member, rows: Int32Array.from(own), count: own.length, share: own.length / rows.length, whole };
  };
  const byClass = classes.map((): number[] => []);
  labels.forEach((label, row) => {
    if (label >= 0) byClass[label].push(row);
  });
  const targets = classes.slice(1).map((name, i) => target(`class "${name}"`, classes.length === 2, byClass[i + 1]));
  if (classes.length > 2) {
    const others = Array.from(labels.keys()).filter((row) => labels[row] > 0);
    targets.push(target(`any class but "${classes[0]}"`, true, others));
  }
  return targets.filter(({ share }) => share <= 0.5);
}

/** Is it beyond doubt that `hits` of `size` rows in a target of share `share` is no chance and no mere good predictor? */
function nearlyPure(hits: number, size: number, share: number): boolean {
  if (size < 5 || hits < 0.95 * size) return false;
  const odds = (hits + 0.5) / (size - hits + 0.5) / (share / (1 - share));
  const p = hits / size;
  const divergence = p * Math.log(p / share) + (p < 1 ? (1 - p) * Math.log((1 - p) / (1 - share)) : 0);
  return odds >= 100 && size * divergence > Math.log(1e6);
}

function flagLeak(column: Column, { rows }: Suspects, targets: readonly Target[]): string | undefined {
  for (const { title, holds } of sides(column, rows)) {
    const inside = rows.filter(holds);
    for (const target of targets) {
      const hits = inside.reduce((sum, row) => sum + target.member[row], 0);
      if (nearlyPure(hits, inside.length, target.share))
        return `of the ${many(inside.length, 'row')} ${title}, ${hits.toLocaleString('en-GB')} are of ${target.title} (${percent(target.share)} of all rows are): it nearly tells the label, so it was likely written down with it`;
    }
  }
  return undefined;
}

/** The ways to see a column as a flag, by their rarer side. */
function sides(column: Column, rows: Int32Array): { title: string; holds: (row: number) => boolean }[] {
  const result: { title: string; holds: (row: number) => boolean }[] = [];
  const missing = missingCount(column, rows);
  if (missing > 0 && missing < rows.length) {
    const rarer = missing <= rows.length / 2;
    result.push({
      title: rarer ? 'where it is missing' : 'where it is filled in',
      holds: (row) => isMissing(column, row) === rarer,
    });
  }
  if (column.kind === 'date') return result;
  if (hasAtMost(2, column, rows)) {
    const { codes, values, counts } = coded(column, rows);
    if (values.length < 2) return result;
    const rarer = counts[1] <= counts[0] ? 1 : 0;
    result.push({ title: `where it is "${values[rarer]}"`, holds: (row) => codes[row] === rarer });
  } else if (column.kind === 'number') {
    const commonest = majority(column, rows);
    const holds = (row: number) => !isMissing(column, row) && column.values[row] !== commonest;
    if (!Number.isNaN(commonest)) result.push({ title: `where it is not "${valueText(column, commonest)}"`, holds });
  }
  return result;
}

function codeLeak(column: Column, suspects: Suspects, targets: readonly Target[]): string | undefined {
  const { rows, labels, classes } = suspects;
  if (column.kind === 'date' || (column.kind === 'number' && !hasAtMost(32, column, rows))) return undefined;
  const { codes, values, counts } = coded(column, rows);
  if (values.length < 2 || values.length > rows.length / 2) return undefined;
  const C = classes.length;
  const table = new Int32Array(values.length * C);
  for (const row of rows) if (codes[row] >= 0) table[codes[row] * C + labels[row]]++;
  let [errors, baseline] = [0, 0];
  for (const row of rows) {
    if (labels[row] !== 0) baseline++;
    if (guess(table, C, codes[row], labels[row]) !== labels[row]) errors++;
  }
  if (baseline >= 5 && errors <= (column.kind === 'number' ? 0.01 : 0.05) * baseline)
    return `its value tells the class of ${percent(1 - errors / rows.length)} of the rows (always guessing "${classes[0]}" is right in ${percent(1 - baseline / rows.length)}): it nearly tells the label`;
  if (column.kind !== 'category') return undefined;
  for (const target of targets) {
    const inLevel = new Int32Array(values.length);
    for (const row of rows) if (codes[row] >= 0) inLevel[codes[row]] += target.member[row];
    const pure = values.filter((_, v) => nearlyPure(inLevel[v], counts[v], target.share));
    const covered = values.reduce((sum, value, v) => sum + (pure.includes(value) ? inLevel[v] : 0), 0);
    if (covered >= target.count / 2)
      return `${pure.length === 1 ? `its value "${pure[0]}" stands` : `${pure.length} of its values stand`} for ${target.title} nearly alone and ${pure.length === 1 ? 'covers' : 'cover'} ${percent(covered / target.count)} of it: it nearly tells the label`;
  }
  return undefined;
}

/** Commonest class among the other rows of the same value; the commonest of all where there is none. */
function guess(table: Int32Array, C: number, code: number, own: number): number {
  if (code < 0) return 0;
  let [best, most] = [0, 0];
  for (let c = 0; c < C; c++) {
    const count = table[code * C + c] - (c === own ? 1 : 0);
    if (count > most) [best, most] = [c, count];
  }
  return best;
}

function thresholdLeak(
  column: Column,
  { rows }: Suspects,
  targets: readonly Target[],
): { detail: string; whole: boolean } | undefined {
  if (column.kind !== 'number') return undefined;
  const { values } = column;
  const sorted = (own: Int32Array) =>
    Float64Array.from(own, (row) => values[row])
      .filter(isThere)
      .sort();
  const all = sorted(rows);
  for (const { title, rows: own, count, whole } of targets) {
    if (count < 5) continue;
    const members = sorted(own);
    // Members that the threshold may miss, less those without a value.
    const slack = Math.floor(0.01 * count) - (count - members.length);
    if (slack < 0) continue;
    for (const side of ['at least', 'at most']) {
      const threshold = side === 'at least' ? members[slack] : members[members.length - 1 - slack];
      const beyond = (some: Float64Array) =>
        side === 'at least' ? some.length - below(some, threshold, false) : below(some, threshold, true);
      const [hits, size] = [beyond(members), beyond(all)];
      if (hits < 0.99 * size) continue;
      const detail = `${hits.toLocaleString('en-GB')} of the ${many(size, 'row')} where it is ${side} ${threshold} are of ${title}, which has ${many(count, 'row')}: one threshold nearly tells the label`;
      return { detail: whole ? detail : `${detail}; kept, since it may be a fair sign of that class`, whole };
    }
  }
  return undefined;
}

const isThere = (value: number): boolean => !Number.isNaN(value);

/** How many of the ascending values are less than the threshold, or with `equal` at most it. */
function below(sorted: Float64Array, threshold: number, equal: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < threshold || (equal && sorted[middle] === threshold)) low = middle + 1;
    else high = middle;
  }
  return low;
}
