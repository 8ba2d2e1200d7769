import { fixed, meanOf, table } from './figures.ts';
import { rows } from './methods.ts';
import { overSets, type Study } from './summary.ts';

/** Macro recall and F1, 0..1, of one training. */
export interface Measured {
  readonly recall: number;
  readonly f1: number;
  readonly seconds: number;
}

/** A training here and one in PyTorch on the same items. */
export interface Line {
  readonly set: string;
  readonly seed: number;
  readonly method: string;
  readonly ours: Measured;
  readonly pytorch: Measured;
}

/** Points allowed between the two: on average over methods, and of each method. */
const [ON_AVERAGE, EACH] = [1.5, 3];

/** In percent. */
interface Pair {
  readonly own: number;
  readonly theirs: number;
}

const apart = ({ own, theirs }: Pair) => own - theirs;
const shown = (pair: Pair) =>
  `${fixed(pair.own, 1)} / ${fixed(pair.theirs, 1)} (${apart(pair) > 0.05 ? '+' : ''}${fixed(apart(pair), 1)})`;

function within(named: readonly (readonly [string, Pair])[]): string {
  const average = meanOf(named.map(([, pair]) => Math.abs(apart(pair)))) ?? 0;
  const out = named.filter(([, pair]) => Math.abs(apart(pair)) > EACH).map(([name]) => name);
  return `${fixed(average, 1)} points apart on average (${average <= ON_AVERAGE ? 'within' : 'not within'} ${ON_AVERAGE}), ${out.length === 0 ? `each within ${EACH}` : `more than ${EACH}: ${out.join(', ')}`}`;
}

/** What `npm run longtail:pytorch` measured: each set, and the mean over them. */
export function onSameItems(lines: readonly Line[]): string[] {
  if (lines.length === 0) return [];
  const methods = [...new Set(lines.map(({ method }) => method))];
  const of = (name: string, method: string) => lines.filter((line) => line.set === name && line.method === method);
  // Every method was run on the sets that are shown.
  const names = [...new Set(lines.map(({ set }) => set))].filter((name) =>
    methods.every((method) => of(name, method).length > 0),
  );
  const mean = (own: readonly Line[], metric: 'recall' | 'f1'): Pair => ({
    own: 100 * (meanOf(own.map(({ ours }) => ours[metric])) ?? Number.NaN),
    theirs: 100 * (meanOf(own.map(({ pytorch }) => pytorch[metric])) ?? Number.NaN),
  });
  /** `1 seed`, or `1 to 3 seeds` where the methods have different numbers of them. */
  const seeds = (name: string) => {
    const each = methods.map((method) => of(name, method).length);
    const [least, most] = [Math.min(...each), Math.max(...each)];
    return `${least === most ? '' : `${least} to `}${most} seed${most === 1 ? '' : 's'}`;
  };
  const tables = (['recall', 'f1'] as const).map((metric) => {
    const each = methods.map((method) => {
      const pairs = names.map((name) => mean(of(name, method), metric));
      const over = (side: keyof Pair) => meanOf(pairs.map((pair) => pair[side])) ?? Number.NaN;
      return { method, pairs, whole: { own: over('own'), theirs: over('theirs') } };
    });
    const title = metric === 'recall' ? 'macro recall' : 'macro F1';
    return {
      lines: table(
        [title, ...names.map((name) => `\`${name}\``), 'mean'],
        each.map(({ method, pairs, whole }) => [method, ...[...pairs, whole].map(shown)]),
      ),
      words: `${title} ${within(each.map(({ method, whole }) => [method, whole] as const))}`,
    };
  });
  return [
    `Trained here / in PyTorch (\`npm run longtail:pytorch\`; difference) on the same items, with the same nets, batches and steps, the random numbers apart; no items held back and no early stopping on either side, so the figures are not those of the other tables. Gamma 0, percent; ${names.map((name) => `\`${name}\` ${seeds(name)}`).join(', ')}.`,
    '',
    ...tables.flatMap((own) => own.lines),
    `In the mean over sets: ${tables.map((own) => own.words).join('; ')}.`,
    '',
  ];
}

/** Beside what an earlier study measured, once all the development sets are there. */
export function besideEarlier(studies: readonly Study[], wanted: number): string[] {
  if (studies.length < wanted) return [`Beside an earlier study: once all ${wanted} development sets are there.`, ''];
  const compared = rows().flatMap(({ name, method, torch }) => {
    const [recall, f1, rarest] = ['macro-recall', 'macro-f1', 'rarest'].map((metric) =>
      meanOf(overSets(studies, method, metric, 'zero') ?? []),
    );
    if (!torch || recall === null || f1 === null || rarest === null) return [];
    const pair = (own: number, theirs: number): Pair => ({ own: 100 * own, theirs });
    return [{ name, recall: pair(recall, torch.recall), f1: pair(f1, torch.f1), rarest: pair(rarest, torch.rarest) }];
  });
  const words = (metric: 'recall' | 'f1') => within(compared.map((row) => [row.name, row[metric]] as const));
  return [
    'The results of this page / the table of an earlier study in PyTorch on the same six sets (difference): gamma 0, mean over sets, percent. Divisions, early stopping, windows and where the rarest third is cut may differ.',
    '',
    ...table(
      ['method', 'macro recall', 'macro F1', 'rarest third'],
      compared.map(({ name, recall, f1, rarest }) => [name, shown(recall), shown(f1), shown(rarest)]),
    ),
    `Macro recall: ${words('recall')}. Macro F1: ${words('f1')}.`,
    '',
  ];
}
