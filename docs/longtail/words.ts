import { parseMethod } from '../../src/methods/index.ts';
import { difference, fixed, meanOf, percent, relativeCost, signed } from './figures.ts';
import { BALANCED, BASELINE, DEFAULT, rows } from './methods.ts';
import { meanDifference, overSets, type Study } from './summary.ts';

/** What the figures say, in sentences that follow from them, also where AllNC loses. */
export function words(development: readonly Study[], confirmation: readonly Study[]): string[] {
  const all = [...development, ...confirmation];
  return [
    ...levels('development', development),
    ...levels('confirmation', confirmation),
    ...againstBalanced(all),
    ...best('development', development),
    ...best('confirmation', confirmation),
    ...free(all),
    ...cost(all),
    '',
  ];
}

const allnc = () => DEFAULT;
const isAllnc = (method: string) => method === DEFAULT || parseMethod(method).method.name === 'allnc';
const nameOf = (method: string) => rows().find((row) => row.method === method)?.name ?? method;
const listed = (names: readonly string[]) => (names.length > 0 ? names.join(', ') : 'none');

/** Where AllNC, balanced softmax and cross-entropy stand in the mean. */
function levels(kind: string, studies: readonly Study[]): string[] {
  if (studies.length === 0) return [];
  const told = [allnc(), BALANCED, BASELINE].flatMap((method) => {
    const [recall, f1, rarest, precision] = ['macro-recall', 'macro-f1', 'rarest', 'average-precision'].map((metric) =>
      meanOf(overSets(studies, method, metric, 'zero') ?? []),
    );
    if (recall === null) return [];
    return [`${nameOf(method)} ${percent(recall)} / ${percent(f1)} / ${percent(rarest)} / ${percent(precision)}`];
  });
  if (told.length === 0) return [];
  const apart = ['macro-recall', 'macro-f1', 'average-precision'].map((metric) =>
    signed(meanDifference(studies, allnc(), BALANCED, metric, 'zero')),
  );
  return [
    `- On the ${studies.length} ${kind} sets, at gamma 0, macro recall / macro F1 / rarest third / average precision: ${told.join('; ')}. AllNC less balanced softmax, with a t interval over sets: recall ${apart[0]}, F1 ${apart[1]}, average precision ${apart[2]}.`,
  ];
}

/** On which sets the two are told apart, at operating points chosen alike. */
function againstBalanced(all: readonly Study[]): string[] {
  const lines = ['macro-recall', 'macro-f1'].flatMap((metric) => {
    const intervals = all.flatMap(({ name, result }) => {
      const { interval } = difference(result, allnc(), BALANCED, metric);
      return interval ? [{ name, interval }] : [];
    });
    if (intervals.length === 0) return [];
    const where = (holds: (interval: readonly [number, number]) => boolean) =>
      listed(intervals.filter(({ interval }) => holds(interval)).map(({ name }) => name));
    return [
      `- AllNC against balanced softmax in ${metric === 'macro-f1' ? 'macro F1' : 'macro recall'}, both at their operating points: better on ${where(([low]) => low > 0)}; worse on ${where(([, high]) => high < 0)}; not told apart on ${where(([low, high]) => low <= 0 && high >= 0)}.`,
    ];
  });
  const enough = all.filter(({ result }) =>
    result.arms
      .filter(({ method }) => isAllnc(method))
      .every(({ method }) =>
        ['macro-recall', 'macro-f1'].every((metric) => {
          const { interval } = difference(result, method, BALANCED, metric);
          return !interval || interval[0] <= 0;
        }),
      ),
  );
  if (lines.length === 0) return [];
  return [
    ...lines,
    `- A plain balanced softmax does as well: no form of AllNC is shown to be above it in macro recall or macro F1 on ${listed(enough.map(({ name }) => name))} (${enough.length} of ${all.length} sets).`,
  ];
}

/** The best in the mean, of all and of AllNC's forms. */
function best(kind: string, studies: readonly Study[]): string[] {
  if (studies.length === 0) return [];
  const of = (metric: string, wanted: (method: string) => boolean) => {
    const found = rows()
      .filter(({ method }) => wanted(method))
      .flatMap(({ name, method }) => {
        const value = meanOf(overSets(studies, method, metric, 'zero') ?? []);
        return value === null ? [] : [{ name, value }];
      })
      .sort((a, b) => b.value - a.value);
    return found.length > 0 ? `${found[0].name} (${percent(found[0].value)})` : 'none';
  };
  const metrics = [
    ['macro recall', 'macro-recall'],
    ['macro F1', 'macro-f1'],
    ['average precision', 'average-precision'],
  ] as const;
  const told = metrics.map(
    ([name, metric]) =>
      `${name} ${of(metric, () => true)}, of AllNC's forms ${of(metric, isAllnc)}, of the others ${of(metric, (method) => !isAllnc(method))}`,
  );
  return [`- Best in the mean of the ${kind} sets, at gamma 0: ${told.join('; ')}.`];
}

/** What costs no training: cross-entropy at another operating point. */
function free(all: readonly Study[]): string[] {
  const told = ['logit-adjustment', 'tau-norm'].flatMap((method) => {
    const recall = meanDifference(all, method, BALANCED, 'macro-recall', 'chosen');
    if (recall.value === null) return [];
    const f1 = meanDifference(all, method, BALANCED, 'macro-f1', 'chosen');
    return [`${nameOf(method)} recall ${signed(recall)}, F1 ${signed(f1)}`];
  });
  if (told.length === 0) return [];
  return [
    `- What costs no training of its own, less balanced softmax, both at their operating points, mean over ${all.length} sets with a t interval: ${told.join('; ')}.`,
  ];
}

/** What a step of AllNC costs; a rough number, since other trainings ran beside. */
function cost(all: readonly Study[]): string[] {
  const ratio = meanOf(all.map(({ result }) => relativeCost(result, allnc(), BASELINE)));
  if (ratio === null) return [];
  return [
    `- A step of AllNC takes ${fixed(ratio, 2)} times as long as one of cross-entropy on average over sets, measured beside other work; \`npm run bench:methods\` measures it by turns.`,
  ];
}
