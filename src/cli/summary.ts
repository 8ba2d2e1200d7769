import type { Arm, Comparison, Estimate, Result } from '../pilot/result.ts';
import { verdictInWords } from '../report/index.ts';

/** The result for the terminal: verdict with its reasons, recall per class, all arms. */
export function summary(result: Result): string {
  const { baseline, candidate } = result.verdict;
  const a = armOf(result, baseline);
  const b = armOf(result, candidate);
  const words = verdictInWords(result, 'en');
  return [
    '',
    `VERDICT: ${words.headline}`,
    ...words.reasons.map((reason) => `  - ${reason}`),
    ...words.next.map((step) => `  > ${step}`),
    `  ${result.design.statement}`,
    '',
    `Recall of each class in percent, with 95 % intervals (A: ${baseline}, B: ${candidate})`,
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
    '',
    'All methods in percent, with 95 % intervals; gamma: decision constant, chosen on validation rows within the guards',
    ...table([
      ['', 'macro recall', 'macro F1', 'accuracy', 'average precision', 'gamma', 'macro recall - A'],
      ...result.arms.map((arm) => [
        `${arm.role === 'baseline' ? 'A ' : arm.role === 'candidate' ? 'B ' : '  '}${arm.method}`,
        ...['macro-recall', 'macro-f1', 'accuracy', 'average-precision'].map((name) => percent(arm.metrics[name])),
        (Math.round(100 * arm.operatingPoint.meanGamma) / 100 + 0).toFixed(2),
        arm.role === 'baseline' ? '' : points(comparisonOf(result, arm.method, 'macro-recall')),
      ]),
    ]),
    '',
  ].join('\n');
}

function armOf({ arms }: Result, method: string): Arm {
  const arm = arms.find((one) => one.method === method);
  if (!arm) throw new RangeError(`summary: the result has no arm "${method}"`);
  return arm;
}

function comparisonOf({ comparisons, verdict }: Result, method: string, metric: string): Comparison | undefined {
  return comparisons.find((c) => c.method === method && c.against === verdict.baseline && c.metric === metric);
}

const tenth = (x: number) => (100 * x).toFixed(1);

function percent({ value, interval }: Estimate): string {
  if (value === null) return 'not measurable';
  return `${tenth(value)}${interval ? ` (${tenth(interval[0])} to ${tenth(interval[1])})` : ''}`;
}

function points(comparison: Comparison | undefined): string {
  if (!comparison || comparison.difference === null) return 'not measurable';
  const sign = (x: number) => (x > 0 ? '+' : '') + tenth(x);
  const { difference, interval } = comparison;
  return `${sign(difference)}${interval ? ` (${sign(interval[0])} to ${sign(interval[1])})` : ''}`;
}

/** Rows of text in columns; the first is left-aligned. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) =>
    `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ')}`.trimEnd(),
  );
}
