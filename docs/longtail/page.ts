import type { Classification } from '../../src/pilot/result.ts';
import { besideEarlier, type Line, onSameItems } from './beside-pytorch.ts';
import { choice } from './choice.ts';
import {
  armOf,
  difference,
  fixed,
  meanOf,
  measured,
  percent,
  relativeCost,
  signed,
  table,
  withInterval,
} from './figures.ts';
import { BALANCED, BASELINE, DEFAULT, rows } from './methods.ts';
import type { StudySet } from './sets.ts';
import { averageRanks, means, type Study } from './summary.ts';
import { words } from './words.ts';

export type Results = Readonly<Record<string, Classification>>;

/**
 * docs/longtail.md from the results.
 * @param thinned results of `--imbalance`, named SET-FACTOR  @param pytorch of `npm run longtail:pytorch`
 */
export function page(
  sets: Readonly<Record<string, StudySet>>,
  results: Results,
  thinned: Results,
  pytorch: readonly Line[] = [],
): string {
  const studies = Object.entries(sets).flatMap(([name, set]): Study[] =>
    results[name] ? [{ name, set, result: results[name] }] : [],
  );
  const of = (kind: StudySet['kind']) => studies.filter(({ set }) => set.kind === kind);
  const missing = Object.entries(sets).filter(([name]) => !results[name]);
  const developmentSets = Object.values(sets).filter(({ kind }) => kind === 'development').length;
  return `${[
    ...introduction(studies, missing),
    ...(studies.length === 0
      ? []
      : [
          '## What the figures say',
          '',
          ...trialRuns(studies),
          ...words(of('development'), of('confirmation')),
          ...choice(of('development')),
          '## Development sets: means',
          '',
          ...means(of('development')),
          '### Beside PyTorch',
          '',
          ...onSameItems(pytorch),
          ...besideEarlier(of('development'), developmentSets),
          '## Confirmation sets: means',
          '',
          'No form and no setting was chosen on these.',
          '',
          ...means(of('confirmation')),
          '## Average rank',
          '',
          ...averageRanks('development', of('development')),
          ...averageRanks('confirmation', of('confirmation')),
        ]),
    ...imbalance(Object.entries(thinned)),
    ...(studies.length === 0 ? [] : ['## All numbers', '', ...studies.flatMap(wholeTables)]),
  ].join('\n')}\n`;
}

/** Sets without a result, each with what it takes where that is long. */
function notRun(missing: readonly (readonly [string, StudySet])[]): string[] {
  if (missing.length === 0) return [];
  const each = missing.map(([name, { long }]) => `\`${name}\`${long ? ` (${long})` : ''}`);
  return ['', `Not run yet: ${each.join('; ')}. \`--sets NAME\` runs one, and goes on where it was stopped.`];
}

function introduction(studies: readonly Study[], missing: readonly [string, StudySet][]): string[] {
  const [first] = studies;
  const software = first
    ? ` (evenhand ${first.result.software.evenhand}, onnxruntime ${first.result.software.onnxruntime})`
    : '';
  const lines = studies.map(({ name, set, result: { arms, design, data } }) => {
    const counts = arms[0].classes.map(({ trained, evaluated }) => `${Math.round(trained)}/${evaluated}`).join(', ');
    const seeds = `${design.repeats} seed${design.repeats === 1 ? '' : 's'}`;
    const runs = design.folds > 1 ? `${seeds} x ${design.folds} folds` : seeds;
    const short = design.steps === set.steps ? '' : ` **instead of ${set.steps}: a trial run, no result**`;
    return `- \`${name}\`: ${set.title}, ${set.kind} set. ${set.source}. ${data.classes.length} classes (trained on/tested on ${counts}); ${set.split}; ${runs}; ${encoderText(design.settings?.encoder)}, ${design.steps} steps${short} of ${design.batch}${set.augment ? `, ${set.augment}` : ''}.`;
  });
  return [
    '# Long tails',
    '',
    `Made by \`npm run longtail -- --data FOLDER\`${software}; every figure and sentence on this page is computed from the results of that command. AdamW, learning rate 0.001 falling to 0 along a cosine, weight decay 0.0001; a fifth of the training side is held back for early stopping (macro recall) and for the operating point. All methods have the same items, folds, seeds, nets and steps.`,
    '',
    ...lines,
    ...notRun(missing),
    '',
    'Answers are argmax z + gamma log pi. "At gamma 0" every method answers as it was trained to; "at the operating point" gamma was chosen in each training for the best macro recall on validation items. Cross-entropy, the baseline, stands at gamma 0; its own training at a chosen operating point is the row logit adjustment. Average precision (mean over classes) knows no gamma. Rarest third: mean recall of the rarest third of classes (rounded up, at least two). Few: mean recall of classes with fewer than 20 training items. NC1: within-class over between-class scatter on training items, all classes weighing the same; smaller is more collapsed. Intervals are 95 % and hold both which items were tested and which seeds were drawn (that of average precision: items alone). Seconds and milliseconds are medians over the trainings, on a machine that ran others at the same time; `npm run bench:methods` measures by turns.',
    '',
  ];
}

/** Runs with other steps than the set's own are none to rely on. */
function trialRuns(studies: readonly Study[]): string[] {
  const names = studies.filter(({ set, result }) => result.design.steps !== set.steps).map(({ name }) => `\`${name}\``);
  if (names.length === 0) return [];
  return [
    `**Trial runs with other steps are among these figures: ${names.join(', ')}. Nothing here is a result yet.**`,
    '',
  ];
}

function encoderText(encoder: unknown): string {
  const { kind, ...settings } = encoder as Record<string, unknown>;
  const told = Object.entries(settings).map(([key, value]) => `${key} ${[value].flat().join('-')}`);
  return `${kind}${told.length > 0 ? ` (${told.join(', ')})` : ''}`;
}

/** Every method on one set: at gamma 0, and at the chosen operating point. */
function wholeTables({ name, set, result }: Study): string[] {
  const usual = armOf(result, DEFAULT)?.method;
  const there = rows().flatMap((row) => {
    const arm = row.method === DEFAULT ? undefined : armOf(result, row.method);
    return arm ? [{ ...row, name: row.method === usual ? `**${row.name}** (default)` : row.name, arm }] : [];
  });
  const few = there.some(({ arm }) => typeof arm.metrics['recall-few']?.value === 'number');
  const groups = few ? ['recall-few'] : [];
  const title = (own: string) => `${own}${few ? ' | few' : ''}`.split(' | ');
  return [
    `### ${set.title} (\`${name}\`)`,
    '',
    'At gamma 0:',
    '',
    ...table(
      [
        'method',
        'macro recall',
        'macro F1',
        'average precision',
        ...title('rarest third'),
        'accuracy',
        'NC1',
        's',
        'ms',
      ],
      there.map(({ name: label, method, arm }) => [
        label,
        ...['macro-recall', 'macro-f1', 'average-precision'].map((m) => withInterval(measured(result, arm, m, 'zero'))),
        ...['rarest', ...groups, 'accuracy'].map((m) => percent(measured(result, arm, m, 'zero').value)),
        fixed(arm.collapse.train.nc1Balanced, 2),
        arm.cost.trainSeconds.toFixed(1),
        `x ${fixed(relativeCost(result, method, BASELINE), 2)}`,
      ]),
    ),
    'At the operating point, with paired differences in points:',
    '',
    ...table(
      [
        'method',
        'gamma',
        ...['macro recall', 'macro F1', ...title('rarest third'), 'accuracy'],
        ...['recall - cross-entropy', 'recall - balanced softmax', 'F1 - cross-entropy', 'F1 - balanced softmax'],
      ],
      there.map(({ name: label, method, arm }) => [
        label,
        fixed(arm.operatingPoint.meanGamma, 2),
        ...['macro-recall', 'macro-f1', 'rarest', ...groups, 'accuracy'].map((m) =>
          percent(measured(result, arm, m, 'chosen').value),
        ),
        ...['macro-recall', 'macro-f1'].flatMap((metric) =>
          [BASELINE, BALANCED].map((against) => signed(difference(result, method, against, metric))),
        ),
      ]),
    ),
  ];
}

/** Methods over the imbalance factor. */
function imbalance(all: readonly (readonly [string, Classification])[]): string[] {
  if (all.length === 0) return [];
  const runs = all
    .map(([name, result]) => {
      const cut = name.lastIndexOf('-');
      return { set: name.slice(0, cut), factor: Number(name.slice(cut + 1)), result };
    })
    .sort((a, b) => a.factor - b.factor);
  return [
    '## As the imbalance grows',
    '',
    'A balanced training set thinned to a long tail, largest over smallest class 1 to FACTOR (1: not thinned); the test items stay. At gamma 0, accuracy and macro recall, then milliseconds a step and their relation to cross-entropy.',
    '',
    ...[...new Set(runs.map(({ set }) => set))].flatMap((set) => {
      const columns = runs.filter((run) => run.set === set);
      const there = rows().filter(
        ({ method }) => method !== DEFAULT && columns.some(({ result }) => armOf(result, method)),
      );
      const cells = (cell: (method: string, result: Classification) => string) =>
        there.map(({ name, method }) => [name, ...columns.map(({ result }) => cell(method, result))]);
      const [{ result }] = columns;
      return [
        `\`${set}\`: ${columns.map((run) => `${run.factor}: ${Math.round(meanTrained(run.result))} training items a class on average`).join('; ')}; ${result.design.repeats === 1 ? '1 seed' : `${result.design.repeats} seeds`}, ${result.design.steps} steps of ${result.design.batch}.`,
        '',
        ...table(
          ['accuracy / macro recall', ...columns.map(({ factor }) => String(factor))],
          cells((method, own) => {
            const arm = armOf(own, method);
            if (!arm) return '-';
            return `${percent(measured(own, arm, 'accuracy', 'zero').value)} / ${withInterval(measured(own, arm, 'macro-recall', 'zero'))}`;
          }),
        ),
        ...table(
          ['ms a step', ...columns.map(({ factor }) => String(factor))],
          cells((method, own) => {
            const arm = armOf(own, method);
            if (!arm) return '-';
            return `${arm.cost.millisecondsPerStep.toFixed(1)} (x ${fixed(relativeCost(own, method, BASELINE), 2)})`;
          }),
        ),
      ];
    }),
  ];
}

const meanTrained = ({ arms: [{ classes }] }: Classification): number =>
  meanOf(classes.map(({ trained }) => trained)) ?? 0;
