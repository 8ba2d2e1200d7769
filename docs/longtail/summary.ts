import type { Classification } from '../../src/pilot/result.ts';
import {
  armOf,
  fixed,
  meanOf,
  meanWithInterval,
  measured,
  type Point,
  percent,
  ranks,
  relativeCost,
  signed,
  table,
  type Value,
} from './figures.ts';
import { BALANCED, BASELINE, rows } from './methods.ts';
import type { StudySet } from './sets.ts';

/** A set with its result. */
export interface Study {
  readonly name: string;
  readonly set: StudySet;
  readonly result: Classification;
}

/** One number a set, for a method that was run on all of them; undefined where it is missing on one. */
export function overSets(studies: readonly Study[], method: string, metric: string, at: Point): number[] | undefined {
  const values = studies.map(({ result }) => {
    const arm = armOf(result, method);
    return arm ? measured(result, arm, metric, at).value : null;
  });
  const there = values.filter((value) => value !== null);
  return there.length === studies.length && there.length > 0 ? there : undefined;
}

/** Mean over the sets of `method - against`, with a t interval over sets. */
export function meanDifference(
  studies: readonly Study[],
  method: string,
  against: string,
  metric: string,
  at: Point,
): Value {
  const [own, other] = [method, against].map((name) => overSets(studies, name, metric, at));
  if (!own || !other) return { value: null, interval: null };
  return meanWithInterval(own.map((value, i) => value - other[i]));
}

/** Means over the sets of every method that was run on all of them. */
export function means(studies: readonly Study[]): string[] {
  if (studies.length === 0) return ['No results yet.', ''];
  const mean = (method: string, metric: string, at: Point) =>
    percent(meanOf(overSets(studies, method, metric, at) ?? []));
  return [
    `Mean over ${studies.map(({ name }) => `\`${name}\``).join(', ')}. Differences to balanced softmax at gamma 0 in points, with a t interval over the ${studies.length} sets; ms: time a step over that of cross-entropy.`,
    '',
    ...table(
      [
        'method',
        ...['macro recall', 'macro F1', 'rarest third', 'average precision'],
        ...['recall - balanced softmax', 'F1 - balanced softmax'],
        ...['recall at operating point', 'F1 at operating point', 'ms'],
      ],
      rows().flatMap(({ name, method }) => {
        if (!overSets(studies, method, 'macro-recall', 'zero')) return [];
        return [
          [
            name,
            ...['macro-recall', 'macro-f1', 'rarest', 'average-precision'].map((metric) =>
              mean(method, metric, 'zero'),
            ),
            ...['macro-recall', 'macro-f1'].map((metric) =>
              method === BALANCED ? '0' : signed(meanDifference(studies, method, BALANCED, metric, 'zero')),
            ),
            ...['macro-recall', 'macro-f1'].map((metric) => mean(method, metric, 'chosen')),
            `x ${fixed(meanOf(studies.map(({ result }) => relativeCost(result, method, BASELINE))), 2)}`,
          ],
        ];
      }),
    ),
  ];
}

/** Mean over sets of each method's rank among all that were run on every set; 1 is best. */
export function averageRanks(kind: string, studies: readonly Study[]): string[] {
  if (studies.length === 0) return [];
  const there = rows().filter(({ method }) => overSets(studies, method, 'macro-recall', 'zero'));
  const columns = [
    ['macro recall', 'macro-recall', 'zero'],
    ['macro F1', 'macro-f1', 'zero'],
    ['average precision', 'average-precision', 'zero'],
    ['recall at operating point', 'macro-recall', 'chosen'],
    ['F1 at operating point', 'macro-f1', 'chosen'],
  ] as const;
  const ranked = columns.map(([, metric, at]) => {
    const values = there.map(({ method }) => overSets(studies, method, metric, at) ?? []);
    const bySet = studies.map((_, s) => ranks(values.map((own) => own[s])));
    return there.map((_, m) => meanOf(bySet.map((own) => own[m])));
  });
  return [
    `Over the ${studies.length} ${kind} sets, among ${there.length} methods:`,
    '',
    ...table(
      ['method', ...columns.map(([name]) => name)],
      there.map(({ name }, m) => [name, ...ranked.map((column) => fixed(column[m], 1))]),
    ),
  ];
}
