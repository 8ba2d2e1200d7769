import { representationMetrics } from '../metrics/clustering/index.ts';
import type { Result } from '../pilot/result.ts';
import { type Html, html } from './html.ts';
import { type Entry, fill, type Language, plain, same, say, type Text } from './language.ts';
import { resolve } from './pointer.ts';
import { verdictWords } from './text/verdict.ts';
import { words } from './text/words.ts';

/** How a number of the result is shown: what it is multiplied by, how many decimals, whether a plus sign is written. */
export const formats = {
  percent: { scale: 100, decimals: 1, plus: false },
  points: { scale: 100, decimals: 1, plus: true },
  'points-plain': { scale: 100, decimals: 1, plus: false },
  count: { scale: 1, decimals: 0, plus: false },
  tenths: { scale: 1, decimals: 1, plus: false },
  error: { scale: 100, decimals: 2, plus: false },
  gamma: { scale: 1, decimals: 2, plus: false },
  number: { scale: 1, decimals: 3, plus: false },
  difference: { scale: 1, decimals: 3, plus: true },
  degrees: { scale: 1, decimals: 1, plus: false },
  'tenths-difference': { scale: 1, decimals: 1, plus: true },
} as const;
export type Format = keyof typeof formats;

/** `value` as shown: rounded, thousands apart, a true minus sign, no sign before what rounds to zero. */
export function format(value: number, name: Format): string {
  const { scale, decimals, plus } = formats[name];
  const size = Math.abs(value * scale).toFixed(decimals);
  const [whole, rest] = size.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest === undefined ? '' : `.${rest}`);
  if (Number(size) === 0) return digits;
  return (value < 0 ? '−' : plus ? '+' : '') + digits;
}

/**
 * The number at `path` of the result, with its address and full value in `data-path` and `data-value`, so that what the
 * page shows can be read back and compared with the file. `null` gives a dash.
 * @throws RangeError when there is no number and no null at `path`
 */
export function figure(result: Result, path: string, name: Format): Html {
  const value = resolve(result, path);
  if (value === null) return dash(words.noNumber);
  if (typeof value !== 'number') throw new RangeError(`report: "${path}" is not a number`);
  return html`<span class="n" data-path="${path}" data-value="${value}" data-format="${name}">${format(value, name)}</span>`;
}

/** "12.3 to 14.5" for the pair of numbers at `path`; a dash where it is null. */
export function interval(result: Result, path: string, name: Format): Html {
  if (resolve(result, path) === null) return dash(words.noInterval);
  return html`${figure(result, `${path}/0`, name)}${say(words.to)}${figure(result, `${path}/1`, name)}`;
}

/** A dash for a number that cannot be had, the reason in its title. */
export function dash(reason: Text | Entry): Html {
  const one = (language: Language) => {
    const side = reason[language];
    const title = typeof side === 'string' ? side : plain(side);
    return html`<span class="${language} none" lang="${language}" title="${title}">–</span>`;
  };
  return html`${one('en')}${one('ja')}`;
}

/** A sign with its meaning, in the title and for those who cannot see it. */
export function spokenSign({ sign, word }: { readonly sign: string; readonly word: Entry }): Html {
  const one = (language: Language) =>
    html`<span class="${language}" lang="${language}" role="img" aria-label="${word[language]}" title="${word[language]}">${sign}</span>`;
  return html`${one('en')}${one('ja')}`;
}

/** Unit of a metric: shares as percent, everything else as a number of its own. */
export function unitOf(metric: string): { value: Format; difference: Format; percent: boolean } {
  const percent = /recall|accuracy|precision|f1|g-mean|error|auroc|share|dead/.test(metric);
  if (percent) return { value: 'percent', difference: 'points', percent };
  return /rank|calinski/.test(metric)
    ? { value: 'tenths', difference: 'tenths-difference', percent }
    : { value: 'number', difference: 'difference', percent };
}

const lower = new Set(representationMetrics.filter(({ direction }) => direction === 'lower').map(({ name }) => name));

/** Whether a smaller number is better, as of Davies-Bouldin. */
export function smallerIsBetter(metric: string): boolean {
  return lower.has(metric);
}

/** A value of `metric` with its unit: "1.5 points", or the number alone. */
export function sized(value: Html, metric: string): Text {
  return unitOf(metric).percent ? fill(verdictWords.pointsOf, { value }) : same(value);
}
