import type { Classification } from '../../pilot/result.ts';
import { listedArms, variantsInWords } from '../../report/index.ts';
import { groupLines, recallTable } from './classes.ts';
import { comparisonOf, percent, points, table } from './table.ts';

/** Recall per class, and all methods at their operating points. */
export function classifyLines(result: Classification): string[] {
  return [
    ...recallTable(result, 'Recall of each class in percent, with 95 % intervals'),
    '',
    ...groupLines(result),
    'All methods in percent, with 95 % intervals; gamma: decision constant, chosen on validation rows within the guards',
    ...table([
      ['', 'macro recall', 'macro F1', 'accuracy', 'average precision', 'gamma', 'macro recall - A'],
      ...listedArms(result).map(({ arm }) => [
        `${arm.role === 'baseline' ? 'A ' : arm.role === 'candidate' ? 'B ' : '  '}${arm.method}`,
        ...['macro-recall', 'macro-f1', 'accuracy', 'average-precision'].map((name) => percent(arm.metrics[name])),
        (Math.round(100 * arm.operatingPoint.meanGamma) / 100 + 0).toFixed(2),
        arm.role === 'baseline' ? '' : points(comparisonOf(result, arm.method, 'macro-recall')),
      ]),
    ]),
    ...variantsInWords(result, 'en').flatMap(({ title, lines }) => ['', title, ...lines.map((line) => `  - ${line}`)]),
  ];
}
