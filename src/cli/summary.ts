import type { Result } from '../pilot/result.ts';
import { verdictInWords } from '../report/index.ts';
import { classifyLines } from './summary/classify.ts';
import { representLines } from './summary/represent.ts';

/** The result for the terminal: verdict with its reasons, recall per class, all arms. */
export function summary(result: Result): string {
  const words = verdictInWords(result, 'en');
  return [
    '',
    `VERDICT: ${words.headline}`,
    ...words.reasons.map((reason) => `  - ${reason}`),
    ...words.next.map((step) => `  > ${step}`),
    `  ${result.design.statement}`,
    '',
    ...(result.task === 'classify' ? classifyLines(result) : representLines(result)),
    '',
  ].join('\n');
}
