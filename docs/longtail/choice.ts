import { fixed, meanOf, percent, table } from './figures.ts';
import { BALANCED, DEFAULT, rows } from './methods.ts';
import { overSets, type Study } from './summary.ts';

/** The forms of AllNC on the development sets of each kind of items, beside balanced softmax: what the default rests on. */
export function choice(development: readonly Study[]): string[] {
  const pictures = development.filter(({ result }) => result.data.pictures);
  const others = development.filter(({ result }) => !result.data.pictures);
  return [
    '## How the default form was chosen',
    '',
    'AllNC by default is the form that did best in the mean of the development sets, for tables and series together and for pictures apart, in macro recall at gamma 0 with macro F1 and average precision looked at too; forms that differ by less than their seeds do were left at what they were before. The confirmation sets had no part in it.',
    '',
    ...forms('Tables and series', others),
    ...forms('Pictures', pictures),
  ];
}

function forms(title: string, studies: readonly Study[]): string[] {
  if (studies.length === 0) return [];
  const there = rows().filter(({ allnc, method }) => (allnc || method === BALANCED) && method !== DEFAULT);
  const lines = there.flatMap(({ name, method }) => {
    const mean = (metric: string, at: 'zero' | 'chosen') => meanOf(overSets(studies, method, metric, at) ?? []);
    if (mean('macro-recall', 'zero') === null) return [];
    const trained = studies.map(({ result }) => {
      const arm = result.arms.find((own) => own.method === method);
      return arm?.collapse.train.nc3 ?? null;
    });
    return [
      [
        name,
        ...(['macro-recall', 'macro-f1', 'average-precision'] as const).map((metric) => percent(mean(metric, 'zero'))),
        percent(mean('macro-recall', 'chosen')),
        fixed(meanOf(trained), 2),
      ],
    ];
  });
  const columns = ['macro recall', 'macro F1', 'average precision', 'recall at operating point', 'NC3'];
  return [
    `${title} (${studies.map(({ name }) => `\`${name}\``).join(', ')}):`,
    '',
    ...table(['form', ...columns], lines),
  ];
}
