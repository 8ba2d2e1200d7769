import type { Result } from '../../pilot/result.ts';
import { chosenClasses } from '../../report/sections/chosen.ts';
import { classesIn, shownGroups } from '../../report/sections/groups.ts';
import { armOf, comparisonOf, percent, points, table } from './table.ts';

/** Recall of each class with A and with B, and their difference; of many classes those that stand out. */
export function recallTable(result: Result, title: string): string[] {
  const { baseline, candidate } = result.verdict;
  const a = armOf(result, baseline);
  const b = armOf(result, candidate);
  const chosen = chosenClasses(result);
  const rows = (shown: readonly number[]) =>
    shown.map((c) => {
      const own = a.classes[c];
      const difference = comparisonOf(result, candidate, `recall[${own.name}]`);
      return [
        own.name,
        own.trained.toFixed(0),
        String(own.evaluated),
        percent(own.recall),
        percent(b.classes[c].recall),
        points(difference),
        difference?.state ?? '',
      ];
    });
  const head = ['class', 'trained', 'tested', 'A', 'B', 'B - A', ''];
  const heading = `${title} (A: ${baseline}, B: ${candidate})`;
  if (chosen === null) return [heading, ...table([head, ...rows([...a.classes.keys()])])];
  const part = (name: string, shown: readonly number[]) =>
    shown.length === 0 ? [] : [[`${name}:`, '', '', '', '', '', ''], ...rows(shown)];
  const { gained, lost, lowest } = chosen;
  return [
    heading,
    `  ${gained.length + lost.length + lowest.length} of ${a.classes.length} classes, those that stand out (in part by chance); result.json has all`,
    ...table([head, ...part('rises most', gained), ...part('falls most', lost), ...part('lowest with B', lowest)]),
  ];
}

const groupNames = { many: 'many (> 100)', medium: 'medium (20-100)', few: 'few (< 20)' };

/** Mean recall of the classes by their training items, with A and with B; nothing where they are all of one group. */
export function groupLines(result: Result): string[] {
  const groups = shownGroups(result);
  if (groups.length === 0) return [];
  const { baseline, candidate } = result.verdict;
  const a = armOf(result, baseline);
  const b = armOf(result, candidate);
  return [
    'Mean recall of the classes by their training items, in percent, with 95 % intervals',
    ...table([
      ['training items', 'classes', 'tested', 'A', 'B', 'B - A', ''],
      ...groups.map((group) => {
        const metric = `recall-${group}`;
        const difference = comparisonOf(result, candidate, metric);
        return [
          groupNames[group],
          String(classesIn(a, group)),
          String(a.metrics[metric].count),
          percent(a.metrics[metric]),
          percent(b.metrics[metric]),
          points(difference),
          difference?.state ?? '',
        ];
      }),
    ]),
    '',
  ];
}
