import { many, percent } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import type { PictureSet } from './picture-set.ts';
import { ALIKE, findTwins, type Twins } from './twins.ts';

type Pictures = Pick<PictureSet, 'shape' | 'pixels' | 'labels' | 'names' | 'splits' | 'groups'>;

/** Twins on two sides of a division by chance: a warning from this share of the pictures on. */
const WORTH_A_WARNING = 0.01;

/**
 * Pictures that show the same (`findTwins`), among those with a class: `equal-pictures`, `near-twins` and `flat-pictures`.
 * A warning where some stand on both sides of the division that came with the data, or may well come to, or where they have
 * different classes: a model is then asked in the test what it was told in training, and the result is too rosy.
 */
export function twinFindings(set: Pictures): Finding[] {
  const rows = Array.from(set.labels.keys()).filter((i) => set.labels[i] >= 0);
  const twins = findTwins(set, rows);
  return [
    ...equalFinding(set, twins, rows.length),
    ...nearFinding(set, twins, rows.length),
    ...flatFinding(set, twins),
  ];
}

function equalFinding(set: Pictures, { equal, codes }: Twins, count: number): Finding[] {
  if (equal.length === 0) return [];
  const copies = equal.reduce((sum, own) => sum + own.length - 1, 0);
  const { torn, ...rest } = division(set, equal, count);
  const [first, second] = firstOf(set, equal);
  const only = codes ? '; the few values look like codes, so pictures that are merely alike were not looked for' : '';
  const detail = `${many(copies, 'picture')} (${percent(copies / count)}) ${copies === 1 ? 'equals' : 'equal'} an earlier one in every pixel (first ${set.names[first]} and ${set.names[second]})${torn}${contrary(set, equal, 'set')}${only}`;
  return [{ kind: 'equal-pictures', ...rest, detail }];
}

function nearFinding(set: Pictures, { equal, near, ended }: Twins, count: number): Finding[] {
  if (near.length === 0) return [];
  const copies = new Map(equal.map((own) => [own[0], own]));
  const families = near.map((pair) => pair.flatMap((i) => copies.get(i) ?? [i]));
  const pictures = new Set(families.flat()).size;
  const { torn, ...rest } = division(set, families, count);
  const [first, second] = firstOf(set, families);
  const size = set.shape.slice(1).map((side) => Math.min(side, 32));
  const detail = `${many(near.length, 'pair')} of near twins${ended ? ' or more (the search ended early)' : ''} among ${many(pictures, 'picture')} (${percent(pictures / count)}; first ${set.names[first]} and ${set.names[second]})${torn}${contrary(set, families, 'pair')}; told by brightness at ${size.join(' x ')} pixels: contrast evened and the mean picture taken off, it correlates by ${ALIKE} or more`;
  return [{ kind: 'near-twins', ...rest, detail }];
}

function flatFinding({ names }: Pictures, { flat }: Twins): Finding[] {
  if (flat.length === 0) return [];
  const detail = `${many(flat.length, 'picture')} of (almost) one value all over, first ${names[flat[0]]}: nothing to learn from, and not counted as copies of each other`;
  return [{ kind: 'flat-pictures', severity: 'warning', detail, override: 'look at them; take them out if empty' }];
}

/** Where the members of each family stand, in words. */
function division(
  { splits, groups, labels }: Pictures,
  families: readonly (readonly number[])[],
  count: number,
): { torn: string; severity: 'info' | 'warning'; override: string } {
  const conflict = families.some((own) => own.some((i) => labels[i] !== labels[own[0]]));
  if (splits) {
    const torn = families.filter((own) => own.some((i) => splits[i] !== splits[own[0]]));
    const tests = new Set(torn.flatMap((own) => own.filter((i) => splits[i] === 'test'))).size;
    const all = splits.reduce((sum, side, i) => sum + (side === 'test' && labels[i] >= 0 ? 1 : 0), 0);
    return {
      torn:
        tests === 0
          ? '; none across training and test'
          : `; ${tests.toLocaleString('en-GB')} of ${many(all, 'test picture')} ${tests === 1 ? 'has its' : 'have their'} twin in training: on ${tests === 1 ? 'it' : 'them'} the result is too rosy`,
      severity: tests > 0 || conflict ? 'warning' : 'info',
      override: 'take one of each out, or divide anew with --pool and a --group that holds them together',
    };
  }
  const loose = groups ? families.filter((own) => own.some((i) => groups[i] !== groups[own[0]])) : families;
  const pictures = new Set(loose.flat()).size;
  const severity = conflict || pictures > WORTH_A_WARNING * count ? 'warning' : 'info';
  if (groups && loose.length === 0)
    return { torn: '; --group holds all of them together', severity, override: 'take one of each out' };
  return {
    torn: groups
      ? `; ${loose.length.toLocaleString('en-GB')} of these ${families.length.toLocaleString('en-GB')} lie in different groups and may come to stand on both sides of a split: a result too rosy`
      : '; they may come to stand on both sides of a split: a result too rosy',
    severity,
    override: `take one of each out, or name what they share with ${groups ? 'another ' : ''}--group`,
  };
}

function contrary({ labels }: Pictures, families: readonly (readonly number[])[], noun: string): string {
  const torn = families.filter((own) => own.some((i) => labels[i] !== labels[own[0]])).length;
  return torn === 0 ? '' : `; ${many(torn, noun)} with different labels`;
}

/** The example to show: across the division where there is one such. */
function firstOf({ splits }: Pictures, families: readonly (readonly number[])[]): readonly [number, number] {
  for (const own of splits ? families : []) {
    const other = own.find((i) => splits?.[i] !== splits?.[own[0]]);
    if (other !== undefined) return [own[0], other];
  }
  return [families[0][0], families[0].find((i) => i !== families[0][0]) ?? families[0][0]];
}
