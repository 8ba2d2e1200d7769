import type { Classification, Result } from '../pilot/result.ts';
import { pair } from './arms.ts';
import { pageHtml } from './frame.ts';
import { fill, type Language, languages, plain, say, type Text } from './language.ts';
import { ablationSentences } from './sections/ablation.ts';
import { sectionsOf } from './sections/index.ts';
import { sweptSentences } from './sections/swept/words.ts';
import { verdictSection } from './sections/verdict.ts';
import { verdictTexts } from './sections/verdict-texts.ts';
import { mapStyle } from './sweep/style.ts';
import { fileName } from './text/known.ts';
import { methodName } from './text/names.ts';
import { pageTexts } from './text/page.ts';
import { ablationTexts, sweptTexts } from './text/variants.ts';

export { listedArms } from './arms.ts';
export { format, unitOf } from './figures.ts';
export type { Language } from './language.ts';
export { pointer, resolve } from './pointer.ts';

/** Settings of the page. */
export interface ReportOptions {
  /** The language shown first; the reader can switch. Default `en`. */
  readonly lang?: Language;
}

/**
 * The report: one HTML page from the result alone, in English and Japanese, without scripts and without anything from a
 * network (its content security policy allows its own style sheet and nothing else). The same result gives the same
 * bytes. Every number of the result on it carries `data-path`, its JSON Pointer in the result file, and `data-value`,
 * its full value.
 * @throws RangeError when the result lacks the arms that its verdict is about, or `lang` is neither `en` nor `ja`
 */
export function reportHtml(result: Result, { lang = 'en' }: ReportOptions = {}): string {
  if (!languages.includes(lang)) throw new RangeError(`report: language "${lang}" is neither en nor ja`);
  const { a, b } = pair(result);
  const title = fill(pageTexts.documentTitle, {
    candidate: methodName(b.method),
    baseline: methodName(a.method),
    file: fileName(result.data.file),
  });
  const { evenhand: version } = result.software;
  return pageHtml({
    lang,
    title,
    brand: fill(pageTexts.brand),
    about: say(fileName(result.data.file)),
    started: result.times.started,
    version,
    first: verdictSection(result),
    sections: sectionsOf(result).map(({ id, title: name, body }) => ({ id, title: fill(name), body })),
    footer: fill(pageTexts.footer, { version }),
    extraStyle: result.design.sweep ? mapStyle : '',
  });
}

/** The verdict as plain text in one language: the headline, the reasons, what tipped the scales first, the next steps. */
export function verdictInWords(
  result: Result,
  lang: Language,
): { headline: string; reasons: string[]; next: string[] } {
  const { headline, reasons, steps } = verdictTexts(result);
  const text = inPlain(lang);
  return { headline: text(headline), reasons: reasons.map(text), next: steps.map(text) };
}

/** What an ablation and a sweep tell, as plain text in one language; nothing where neither was asked for. */
export function variantsInWords(result: Classification, lang: Language): { title: string; lines: string[] }[] {
  const { ablation, sweep } = result.design;
  const text = inPlain(lang);
  const block = (title: Text, lines: readonly Text[]) => ({ title: text(title), lines: lines.map(text) });
  return [
    ...(ablation
      ? [
          block(
            fill(ablationTexts.summaryTitle, { method: methodName(ablation.method) }),
            ablationSentences(result, ablation),
          ),
        ]
      : []),
    ...(sweep
      ? [block(fill(sweptTexts.summaryTitle, { method: methodName(sweep.method) }), sweptSentences(result, sweep))]
      : []),
  ];
}

const inPlain = (lang: Language) => (one: Text) => plain(one[lang]).replaceAll('\u00a0', ' ');
