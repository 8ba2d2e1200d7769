import type { Result } from '../../pilot/result.ts';
import { armOf, comparisonOf, percent, points, table } from './table.ts';

/** Recall of each class with A and with B, and their difference. */
export function recallTable(result: Result, title: string): string[] {
  const { baseline, candidate } = result.verdict;
  const a = armOf(result, baseline);
  const b = armOf(result, candidate);
  return [
    `${title} (A: ${baseline}, B: ${candidate})`,
    ...table([
      ['class', 'trained', 'tested', 'A', 'B', 'B - A', ''],
      ...a.classes.map((own, c) => {
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
      }),
    ]),
  ];
}
