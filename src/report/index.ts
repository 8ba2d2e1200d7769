import { createHash } from 'node:crypto';
import type { Result } from '../pilot/result.ts';
import { pair } from './arms.ts';
import { type Html, html, trusted } from './html.ts';
import { fill, type Language, languages, plain, say, type Text } from './language.ts';
import { sectionsOf } from './sections/index.ts';
import { verdictSection } from './sections/verdict.ts';
import { verdictTexts } from './sections/verdict-texts.ts';
import { style } from './style.ts';
import { methodName } from './text/names.ts';
import { pageTexts } from './text/page.ts';
import { words } from './text/words.ts';

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
  const css = style(lang);
  const { a, b } = pair(result);
  const title = fill(pageTexts.documentTitle, {
    candidate: methodName(b.method),
    baseline: methodName(a.method),
    file: result.data.file,
  });
  const sections = sectionsOf(result);
  const hash = createHash('sha256').update(css).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Evenhand ${result.software.evenhand}">
<title>${plain(title[lang])}</title>
<style>${trusted(css)}</style>
</head>
<body>
<a class="skip" href="#report">${say(words.skip)}</a>
${head(result, lang)}
<main id="report">
<section class="verdict" id="verdict" aria-labelledby="verdict-title">${verdictSection(result)}</section>
<nav class="contents" aria-labelledby="contents"><p id="contents">${say(words.contents)}</p><ol>${sections.map(({ id, title: name }) => html`<li><a href="#${id}">${say(name)}</a></li>`)}</ol></nav>
${sections.map(({ id, title: name, body }, i) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title"><span class="number">${i + 1}</span> ${say(name)}</h2>${body}</section>\n`)}</main>
<footer><p>${say(pageTexts.footer, { version: result.software.evenhand })}</p></footer>
</body>
</html>
`;
  return page.html;
}

/** The verdict as plain text in one language: the headline, the reasons, what tipped the scales first, the next steps. */
export function verdictInWords(
  result: Result,
  lang: Language,
): { headline: string; reasons: string[]; next: string[] } {
  const { headline, reasons, steps } = verdictTexts(result);
  const text = (one: Text) => plain(one[lang]).replaceAll('\u00a0', ' ');
  return { headline: text(headline), reasons: reasons.map(text), next: steps.map(text) };
}

function head(result: Result, lang: Language): Html {
  const names = { en: pageTexts.titleEn, ja: pageTexts.titleJa };
  const choices = languages.map(
    (language) =>
      html`<input type="radio" name="language" id="show-${language}" autocomplete="off"${language === lang && trusted(' checked')}><label for="show-${language}" lang="${language}">${names[language]}</label>`,
  );
  return html`<header><p class="brand"><strong>${say(pageTexts.brand)}</strong><span>${result.data.file}</span><span><time datetime="${result.times.started}">${result.times.started.slice(0, 10)}</time></span></p><fieldset class="languages"><legend>Language / 言語</legend>${choices}</fieldset></header>`;
}
